import type { ExecutionPhase } from './activity.ts';

/** Milliseconds between two times that it is told how far an execution has come. */
const PAUSE = 100;

interface Progress<Execution> {
  isOver(execution: Execution): boolean;
  tell(execution: Execution, phase: ExecutionPhase): void;
}

/**
 * Tells that executions began, now and then that they have come further, and once that they ended.
 *
 * @returns what is called whenever something of an execution has changed
 */
export function progressOf<Execution extends object>({
  isOver,
  tell,
}: Progress<Execution>): (execution: Execution) => void {
  const told = new WeakMap<Execution, { timer?: NodeJS.Timeout; ended?: true }>();
  return (execution) => {
    const known = told.get(execution);
    if (!known) {
      told.set(execution, {});
      tell(execution, 'began');
    } else if (known.ended) return;
    else if (isOver(execution)) {
      clearTimeout(known.timer);
      known.ended = true;
      // The event of its end comes with it, or right after.
      setImmediate(() => tell(execution, 'ended'));
    } else
      known.timer ??= setTimeout(() => {
        delete known.timer;
        tell(execution, 'moved');
      }, PAUSE).unref();
  };
}
