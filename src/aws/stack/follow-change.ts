import type { Aws } from '../connection/clients.ts';
import { cancelledLate } from './cancellation.ts';
import { type ChangeSet, deleteLeftoverChangeSets, type StackChange } from './change-set.ts';
import { deleteStack } from './delete-stack.ts';
import { executionStatus } from './describe-change-set.ts';
import { type FailedOperation, failuresOf } from './early-validation.ts';
import { isOwnEvent, type StackEvent } from './events.ts';
import type { OperationOptions } from './operation.ts';
import { type RootCause, rootCause } from './root-cause.ts';
import type { Stack } from './stack.ts';
import type { StackStatus } from './stack-states.ts';
import { waitForRest } from './wait.ts';

/** What became of a deployment. */
export type ChangeResult =
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

/** A change that goes on in AWS. */
interface BegunChange extends StackChange {
  readonly changeSet: ChangeSet;
  /** Newest event and status before the operation. */
  readonly after: StackEvent | undefined;
  readonly former: StackStatus;
}

/** Follows a change set that is being executed to its end. */
export async function followChange(
  aws: Aws,
  change: BegunChange,
  options: OperationOptions,
): Promise<ChangeResult> {
  const { input, type, token, changeSet, after, former } = change;
  const { id, stackId } = changeSet;
  const { stackName } = input;
  const success = `${type}_COMPLETE` as const;
  const isEnd = (event: StackEvent) =>
    event.token === token && event.status === success && isOwnEvent(event, stackId);
  let execution: string | undefined;
  const isOver = async () => {
    execution = await executionStatus(aws, stackName, id, options.signal);
    return execution === 'EXECUTE_COMPLETE' || execution === 'EXECUTE_FAILED';
  };
  const { stack, events } = await waitForRest(aws, stackId, {
    ...options,
    after,
    former,
    token,
    isEnd,
    isOver,
  }).catch(async (error: unknown) => {
    throw options.signal.aborted
      ? await cancelledLate(aws, { ...change, stackId }, { ...options, cause: error })
      : error;
  });
  const isDone = stack?.status === success && execution !== 'EXECUTE_FAILED';
  if (stack && (isDone || events.some(isEnd))) {
    // CloudFormation does this itself; other services that speak its API may not. It is no reason to fail.
    await deleteLeftoverChangeSets(aws, stackName, id).catch(() => undefined);
    const kind = type === 'CREATE' ? 'created' : 'updated';
    return { kind, stack: { ...stack, status: success }, changeSetId: id, events };
  }
  // Where OnStackFailure is not supported, we delete the stack ourselves.
  const removed = type === 'CREATE' && input.onFailure === 'delete' && stack?.status === 'ROLLBACK_COMPLETE';
  const cause = await causeOf(aws, events, { stackId, token, since: after?.time ?? 0 });
  if (removed) await deleteStack(aws, stackName, {}, options);
  return {
    kind: 'failed',
    operation: type === 'CREATE' ? 'create' : 'update',
    stack: removed || stack?.status === 'DELETE_COMPLETE' ? undefined : stack,
    changeSetId: id,
    cause,
    events,
  };
}

/**
 * The cause of a failure: what validations and Hooks found, then the failure that CloudFormation itself sorts out as one of
 * this operation, then the first one of those that were seen. In nested stacks only these last tell which resource it was.
 */
async function causeOf(
  aws: Aws,
  events: readonly StackEvent[],
  operation: FailedOperation,
): Promise<RootCause | undefined> {
  const { stackId } = operation;
  const failures = await failuresOf(aws, operation);
  const seen = rootCause(events, stackId);
  const cause = seen && seen.type !== NESTED && seen.stackName !== nameOf(stackId) ? seen : undefined;
  const told = cause ?? rootCause(failures.events, stackId) ?? seen;
  const found = failures.findings.find(({ severity }) => severity === 'error');
  if (!found) return told;
  return {
    type: '',
    status: told?.status ?? 'FAILED',
    stackName: nameOf(stackId),
    ...told,
    logicalId: found.logicalId || told?.logicalId || nameOf(stackId),
    reason: found.message,
    ...(found.next && { next: found.next }),
  };
}

const NESTED = 'AWS::CloudFormation::Stack';

const nameOf = (stackId: string): string => stackId.split('/')[1] ?? stackId;
