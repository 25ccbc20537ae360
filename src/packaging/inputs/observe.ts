import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { sha256 } from '../../hash/canonical.ts';
import { isBelow, orUndefined, type Workspace } from '../workspace/workspace.ts';
import type { FileIndex } from './file-index.ts';
import { type Except, isExcepted, type Read } from './reads.ts';
import { sourceRoot } from './source-root.ts';

/** What is there now: a short text that is equal as long as it makes no difference to a build. */
export type ReadState = string;

/** How what was read looks now; nothing is looked at twice. */
export interface Observer {
  state(read: SimpleRead): ReadState;
  /** A tree as the files and folders that it consists of. */
  expand(read: Read): readonly SimpleRead[];
}

export type SimpleRead = Exclude<Read, { readonly kind: 'tree' }>;

export interface ObserverOptions {
  readonly space: Workspace;
  readonly files: FileIndex;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** There is nothing, or nothing that may be read. */
const ABSENT = '-';

export function observer({ space, files, env }: ObserverOptions): Observer {
  const states = new Map<string, ReadState>();
  const at = (name: string): string => join(space.root, name);
  const look = (read: SimpleRead): ReadState => {
    switch (read.kind) {
      case 'file':
        return fileState(files, at(read.name));
      case 'names':
        return namesState(at(read.name), read.except);
      case 'repository':
        return repositoryState(sourceRoot(space));
      case 'variable':
        return env[read.name] === undefined ? ABSENT : sha256(env[read.name] ?? '');
      case 'program':
        return fileState(files, read.name);
      case 'programs':
        return programsState(space, env.PATH ?? '');
    }
  };
  return {
    state(read) {
      const key = JSON.stringify(read);
      const known = states.get(key) ?? look(read);
      states.set(key, known);
      return known;
    },
    expand: (read) => (read.kind === 'tree' ? [...treeReads(at(read.name), read.name, read.except)] : [read]),
  };
}

/** Outside of the workspace too: nothing but a hash is kept of it. */
function fileState(files: FileIndex, path: string): ReadState {
  // Names that are not UTF-8 cannot be asked for again.
  if (path.includes('\uFFFD')) return `unknown ${randomUUID()}`;
  try {
    const found = lstatSync(path);
    const real = found.isSymbolicLink() ? realpathSync.native(path) : path;
    const target = found.isSymbolicLink() ? statSync(real) : found;
    if (!target.isFile()) return target.isDirectory() ? 'folder' : 'other';
    const { hash, executable } = files.content(ANYWHERE, real);
    return executable ? `${hash} x` : hash;
  } catch {
    return ABSENT;
  }
}

const ANYWHERE: Workspace = { root: '/', allowOutside: true };

/** Kinds too: whether a link is followed, and where it leads, makes a difference to many tools. */
function namesState(path: string, except: Except): ReadState {
  try {
    const names = readdirSync(path, { withFileTypes: true }).flatMap((item) => {
      if (isExcepted(item.name, except)) return [];
      if (item.isSymbolicLink()) return [`${item.name}\0${readlinkSync(join(path, item.name))}`];
      return [item.isDirectory() ? `${item.name}/` : item.name];
    });
    return sha256(names.sort().join('\n'));
  } catch {
    return ABSENT;
  }
}

/** A link to a folder elsewhere is followed, as tools do; links that lead in circles are followed once. */
function* treeReads(
  path: string,
  name: string,
  except: Except,
  open: readonly string[] = [],
): Generator<SimpleRead> {
  const found = orUndefined(() => statSync(path));
  if (!found?.isDirectory()) {
    yield { kind: 'file', name };
    return;
  }
  yield { kind: 'names', name, except };
  for (const item of orUndefined(() => readdirSync(path, { withFileTypes: true })) ?? []) {
    if (isExcepted(item.name, except)) continue;
    const below = name === '' ? item.name : `${name}/${item.name}`;
    const at = join(path, item.name);
    if (item.isDirectory()) yield* treeReads(at, below, except, open);
    else if (!item.isSymbolicLink()) yield { kind: 'file', name: below };
    else {
      const real = orUndefined(() => realpathSync(at));
      if (real === undefined || open.includes(real) || isBelow(real, path))
        yield { kind: 'file', name: below };
      else yield* treeReads(at, below, except, [...open, real]);
    }
  }
}

/** Names, sizes and times: a program of another version has others. What is in the workspace is looked at for itself. */
function programsState({ root }: Workspace, path: string): ReadState {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder) && !isBelow(root, folder));
  const programs = [...new Set(folders)].flatMap((folder) =>
    (orUndefined(() => readdirSync(folder)) ?? []).sort().map((name) => {
      const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
      return `${folder} ${name} ${found?.size} ${Math.floor((found?.mtimeMs ?? 0) / 1000)}`;
    }),
  );
  return sha256(programs.join('\n'));
}

/** The commit and all references, and which files git knows in which state; nothing of times, inodes or credentials. */
function repositoryState(root: string): ReadState {
  const git = (...args: string[]): string => {
    try {
      return execFileSync('git', ['-C', root, ...args], {
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
      });
    } catch {
      return ABSENT;
    }
  };
  return sha256(
    [
      git('rev-parse', 'HEAD'),
      git('symbolic-ref', '-q', 'HEAD'),
      git('show-ref'),
      git('ls-files', '--stage'),
    ].join('\0'),
  );
}

/**
 * When what was read changed last, by the clock of its file system, in milliseconds. Of what is not there, when the
 * nearest folder that is there has.
 */
export function lastChange(root: string, read: SimpleRead): number {
  if (read.kind !== 'file' && read.kind !== 'names') return 0;
  for (let path = join(root, read.name); ; path = dirname(path)) {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found) return Math.max(found.ctimeMs, lstatSync(path).ctimeMs);
    if (path === dirname(path)) return 0;
  }
}
