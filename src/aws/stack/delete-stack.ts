import { type Problem, ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { explained } from '../connection/explained.ts';
import { newestEvent, tokenAfter } from './events.ts';
import type { OperationOptions } from './operation.ts';
import { adviceFor, rootCause } from './root-cause.ts';
import { describeStack, type Stack, stackResources } from './stack.ts';
import { stateOf } from './stack-states.ts';
import { waitForOthers, waitForRest } from './wait.ts';

/** How a stack is deleted. */
export interface DeletionSettings {
  /** What CloudFormation works with; without it, with the role that it has for the stack. */
  readonly roleArn?: string | undefined;
  /** CloudFormation does not wait until everything is gone. */
  readonly express?: boolean;
  /** What is still being made is not waited for, and an update is cancelled: nobody needs what comes of it. */
  readonly interrupts?: boolean;
}

/**
 * Deletes a stack and waits for the end. One that is not there is fine; an operation that someone else runs on it is
 * waited for.
 *
 * @returns the stack that was deleted; `undefined` when there was none
 * @throws ProblemError when it could not be deleted, with every resource that is to blame
 */
export async function deleteStack(
  aws: Aws,
  name: string,
  { roleArn, express, interrupts = false }: DeletionSettings,
  options: OperationOptions,
): Promise<Stack | undefined> {
  const stack = await describeStack(aws, name, options.signal);
  if (!stack || stack.status === 'DELETE_COMPLETE') return undefined;
  let former = stack.status;
  // What is being created may be deleted at once.
  const goesAtOnce = interrupts && stack.status === 'CREATE_IN_PROGRESS';
  if (interrupts && stack.status === 'UPDATE_IN_PROGRESS') await cancelUpdate(aws, stack);
  if (stateOf(stack.status).reaction === 'wait' && !goesAtOnce) {
    await waitForOthers(aws, stack, options);
    const rest = await describeStack(aws, stack.id, options.signal);
    if (!rest || rest.status === 'DELETE_COMPLETE') return stack;
    former = rest.status;
  }
  const after = await newestEvent(aws, stack.id, options.signal);
  await explained(`deleting the stack ${name}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    await client.send(
      new sdk.DeleteStackCommand({
        StackName: stack.id,
        ClientRequestToken: tokenAfter(after),
        ...(roleArn && { RoleARN: roleArn }),
        ...(express && { DeploymentConfig: { Mode: 'EXPRESS' } }),
      }),
    );
  });
  const { stack: left, events } = await waitForRest(aws, stack.id, { ...options, after, former });
  if (!left || left.status === 'DELETE_COMPLETE') return stack;
  const retained = await retainedResources(aws, stack.id);
  if (retained.length > 0) throw new ProblemError(retained);
  const cause = rootCause(events, stack.id);
  throw new ProblemError({
    subject: cause?.logicalId ?? name,
    message: `${left.status}: ${cause?.reason ?? left.statusReason ?? 'the stack could not be deleted'}`,
    next: cause?.next ?? GENERAL,
  });
}

/** It may have ended meanwhile: then there is nothing to cancel. */
async function cancelUpdate(aws: Aws, { id }: Stack): Promise<void> {
  const { client, sdk } = await aws.cloudFormation();
  await client.send(new sdk.CancelUpdateStackCommand({ StackName: id })).catch(() => undefined);
}

const GENERAL =
  'Delete the resource by hand, or give it DeletionPolicy: Retain, then delete the stack again.';

/** The resources that are in the way. */
async function retainedResources(aws: Aws, stackId: string): Promise<readonly Problem[]> {
  const resources = await stackResources(aws, stackId).catch(() => []);
  return resources
    .filter(({ status }) => status === 'DELETE_FAILED')
    .map(({ logicalId, physicalId, type, reason }) => ({
      subject: logicalId,
      message: `DELETE_FAILED: ${type} ${physicalId} is still there: ${reason || 'no reason is given'}`,
      next: adviceFor(type, reason) ?? GENERAL,
    }));
}
