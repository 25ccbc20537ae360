import { basename } from 'node:path/posix';
import { type ArchivedPackage, type Ecosystem, textOf } from './package.ts';

/** Lock files by name, and what reads them. */
const FILES: Readonly<Record<string, (text: string) => ArchivedPackage[]>> = {
  'package-lock.json': npmLock,
  'npm-shrinkwrap.json': npmLock,
  'pnpm-lock.yaml': (text) =>
    matched(text, 'npm', /^ {2}'?\/?((?:@[^/@\s]+\/)?[^@\s'(/]+)[@/](\d[^\s'(:]*)[^\n]*:$/gm),
  'yarn.lock': (text) =>
    matched(
      text,
      'npm',
      /^"?((?:@[^/@\s]+\/)?[^@\s"]+)@[^\n]*:\n(?: {2}[^\n]*\n)*? {2}version:? "?([^"\n]+)"?$/gm,
    ),
  'uv.lock': tomlPackages,
  'poetry.lock': tomlPackages,
  'requirements.txt': (text) => matched(text, 'PyPI', /^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)/gm),
  'go.mod': (text) => matched(text, 'Go', /^(?:require )?\s*([\w.-]+\.[\w.-]+(?:\/[\w.~-]+)*) (v[^\s/]+)/gm),
};

/** What lock files are called. */
export const LOCK_FILES: readonly string[] = Object.keys(FILES);

/** Packages that a lock file names, those for development included; nothing of a file that is none. */
export function lockedPackages(file: string, text: string): readonly ArchivedPackage[] {
  const read = Object.hasOwn(FILES, basename(file)) ? FILES[basename(file)] : undefined;
  return read?.(text) ?? [];
}

/** The first group is the name, the second the version. */
const matched = (text: string, ecosystem: Ecosystem, pattern: RegExp): ArchivedPackage[] =>
  [...text.matchAll(pattern)].map(([, name = '', version = '']) => ({ ecosystem, name, version }));

function tomlPackages(text: string): ArchivedPackage[] {
  return matched(text, 'PyPI', /^\[\[package\]\]\nname = "([^"]+)"\nversion = "([^"]+)"/gm);
}

function npmLock(text: string): ArchivedPackage[] {
  let lock: { readonly packages?: Readonly<Record<string, Record<string, unknown> | null>> };
  try {
    lock = JSON.parse(text) ?? {};
  } catch {
    return [];
  }
  return Object.entries(lock.packages ?? {}).flatMap(([path, found]): ArchivedPackage[] => {
    const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    const version = textOf(found?.version);
    if (name === undefined || version === undefined) return [];
    const licence = textOf(found?.license);
    const installs = found?.hasInstallScript === true;
    return [
      {
        ecosystem: 'npm',
        name,
        version,
        ...(licence !== undefined && { licence }),
        ...(installs && { installs }),
      },
    ];
  });
}
