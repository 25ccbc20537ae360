import { dues, endsAt } from './settle.ts';
import type { ExecutionRecord } from './types.ts';

/** An execution, as its clock sees it. */
export interface Sleeper {
  readonly record: ExecutionRecord;
  /** It waits for something that is still to come. */
  readonly resting: boolean;
  /** Answers one callback as it was told to beforehand. @returns whether there was any */
  answer(): boolean;
  /** Lets happen what has become due. */
  lookUp(): void;
  /** Nothing will ever happen, unless somebody from outside does it. */
  stuck(): void;
}

/**
 * The time of an execution and of those that it started. Where waits are skipped, it leaps to the next thing that happens
 * by itself once nothing runs: so waits of a second end before those of an hour, and what timed out would have.
 */
export interface ExecutionClock {
  now(): number;
  /** Milliseconds by which it is ahead of the real time. */
  readonly ahead: number;
  readonly sleepers: Set<Sleeper>;
  /** Something of it runs, or does so no longer. */
  busy(by: 1 | -1): void;
  /** Leaps on, if nothing runs. */
  leap(): void;
}

export function startClock(options: {
  readonly ahead: number;
  readonly skips: boolean;
  /** Invocations of the whole host that run. */
  readonly running: () => number;
}): ExecutionClock {
  const { skips, running } = options;
  let { ahead } = options;
  let active = 0;
  const sleepers = new Set<Sleeper>();

  function leap(): void {
    if (!skips || active > 0) return;
    const asleep = [...sleepers].filter(({ resting }) => resting);
    if (asleep.length === 0) return;
    if (asleep.some((each) => each.answer())) return;
    const next = asleep
      .flatMap(({ record }) => dues(record).map((due) => ({ ...due, at: Math.min(due.at, endsAt(record)) })))
      .toSorted((a, b) => a.at - b.at)[0];
    // Whoever runs elsewhere may answer it still.
    if ((next === undefined || next.kind === 'callback') && running() > 0) return;
    if (next === undefined) {
      for (const each of asleep) each.stuck();
      return;
    }
    ahead = Math.max(ahead, next.at - Date.now());
    for (const { record } of sleepers) record.skipped = ahead;
    for (const each of asleep) each.lookUp();
  }

  return {
    now: () => Date.now() + ahead,
    get ahead() {
      return ahead;
    },
    sleepers,
    busy(by) {
      active += by;
      if (active === 0) leap();
    },
    leap,
  };
}
