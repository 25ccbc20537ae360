import { constants, crc32, deflateRaw, deflateRawSync, type ZlibOptions } from 'node:zlib';

/** Larger data is cut into blocks of this size, which compress side by side. Part of what makes archives equal. */
export const BLOCK = 1024 * 1024;
/** Up to here, handing data to another thread and back takes longer than compressing it. */
const AT_ONCE = 16 * 1024;
/** What deflate can look back to. */
const WINDOW = 32 * 1024;
const LEVEL = 6;
/** How far from a window's end deflate stops looking: a window has to be larger than its data by this. */
const LOOKAHEAD = 262;
/** Data as it stands in an archive. */
export interface Deflated {
  readonly chunks: readonly Uint8Array[];
  readonly size: number;
  readonly crc: number;
  /** `false`: compressing made it no smaller, so it is stored. */
  readonly compressed: boolean;
}

/**
 * Compresses on Node's zlib threads, but for small data. The result depends on the data alone, never on how many threads there were or on what
 * was compressed before: blocks are cut at fixed places, each but the first starts from the window before it, as pigz
 * does, and no compressor is used twice (Node's zlib looks a few bytes past the end of its input, where the last data
 * would still be).
 */
export async function deflate(data: Uint8Array): Promise<Deflated> {
  const crc = crc32(data);
  const chunks = data.length > BLOCK ? await deflateBlocks(data) : [await deflateWhole(data)];
  const size = byteLength(chunks);
  return size < data.length
    ? { chunks, size, crc, compressed: true }
    : { chunks: [data], size: data.length, crc, compressed: false };
}

/** At most one block, with a window no larger than it can use: making a full one costs more than compressing a small file. */
function deflateWhole(data: Uint8Array): Uint8Array | Promise<Uint8Array> {
  const windowBits = Math.ceil(Math.log2(data.length + LOOKAHEAD));
  const options = {
    windowBits: Math.min(Math.max(windowBits, 9), 15),
    chunkSize: data.length + LOOKAHEAD,
  };
  return data.length > AT_ONCE ? deflateWith(data, options) : deflateNow(data, { level: LEVEL, ...options });
}

/**
 * On this thread. What a compressor leads to outlives it: V8 takes handles of Node's own for roots while it clears the space
 * for new objects, so that the memory of thousands of small results would not be free before it goes through all objects.
 */
function deflateNow(data: Uint8Array, options: ZlibOptions): Uint8Array {
  const result: unknown = deflateRawSync(data, { ...options, info: true });
  const { buffer, engine } = result as {
    readonly buffer: Uint8Array;
    readonly engine: { _outBuffer?: unknown };
  };
  engine._outBuffer = undefined;
  return buffer;
}

/** Compresses all blocks of data, the last one as the end of the stream. */
function deflateBlocks(data: Uint8Array): Promise<Uint8Array[]> {
  const blocks = Math.ceil(data.length / BLOCK);
  return Promise.all(
    Array.from({ length: blocks }, (_, index) => {
      const start = index * BLOCK;
      const before = data.subarray(Math.max(0, start - WINDOW), start);
      return deflateBlock(data.subarray(start, start + BLOCK), before, index === blocks - 1);
    }),
  );
}

/**
 * One block of a longer stream.
 *
 * @param before what stands before it: its last 32 KiB can be referred to
 * @param last whether it ends the stream
 */
export function deflateBlock(block: Uint8Array, before: Uint8Array, last: boolean): Promise<Uint8Array> {
  return deflateWith(block, {
    finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(before.length > 0 && { dictionary: before.subarray(-WINDOW) }),
  });
}

function deflateWith(data: Uint8Array, options: ZlibOptions): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    deflateRaw(data, { level: LEVEL, ...options }, (error, result) =>
      error ? reject(error) : resolve(result),
    );
  });
}

/** Bytes of several chunks. */
export function byteLength(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
