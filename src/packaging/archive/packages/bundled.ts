import { createHash } from 'node:crypto';
import type { ArchivedPackage, Reader } from './package.ts';

/** Before the code of each file esbuild writes where it is from, unless it makes the code small. */
const ORIGIN =
  /^\/\/ (?:.*\/)?node_modules\/(?:\.pnpm\/[^\n]*\/node_modules\/)?((?:@[^/\n]+\/)?[^/@.\n][^/\n]*)\/[^\n]*$/;
const ANY_ORIGIN = /^\/\/ [\w@.~-][^\n]*\.[cm]?[jt]sx?$/;
/** Characters of a digest that tell two versions of the same code apart. */
const SHORT = 8;

/** Packages of npm that esbuild put into one file. Their versions stand nowhere: a digest of their code takes the place. */
export const bundledPackages: Reader = {
  matches: ({ name }) => /\.[cm]?js$/.test(name) && !name.includes('node_modules/'),
  most: 32 * 1024 * 1024,
  read(_entry, content) {
    const texts = new Map<string, string[]>();
    let current: string[] | undefined;
    for (const line of content.toString().split('\n')) {
      const name = ORIGIN.exec(line)?.[1];
      if (name !== undefined) {
        current = texts.get(name) ?? [];
        texts.set(name, current);
      } else if (ANY_ORIGIN.test(line)) current = undefined;
      else current?.push(line);
    }
    return [...texts].map(([name, lines]): ArchivedPackage => {
      const text = lines.join('\n');
      const digest = createHash('sha256').update(text).digest('hex').slice(0, SHORT);
      return { ecosystem: 'npm', name, version: `bundled ${digest}`, size: Buffer.byteLength(text) };
    });
  },
};
