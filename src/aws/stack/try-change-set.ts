import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf } from '../connection/errors.ts';
import {
  deleteChangeSet,
  isEmpty,
  type ResourceChange,
  requestChangeSet,
  type StackChange,
} from './change-set.ts';
import { deletePhantom } from './change-stack.ts';
import { changesOf, waitForChangeSet } from './describe-change-set.ts';
import { type Finding, findingsOf } from './early-validation.ts';
import type { OperationOptions } from './operation.ts';

/** What CloudFormation says of a change that is not made. */
export interface Tried {
  readonly findings: readonly Finding[];
  /** `undefined` where it refuses the change as a whole. */
  readonly changes: readonly ResourceChange[] | undefined;
  /** Why it refuses it, in a sentence. */
  readonly refusal: string | undefined;
}

/**
 * Makes a change set, reads what CloudFormation says of it, and deletes it again, with the shell of a stack that it made
 * for it.
 */
export async function tryChangeSet(aws: Aws, change: StackChange, options: OperationOptions): Promise<Tried> {
  const { stackName } = change.input;
  options.signal.throwIfAborted();
  let id: string | undefined;
  try {
    id = await requestChangeSet(aws, change);
    const made = await waitForChangeSet(aws, stackName, id, options);
    const findings = await findingsOf(aws, { ChangeSetName: made.ChangeSetId ?? id });
    const reason = made.Status === 'FAILED' ? (made.StatusReason ?? 'no reason is given') : '';
    if (isEmpty(reason)) return { findings, changes: [], refusal: undefined };
    if (reason !== '') return { findings, changes: undefined, refusal: reason };
    return { findings, changes: await changesOf(aws, stackName, id, options.signal), refusal: undefined };
  } catch (error) {
    const refusal = id === undefined ? refusedAtOnce(error) : undefined;
    if (refusal === undefined) throw error;
    return { findings: [], changes: undefined, refusal };
  } finally {
    // A change set that stays does no harm; the next run deletes it.
    if (id !== undefined) await deleteChangeSet(aws, stackName, id).catch(() => undefined);
    if (change.type === 'CREATE') await deletePhantom(aws, stackName, options);
  }
}

/** Some of what is wrong is said before there is a change set. */
function refusedAtOnce(error: unknown): string | undefined {
  const cause = error instanceof ProblemError ? error.cause : undefined;
  return cause instanceof Error && /^(ValidationError|InsufficientCapabilities)/.test(codeOf(cause))
    ? cause.message
    : undefined;
}
