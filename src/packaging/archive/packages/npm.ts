import { type ArchivedPackage, type Listed, type Reader, textOf } from './package.ts';

/** `package.json` of a package itself, not of a folder in it. */
const MANIFEST = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/;

/** Packages of npm, pnpm and Yarn, as they lie in `node_modules`. */
export const npmPackages: Reader = {
  matches: ({ name }) => MANIFEST.test(name),
  most: 1024 * 1024,
  read({ name: file }, content, { entries }) {
    const manifest = parsed(content);
    const name = textOf(manifest?.name);
    const version = textOf(manifest?.version);
    if (manifest === undefined || name === undefined || version === undefined) return [];
    const folder = file.slice(0, -'package.json'.length);
    const licence = licenceOf(manifest);
    const found: ArchivedPackage = {
      ecosystem: 'npm',
      name,
      version,
      ...(licence !== undefined && { licence }),
      ...(installs(manifest, folder, entries) && { installs: true }),
      size: sizeBelow(folder, entries),
    };
    return [found];
  },
};

function parsed(content: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(content.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** A name of SPDX; older packages have maps or lists of maps with it. */
function licenceOf({ license, licenses }: Record<string, unknown>): string | undefined {
  const all = [license, licenses].flat().flatMap((each: unknown) => {
    const name = typeof each === 'object' && each !== null ? (each as { type?: unknown }).type : each;
    return textOf(name) ?? [];
  });
  return all.length > 0 ? [...new Set(all)].join(', ') : undefined;
}

/** npm runs these scripts, and node-gyp where there is a `binding.gyp` and no script for it. */
function installs(
  { scripts, gypfile }: Record<string, unknown>,
  folder: string,
  entries: Listed['entries'],
): boolean {
  const names = typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : [];
  if (['preinstall', 'install', 'postinstall'].some((name) => names.includes(name))) return true;
  return gypfile !== false && entries.some(({ name }) => name === `${folder}binding.gyp`);
}

/** Without the packages that lie below it. */
const sizeBelow = (folder: string, entries: Listed['entries']): number =>
  entries.reduce(
    (sum, { name, size }) =>
      name.startsWith(folder) && !name.startsWith(`${folder}node_modules/`) ? sum + size : sum,
    0,
  );
