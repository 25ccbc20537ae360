import { constants, crc32, deflateRaw } from 'node:zlib';

/** Larger data is cut into blocks of this size, which compress side by side. Part of what makes archives equal. */
const BLOCK = 1024 * 1024;
/** What deflate can look back to. */
const WINDOW = 32 * 1024;
const LEVEL = 6;

/** Data as it stands in an archive. */
export interface Deflated {
  readonly chunks: readonly Uint8Array[];
  readonly size: number;
  readonly crc: number;
  /** `false`: compressing made it no smaller, so it is stored. */
  readonly compressed: boolean;
}

/**
 * Compresses on Node's zlib threads. The result depends on the data alone, never on how many threads there were: blocks
 * are cut at fixed places, and each but the first starts from the window before it, as pigz does.
 */
export async function deflate(data: Uint8Array): Promise<Deflated> {
  const crc = crc32(data);
  const blocks = Math.max(1, Math.ceil(data.length / BLOCK));
  const chunks = await Promise.all(Array.from({ length: blocks }, (_, index) => deflateBlock(data, index, blocks)));
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return size < data.length
    ? { chunks, size, crc, compressed: true }
    : { chunks: [data], size: data.length, crc, compressed: false };
}

function deflateBlock(data: Uint8Array, index: number, blocks: number): Promise<Uint8Array> {
  const start = index * BLOCK;
  const last = index === blocks - 1;
  const options = {
    level: LEVEL,
    // One output buffer that nearly always suffices: a second one costs another turn of the event loop.
    chunkSize: Math.max(64, Math.min(BLOCK, data.length - start) >> 1),
    finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(index > 0 && { dictionary: data.subarray(start - WINDOW, start) }),
  };
  return new Promise((resolve, reject) => {
    deflateRaw(data.subarray(start, start + BLOCK), options, (error, result) => (error ? reject(error) : resolve(result)));
  });
}
