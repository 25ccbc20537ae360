import type { StackAssembly } from '../assembly/types.ts';
import { AT_ONCE } from '../order/limits.ts';
import { sideBySide } from '../order/side-by-side.ts';
import { ProblemError, problemLine } from '../problem.ts';
import type { StackOutcome } from './report/stack-outcome.ts';
import type { Run } from './run.ts';

/** Does something with each stack, after those that it depends on; what fails does not hide what became of the others. */
export function eachStack(
  stacks: readonly StackAssembly[],
  run: Run,
  work: (stack: StackAssembly) => Promise<StackOutcome>,
): Promise<StackOutcome[]> {
  return sideBySide(stacks, {
    limit: AT_ONCE.stacks,
    run: (stack) => (stacks.length > 1 ? orFailed(stack, work(stack), run) : work(stack)),
    hasFailed: ({ report }) => report.state === 'failed',
    skip: async (stack, because) =>
      (await import('./report/stack-outcome.ts')).failedStack(
        stack,
        {
          subject: stack.stackName,
          message: `not deployed, because ${because.stackName}, which it depends on, failed`,
        },
        run,
      ),
  });
}

async function orFailed(
  stack: StackAssembly,
  outcome: Promise<StackOutcome>,
  run: Run,
): Promise<StackOutcome> {
  try {
    return await outcome;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [failure, ...more] = error.problems;
    for (const problem of more) run.host.log.error(problemLine(problem), problem.place);
    const { failedStack } = await import('./report/stack-outcome.ts');
    return failedStack(stack, failure && { subject: stack.stackName, ...failure }, run);
  }
}
