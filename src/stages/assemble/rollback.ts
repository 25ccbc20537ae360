import type { Log } from '../../log.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { HookContext, HookList, RollbackContext } from '../../service/hook-types.ts';
import { type HookRun, hookList, runHooks } from './hooks.ts';

/** Runs the rollback hooks because of an error; a second call does nothing. */
export type Rollback = (error: unknown) => Promise<void>;

/** Milliseconds. A cancelled job is given 7.5 seconds before it is ended. */
const LIMIT = { cancelled: 5_000, failed: 300_000 };

/**
 * The rollback hooks of a service. They run even when the run was cancelled, and one that fails is told but does not
 * hide what it was run for.
 */
export function rollbackHooks(
  hooks: HookList<RollbackContext> | undefined,
  context: HookContext,
  runIn: (log: Log) => HookRun,
  log: Log,
): Rollback {
  let done = hookList(hooks).length === 0;
  return async (cause) => {
    if (done) return;
    done = true;
    await log.group('Hook Rollback', async (each) => {
      const run = runIn(each);
      const signal = AbortSignal.timeout(run.signal.aborted ? LIMIT.cancelled : LIMIT.failed);
      const error = cause instanceof Error ? cause : new Error(String(cause));
      try {
        await runHooks(
          'rollback',
          hooks,
          { ...context, error },
          { ...run, signal },
          { ERROR: error.message },
        );
      } catch (failure) {
        const lines = failure instanceof ProblemError ? failure.problems.map(problemLine) : [String(failure)];
        for (const line of lines) each.error(line);
      }
    });
  };
}
