import { setTimeout as sleep } from 'node:timers/promises';

/** Waits that grow from `first` to `longest` milliseconds, each with full jitter above half of it. */
export function pauses(
  first: number,
  longest: number,
  signal: AbortSignal,
): { next(): Promise<void>; reset(): void } {
  let length = first;
  return {
    async next() {
      await sleep(length / 2 + (Math.random() * length) / 2, undefined, { signal });
      length = Math.min(longest, length * 1.5);
    },
    reset() {
      length = first;
    },
  };
}
