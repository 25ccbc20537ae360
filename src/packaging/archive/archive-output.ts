import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { sha256 } from '../../hash/canonical.ts';
import { BLOCK, byteLength } from './deflate.ts';

/** The archive as it grows; everything before `offset` is final and part of the hash. */
export interface ArchiveOutput {
  offset(): number;
  append(...bytes: readonly Uint8Array[]): Promise<void>;
  /** Writes at a place that is not final yet. */
  place(at: number, bytes: Uint8Array): Promise<void>;
  /** Makes final what was placed behind `offset`. */
  take(size: number): Promise<void>;
  /** Writes what is not written yet. @returns the SHA-256 of all, in lower-case hex */
  end(): Promise<string>;
  /** Closes the file; nothing is written any more. */
  close(): Promise<void>;
}

/** Buffers that one call takes; Linux has a limit of 1,024. */
const AT_ONCE = 900;

/**
 * Writes and hashes at once. An archive of one batch is written by this thread: to hand it to another, five times, takes
 * longer.
 *
 * @param path the file, which is not there yet
 */
export function archiveOutput(path: string): ArchiveOutput {
  const hash = createHash('sha256');
  let file: FileHandle | undefined;
  let offset = 0;
  let batch: Uint8Array[] = [];
  let batchSize = 0;
  const opened = async (): Promise<FileHandle> => {
    file ??= await open(path, 'w+');
    return file;
  };
  const flush = async (): Promise<void> => {
    const bytes = batch;
    const at = offset - batchSize;
    batch = [];
    batchSize = 0;
    const size = byteLength(bytes);
    if (size === 0) return;
    for (const part of bytes) hash.update(part);
    whole((await (await opened()).writev(bytes, at)).bytesWritten, size);
  };
  return {
    offset: () => offset,
    async append(...bytes) {
      for (const part of bytes) {
        batch.push(part);
        batchSize += part.length;
        offset += part.length;
      }
      if (batchSize > BLOCK || batch.length > AT_ONCE) await flush();
    },
    async place(at, bytes) {
      await flush();
      whole((await (await opened()).write(bytes, 0, bytes.length, at)).bytesWritten, bytes.length);
    },
    async take(size) {
      await flush();
      const from = await opened();
      const piece = Buffer.allocUnsafe(BLOCK);
      for (const end = offset + size; offset < end; ) {
        const { bytesRead } = await from.read(piece, 0, Math.min(BLOCK, end - offset), offset);
        if (bytesRead === 0) throw new Error('the archive ended early');
        hash.update(piece.subarray(0, bytesRead));
        offset += bytesRead;
      }
    },
    async end() {
      if (file) {
        await flush();
        return hash.digest('hex');
      }
      const bytes = Buffer.concat(batch);
      writeAll(path, bytes);
      return sha256(bytes);
    },
    async close() {
      await file?.close();
    },
  };
}

function writeAll(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, 'w');
  try {
    whole(writeSync(fd, bytes), bytes.length);
  } finally {
    closeSync(fd);
  }
}

/** A full disk may show as a short write only. */
function whole(written: number, size: number): void {
  if (written < size) throw new Error(`only ${written} of ${size} bytes could be written: is the disk full?`);
}
