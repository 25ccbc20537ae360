import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { BLOCK, byteLength } from './deflate.ts';

/** The archive as it grows; everything before `offset` is final and part of the hash. */
export interface ArchiveOutput {
  offset(): number;
  append(...bytes: readonly Uint8Array[]): Promise<void>;
  /** Writes at a place that is not final yet. */
  place(at: number, bytes: Uint8Array): Promise<void>;
  /** Makes final what was placed behind `offset`. */
  take(size: number): Promise<void>;
  /** @returns the SHA-256 of all, in lower-case hex */
  end(): Promise<string>;
}

/** Writes and hashes at once. */
export function archiveOutput(file: FileHandle): ArchiveOutput {
  const hash = createHash('sha256');
  let offset = 0;
  let batch: Uint8Array[] = [];
  let batchSize = 0;
  const flush = async (): Promise<void> => {
    const bytes = batch;
    const at = offset - batchSize;
    batch = [];
    batchSize = 0;
    const size = byteLength(bytes);
    if (size > 0) whole((await file.writev(bytes, at)).bytesWritten, size);
  };
  return {
    offset: () => offset,
    async append(...bytes) {
      for (const part of bytes) {
        hash.update(part);
        batch.push(part);
        batchSize += part.length;
        offset += part.length;
      }
      if (batchSize > BLOCK || batch.length > 900) await flush();
    },
    async place(at, bytes) {
      await flush();
      whole((await file.write(bytes, 0, bytes.length, at)).bytesWritten, bytes.length);
    },
    async take(size) {
      const piece = Buffer.allocUnsafe(BLOCK);
      for (const end = offset + size; offset < end; ) {
        const { bytesRead } = await file.read(piece, 0, Math.min(BLOCK, end - offset), offset);
        if (bytesRead === 0) throw new Error('the archive ended early');
        hash.update(piece.subarray(0, bytesRead));
        offset += bytesRead;
      }
    },
    async end() {
      await flush();
      return hash.digest('hex');
    },
  };
}

/** A full disk may show as a short write only. */
function whole(written: number, size: number): void {
  if (written < size) throw new Error(`only ${written} of ${size} bytes could be written: is the disk full?`);
}
