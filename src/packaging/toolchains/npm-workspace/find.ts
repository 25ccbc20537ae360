import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import { type Problem, ProblemError } from '../../../problem.ts';
import { sourceRoot } from '../../inputs/source-root.ts';
import { isBelow, type Workspace } from '../../workspace/workspace.ts';

/** What a package.json says, as far as it decides what is installed. */
export interface PackageManifest {
  readonly name?: string;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  readonly packageManager?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly overrides?: unknown;
  readonly resolutions?: unknown;
  readonly pnpm?: PnpmSettings;
}

/** As they may stand in pnpm-workspace.yaml, too. */
export interface PnpmSettings {
  readonly overrides?: unknown;
  readonly patchedDependencies?: Readonly<Record<string, string>>;
}

export type Manager = 'npm' | 'pnpm' | 'yarn-classic' | 'yarn';

/** Packages of one repository that take one another from it. */
export interface PackageWorkspace {
  /** The folder of the lock file; absolute. */
  readonly root: string;
  readonly manager: Manager;
  /** Whether there is a lock file. */
  readonly locked: boolean;
  /** Folders of all members by their names. */
  readonly members: ReadonlyMap<string, string>;
}

/** Lock files, by what writes them. */
const LOCKS: readonly (readonly [file: string, manager: Manager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];
export const LOCK_NAMES = LOCKS.map(([file]) => file);

/**
 * The workspace that a package is a member of, unless it is locked by itself and takes nothing of the others. Source:
 * documentation of npm, pnpm and Yarn, "Workspaces".
 *
 * @throws ProblemError when it begins outside of what may be read
 */
export function packageWorkspace(space: Workspace, directory: string): PackageWorkspace | undefined {
  const manifest = manifestIn(space, directory);
  if (!manifest) return undefined;
  const top = sourceRoot(space);
  for (let at = directory; isBelow(top, at); at = dirname(at)) {
    const members = membersOf(space, at);
    if (members && (at === directory || [...members.values()].includes(directory))) {
      const takesOthers = Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies }).some(
        ([name, written]) => members.has(name) || written.startsWith('workspace:'),
      );
      if (!takesOthers && LOCK_NAMES.some((name) => existsSync(join(directory, name)))) return undefined;
      if (!isBelow(space.root, at)) {
        if (takesOthers) throw new ProblemError(outside(space, directory, at));
        return undefined;
      }
      const [lock] = LOCKS.filter(([name]) => existsSync(join(at, name)));
      return { root: at, manager: managerOf(space, at, lock?.[1]), locked: lock !== undefined, members };
    }
    if (at === dirname(at)) break;
  }
  return undefined;
}

/** What is above may not be read; without it, a registry's packages would be taken for those of the workspace. */
const outside = (space: Workspace, directory: string, root: string): Problem => ({
  message: `it is a member of the workspace in ${relative(space.root, root)}, whose lock file and packages are out of reach`,
  place: { file: relative(space.root, join(directory, 'package.json')) },
  next: 'Run in the root of the repository, and name the template by source.',
});

/** `undefined`: the folder is no root of a workspace. */
function membersOf(space: Workspace, root: string): ReadonlyMap<string, string> | undefined {
  const patterns = patternsIn(space, root);
  if (!patterns) return undefined;
  const matching = (wanted: readonly string[]): string[] =>
    wanted.flatMap((pattern) =>
      globSync(join(pattern, 'package.json'), {
        cwd: root,
        exclude: (name) => name === 'node_modules' || name.includes('/node_modules/'),
      }).map((path) => resolve(root, dirname(path))),
    );
  const left = new Set(matching(patterns.flatMap((each) => (each.startsWith('!') ? [each.slice(1)] : []))));
  const found = matching(patterns.filter((each) => !each.startsWith('!'))).filter((path) => !left.has(path));
  const named = found.flatMap((folder): [string, string][] => {
    const name = manifestIn(space, folder)?.name;
    return name === undefined ? [] : [[name, folder]];
  });
  return new Map(named);
}

function patternsIn(space: Workspace, root: string): readonly string[] | undefined {
  const file = join(root, 'pnpm-workspace.yaml');
  if (existsSync(file)) {
    const { packages } = (parse(readFileSync(file, 'utf8')) ?? {}) as {
      readonly packages?: readonly string[];
    };
    // Settings alone may be in it, too.
    if (packages) return packages;
  }
  const { workspaces } = manifestIn(space, root) ?? {};
  return workspaces && 'packages' in workspaces
    ? workspaces.packages
    : (workspaces as readonly string[] | undefined);
}

function managerOf(space: Workspace, root: string, locked: Manager | undefined): Manager {
  const [, named = ''] = /^(npm|pnpm|yarn)@/.exec(manifestIn(space, root)?.packageManager ?? '') ?? [];
  const manager = locked ?? (existsSync(join(root, 'pnpm-workspace.yaml')) ? 'pnpm' : named || 'npm');
  if (manager !== 'yarn') return manager as Manager;
  const lock = join(root, 'yarn.lock');
  const isModern =
    existsSync(join(root, '.yarnrc.yml')) ||
    (existsSync(lock) && readFileSync(lock, 'utf8').includes('\n__metadata:'));
  return isModern ? 'yarn' : 'yarn-classic';
}

/** @throws ProblemError when it is no JSON */
export function manifestIn(space: Workspace, folder: string): PackageManifest | undefined {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PackageManifest;
  } catch (error) {
    throw new ProblemError({
      message: `bad JSON: ${error instanceof Error ? error.message : error}`,
      place: { file: relative(space.root, path) },
    });
  }
}

/** A member and the members that it takes, directly or not; the first is itself. */
export function membersNeeded(space: Workspace, directory: string, { members }: PackageWorkspace): string[] {
  const found = new Set([directory]);
  for (const folder of found) {
    const { dependencies, optionalDependencies, peerDependencies } = manifestIn(space, folder) ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const member = members.get(name);
      if (member !== undefined) found.add(member);
    }
  }
  return [...found];
}
