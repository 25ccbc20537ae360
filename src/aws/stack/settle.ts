import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { explained } from '../connection/explained.ts';
import type { StackInput } from './change-set.ts';
import { deleteStack } from './delete-stack.ts';
import { newestEvent, tokenAfter } from './events.ts';
import type { OperationOptions } from './operation.ts';
import { rootCause } from './root-cause.ts';
import { describeStack, type Stack } from './stack.ts';
import { stateOf } from './stack-states.ts';
import { waitForOthers, waitForRest } from './wait.ts';

/** What may be done to bring a stack to rest. */
export interface SettleOptions extends OperationOptions {
  /**
   * Logical IDs that a rollback is continued without; those of nested stacks are `NestedStackName.LogicalId`. `all`: every
   * resource that could not be rolled back.
   */
  readonly resourcesToSkip?: readonly string[] | 'all' | undefined;
}

/**
 * Brings a stack that is found to a state from which it can be changed: waits for operations of others, deletes what
 * could not be created, continues rollbacks that failed. See docs/stack-states.md.
 *
 * @returns the stack to update, or `undefined` when it has to be created
 */
export async function settleStack(
  aws: Aws,
  name: string,
  onFailure: StackInput['onFailure'],
  options: SettleOptions,
): Promise<Stack | undefined> {
  for (;;) {
    const stack = await describeStack(aws, name, options.signal);
    if (!stack) return undefined;
    switch (stateOf(stack.status).reaction) {
      case 'create':
        return undefined;
      case 'update':
        return stack;
      case 'wait':
        await waitForOthers(aws, stack, options);
        break;
      case 'recreate':
        await remove(aws, stack, onFailure, options);
        break;
      case 'continue-rollback':
        await continueRollback(aws, stack, options);
    }
  }
}

async function remove(
  aws: Aws,
  stack: Stack,
  onFailure: StackInput['onFailure'],
  options: OperationOptions,
): Promise<void> {
  if (onFailure === 'keep') {
    throw new ProblemError({
      subject: stack.name,
      message: `the stack is ${stack.status}, from which CloudFormation can only delete it, and on-failure is keep`,
      next: 'Look at what failed, then delete the stack, or set on-failure to rollback or delete.',
    });
  }
  options.log.warning(`${stack.name} is ${stack.status}: it is deleted and created again`);
  await deleteStack(aws, stack.name, {}, options);
}

async function continueRollback(aws: Aws, stack: Stack, options: SettleOptions): Promise<void> {
  const skipped = options.resourcesToSkip ?? [];
  const isForced = skipped === 'all';
  const names = isForced ? 'what could not be rolled back' : skipped.join(', ');
  const without = names === '' ? '' : ` without ${names}`;
  options.log.warning(`${stack.name} is ${stack.status}: its rollback is continued${without}`);
  const after = await newestEvent(aws, stack.id, options.signal);
  await explained(`continuing the rollback of ${stack.name}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    await client.send(
      new sdk.ContinueUpdateRollbackCommand({
        StackName: stack.id,
        ClientRequestToken: tokenAfter(after),
        // CloudFormation refuses both at once.
        ...(isForced ? { ForceRollback: true } : skipped.length > 0 && { ResourcesToSkip: [...skipped] }),
      }),
    );
  });
  const { stack: now, events } = await waitForRest(aws, stack.id, {
    ...options,
    after,
    former: stack.status,
  });
  if (now?.status !== 'UPDATE_ROLLBACK_FAILED') return;
  const cause = rootCause(events, stack.id);
  throw new ProblemError({
    subject: cause?.logicalId ?? stack.name,
    message: `the rollback failed again: ${cause?.reason ?? now.statusReason ?? now.status}`,
    next: 'Mend the resource by hand, or name it in the input skip-resources (* for all) to go on without it.',
  });
}
