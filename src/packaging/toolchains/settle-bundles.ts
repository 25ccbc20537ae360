import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isBelow } from '../workspace/workspace.ts';

/** A map that is part of a bundle, as its last line. */
const INLINE = /(?<=\n\/\/# sourceMappingURL=data:application\/json;base64,)[A-Za-z0-9+/=]+(?=\s*$)/;

/** Where sources are. */
export interface BundledFrom {
  /** The folder of the code; absolute. */
  readonly directory: string;
  /** The workspace's; absolute. */
  readonly root: string;
}

/** Where packages were installed for this build; absolute. */
export interface InstalledFor {
  /** The copy of the folder of the code. */
  readonly folder: string;
  /** The copy of the workspace's root. */
  readonly root: string;
}

/**
 * Names every source as seen from the folder of the code, not from where the bundles happened to be written, nor where
 * packages happened to be installed: else the same sources would give other bundles in another place.
 *
 * @param output the folder of the bundles
 */
export async function settleBundles(
  output: string,
  { directory, root }: BundledFrom,
  installed: InstalledFor | undefined,
): Promise<void> {
  const named = (source: string): string => {
    const original =
      installed && isBelow(installed.root, source) ? join(root, relative(installed.root, source)) : source;
    return relative(directory, original).split(sep).join('/');
  };
  const settledMap = (text: string, from: string): string => {
    const map = JSON.parse(text) as { readonly sources: readonly string[] };
    return JSON.stringify({ ...map, sources: map.sources.map((source) => named(resolve(from, source))) });
  };
  // esbuild names each module in a comment or as a key; nothing else holds the name of a temporary folder.
  const temporary = installed && `${relative(directory, installed.root)}/`;
  const inPlace = (text: string): string => {
    if (!installed || !temporary) return text;
    const [first = '', ...others] = text.split(temporary);
    const placed = others.map((each) => {
      const [path = ''] = /^[^\n"]*/.exec(each) ?? [];
      return `${named(join(installed.root, path))}${each.slice(path.length)}`;
    });
    return [first, ...placed].join('');
  };
  for (const name of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    const path = join(output, name);
    const isMap = name.endsWith('.map');
    if (!isMap && !/\.[cm]?js$/.test(name)) continue;
    const text = await readFile(path, 'utf8');
    const settled = isMap
      ? settledMap(text, dirname(path))
      : text.replace(INLINE, (map) => encoded(settledMap(decoded(map), dirname(path))));
    const result = isMap ? settled : inPlace(settled);
    if (result !== text) await writeFile(path, result);
  }
}

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString();
const encoded = (text: string): string => Buffer.from(text).toString('base64');
