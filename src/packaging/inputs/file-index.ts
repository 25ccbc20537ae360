import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../../hash/canonical.ts';
import { once } from '../../order/once.ts';
import { type OpenFile, openInside, type Workspace } from '../workspace/workspace.ts';

/** A file's content, as far as a build or an archive is concerned. */
export interface FileContent {
  /** SHA-256 in lower-case hex. */
  readonly hash: string;
  readonly executable: boolean;
}

/**
 * Hashes of files. What was hashed in an earlier run is not read again while its size, times and inode are the same, as
 * git does it with its index.
 */
export interface FileIndex {
  /**
   * @param path absolute; of a regular file
   * @throws ProblemError when it is no regular file of the workspace
   */
  content(space: Workspace, path: string): FileContent;
  /** The same of a file that is read for something else, too. */
  observe(path: string, file: OpenFile, read: () => Uint8Array): WholeFile;
  /** Keeps what was hashed for the next run. */
  save(): void;
}

/** What was read of a file, all of it. */
export interface WholeFile {
  readonly bytes: Uint8Array;
  readonly content: FileContent;
}

/** Of a file system that counts in whole seconds or two; others count in the kernel's ticks, of 10 ms at most. */
const COARSE = 2000;
const FINE = 20;

const CHUNK = 1024 * 1024;

/**
 * An index that is kept in a file, which belongs to this machine: it is never restored from anywhere. Nothing is read or
 * written before the first file is asked for.
 *
 * @param file absolute; `undefined`: nothing is kept
 */
export function fileIndex(file?: string): FileIndex {
  const opened = once(() => open(file));
  let asked = false;
  return {
    content(space, path) {
      asked = true;
      return opened().content(space, path);
    },
    observe(path, file, read) {
      asked = true;
      return opened().observe(path, file, read);
    },
    save() {
      if (asked) opened().save();
    },
  };
}

function open(file: string | undefined): FileIndex {
  const known = file === undefined ? new Map<string, string>() : read(file);
  const used = new Set<string>();
  let isNew = false;
  const ahead = file === undefined ? 0 : clockAhead(dirname(file));
  const buffer = once(() => Buffer.allocUnsafe(CHUNK));
  const keep = (path: string, hash: string, { start, end, at }: Seen): FileContent => {
    if (isSame(start, end) && isSettled(end, at)) {
      known.set(path, `${markOf(end)}${hash}`);
      used.add(path);
      isNew = true;
    } else known.delete(path);
    return { hash, executable: isExecutable(end) };
  };
  return {
    content(space, path) {
      const seen = lstatSync(path);
      const before = known.get(path);
      const mark = markOf(seen);
      if (before?.startsWith(mark) && seen.isFile()) {
        used.add(path);
        return { hash: before.slice(mark.length), executable: isExecutable(seen) };
      }
      const { fd, stats } = openInside(space, path);
      try {
        const at = Date.now() + ahead;
        const hash = hashOf(fd, buffer());
        return keep(path, hash, { start: stats, end: fstatSync(fd), at });
      } finally {
        closeSync(fd);
      }
    },
    observe(path, { fd, stats }, read) {
      const at = Date.now() + ahead;
      const bytes = read();
      return { bytes, content: keep(path, sha256(bytes), { start: stats, end: fstatSync(fd), at }) };
    },
    save() {
      // What this run did not ask for is of files that are gone, most likely.
      if (file === undefined || !(isNew || used.size < known.size)) return;
      write(file, [...known].filter(([path]) => used.has(path)).flat());
    },
  };
}

/** A file before and after it was read. */
interface Seen {
  readonly start: Stats;
  readonly end: Stats;
  /** When reading began, by the file system's clock. */
  readonly at: number;
}

const isExecutable = ({ mode }: Stats): boolean => (mode & 0o111) !== 0;

/**
 * What a file system says of a file: a change of the content changes it, unless it happens in the same tick. Times are in
 * milliseconds, with the fraction that a double can hold (a quarter of a microsecond).
 */
const markOf = ({ size, ino, mtimeMs, ctimeMs }: Stats): string => `${size} ${ino} ${mtimeMs} ${ctimeMs} `;

/** Whether the marks are equal, of which the texts take longer to make. */
const isSame = (a: Stats, b: Stats): boolean =>
  a.size === b.size && a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs;

/**
 * Whether a change that comes after `at` gives the file another time than it has. One in the same tick of the file
 * system's clock would not, so such a file is read again the next time ("racily clean", as git calls it).
 */
function isSettled({ mtimeMs, ctimeMs }: Stats, at: number): boolean {
  const whole = Number.isInteger(mtimeMs / 1000) && Number.isInteger(ctimeMs / 1000);
  return Math.max(mtimeMs, ctimeMs) + (whole ? COARSE : FINE) < at;
}

function hashOf(fd: number, buffer: Buffer): string {
  const hash = createHash('sha256');
  for (let count = readSync(fd, buffer); count > 0; count = readSync(fd, buffer))
    hash.update(buffer.subarray(0, count));
  return hash.digest('hex');
}

/** Milliseconds that the file system's clock is ahead of ours: it may be that of another machine. */
function clockAhead(folder: string): number {
  const probe = join(folder, `${randomUUID()}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    return Math.min(0, statSync(probe).mtimeMs - Date.now());
  } catch {
    return Number.NEGATIVE_INFINITY;
  } finally {
    rmSync(probe, { force: true });
  }
}

const FORMAT = 2;

/** By path: what the file system said of a file, and the hash of its content. */
function read(file: string): Map<string, string> {
  try {
    const { format, files } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly format: number;
      readonly files: readonly string[];
    };
    const found = new Map<string, string>();
    if (format !== FORMAT) return found;
    for (let at = 0; at < files.length; at += 2) found.set(String(files[at]), String(files[at + 1]));
    return found;
  } catch {
    return new Map();
  }
}

/** @param files paths and what is known of each, by turns */
function write(file: string, files: readonly string[]): void {
  const temporary = `${file}.${randomUUID()}.tmp`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(temporary, JSON.stringify({ format: FORMAT, files }));
  renameSync(temporary, file);
}
