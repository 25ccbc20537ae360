import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** A map that is part of a bundle, as its last line. */
const INLINE = /(?<=\n\/\/# sourceMappingURL=data:application\/json;base64,)[A-Za-z0-9+/=]+(?=\s*$)/;

/**
 * Says in every source map where sources are as seen from the folder of the code, not from where the bundles happened to
 * be written: else the same sources would give other bundles in another place.
 *
 * @param output the folder of the bundles
 * @param directory where esbuild ran
 */
export async function settleSourceMaps(output: string, directory: string): Promise<void> {
  for (const name of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    const path = join(output, name);
    const isMap = name.endsWith('.map');
    if (!isMap && !/\.[cm]?js$/.test(name)) continue;
    const text = await readFile(path, 'utf8');
    const from = dirname(path);
    const settled = isMap
      ? settledMap(text, from, directory)
      : text.replace(INLINE, (map) => encoded(settledMap(decoded(map), from, directory)));
    if (settled !== text) await writeFile(path, settled);
  }
}

function settledMap(text: string, from: string, directory: string): string {
  const map = JSON.parse(text) as { readonly sources: readonly string[] };
  const sources = map.sources.map((source) =>
    relative(directory, resolve(from, source)).split(sep).join('/'),
  );
  return JSON.stringify({ ...map, sources });
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString();
const encoded = (text: string): string => Buffer.from(text).toString('base64');
