import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import { NO_SOURCES } from '../../inputs/reads.ts';
import { type Entry, sorted, walk } from '../../workspace/walk.ts';
import { isBelow, type Workspace } from '../../workspace/workspace.ts';
import { manifestIn, type PackageManifest } from './find.ts';

/** Where packages stand in the archive: `''` is the function's own folder, `node_modules/a` a package of it. */
type Placed = Map<string, string>;

/**
 * A package of a workspace with everything that it needs at run time, as one folder: links to other members and to a store
 * lead nowhere once it is packaged. Node finds each package as it did before: one that several versions are needed of
 * stands beside whoever needs another.
 *
 * @param space the border of what was installed; nothing outside of it is taken
 * @param folder of the package; absolute
 * @throws ProblemError with every dependency that is not installed
 */
export function collectPackages(space: Workspace, folder: string): Entry[] {
  const placed: Placed = new Map([['', realpathSync(folder)]]);
  const problems: Problem[] = [];
  const open = [''];
  for (const place of open) {
    const source = placed.get(place) ?? '';
    for (const { name, optional } of neededBy(manifestIn(space, source) ?? {})) {
      const found = findPackage(space, source, name);
      if (found === undefined) {
        if (!optional) problems.push(notInstalled(name, place));
        continue;
      }
      const nearest = nearestPlace(placed, place, name);
      if (nearest !== undefined && placed.get(nearest) === found) continue;
      // A package at the top is seen by all; one beside whoever needs it, by nobody else who has another.
      const at = posix.join(nearest === undefined ? '' : place, 'node_modules', name);
      placed.set(at, found);
      open.push(at);
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return sorted([...placed].flatMap(([place, source]) => entriesOf(space, place, source)));
}

const notInstalled = (name: string, place: string): Problem => ({
  message: `${name}, which ${posix.basename(place) || 'the function'} needs, was not installed`,
  next: 'Install the packages of the workspace anew, and commit its lock file.',
});

function neededBy({
  dependencies = {},
  optionalDependencies = {},
  peerDependencies = {},
}: PackageManifest): { readonly name: string; readonly optional: boolean }[] {
  const optional = new Set([...Object.keys(optionalDependencies), ...Object.keys(peerDependencies)]);
  const names = new Set([...Object.keys(dependencies), ...optional]);
  return [...names].sort().map((name) => ({ name, optional: optional.has(name) }));
}

/** As Node looks for it: in each `node_modules` from the package's own folder up. */
function findPackage({ root }: Workspace, source: string, name: string): string | undefined {
  for (let at = source; isBelow(root, at); at = dirname(at)) {
    const path = join(at, 'node_modules', name);
    if (existsSync(join(path, 'package.json'))) return realpathSync(path);
    if (at === dirname(at)) break;
  }
  return undefined;
}

/** The place where Node would find a package of this name from another place. */
function nearestPlace(placed: Placed, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = posix.join(at, 'node_modules', name);
    if (placed.has(place)) return place;
    if (at === '') return undefined;
  }
}

/** Not with settings that may hold credentials. */
const LEFT_OUT: readonly string[] = [...NO_SOURCES, 'node_modules', '.npmrc'];

function entriesOf(space: Workspace, place: string, source: string): Entry[] {
  const isLeftOut = (name: string): boolean => LEFT_OUT.includes(posix.basename(name));
  return walk(space, source, isLeftOut).map((entry) => ({ ...entry, name: posix.join(place, entry.name) }));
}
