import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The page is built beside the bundle: `dist/console/`. */
const FOLDER = join(import.meta.dirname, 'console');

const FILES: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  '/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/console.css': { name: 'console.css', type: 'text/css; charset=utf-8' },
  '/console.js': { name: 'console.js', type: 'text/javascript; charset=utf-8' },
  '/flame.js': { name: 'flame.js', type: 'text/javascript; charset=utf-8' },
  '/icon.svg': { name: 'icon.svg', type: 'image/svg+xml' },
};

/** A file of the page, or `undefined` where it has none of that name. */
export async function pageFile(
  path: string,
): Promise<{ readonly type: string; readonly content: Buffer } | undefined> {
  const found = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  return found && { type: found.type, content: await readFile(join(FOLDER, found.name)) };
}
