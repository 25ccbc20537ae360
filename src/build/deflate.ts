import { constants, crc32, createDeflateRaw, deflateRaw } from 'node:zlib';

/** Larger data is cut into blocks of this size, which compress side by side. Part of what makes archives equal. */
export const BLOCK = 1024 * 1024;
/** What deflate can look back to. */
const WINDOW = 32 * 1024;
const LEVEL = 6;
/** Compressors of small data that are kept and used again: making one costs more than compressing a small file. */
const LANES = 8;

/** Data as it stands in an archive. */
export interface Deflated {
  readonly chunks: readonly Uint8Array[];
  readonly size: number;
  readonly crc: number;
  /** `false`: compressing made it no smaller, so it is stored. */
  readonly compressed: boolean;
}

/** Compresses on Node's zlib threads. */
export interface Deflater {
  /**
   * The result depends on the data alone, never on how many threads there were: blocks are cut at fixed places, and
   * each but the first starts from the window before it, as pigz does.
   */
  deflate(data: Uint8Array): Promise<Deflated>;
  close(): void;
}

export function deflater(): Deflater {
  const idle: Lane[] = [];
  const waiting: ((lane: Lane) => void)[] = [];
  let made = 0;
  const lane = (): Lane | Promise<Lane> => {
    const free = idle.pop();
    if (free) return free;
    if (made++ < LANES) return openLane();
    return new Promise((resolve) => waiting.push(resolve));
  };
  const small = async (data: Uint8Array): Promise<readonly Uint8Array[]> => {
    const used = await lane();
    const chunks = await used.deflate(data);
    const next = waiting.shift();
    if (next) next(used);
    else idle.push(used);
    return chunks;
  };
  return {
    async deflate(data) {
      const crc = crc32(data);
      const chunks = data.length > BLOCK ? await deflateBlocks(data) : await small(data);
      const size = byteLength(chunks);
      return size < data.length
        ? { chunks, size, crc, compressed: true }
        : { chunks: [data], size: data.length, crc, compressed: false };
    },
    close() {
      for (const each of idle) each.close();
    },
  };
}

/** One compressor, for one piece of data at a time. */
interface Lane {
  deflate(data: Uint8Array): Promise<readonly Uint8Array[]>;
  close(): void;
}

function openLane(): Lane {
  const stream = createDeflateRaw({ level: LEVEL, flush: constants.Z_FINISH });
  let chunks: Uint8Array[] = [];
  stream.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  return {
    deflate: (data) =>
      new Promise((resolve, reject) => {
        stream.write(data, (error) => {
          if (error) return reject(error);
          stream.reset();
          const result = chunks;
          chunks = [];
          resolve(result);
        });
      }),
    close: () => stream.close(),
  };
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
  const options = {
    level: LEVEL,
    finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    ...(before.length > 0 && { dictionary: before.subarray(-WINDOW) }),
  };
  return new Promise((resolve, reject) => {
    deflateRaw(block, options, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** Bytes of several chunks. */
export function byteLength(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
