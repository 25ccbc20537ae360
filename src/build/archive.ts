import { createHash } from 'node:crypto';
import { closeSync, constants, readSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Deflated, deflate } from './deflate.ts';
import type { Entry } from './walk.ts';
import { openInside, type Workspace } from './workspace.ts';
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

/** Bytes of file content that may be in memory at once. */
const IN_FLIGHT = 64 * 1024 * 1024;

/**
 * Makes a ZIP archive: entries in the given order, fixed times, modes 0644 or 0755 by the executable bit. The same
 * content gives the same bytes, whatever the file times, owner, umask or place. Reading is synchronous (files are small
 * and cached, and the pool is busy), compressing goes on side by side, writing follows in order.
 *
 * @param folder where `<hash>.zip` is written
 * @throws ProblemError when a file turns out not to be one of the workspace
 */
export async function createArchive(space: Workspace, entries: readonly Entry[], folder: string): Promise<Archive> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${process.pid}-${++archives}.zip.tmp`);
  const file = await open(temporary, 'w');
  try {
    const written = await writeEntries(space, entries, (bytes) => file.writev(bytes));
    await file.close();
    const path = join(folder, `${written.hash}.zip`);
    await rename(temporary, path);
    return { path, ...written };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Tells archives apart that are made side by side. */
let archives = 0;

interface Pending {
  readonly name: Buffer;
  readonly mode: number;
  readonly unpackedSize: number;
  readonly data: Promise<Deflated>;
}

async function writeEntries(
  space: Workspace,
  entries: readonly Entry[],
  write: (bytes: Uint8Array[]) => Promise<unknown>,
): Promise<Omit<Archive, 'path'>> {
  const hash = createHash('sha256');
  const records: Record[] = [];
  const queue: Pending[] = [];
  let inFlight = 0;
  let offset = 0;
  let unpackedSize = 0;
  let batch: Uint8Array[] = [];
  let batchSize = 0;

  const append = async (...bytes: readonly Uint8Array[]): Promise<void> => {
    for (const part of bytes) {
      hash.update(part);
      batch.push(part);
      batchSize += part.length;
      offset += part.length;
    }
    if (batchSize > 1024 * 1024 || batch.length > 900) await flush();
  };
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await write(batch);
    batch = [];
    batchSize = 0;
  };
  const finishFirst = async (): Promise<void> => {
    const first = queue.shift();
    if (!first) return;
    const { chunks, ...data } = await first.data;
    const record: Record = { ...data, name: first.name, mode: first.mode, unpackedSize: first.unpackedSize, offset };
    records.push(record);
    inFlight -= first.unpackedSize;
    unpackedSize += first.unpackedSize;
    await append(localHeader(record), ...chunks);
  };

  try {
    for (const entry of entries) {
      const { mode, bytes } = read(space, entry);
      inFlight += bytes.length;
      queue.push({ name: Buffer.from(entry.name), mode, unpackedSize: bytes.length, data: deflate(bytes) });
      while (inFlight > IN_FLIGHT || queue.length > 256) await finishFirst();
    }
    while (queue.length > 0) await finishFirst();
  } finally {
    await Promise.allSettled(queue.map(({ data }) => data));
  }
  const directory = offset;
  for (const record of records) await append(centralHeader(record));
  await append(endOfDirectory(records.length, directory, offset - directory));
  await flush();
  return { hash: hash.digest('hex'), size: offset, unpackedSize, entries: records.length };
}

function read(space: Workspace, entry: Entry): { mode: number; bytes: Uint8Array } {
  if (entry.kind === 'folder') return { mode: constants.S_IFDIR | 0o755, bytes: new Uint8Array() };
  if (entry.kind === 'link') return { mode: constants.S_IFLNK | 0o777, bytes: Buffer.from(entry.target) };
  if (entry.kind === 'bytes') return { mode: fileMode(entry.executable), bytes: entry.bytes };
  const { fd, size, mode } = openInside(space, entry.path);
  try {
    return { mode: fileMode((mode & 0o111) !== 0), bytes: readAll(fd, size) };
  } finally {
    closeSync(fd);
  }
}

const fileMode = (executable: boolean): number => constants.S_IFREG | (executable ? 0o755 : 0o644);

/** As many bytes as the file had when it was opened; it may have become shorter since. */
function readAll(fd: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  while (at < size) {
    const count = readSync(fd, bytes, at, size - at, null);
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}
