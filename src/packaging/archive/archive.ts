import { closeSync, constants, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, ProblemError } from '../../problem.ts';
import type { Entry } from '../workspace/walk.ts';
import { type OpenFile, openInside, type Workspace } from '../workspace/workspace.ts';
import { type ArchiveOutput, archiveOutput } from './archive-output.ts';
import { type Deflated, deflate } from './deflate.ts';
import { type LargeFile, readUpTo, writeLarge } from './large-file.ts';
import { centralHeader, endOfDirectory, localHeader, type Record } from './zip-format.ts';

/** A packaged file. */
export interface Archive {
  /** `<folder>/<sha256>.zip` */
  readonly path: string;
  /** SHA-256 of the archive's bytes, in lower-case hex. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes once unpacked. */
  readonly unpackedSize: number;
  readonly entries: number;
}

/** Bytes of file content that may be in memory at once; a larger file is compressed piece by piece. */
const IN_FLIGHT = 64 * 1024 * 1024;
/** Entries that may be read ahead of the one that is written. */
const READ_AHEAD = 256;

/**
 * Makes a ZIP archive: entries in the given order, fixed times, modes 0644 or 0755 by the executable bit. The same
 * content gives the same bytes, whatever the file times, owner, umask or place. Reading is synchronous (files are small
 * and cached, and the pool is busy), compressing goes on side by side, writing follows in order.
 *
 * @param folder where `<hash>.zip` is written
 * @throws ProblemError when a file turns out not to be one of the workspace, or two entries have one name
 */
export function createArchive(space: Workspace, entries: readonly Entry[], folder: string): Promise<Archive> {
  return packEntries(entries, folder, (path) => readFile(space, path, ({ fd, size }) => readUpTo(fd, size)));
}

/** The same of files that are read in another way. */
export async function packEntries(
  entries: readonly Entry[],
  folder: string,
  fileAt: FileAt,
): Promise<Archive> {
  checkNames(entries);
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `${process.pid}-${++archives}.zip.tmp`);
  const output = archiveOutput(temporary);
  try {
    const written = await writeEntries(entries, output, fileAt);
    await output.close();
    const path = join(folder, `${written.hash}.zip`);
    renameSync(temporary, path);
    return { path, ...written };
  } catch (error) {
    await output.close().catch(() => undefined);
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Tells archives apart that are made side by side. */
let archives = 0;

function checkNames(entries: readonly Entry[]): void {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { name } of entries) {
    if (seen.has(name))
      problems.push({ message: `the archive would hold ${name} twice`, next: 'Rename one of them.' });
    if (Buffer.byteLength(name) > 0xffff)
      problems.push({ message: `the path ${name.slice(0, 80)}... is too long for an archive` });
    seen.add(name);
  }
  if (problems.length > 0) throw new ProblemError(problems);
}

interface Pending {
  readonly name: Buffer;
  readonly mode: number;
  readonly unpackedSize: number;
  readonly data: Promise<Deflated>;
}

async function writeEntries(
  entries: readonly Entry[],
  out: ArchiveOutput,
  fileAt: FileAt,
): Promise<Omit<Archive, 'path'>> {
  const records: Record[] = [];
  const queue: Pending[] = [];
  let inFlight = 0;

  const finishFirst = async (): Promise<void> => {
    const first = queue.shift();
    if (!first) return;
    const { chunks, ...data } = await first.data;
    const record = {
      ...data,
      name: first.name,
      mode: first.mode,
      unpackedSize: first.unpackedSize,
      offset: out.offset(),
    };
    records.push(record);
    inFlight -= first.unpackedSize;
    await out.append(localHeader(record), ...chunks);
  };

  try {
    for (const entry of entries) {
      const name = Buffer.from(entry.name);
      const content = contentOf(entry, fileAt);
      if ('fd' in content) {
        while (queue.length > 0) await finishFirst();
        records.push(await writeLarge(content, name, out));
        continue;
      }
      const { mode, bytes } = content;
      inFlight += bytes.length;
      queue.push({ name, mode, unpackedSize: bytes.length, data: deflate(bytes) });
      while (inFlight > IN_FLIGHT || queue.length > READ_AHEAD) await finishFirst();
    }
    while (queue.length > 0) await finishFirst();
  } finally {
    await Promise.allSettled(queue.map(({ data }) => data));
  }
  const directory = out.offset();
  for (const record of records) await out.append(centralHeader(record));
  await out.append(endOfDirectory(records.length, directory, out.offset() - directory));
  return {
    hash: await out.end(),
    size: out.offset(),
    unpackedSize: records.reduce((sum, record) => sum + record.unpackedSize, 0),
    entries: records.length,
  };
}

function contentOf(entry: Entry, fileAt: FileAt): FileBytes | LargeFile {
  if (entry.kind === 'folder') return { mode: constants.S_IFDIR | 0o755, bytes: new Uint8Array() };
  if (entry.kind === 'link') return { mode: constants.S_IFLNK | 0o777, bytes: Buffer.from(entry.target) };
  if (entry.kind === 'bytes') return { mode: fileMode(entry.executable), bytes: entry.bytes };
  return fileAt(entry.path);
}

/** What goes into an archive of a file, a link or a folder. */
interface FileBytes {
  readonly mode: number;
  readonly bytes: Uint8Array;
}

type FileAt = (path: string) => FileBytes | LargeFile;

/**
 * A file of the workspace as it goes into an archive; one that is too large to be held in memory is left open.
 *
 * @throws ProblemError when it is no regular file of the workspace
 */
export function readFile(
  space: Workspace,
  path: string,
  read: (file: OpenFile) => Uint8Array,
): FileBytes | LargeFile {
  const file = openInside(space, path);
  const { fd, size } = file;
  const mode = fileMode((file.mode & 0o111) !== 0);
  if (size > IN_FLIGHT) return { fd, size, mode };
  try {
    return { mode, bytes: read(file) };
  } finally {
    closeSync(fd);
  }
}

const fileMode = (executable: boolean): number => constants.S_IFREG | (executable ? 0o755 : 0o644);
