import { randomBytes } from 'node:crypto';

/** Digits of one: 96 bits of the trace, 64 of the segment. */
const TRACE = 24;
const SEGMENT = 16;
/** Many are drawn and written at once: each call of the system costs more than all the rest. */
const DRAWN = (64 * (TRACE + SEGMENT)) / 2;
let digits = '';

/** `Root=1-<seconds>-<96 bits>;Parent=<64 bits>;Sampled=0`, as X-Ray writes it. */
export function newTraceId(): string {
  if (digits === '') digits = randomBytes(DRAWN).toString('hex');
  const trace = digits.slice(0, TRACE);
  const segment = digits.slice(TRACE, TRACE + SEGMENT);
  digits = digits.slice(TRACE + SEGMENT);
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${trace};Parent=${segment};Sampled=0`;
}
