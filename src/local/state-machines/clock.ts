/** The time that executions live in. */
export interface MachineClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** While this runs, no time is skipped. */
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Asks to be told when nothing will happen by itself any more. @returns takes the question back */
  whenStuck(tell: () => void): () => void;
}

interface Waiting {
  readonly due: number;
  readonly wake: () => void;
  timer: NodeJS.Timeout;
}

/** Longer ones end at once: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMER = 2 ** 31 - 1;

/** @param skips whether time leaps to the next thing that is waited for once nothing runs */
export function machineClock(skips: boolean): MachineClock {
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
    if (!skips || looking) return;
    looking = true;
    setImmediate(() => {
      looking = false;
      if (running > 0) return;
      const [next] = [...waiting].toSorted((a, b) => a.due - b.due);
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

  return {
    now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || milliseconds <= 0) return resolve();
        const each: Waiting = {
          due: now() + milliseconds,
          timer: setTimeout(() => undefined, 0),
          wake: () => {
            clearTimeout(each.timer);
            waiting.delete(each);
            signal.removeEventListener('abort', each.wake);
            resolve();
          },
        };
        waiting.add(each);
        signal.addEventListener('abort', each.wake, { once: true });
        arm(each);
        look();
      }),
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
