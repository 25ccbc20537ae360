import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isBelow, type Workspace } from '../workspace/workspace.ts';
import { NO_SOURCES } from './reads.ts';
import { sourceRoot } from './source-root.ts';
import { isOfThisRun } from './variables.ts';

/** Parts of a workspace in another place, where a tool may write as it likes. */
export interface SourceCopy {
  /** The copy, as a workspace of its own. */
  readonly space: Workspace;
  /** Where something of the workspace is in the copy. */
  at(path: string): string;
  /** Where something of the copy is in the workspace; any other path as it is. */
  original(path: string): string;
  /** Variables of this run that files of the copy name, see {@link isOfThisRun}. */
  readonly named: ReadonlySet<string>;
  /** The environment for a program that runs in the copy. */
  environment(env: Readonly<Record<string, string>>): Record<string, string>;
}

/** What the folder of each build is called, below that of temporary files: one may be inside of a workspace. */
export const PLACE = 'sparta-build-';

/** What tools keep for themselves between runs; to do without costs only time. */
const isCache = (path: string): boolean => /(^|\/)node_modules\/\.(cache|vite)$/.test(path);

/** Longer ones are no scripts that somebody wrote. */
const LONGEST_SCRIPT = 256 * 1024;

/**
 * Copies parts of a workspace, each at its place, with times and links as they are.
 *
 * Packages that are installed in other places than below `own` are linked to, not copied: tools look them up there, but
 * have no reason to write there. So is git's folder.
 *
 * @param parts folders or files; absolute, links resolved. The workspace's root stands for all of {@link sourceRoot}.
 * @param own the folder that the tool works in; absolute
 * @param to an empty folder
 */
export function copySources(space: Workspace, parts: readonly string[], own: string, to: string): SourceCopy {
  const named = new Set<string>();
  const base = sourceRoot(space);
  const at = (path: string): string => join(to, relative(base, path));
  const copy = (path: string): void => {
    const found = lstatSync(path);
    const target = at(path);
    if (found.isSymbolicLink()) symlinkSync(readlinkSync(path), target);
    else if (found.isDirectory()) {
      if (isCache(path)) return;
      mkdirSync(target, { recursive: true });
      for (const name of readdirSync(path)) copyItem(join(path, name), name);
      chmodSync(target, found.mode | 0o700);
      keepTimes(target, found);
    } else if (found.isFile()) {
      copyFileSync(path, target, constants.COPYFILE_FICLONE);
      chmodSync(target, found.mode | 0o200);
      keepTimes(target, found);
      if (found.size <= LONGEST_SCRIPT && !/\/(node_modules|\.github)\//.test(path)) noteNames(path, named);
    }
  };
  const copyItem = (path: string, name: string): void => {
    const isElsewhere = !isBelow(own, path) && !isBelow(path, own);
    try {
      if (name === '.git' || (name === 'node_modules' && isElsewhere)) symlinkSync(path, at(path));
      else if (!NO_SOURCES.includes(name) && !name.startsWith(PLACE)) copy(path);
    } catch (error) {
      // What is gone by now, or may not be read, is not there for the tool either.
      if (!(error instanceof Error && 'code' in error && GONE.has(String(error.code)))) throw error;
    }
  };
  mkdirSync(at(own), { recursive: true });
  for (const part of parts.map((path) => (path === space.root ? base : path))) {
    mkdirSync(dirname(at(part)), { recursive: true });
    copy(part);
  }
  return {
    space: { root: at(space.root), allowOutside: space.allowOutside, also: [space.root] },
    at,
    original: (path) => (path === to || path.startsWith(`${to}${sep}`) ? base + path.slice(to.length) : path),
    named,
    environment: (env) => ({
      ...env,
      ...(env.GITHUB_WORKSPACE !== undefined && { GITHUB_WORKSPACE: at(space.root) }),
      // Git's index in the workspace stays as it is.
      GIT_OPTIONAL_LOCKS: '0',
    }),
  };
}

/** Tools compare them, to the microsecond and less. */
const keepTimes = (target: string, { atimeMs, mtimeMs }: Stats): void =>
  utimesSync(target, atimeMs / 1000, mtimeMs / 1000);

const GONE = new Set(['ENOENT', 'EACCES', 'EPERM']);

const NAME = /\b(?:GITHUB|RUNNER|HOSTNAME|INVOCATION|JOURNAL|SYSTEMD)[A-Z0-9_]*\b/g;

function noteNames(path: string, named: Set<string>): void {
  const text = readFileSync(path, 'latin1');
  for (const [name] of text.matchAll(NAME)) if (isOfThisRun(name)) named.add(name);
}
