import type { Log } from '../../log.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { attemptsOf, codeOf, isPassing, statusOf } from '../connection/errors.ts';
import { cancelledInTime, LATE } from './cancellation.ts';
import {
  CHANGE_SET_PREFIX,
  type ChangeSet,
  createChangeSet,
  deleteChangeSet,
  deleteLeftoverChangeSets,
  executeChangeSet,
  type StackInput,
} from './change-set.ts';
import { deleteStack } from './delete-stack.ts';
import { newestEvent, type StackEvent } from './events.ts';
import { type ChangeResult, followChange } from './follow-change.ts';
import type { OperationOptions } from './operation.ts';
import { describeStack, type Stack } from './stack.ts';

/** What a stack shall be. */
export interface ChangeRequest {
  readonly input: StackInput;
  /** The stack to update; `undefined` creates. */
  readonly current: Stack | undefined;
  /** Unique to this run. */
  readonly token: string;
}

/**
 * Creates or updates a stack through a change set.
 *
 * @param options.onChanges called with what the change set says before it is executed
 */
export async function changeStack(
  aws: Aws,
  { input, current, token }: ChangeRequest,
  options: OperationOptions & { readonly onChanges: (changeSet: ChangeSet) => void },
): Promise<ChangeResult> {
  const { stackName } = input;
  const type = current ? 'UPDATE' : 'CREATE';
  const change = { type, input, token: `${CHANGE_SET_PREFIX}${token}` } as const;
  if (current ?? (await describeStack(aws, stackName, options.signal))) {
    await tidy(aws, stackName, options.log);
  }
  const former = current?.status ?? 'REVIEW_IN_PROGRESS';
  let changeSet: ChangeSet | undefined;
  let after: StackEvent | undefined;
  let asked = false;
  try {
    changeSet = await createChangeSet(aws, change, options);
    if (changeSet) {
      options.onChanges(changeSet);
      after = await newestEvent(aws, changeSet.stackId, options.signal);
      options.signal.throwIfAborted();
      asked = true;
      await executeChangeSet(aws, change, changeSet);
    }
  } catch (error) {
    // It may have begun.
    if (asked && !isRefused(error)) throw error;
    if (changeSet) await deleteChangeSet(aws, stackName, changeSet.id).catch(() => undefined);
    if (type === 'CREATE') await deletePhantom(aws, stackName, options);
    throw options.signal.aborted ? cancelledInTime(stackName, error) : error;
  }
  if (changeSet) return followChange(aws, { ...change, changeSet, after, former }, options);
  const stack = current && (await describeStack(aws, stackName, options.signal));
  if (stack) return { kind: 'unchanged', stack };
  await deletePhantom(aws, stackName, options);
  throw new ProblemError({
    subject: stackName,
    message: 'the template creates nothing',
    next: 'Declare at least one resource.',
  });
}

/** Deletes what earlier runs left. It may fail: that is no reason to stop. */
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
 * Deletes a stack that is nothing but the shell of a change set: CloudFormation makes one for a change set of type
 * CREATE, and it would stay for ever. One that holds change sets of others is theirs.
 */
export async function deletePhantom(aws: Aws, stackName: string, options: OperationOptions): Promise<void> {
  try {
    const stack = await describeStack(aws, stackName);
    if (stack?.status !== 'REVIEW_IN_PROGRESS') return;
    const { left } = await deleteLeftoverChangeSets(aws, stackName);
    if (left === 0) await deleteStack(aws, stackName, {}, { ...options, signal: LATE });
  } catch (error) {
    // The error that led here is what people have to see; the next run finds the shell and uses it.
    options.log.debug(`The empty stack ${stackName} stays: ${String(error)}`);
  }
}
