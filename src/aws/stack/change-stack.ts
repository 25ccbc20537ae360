import type { Log } from '../../log.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { attemptsOf, codeOf, isPassing, statusOf } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
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
import { deleteStack } from './delete-stack.ts';
import { executionStatus } from './describe-change-set.ts';
import { failedValidations, isValidationFailure } from './early-validation.ts';
import { isOwnEvent, newestEvent, type StackEvent } from './events.ts';
import type { OperationOptions } from './operation.ts';
import { type RootCause, rootCause } from './root-cause.ts';
import { describeStack, type Stack } from './stack.ts';
import type { StackStatus } from './stack-states.ts';
import { type WaitOptions, waitForRest } from './wait.ts';

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

/** Milliseconds that are spent on following a rollback after a cancellation; a runner kills the step after 7.5 s. */
const CANCELLING = 4_000;

/** Never aborted: for what has to be cleaned up after a cancellation. */
const LATE = new AbortController().signal;

/**
 * Creates or updates a stack through a change set.
 *
 * @param current the stack to update; `undefined` creates
 * @param token unique to this run: name of the change set and client token of its execution
 * @param onChanges called with what the change set says before it is executed
 */
export async function changeStack(
  aws: Aws,
  input: StackInput,
  current: Stack | undefined,
  token: string,
  options: OperationOptions & { readonly onChanges: (changes: readonly ResourceChange[]) => void },
): Promise<ChangeResult> {
  const { stackName } = input;
  const name = `${CHANGE_SET_PREFIX}${token}`;
  const type = current ? 'UPDATE' : 'CREATE';
  if (current ?? (await describeStack(aws, stackName, options.signal))) {
    await tidy(aws, stackName, options.log);
  }
  const former = current?.status ?? 'REVIEW_IN_PROGRESS';
  let changeSet: ChangeSet | undefined;
  let after: StackEvent | undefined;
  let asked = false;
  try {
    changeSet = await createChangeSet(aws, type, name, input, options);
    if (changeSet) {
      options.onChanges(changeSet.changes);
      after = await newestEvent(aws, changeSet.stackId, options.signal);
      options.signal.throwIfAborted();
      asked = true;
      await executeChangeSet(aws, stackName, changeSet, name);
    }
  } catch (error) {
    // It may have begun.
    if (asked && !isRefused(error)) throw error;
    if (changeSet) await deleteChangeSet(aws, stackName, changeSet.id).catch(() => undefined);
    if (type === 'CREATE') await deletePhantom(aws, stackName, options);
    throw options.signal.aborted ? cancelledInTime(stackName, error) : error;
  }
  if (changeSet) return follow(aws, input, type, changeSet, name, { after, former }, options);
  const stack = current && (await describeStack(aws, stackName, options.signal));
  if (stack) return { kind: 'unchanged', stack };
  await deletePhantom(aws, stackName, options);
  throw new ProblemError({
    subject: stackName,
    message: 'the template creates nothing',
    next: 'Declare at least one resource.',
  });
}

/** Deletes what earlier runs left; that it cannot is no reason to fail. */
async function tidy(aws: Aws, stackName: string, log: Log): Promise<void> {
  try {
    const { deleted } = await deleteLeftoverChangeSets(aws, stackName);
    if (deleted > 0) log.info(`${deleted} change sets of earlier runs deleted`);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const problem of error.problems)
      log.warning(`Change sets of earlier runs may stay: ${problemLine(problem)}`);
  }
}

/** Whether AWS said no at once, so that nothing has begun: the reply to an earlier try may have been lost. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof ProblemError ? error.cause : error;
  const status = statusOf(cause) ?? 0;
  return (
    status >= 400 &&
    status < 500 &&
    attemptsOf(cause) === 1 &&
    !isPassing(cause) &&
    !codeOf(cause).startsWith('InvalidChangeSetStatus')
  );
}

/**
 * Follows a change set that is being executed to its end.
 *
 * @param before what there was to see of the stack before
 */
async function follow(
  aws: Aws,
  input: StackInput,
  type: 'CREATE' | 'UPDATE',
  changeSet: ChangeSet,
  token: string,
  { after, former }: Pick<WaitOptions, 'after'> & { readonly former: StackStatus },
  options: OperationOptions,
): Promise<ChangeResult> {
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
      ? await leave(aws, { stackName, stackId }, type, token, options, error)
      : error;
  });
  const isDone = stack?.status === success && execution !== 'EXECUTE_FAILED';
  if (stack && (isDone || events.some(isEnd))) {
    // CloudFormation does this itself; what is left elsewhere is deleted here, and no reason to fail.
    await deleteLeftoverChangeSets(aws, stackName, id).catch(() => undefined);
    const kind = type === 'CREATE' ? 'created' : 'updated';
    return { kind, stack: { ...stack, status: success }, changeSetId: id, events };
  }
  // Where OnStackFailure is not supported, the promise is kept here.
  const removed = type === 'CREATE' && input.onFailure === 'delete' && stack?.status === 'ROLLBACK_COMPLETE';
  const cause = await causeOf(aws, events, stackId);
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

/** What events tell, or where they only point to another call, what that tells. */
async function causeOf(
  aws: Aws,
  events: readonly StackEvent[],
  stackId: string,
): Promise<RootCause | undefined> {
  const cause = rootCause(events, stackId);
  if (!cause || !isValidationFailure(cause.reason)) return cause;
  const [found] = await failedValidations(aws, { StackName: stackId });
  if (!found) return cause;
  return {
    ...cause,
    logicalId: found.subject || cause.logicalId,
    reason: found.message,
    ...(found.next && { next: found.next }),
  };
}

const cancelledInTime = (stackName: string, cause: unknown): ProblemError =>
  new ProblemError(
    { subject: stackName, message: 'cancelled before anything was changed; the change set is deleted' },
    { cause },
  );

/** Says what goes on in AWS after a cancellation, and stops it where that is wanted and possible. */
async function leave(
  aws: Aws,
  { stackName, stackId }: { readonly stackName: string; readonly stackId: string },
  type: 'CREATE' | 'UPDATE',
  token: string,
  { cancelUpdate, log, onEvent }: OperationOptions,
  cause: unknown,
): Promise<ProblemError> {
  const follow = `Follow it with: aws cloudformation describe-stack-events --stack-name ${stackName}`;
  if (type === 'UPDATE' && cancelUpdate) {
    try {
      await cancelStackUpdate(aws, stackName, `${token}-cancel`);
      const limits = {
        signal: LATE,
        deadline: Date.now() + CANCELLING,
        after: await newestEvent(aws, stackId),
        running: true,
        onEvent,
      };
      const ended = await waitForRest(aws, stackId, limits).catch(() => undefined);
      if (ended?.stack?.status === 'UPDATE_ROLLBACK_COMPLETE') {
        const message = 'cancelled; the update is rolled back';
        return new ProblemError({ subject: stackName, message }, { cause });
      }
      const message = 'cancelled; CloudFormation is rolling the update back';
      return new ProblemError({ subject: stackName, message, next: `${follow}.` }, { cause });
    } catch (error) {
      log.warning(`The update goes on: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const stop =
    type === 'UPDATE'
      ? `, or stop it with: aws cloudformation cancel-update-stack --stack-name ${stackName}`
      : '';
  return new ProblemError(
    {
      subject: stackName,
      message: `cancelled while CloudFormation was ${type === 'CREATE' ? 'creating' : 'updating'} the stack; AWS goes on with it`,
      next: `${follow}${stop}.`,
    },
    { cause },
  );
}

function cancelStackUpdate(aws: Aws, stackName: string, token: string): Promise<void> {
  return explained(`cancelling the update of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    await client.send(new sdk.CancelUpdateStackCommand({ StackName: stackName, ClientRequestToken: token }));
  });
}

/**
 * Deletes a stack that is nothing but the shell of a change set: CloudFormation makes one for a change set of type
 * CREATE, and it would stay for ever. One that holds change sets of others is theirs.
 */
async function deletePhantom(aws: Aws, stackName: string, options: OperationOptions): Promise<void> {
  try {
    const stack = await describeStack(aws, stackName);
    if (stack?.status !== 'REVIEW_IN_PROGRESS') return;
    const { left } = await deleteLeftoverChangeSets(aws, stackName);
    if (left === 0) await deleteStack(aws, stackName, {}, { ...options, signal: LATE });
  } catch (error) {
    // What led here is told; the next run finds the shell and uses it.
    options.log.debug(`The empty stack ${stackName} stays: ${String(error)}`);
  }
}
