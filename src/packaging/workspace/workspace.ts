import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Place, type Problem, ProblemError } from '../../problem.ts';

/** The folder that files may come from. */
export interface Workspace {
  /** Absolute, with links resolved. */
  readonly root: string;
  /** Set by `allow-outside-workspace`: nothing is refused. */
  readonly allowOutside: boolean;
  /** Other folders that files may come from; absolute, with links resolved. */
  readonly also?: readonly string[];
}

/** The workspace at a path. */
export function workspace(path: string, allowOutside: boolean): Workspace {
  return { root: realpathSync(path), allowOutside };
}

/** Whether a path, links resolved, is the workspace or below it. */
export function isInside({ root, also = [] }: Workspace, real: string): boolean {
  return isBelow(root, real) || also.some((folder) => isBelow(folder, real));
}

/** Whether a path is a folder or something in it, as far as its text tells. */
export function isBelow(folder: string, path: string): boolean {
  // Asked for each file of an archive: most are told by their first characters.
  if (path.startsWith(folder) && path[folder.length] === sep && !path.includes(`${sep}..`)) return true;
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A path that is not used, and why. */
export interface Unusable {
  readonly problem: Problem;
  /** It could be used, but leads to nothing. */
  readonly isMissing?: true;
}

/**
 * The real path of something that a file of the workspace names, or the reason why it is not used.
 *
 * @param base folder that a relative path is relative to
 * @param written the path as its author wrote it
 * @param place where it is written
 */
export function resolveInside(
  space: Workspace,
  base: string,
  written: string,
  place: Place,
): { readonly path: string } | Unusable {
  const problem = (message: string, next: string): Unusable => ({ problem: { message, place, next } });
  if (written.includes('\0')) return problem('the path holds a NUL byte', 'Write a plain path.');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written)) {
    return problem(
      `${JSON.stringify(written)} is a URL, not a path`,
      'Write a path relative to the file that names it.',
    );
  }
  const path = resolve(base, written);
  let real: string;
  try {
    real = realpathSync(path);
  } catch {
    // Whether something exists outside is nobody's business either.
    if (!space.allowOutside && !isInside(space, path)) return outside(written, place);
    return {
      ...problem(
        `there is no file or folder ${JSON.stringify(written)}`,
        'Build it first, or correct the path.',
      ),
      isMissing: true,
    };
  }
  return space.allowOutside || isInside(space, real) ? { path: real } : outside(written, place);
}

function outside(written: string, place: Place): Unusable {
  return {
    problem: {
      message: `${JSON.stringify(written)} leads out of the workspace`,
      place,
      next: 'Move it into the workspace, or set allow-outside-workspace: true.',
    },
  };
}

/** A regular file that is open for reading. */
export interface OpenFile {
  readonly fd: number;
  readonly size: number;
  readonly mode: number;
  /** As it was when it was opened. */
  readonly stats: Stats;
}

/** Opening a pipe does not wait for somebody to write to it. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a regular file for reading and makes sure that what was opened is what was checked: a link that is put in the
 * way between check and use is seen, because the descriptor's own path is compared (Linux), and the last part of the
 * path is never followed.
 *
 * @throws ProblemError when it is no regular file of the workspace
 */
export function openInside(space: Workspace, path: string): OpenFile {
  const fd = openSync(path, FLAGS);
  const stats = fstatSync(fd);
  const { size, mode } = stats;
  if (
    (mode & constants.S_IFMT) !== constants.S_IFREG ||
    !(space.allowOutside || isInside(space, realPathOf(fd, path)))
  ) {
    closeSync(fd);
    throw new ProblemError({
      message: `${path} is not a regular file of the workspace`,
      next: 'Remove it, or the link to it.',
    });
  }
  return { fd, size, mode, stats };
}

/** Reads a file as {@link openInside} opens it. */
export function readInside(space: Workspace, path: string): Buffer {
  const { fd } = openInside(space, path);
  try {
    return readFileSync(fd);
  } finally {
    closeSync(fd);
  }
}

function realPathOf(fd: number, path: string): string {
  return process.platform === 'linux' ? readlinkSync(`/proc/self/fd/${fd}`) : realpathSync(path);
}

/** What is on the disk, or `undefined` where it cannot be read. */
export function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
