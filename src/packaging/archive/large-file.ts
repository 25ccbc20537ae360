import { closeSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { ProblemError } from '../../problem.ts';
import type { ArchiveOutput } from './archive-output.ts';
import { BLOCK, deflateBlock } from './deflate.ts';
import { localHeader, type Record } from './zip-format.ts';

/** A file that is too large to be held in memory. */
export interface LargeFile {
  readonly fd: number;
  readonly size: number;
  readonly mode: number;
}

/** Compresses a file piece by piece; its header, which tells the sizes, is written when they are known. */
export async function writeLarge(
  { fd, size, mode }: LargeFile,
  name: Buffer,
  out: ArchiveOutput,
): Promise<Record> {
  const offset = out.offset();
  const record = { name, mode, offset, compressed: true, unpackedSize: size };
  const header = (crc: number, deflated: number) => localHeader({ ...record, crc, size: deflated }, size);
  const start = header(0, 0).length;
  try {
    let crc = 0;
    let at = 0;
    let deflated = 0;
    let before: Uint8Array = new Uint8Array();
    while (at < size) {
      const piece = readUpTo(fd, Math.min(8 * BLOCK, size - at));
      if (piece.length === 0)
        throw new ProblemError({ message: `${name} became shorter while it was packaged` });
      crc = crc32(piece, crc);
      at += piece.length;
      const blocks = Array.from({ length: Math.ceil(piece.length / BLOCK) }, (_, index) =>
        deflateBlock(
          piece.subarray(index * BLOCK, (index + 1) * BLOCK),
          index === 0 ? before : piece.subarray(0, index * BLOCK),
          at === size && (index + 1) * BLOCK >= piece.length,
        ),
      );
      for (const chunk of await Promise.all(blocks)) {
        await out.place(offset + start + deflated, chunk);
        deflated += chunk.length;
      }
      before = piece;
    }
    await out.place(offset, header(crc, deflated));
    await out.take(start + deflated);
    return { ...record, crc, size: deflated };
  } finally {
    closeSync(fd);
  }
}

/** The next bytes of a file: fewer if it ends before. */
export function readUpTo(fd: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  while (at < size) {
    const count = readSync(fd, bytes, at, size - at, null);
    if (count === 0) break;
    at += count;
  }
  return bytes.subarray(0, at);
}
