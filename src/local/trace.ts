import { randomBytes } from 'node:crypto';

/** `Root=1-<seconds>-<96 bits>;Parent=<64 bits>;Sampled=0`, as X-Ray writes it. */
export function newTraceId(): string {
  const random = randomBytes(20).toString('hex');
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${random.slice(0, 24)};Parent=${random.slice(24)};Sampled=0`;
}
