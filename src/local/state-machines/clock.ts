/**
 * `skip`: once nothing runs, time leaps to whatever is waited for next. `skip-pauses`: of that, only pauses are skipped, and time
 * stays as it is: whoever answers a task runs elsewhere, and has all the time that the task gives.
 */
export type MachineWaits = 'real' | 'skip' | 'skip-pauses';

/** The time that executions live in. */
export interface MachineClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or when the signal is aborted: a limit. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** The same for what a machine waits for because it says so: a Wait state, the time before a retry. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** While this runs, no time is skipped. */
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Asks to be told when nothing will happen by itself any more. @returns takes the question back */
  whenStuck(tell: () => void): () => void;
}

interface Waiting {
  readonly due: number;
  readonly isPause: boolean;
  readonly wake: () => void;
  timer: NodeJS.Timeout;
}

/** Longer ones end at once: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMER = 2 ** 31 - 1;

export function machineClock(waits: MachineWaits): MachineClock {
  const waiting = new Set<Waiting>();
  const stuck = new Set<() => void>();
  let ahead = 0;
  let running = 0;
  let looking = false;
  const now = (): number => Date.now() + ahead;

  function arm(each: Waiting): void {
    clearTimeout(each.timer);
    const left = Math.min(LONGEST_TIMER, Math.max(0, each.due - now()));
    each.timer = setTimeout(() => (each.due > now() ? arm(each) : each.wake()), left);
  }

  /** Only when all that goes on by itself has come to its next wait. */
  function look(): void {
    if (waits === 'real' || looking) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      if (running > 0) return;
      const [next] = [...waiting]
        .filter(({ isPause }) => isPause || waits === 'skip')
        .toSorted((a, b) => a.due - b.due);
      if (waits === 'skip-pauses') return next?.wake();
      if (next === undefined) {
        for (const tell of [...stuck]) tell();
        return;
      }
      ahead += Math.max(0, next.due - now());
      for (const each of [...waiting]) {
        if (each.due <= now()) each.wake();
        else arm(each);
      }
    });
  }

  const waitFor = (milliseconds: number, signal: AbortSignal, isPause: boolean): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted || milliseconds <= 0) return resolve();
      const each: Waiting = {
        due: now() + milliseconds,
        isPause,
        timer: setTimeout(() => undefined, 0),
        wake: () => {
          clearTimeout(each.timer);
          waiting.delete(each);
          signal.removeEventListener('abort', each.wake);
          resolve();
          // Others may pause still.
          look();
        },
      };
      waiting.add(each);
      signal.addEventListener('abort', each.wake, { once: true });
      arm(each);
      look();
    });

  return {
    now,
    sleep: (milliseconds, signal) => waitFor(milliseconds, signal, false),
    pause: (milliseconds, signal) => waitFor(milliseconds, signal, true),
    async busy(work) {
      running++;
      try {
        return await work();
      } finally {
        running--;
        look();
      }
    },
    whenStuck(tell) {
      stuck.add(tell);
      look();
      return () => stuck.delete(tell);
    },
  };
}
