import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import {
  describeStackSet,
  type Instance,
  listInstances,
  type StackSet,
  type StackSetAddress,
} from '../../aws/stack-sets/stack-set.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import { parseDeployed } from '../../template/read/parse.ts';
import { NO_REGION, unknown } from '../plan/find-stack.ts';
import type { Deployed } from '../plan/look-up-stack.ts';
import type { FoundStack } from '../plan/stack-plan.ts';
import type { Run } from '../run.ts';
import { addressOf } from './request.ts';

/** A stack set, and what AWS has under its name. */
export interface FoundStackSet extends FoundStack {
  readonly address: StackSetAddress;
  /** `undefined` where there is none, or nobody could be asked. */
  readonly current: StackSet | undefined;
  readonly instances: readonly Instance[];
}

/** Looks a stack set up; where that cannot be done, with the reason. */
export async function findStackSet(assembled: StackAssembly, run: Run): Promise<FoundStackSet> {
  const { aws, host, inputs } = run;
  const address = addressOf(assembled.stackName, inputs);
  const nothing = { address, current: undefined, instances: [] };
  if (!aws) return { ...unknown(assembled, aws, NO_REGION), ...nothing };
  if (!(await aws.hasCredentials()))
    return { ...unknown(assembled, aws, 'there are no AWS credentials'), ...nothing };
  try {
    return await lookUpStackSet(assembled, { aws, address }, host.signal);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return { stack: assembled, aws, deployed: { kind: 'unknown', why, isFailure: true }, ...nothing };
  }
}

/** @throws ProblemError when it may not be read */
export async function lookUpStackSet(
  stack: StackAssembly,
  { aws, address }: { readonly aws: Aws; readonly address: StackSetAddress },
  signal: AbortSignal,
): Promise<FoundStackSet> {
  const current = await describeStackSet(aws, address, signal);
  const found = { stack, aws, address, current };
  if (!current) return { ...found, instances: [], deployed: { kind: 'absent' } };
  const instances = await listInstances(aws, address, signal);
  return { ...found, instances, deployed: deployedOf(current) };
}

/** As a stack that rests: what is compared of both is the same. */
function deployedOf(current: StackSet): Deployed {
  const stack: Stack = {
    id: current.id,
    name: current.name,
    status: 'UPDATE_COMPLETE',
    outputs: {},
    parameters: current.parameters,
    tags: current.tags,
    notificationArns: [],
    terminationProtection: false,
    capabilities: current.capabilities,
    rollbackAlarms: [],
    monitoringMinutes: 0,
    created: 0,
    changed: undefined,
    driftStatus: 'NOT_CHECKED',
  };
  try {
    const template = parseDeployed(current.template, `stack set ${current.name}`);
    return { kind: 'stack', stack, template };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return { kind: 'unreadable', stack, why: `the template of the stack set cannot be read: ${why}` };
  }
}
