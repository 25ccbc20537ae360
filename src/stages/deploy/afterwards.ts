import { type Stack, setTerminationProtection } from '../../aws/stack/stack.ts';
import type { Log } from '../../log.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { settingsOf } from '../plan/settings.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { ConnectedRun } from '../run.ts';
import type { DeployPlan } from './deploy-plan.ts';

/** What comes after the stack itself may fail; what became of the stack stays true. */
export async function afterwards(
  outcome: StackOutcome,
  log: Log,
  rest: () => Promise<StackOutcome>,
): Promise<StackOutcome> {
  try {
    return await rest();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [{ message, ...problem } = { message: error.message }, ...more] = error.problems;
    for (const each of more) log.error(problemLine(each), each.place);
    const failure = { ...problem, message: `the stack is ${outcome.status}, but ${message}` };
    return { ...outcome, report: { ...outcome.report, state: 'failed', failure } };
  }
}

/**
 * Sets termination protection where it is asked for and not as it should be.
 *
 * @returns whether it had to be set
 */
export async function protect(
  { aws, stack }: DeployPlan,
  current: Stack,
  { inputs, host: { log } }: ConnectedRun,
): Promise<boolean> {
  const { terminationProtection: wanted } = settingsOf(stack, inputs);
  if (wanted === undefined || wanted === current.terminationProtection) return false;
  await setTerminationProtection(aws, current.name, wanted);
  log.info(`Termination protection is ${wanted ? 'on' : 'off'}`);
  return true;
}
