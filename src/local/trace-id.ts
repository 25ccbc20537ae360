import { randomBytes } from 'node:crypto';

/** Bytes of one: 96 bits of the trace, 64 of the segment. */
const SIZE = 20;
/** Many are drawn at once: each call of the system costs more than all the rest. */
const DRAWN = 64 * SIZE;
let drawn = Buffer.alloc(0);

/** `Root=1-<seconds>-<96 bits>;Parent=<64 bits>;Sampled=0`, as X-Ray writes it. */
export function newTraceId(): string {
  if (drawn.length === 0) drawn = randomBytes(DRAWN);
  const random = drawn.toString('hex', 0, SIZE);
  drawn = drawn.subarray(SIZE);
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${random.slice(0, 24)};Parent=${random.slice(24)};Sampled=0`;
}
