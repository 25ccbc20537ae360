import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { orUndefined } from '../workspace/workspace.ts';
import type { FileFate, KnownChanges } from './changes.ts';
import type { SimpleRead } from './observe.ts';
import { isExcepted } from './reads.ts';

/** Something that was read, and by whom; or that nobody knows what it reads. */
export type ServiceReader = {
  /** For people: `the build of Orders`. */
  readonly what: string;
} & ({ readonly reads: readonly SimpleRead[] } | { readonly unknown: string });

/** Files that say which packages are in a `node_modules` beside or below them. */
const LOCK_FILES = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml'],
  ...['yarn.lock', 'bun.lock', 'bun.lockb'],
];

/** Why something has to be made anew. */
export interface Touch {
  /** What has changed, relative to the repository; empty where it is no file. */
  readonly file: string;
  /** For people. */
  readonly reason: string;
}

/**
 * Tells why something has to be made anew, once for each file; nothing where everything that was read is as it was at the
 * base. What git does not know counts as changed: an earlier step has made it of who knows what. Of installed packages,
 * their lock files speak. Each file is looked at once, whoever reads it.
 *
 * @param root what names of files are relative to, absolute with links resolved
 */
export function touching(
  changes: KnownChanges,
  root: string,
): (readers: readonly ServiceReader[]) => readonly Touch[] {
  const known = new Map<string, readonly Touch[]>();
  const touchesOnce = (read: SimpleRead): readonly Touch[] => {
    const key = read.kind === 'file' ? read.name : JSON.stringify(read);
    const found = known.get(key) ?? touchesOf(read, changes, root);
    known.set(key, found);
    return found;
  };
  return (readers) => {
    const all = new Map<string, Touch>();
    for (const reader of readers) {
      const touches =
        'unknown' in reader
          ? [noFile(`nobody knows what ${reader.what} reads: ${reader.unknown}`)]
          : reader.reads
              .flatMap(touchesOnce)
              .map(({ file, reason }) => ({ file, reason: `${reason} (${reader.what})` }));
      for (const touch of touches) all.set(touch.reason, touch);
    }
    return [...all.values()];
  };
}

/** Changed files that none of some touches is about. */
export function unclaimed({ files }: KnownChanges, touches: readonly Touch[]): readonly string[] {
  const claimed = new Set(touches.map(({ file }) => file));
  return [...files.keys()].filter((file) => !prefixesOf(file).some((place) => claimed.has(place)));
}

const noFile = (reason: string): Touch => ({ file: '', reason });

function touchesOf(read: SimpleRead, changes: KnownChanges, root: string): readonly Touch[] {
  switch (read.kind) {
    case 'file':
      return fileTouches(read.name, changes, root);
    case 'names': {
      const folder = inRepository(join(root, read.name), changes);
      if (folder === undefined) return [];
      const names = [...(changes.names.get(folder) ?? [])];
      return names
        .filter(([name]) => !isExcepted(basename(name), read.except))
        .map(([name, fate]) => withFate(name, fate));
    }
    case 'repository':
      return [noFile('it asks git for the commit')];
    case 'variable':
      return [noFile(`the variable ${read.name} differs between runs`)];
    case 'program':
    case 'programs':
      return [];
  }
}

function fileTouches(name: string, changes: KnownChanges, root: string): readonly Touch[] {
  const path = join(root, name);
  const written = inRepository(path, changes);
  const real = orUndefined(() => realpathSync(path));
  const places = [...new Set([written, real === undefined ? undefined : inRepository(real, changes)])].filter(
    (place) => place !== undefined,
  );
  // What is not in the repository, no pull request changes.
  if (places.length === 0) return [];
  // A link, or a file in the place of a folder, counts for what is below it.
  const changed = places.flatMap(prefixesOf).flatMap((each) => changeOf(each, changes));
  if (changed.length > 0) return changed;
  const stats = real === undefined ? undefined : statSync(real, { throwIfNoEntry: false });
  if (stats?.isDirectory())
    return places.flatMap((place) => {
      const fate = changes.names.get(folderOf(place))?.get(place);
      return fate === undefined ? [] : [withFate(place, fate)];
    });
  if (stats === undefined || places.some((place) => changes.tracked.has(place))) return [];
  return unknownToGit(places.at(-1) ?? '', changes);
}

/** What an earlier step made or installed. */
function unknownToGit(place: string, changes: KnownChanges): readonly Touch[] {
  const at = place.split('/').indexOf('node_modules');
  if (at < 0) return [noFile(`${place} is not in git, so that nobody knows whether it has changed`)];
  const holder = place.split('/').slice(0, at).join('/');
  const locks = [holder, ...foldersAbove(holder)]
    .flatMap((folder) => LOCK_FILES.map((name) => (folder === '' ? name : `${folder}/${name}`)))
    .filter((lock) => changes.tracked.has(lock) || changes.files.has(lock));
  if (locks.length === 0)
    return [
      noFile(`no lock file tells which packages are in ${holder === '' ? '' : `${holder}/`}node_modules`),
    ];
  return locks.flatMap((lock) => changeOf(lock, changes));
}

function foldersAbove(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; at !== ''; ) {
    at = folderOf(at);
    found.push(at);
  }
  return found;
}

const folderOf = (place: string): string => (dirname(place) === '.' ? '' : dirname(place));

function changeOf(place: string, { files }: KnownChanges): readonly Touch[] {
  const fate = files.get(place);
  return fate === undefined ? [] : [withFate(place, fate)];
}

const FATES: Readonly<Record<FileFate, string>> = {
  added: 'is new',
  removed: 'is gone',
  changed: 'has changed',
};

const withFate = (file: string, fate: FileFate): Touch => ({ file, reason: `${file} ${FATES[fate]}` });

/** `a/b/c.js`, `a/b`, `a` */
function prefixesOf(place: string): string[] {
  const steps = place.split('/');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('/'));
}

/** `undefined` for what is outside; the repository itself is empty. */
function inRepository(path: string, { top }: KnownChanges): string | undefined {
  const way = relative(top, path);
  return way === '..' || way.startsWith(`..${sep}`) ? undefined : way.split(sep).join('/');
}
