import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/**
 * Answers with a file of the folder (`index.html` for directories); false when there is none.
 * Links that lead out of the folder count as absent, as do hidden files.
 */
export async function serveStatic(
  folder: string,
  path: string,
  method: string,
  response: ServerResponse,
): Promise<boolean> {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const file = await findFile(folder, path);
  if (!file) return false;
  response.writeHead(200, {
    'Content-Type': types[extname(file.path).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': file.size,
  });
  if (method === 'HEAD') response.end();
  else await pipeline(createReadStream(file.path), response);
  return true;
}

async function findFile(folder: string, path: string): Promise<{ path: string; size: number } | undefined> {
  let name: string;
  try {
    name = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (name.includes('\0') || name.split(/[/\\]/).some((part) => part.startsWith('.'))) return undefined;
  try {
    const root = await realpath(folder);
    let found = await realpath(join(root, name));
    if ((await stat(found)).isDirectory()) found = await realpath(join(found, 'index.html'));
    const status = await stat(found);
    return found.startsWith(root + sep) && status.isFile() ? { path: found, size: status.size } : undefined;
  } catch {
    return undefined;
  }
}
