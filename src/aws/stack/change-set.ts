import type { CreateChangeSetInput, RollbackConfiguration } from '@aws-sdk/client-cloudformation';
import { type Problem, ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { changesOf, type ResourceChange, waitForChangeSet } from './describe-change-set.ts';
import { type Finding, findingsOf, isValidationFailure } from './early-validation.ts';
import { hasBegun } from './events.ts';
import { isAbsent } from './stack.ts';

export type { ResourceChange } from './describe-change-set.ts';

/** What a stack is deployed with. */
export interface StackInput {
  readonly stackName: string;
  /** A body of at most 51,200 bytes. */
  readonly template: { readonly url: string } | { readonly body: string };
  /** `undefined` keeps the value that the stack has. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  /** Without any, the stack keeps those that it has. */
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[];
  readonly roleArn?: string | undefined;
  readonly notificationArns?: readonly string[] | undefined;
  readonly onFailure: 'rollback' | 'delete' | 'keep';
  /** CloudFormation does not wait until resources are ready to be used. */
  readonly express?: boolean;
  /** Resources that exist under the names that the template gives become the stack's. */
  readonly importExisting?: boolean;
  /** What was changed outside of CloudFormation becomes what the template says; of a stack that is there. */
  readonly revertDrift?: boolean;
  readonly rollbackConfiguration?: RollbackSettings | undefined;
}

/** What CloudFormation watches during a deployment; what is `undefined` stays as the stack has it. */
export interface RollbackSettings {
  readonly alarms?: readonly { readonly arn: string; readonly composite: boolean }[] | undefined;
  /** For how long it goes on watching after everything is deployed. */
  readonly monitoringMinutes?: number | undefined;
}

/** A change of a stack by a change set. */
export interface StackChange {
  readonly type: 'CREATE' | 'UPDATE';
  readonly input: StackInput;
  /** Unique to this run: the name of the change set, and the client token of its execution. */
  readonly token: string;
}

/** A change set that is ready. */
export interface ChangeSet {
  readonly id: string;
  readonly stackId: string;
  readonly changes: readonly ResourceChange[];
  /** What CloudFormation warns of, and goes on. */
  readonly warnings: readonly Finding[];
}

/** Names of our own change sets, so that leftovers can be told from other people's. */
export const CHANGE_SET_PREFIX = 'sparta-';

/** Milliseconds for which a change set may belong to a run that is about to execute it. */
const IN_USE = 5 * 60_000;

/**
 * Makes a change set and waits for it.
 *
 * The name is unique to this run and is its own client token: a retry after a lost reply finds its own work. Whatever
 * goes wrong afterwards, the change set is deleted.
 *
 * @returns `undefined` when it holds no changes
 * @throws ProblemError with CloudFormation's reason when it cannot be made; AbortError after a cancellation
 */
export async function createChangeSet(
  aws: Aws,
  change: StackChange,
  options: { readonly signal: AbortSignal; readonly deadline: number },
): Promise<ChangeSet | undefined> {
  const { stackName } = change.input;
  options.signal.throwIfAborted();
  const id = await requestChangeSet(aws, change);
  try {
    const made = await waitForChangeSet(aws, stackName, id, options);
    if (made.Status === 'FAILED') {
      const reason = made.StatusReason ?? '';
      if (!isEmpty(reason)) throw await refused(aws, stackName, made.ChangeSetId ?? id, reason);
      await deleteChangeSet(aws, stackName, id);
      return undefined;
    }
    const changes = await changesOf(aws, stackName, id, options.signal);
    const warnings = await findingsOf(aws, { ChangeSetName: made.ChangeSetId ?? id });
    return { id: made.ChangeSetId ?? id, stackId: made.StackId ?? stackName, changes, warnings };
  } catch (error) {
    // Why it failed matters more than a change set that stays; the next run deletes that.
    await deleteChangeSet(aws, stackName, id).catch(() => undefined);
    throw error;
  }
}

/** Asks for a change set; it is made in the background. */
export function requestChangeSet(aws: Aws, { type, token, input }: StackChange): Promise<string> {
  const { stackName, template, parameters, tags, capabilities, roleArn, notificationArns } = input;
  return explained(`creating a change set for ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    try {
      const { Id } = await client.send(
        new sdk.CreateChangeSetCommand({
          StackName: stackName,
          ChangeSetName: token,
          ChangeSetType: type,
          ClientToken: token,
          Description: 'sparta-action',
          ...('url' in template ? { TemplateURL: template.url } : { TemplateBody: template.body }),
          Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) =>
            ParameterValue === undefined
              ? { ParameterKey, UsePreviousValue: true }
              : { ParameterKey, ParameterValue },
          ),
          // An empty list would take the stack's tags away.
          ...(Object.keys(tags).length > 0 && {
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          }),
          Capabilities: [...capabilities],
          ...(roleArn && { RoleARN: roleArn }),
          ...(notificationArns && { NotificationARNs: [...notificationArns] }),
          ...(input.rollbackConfiguration && {
            RollbackConfiguration: rollbackConfiguration(input.rollbackConfiguration),
          }),
          ...onFailure(input, type),
          ...(input.importExisting && { ImportExistingResources: true }),
          ...(input.revertDrift && type === 'UPDATE' && { DeploymentMode: 'REVERT_DRIFT' }),
          IncludeNestedStacks: false,
        }),
      );
      return Id ?? token;
    } catch (error) {
      // The reply to the first try was lost, the change set was not.
      if (codeOf(error).startsWith('AlreadyExists')) return token;
      throw error;
    }
  });
}

/** In express mode, whether to roll back is said with the mode; only a deletion is still OnStackFailure's. */
function onFailure(
  { onFailure: wanted, express }: StackInput,
  type: StackChange['type'],
): Pick<CreateChangeSetInput, 'OnStackFailure' | 'DeploymentConfig'> {
  const deletes = wanted === 'delete' && type === 'CREATE';
  if (!express) return { OnStackFailure: wanted === 'keep' ? 'DO_NOTHING' : deletes ? 'DELETE' : 'ROLLBACK' };
  return {
    DeploymentConfig: { Mode: 'EXPRESS', ...(!deletes && { DisableRollback: wanted === 'keep' }) },
    ...(deletes && { OnStackFailure: 'DELETE' }),
  };
}

const rollbackConfiguration = ({ alarms, monitoringMinutes }: RollbackSettings): RollbackConfiguration => ({
  ...(alarms && {
    RollbackTriggers: alarms.map(({ arn, composite }) => ({
      Arn: arn,
      Type: composite ? 'AWS::CloudWatch::CompositeAlarm' : 'AWS::CloudWatch::Alarm',
    })),
  }),
  ...(monitoringMinutes !== undefined && { MonitoringTimeInMinutes: monitoringMinutes }),
});

/** CloudFormation reports an empty change set as failed, and says so only in words. */
export function isEmpty(reason: string): boolean {
  return /didn't contain changes|no updates are to be performed|contains no changes|no changes/i.test(reason);
}

async function refused(
  aws: Aws,
  stackName: string,
  changeSetId: string,
  reason: string,
): Promise<ProblemError> {
  const found = isValidationFailure(reason)
    ? (await findingsOf(aws, { ChangeSetName: changeSetId })).filter(({ severity }) => severity === 'error')
    : [];
  if (found.length > 0) return new ProblemError(found.map(problemOf));
  return new ProblemError({
    subject: stackName,
    message: `CloudFormation refused the change set: ${reason}`,
    next:
      ADVICE.find((each) => each.reason.test(reason))?.next ?? 'Correct the template; nothing was changed.',
  });
}

const problemOf = ({ logicalId, message, next }: Finding): Problem => ({
  subject: logicalId,
  message,
  next: next ?? 'Correct the template; nothing was changed.',
});

const ADVICE: readonly { readonly reason: RegExp; readonly next: string }[] = [
  { reason: /Requires capabilities/i, next: 'Name the missing capability in the input capabilities.' },
  {
    reason: /Parameters?:? .*must have values|do not exist in the template/i,
    next: 'Correct the input parameters.',
  },
  {
    reason: /not authorized to perform|AccessDenied/i,
    next: 'Allow this action for the role that deploys; nothing was changed.',
  },
];

/** Deletes a change set; one that is gone already is fine. */
export function deleteChangeSet(aws: Aws, stackName: string, id: string): Promise<void> {
  return explained(`deleting a change set of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    try {
      await client.send(new sdk.DeleteChangeSetCommand({ StackName: stackName, ChangeSetName: id }));
    } catch (error) {
      if (!codeOf(error).startsWith('ChangeSetNotFound') && !isAbsent(error)) throw error;
    }
  });
}

/**
 * Deletes change sets that earlier runs of ours left behind. Those of others are not touched, nor is one that another
 * run of ours may be about to execute.
 *
 * @param executed ours, if one was: whatever is older than that one can no longer be executed
 * @returns how many were deleted, and how many are left
 */
export function deleteLeftoverChangeSets(
  aws: Aws,
  stackName: string,
  executed?: string,
): Promise<{ readonly deleted: number; readonly left: number }> {
  return explained(`listing the change sets of ${stackName}`, async () => {
    const all = await listChangeSets(aws, stackName);
    const obsoleteSince = all.find(({ id }) => id === executed)?.created ?? Date.now() - IN_USE;
    const leftovers = all.filter(
      ({ id, name, execution, status, created }) =>
        name.startsWith(CHANGE_SET_PREFIX) &&
        id !== executed &&
        !/^EXECUTE_(IN_PROGRESS|COMPLETE)$/.test(execution) &&
        (status === 'FAILED' || /^(OBSOLETE|EXECUTE_FAILED)$/.test(execution) || created <= obsoleteSince),
    );
    for (const { id } of leftovers) await deleteChangeSet(aws, stackName, id);
    return { deleted: leftovers.length, left: all.length - leftovers.length };
  });
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly execution: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

async function listChangeSets(aws: Aws, stackName: string): Promise<readonly Listed[]> {
  const { client, sdk } = await aws.cloudFormation();
  const listed: Listed[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(new sdk.ListChangeSetsCommand({ StackName: stackName, NextToken: token }));
    for (const each of page.Summaries ?? []) {
      // A deletion cannot be undone, so we check the stack ourselves, too.
      if (each.StackName !== undefined && each.StackName !== stackName) continue;
      listed.push({
        id: each.ChangeSetId ?? each.ChangeSetName ?? '',
        name: each.ChangeSetName ?? '',
        status: each.Status ?? '',
        execution: each.ExecutionStatus ?? '',
        created: each.CreationTime?.getTime() ?? 0,
      });
    }
    token = page.NextToken;
  } while (token);
  return listed;
}

/** Starts the change; the client token makes a retry harmless. */
export function executeChangeSet(
  aws: Aws,
  { input: { stackName }, token }: StackChange,
  { id, stackId }: ChangeSet,
): Promise<void> {
  return explained(`executing the change set of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    try {
      await client.send(
        new sdk.ExecuteChangeSetCommand({
          StackName: stackName,
          ChangeSetName: id,
          ClientRequestToken: token,
        }),
      );
    } catch (error) {
      // A retry whose first reply was lost finds the execution under way, or done.
      const mayBeOurs = /^(InvalidChangeSetStatus|ChangeSetNotFound)/.test(codeOf(error));
      if (!mayBeOurs || !(await hasBegun(aws, stackId, token).catch(() => false))) throw error;
    }
  });
}
