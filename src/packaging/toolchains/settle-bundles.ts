import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isBelow } from '../workspace/workspace.ts';

/** A map that is part of a bundle, as its last line. */
const INLINE = /(?<=\n\/\/# sourceMappingURL=data:application\/json;base64,)[A-Za-z0-9+/=]+(?=\s*$)/;

/**
 * Names every source as seen from the folder of the code, not from where the bundles happened to be written, nor where
 * packages happened to be installed: else the same sources would give other bundles in another place.
 *
 * @param output the folder of the bundles
 * @param installed the folder in whose `node_modules` packages were installed for this build
 */
export async function settleBundles(
  output: string,
  directory: string,
  installed: string | undefined,
): Promise<void> {
  const named = (source: string): string => {
    const base = installed !== undefined && isBelow(installed, source) ? installed : directory;
    return relative(base, source).split(sep).join('/');
  };
  const settledMap = (text: string, from: string): string => {
    const map = JSON.parse(text) as { readonly sources: readonly string[] };
    return JSON.stringify({ ...map, sources: map.sources.map((source) => named(resolve(from, source))) });
  };
  // esbuild writes it before each module; nothing else holds the name of a temporary folder.
  const prefix = installed === undefined ? undefined : `${relative(directory, installed)}/`;
  for (const name of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    const path = join(output, name);
    const isMap = name.endsWith('.map');
    if (!isMap && !/\.[cm]?js$/.test(name)) continue;
    const text = await readFile(path, 'utf8');
    const settled = isMap
      ? settledMap(text, dirname(path))
      : text.replace(INLINE, (map) => encoded(settledMap(decoded(map), dirname(path))));
    const result = prefix === undefined || isMap ? settled : settled.replaceAll(prefix, '');
    if (result !== text) await writeFile(path, result);
  }
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString();
const encoded = (text: string): string => Buffer.from(text).toString('base64');
