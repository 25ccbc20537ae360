import { ProblemError, problemLine } from '../../problem.ts';
import type { ServiceRun } from '../run.ts';
import { hookList, hookRun, runHooks } from './hooks.ts';

/** Puts right what a run did, because of an error; a second call does nothing. */
export type Undo = (error: unknown) => Promise<void>;

/** Milliseconds. A cancelled job is given 7.5 seconds before it is ended. */
const LIMIT = { cancelled: 5_000, failed: 300_000 };

/**
 * Runs the rollback hooks of a service, also when the run was cancelled. A hook that fails is told, but does not hide
 * the error that it was run for.
 */
export async function rollBack(service: ServiceRun, cause: unknown): Promise<void> {
  const hooks = service.loaded.service.hooks?.rollback;
  if (hookList(hooks).length === 0) return;
  await service.run.host.log.group('Hook Rollback', async (each) => {
    const run = hookRun(service, each);
    const signal = AbortSignal.timeout(run.signal.aborted ? LIMIT.cancelled : LIMIT.failed);
    const error = cause instanceof Error ? cause : new Error(String(cause));
    const context = { ...service.context, error };
    try {
      await runHooks(
        { name: 'rollback', hooks, context, variables: { ERROR: error.message } },
        { ...run, signal },
      );
    } catch (failure) {
      const lines = failure instanceof ProblemError ? failure.problems.map(problemLine) : [String(failure)];
      for (const line of lines) each.error(line);
    }
  });
}
