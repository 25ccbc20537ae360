import type { SettleOptions } from '../../aws/stack/settle.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import { ALL_FAILED } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import type { Capability } from '../../template/validate/capabilities.ts';
import type { StackEnvironment } from '../enter-environment.ts';
import type { Swapped } from '../plan/ask-in-place.ts';
import type { Deployed } from '../plan/look-up-stack.ts';
import type { StackPlan, StandingPlan } from '../plan/stack-plan.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { ConnectedRun } from '../run.ts';
import { logEvents } from './event-log.ts';

/** A stack that was brought to rest, and what AWS has of it. */
export interface SettledStack extends StackEnvironment {
  readonly deployed: Deployed;
  /** Milliseconds since 1970: until then the deployment has to have ended. */
  readonly deadline: number;
  /** The stack to update; `undefined`: it has to be created. */
  readonly current: Stack | undefined;
}

/** What is about to be deployed. */
export interface DeployPlan extends SettledStack, StackPlan {
  /** What CloudFormation is allowed to do. */
  readonly capabilities: readonly Capability[];
  /** The same, of a stack that is deployed already. */
  readonly standing: StandingPlan | undefined;
  /** Functions that run other code than the deployed template says. */
  readonly swapped: Swapped;
}

/** What is known of the stack before anything is done. */
export const outcomeBefore = ({ report, template, current }: DeployPlan): StackOutcome => ({
  report,
  template,
  operation: 'none',
  stackId: current?.id ?? '',
  status: current?.status ?? '',
  changeSetId: '',
});

/** How and how long a stack is changed, and who hears of it. */
export function operationOptions(
  { stack: { stackName }, deadline }: Pick<SettledStack, 'stack' | 'deadline'>,
  { inputs, host }: ConnectedRun,
  log: Log,
): SettleOptions {
  return {
    log,
    signal: host.signal,
    deadline,
    cancelUpdate: inputs.cancelUpdate,
    resourcesToSkip: inputs.skipResources?.includes(ALL_FAILED) ? 'all' : inputs.skipResources,
    onEvent: logEvents(stackName, log),
  };
}
