import { readdirSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { orUndefined } from '../workspace/workspace.ts';

/**
 * Names that do not count, wherever they stand below a folder: whole names such as `node_modules`, or endings such as
 * `*.pyc`. They are kept with what was read, so they are no patterns of the caller's own making.
 */
export type Except = readonly string[];

/** One thing that a build depends on. Names are relative to the workspace's root, with `/` between parts. */
export type Read =
  /** The content of a file and whether it can be executed; or that there is no such file. */
  | { readonly kind: 'file'; readonly name: string }
  /** Which names a folder holds, and of what kind each is; or that there is no such folder. */
  | { readonly kind: 'names'; readonly name: string; readonly except: Except }
  /** Everything below a folder. */
  | { readonly kind: 'tree'; readonly name: string; readonly except: Except }
  /** What git says of the workspace: its commit, its references, and which files it knows. */
  | { readonly kind: 'repository' }
  /** A variable of the environment that differs between runs, which the build was given all the same. */
  | { readonly kind: 'variable'; readonly name: string }
  /** A program outside of the workspace that ran, by its absolute path. */
  | { readonly kind: 'program'; readonly name: string }
  /** All programs that can be called by their name alone. */
  | { readonly kind: 'programs' };

/**
 * Collects what a build read, while or after it runs. Told too much, a build is done once too often; told too little, it
 * is once not done, which must never be. Paths are absolute, or relative to the workspace.
 */
export interface Reads {
  /** A file, or one that would be read if it were there. */
  file(path: string): void;
  /** A folder whose names decide what is read: one more file would change the result. */
  names(folder: string, except?: Except): void;
  /** Everything in a folder, and every name that is added to it. */
  tree(folder: string, except?: Except): void;
  repository(): void;
  variable(name: string): void;
  program(path: string): void;
  /** Nobody can tell: everything in the workspace counts, and every program that could have run. */
  everything(): void;
  /** Each thing once. */
  all(): readonly Read[];
}

/** Folders that hold nothing of the author's: git's own, ours, and what `sam build` made. */
export const NO_SOURCES: Except = ['.git', '.sparta', '.aws-sam'];

/**
 * What is read of a workspace. Paths outside of it are kept relative to it, as far as there is such a way.
 *
 * @param all the folder that counts where nobody can tell
 */
export function readsOf(root: string, all = root): Reads {
  const found = new Map<string, Read>();
  const add = (read: Read) => void found.set(JSON.stringify(read), read);
  const named = (path: string): string => relative(root, resolve(root, path)).split(sep).join('/');
  return {
    file: (path) => add({ kind: 'file', name: named(path) }),
    names: (folder, except = NO_SOURCES) => add({ kind: 'names', name: named(folder), except }),
    tree: (folder, except = NO_SOURCES) => add({ kind: 'tree', name: named(folder), except }),
    repository: () => add({ kind: 'repository' }),
    variable: (name) => add({ kind: 'variable', name }),
    program: (path) => add({ kind: 'program', name: isAbsolute(path) ? path : resolve(root, path) }),
    everything() {
      add({ kind: 'tree', name: named(all), except: NO_SOURCES });
      add({ kind: 'repository' });
      add({ kind: 'programs' });
    },
    all: () => [...found.values()],
  };
}

/** Every name below a folder, in which one more could match a pattern. */
export function namesBelow(folder: string, reads: Reads, except: Except = NO_SOURCES): void {
  reads.names(folder, except);
  for (const item of orUndefined(() => readdirSync(folder, { withFileTypes: true })) ?? [])
    if (item.isDirectory() && !isExcepted(item.name, except))
      namesBelow(join(folder, item.name), reads, except);
}

export const isExcepted = (name: string, except: Except): boolean =>
  except.some((each) => (each.startsWith('*') ? name.endsWith(each.slice(1)) : name === each));
