import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Entry, walk } from './walk.ts';
import { isInside, type Workspace } from './workspace.ts';

/** The nearest folder, from `folder` up to the workspace's root, that holds one of the names. */
export function findUp(space: Workspace, folder: string, ...names: readonly string[]): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (names.some((name) => existsSync(join(at, name)))) return at;
    if (at === space.root || !isInside(space, at) || at === dirname(at)) return undefined;
  }
}

/** Everything below a folder that is not skipped, named from the workspace's root. */
export function prefixed(space: Workspace, folder: string, skip: (name: string) => boolean): Entry[] {
  const prefix = relative(space.root, folder).split(sep).join('/');
  return walk(space, folder, skip).map((entry) => ({
    ...entry,
    name: prefix === '' ? entry.name : `${prefix}/${entry.name}`,
  }));
}

/** One file, if it is there, named from the workspace's root. */
export function oneFile(space: Workspace, path: string): Entry[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
  return [{ kind: 'file', name: relative(space.root, path).split(sep).join('/'), path }];
}
