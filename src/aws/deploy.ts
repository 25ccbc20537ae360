import type { Log } from '../log.ts';
import { ProblemError } from '../problem.ts';
import {
  CHANGE_SET_PREFIX,
  type ChangeSet,
  createChangeSet,
  deleteChangeSet,
  deleteLeftoverChangeSets,
  executeChangeSet,
  type ResourceChange,
  type StackInput,
} from './change-set.ts';
import type { Aws } from './clients.ts';
import { deleteStack } from './delete-stack.ts';
import { newestEvent, type StackEvent, tokenAfter } from './events.ts';
import { type RootCause, rootCause } from './root-cause.ts';
import { describeStack, type Stack } from './stack.ts';
import { stateOf } from './stack-states.ts';
import { waitForRest } from './wait.ts';

/** How and how long a stack is changed, and who hears of it. */
export interface DeployOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly onEvent: (event: StackEvent) => void;
}

/** What became of a deployment. */
export type DeployResult =
  | { readonly kind: 'unchanged'; readonly stack: Stack }
  | {
      readonly kind: 'created' | 'updated';
      readonly stack: Stack;
      readonly changeSetId: string;
      readonly events: readonly StackEvent[];
    }
  | {
      readonly kind: 'failed';
      readonly operation: 'create' | 'update';
      /** `undefined` when `on-failure: delete` removed it. */
      readonly stack: Stack | undefined;
      readonly changeSetId: string;
      readonly cause: RootCause | undefined;
      readonly events: readonly StackEvent[];
    };

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
  options: DeployOptions,
): Promise<Stack | undefined> {
  for (;;) {
    const stack = await describeStack(aws, name);
    if (!stack) return undefined;
    const { reaction } = stateOf(stack.status);
    if (reaction === 'create') return undefined;
    if (reaction === 'update') return stack;
    if (reaction === 'wait') {
      options.log.info(`${name} is ${stack.status}: another operation runs on it; waiting for its end`);
      await waitForRest(aws, stack.id, {
        ...options,
        after: await newestEvent(aws, stack.id),
        onEvent: () => undefined,
      });
    } else if (reaction === 'recreate') {
      if (onFailure === 'keep') {
        throw new ProblemError({
          subject: name,
          message: `the stack is ${stack.status}, from which CloudFormation can only delete it, and on-failure is keep`,
          next: 'Look at what failed, then delete the stack, or set on-failure to rollback or delete.',
        });
      }
      options.log.warning(`${name} is ${stack.status}: it is deleted and created again`);
      await deleteStack(aws, name, {}, options);
    } else await continueRollback(aws, stack, options);
  }
}

async function continueRollback(aws: Aws, stack: Stack, options: DeployOptions): Promise<void> {
  options.log.warning(`${stack.name} is ${stack.status}: its rollback is continued`);
  const { client, sdk } = await aws.cloudFormation();
  const after = await newestEvent(aws, stack.id);
  await client.send(
    new sdk.ContinueUpdateRollbackCommand({ StackName: stack.id, ClientRequestToken: tokenAfter(after) }),
  );
  const { stack: now, events } = await waitForRest(aws, stack.id, { ...options, after });
  if (now?.status !== 'UPDATE_ROLLBACK_FAILED') return;
  const cause = rootCause(events, stack.id);
  throw new ProblemError({
    subject: cause?.logicalId ?? stack.name,
    message: `the rollback failed again: ${cause?.reason ?? now.statusReason ?? now.status}`,
    next: 'Mend the resource by hand, or continue the rollback without it: aws cloudformation continue-update-rollback --resources-to-skip.',
  });
}

/**
 * Creates or updates a stack through a change set.
 *
 * @param current the stack to update; `undefined` creates
 * @param token unique to this run: name of the change set and client token of its execution
 * @param onChanges called with what the change set says before it is executed
 */
export async function deployStack(
  aws: Aws,
  input: StackInput,
  current: Stack | undefined,
  token: string,
  options: DeployOptions & { readonly onChanges: (changes: readonly ResourceChange[]) => void },
): Promise<DeployResult> {
  const name = `${CHANGE_SET_PREFIX}${token}`;
  const type = current ? 'UPDATE' : 'CREATE';
  const before = await describeStack(aws, input.stackName);
  const leftovers = before ? await deleteLeftoverChangeSets(aws, input.stackName) : 0;
  if (leftovers > 0) options.log.info(`${leftovers} change sets of earlier runs deleted`);
  let changeSet: ChangeSet | undefined;
  try {
    changeSet = await createChangeSet(aws, type, name, input, options.signal);
  } catch (error) {
    // CloudFormation makes a stack for a change set of type CREATE; without the change set it would stay for ever.
    if (type === 'CREATE') await deletePhantom(aws, input.stackName, options);
    throw error;
  }
  if (!changeSet) {
    const stack = current && (await describeStack(aws, input.stackName));
    if (stack) return { kind: 'unchanged', stack };
    throw new ProblemError({
      subject: input.stackName,
      message: 'the template creates nothing',
      next: 'Declare at least one resource.',
    });
  }
  options.onChanges(changeSet.changes);
  if (options.signal.aborted) {
    await deleteChangeSet(aws, input.stackName, changeSet.id);
    if (type === 'CREATE') await deletePhantom(aws, input.stackName, options);
    throw new ProblemError({
      subject: input.stackName,
      message: 'cancelled before anything was changed; the change set is deleted',
    });
  }
  return execute(aws, input, type, changeSet, name, options);
}

async function execute(
  aws: Aws,
  input: StackInput,
  type: 'CREATE' | 'UPDATE',
  { id, stackId }: ChangeSet,
  token: string,
  options: DeployOptions,
): Promise<DeployResult> {
  const after = await newestEvent(aws, stackId);
  await executeChangeSet(aws, input.stackName, id, token);
  const { stack, events } = await waitForRest(aws, stackId, { ...options, after }).catch((error: unknown) => {
    throw options.signal.aborted ? abandoned(input.stackName, type, error) : error;
  });
  const succeeded = type === 'CREATE' ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE';
  if (stack?.status === succeeded) {
    return { kind: type === 'CREATE' ? 'created' : 'updated', stack, changeSetId: id, events };
  }
  // Where OnStackFailure is not supported, the promise is kept here.
  const removed = type === 'CREATE' && input.onFailure === 'delete' && stack?.status === 'ROLLBACK_COMPLETE';
  if (removed) await deleteStack(aws, input.stackName, {}, options);
  return {
    kind: 'failed',
    operation: type === 'CREATE' ? 'create' : 'update',
    stack: removed || stack?.status === 'DELETE_COMPLETE' ? undefined : stack,
    changeSetId: id,
    cause: rootCause(events, stackId),
    events,
  };
}

const abandoned = (stackName: string, type: 'CREATE' | 'UPDATE', cause: unknown): ProblemError =>
  new ProblemError(
    {
      subject: stackName,
      message: `cancelled while CloudFormation was ${type === 'CREATE' ? 'creating' : 'updating'} the stack; AWS goes on with it`,
      next: `Follow it with: aws cloudformation describe-stack-events --stack-name ${stackName}${type === 'UPDATE' ? `, or stop it with: aws cloudformation cancel-update-stack --stack-name ${stackName}` : ''}.`,
    },
    { cause },
  );

/** Deletes a stack that is nothing but the shell of a change set. */
async function deletePhantom(aws: Aws, stackName: string, options: DeployOptions): Promise<void> {
  const stack = await describeStack(aws, stackName);
  if (stack?.status !== 'REVIEW_IN_PROGRESS') return;
  await deleteStack(aws, stackName, {}, { ...options, signal: new AbortController().signal });
}
