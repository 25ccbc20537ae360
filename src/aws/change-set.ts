import type { DescribeChangeSetCommandOutput, Change as SdkChange } from '@aws-sdk/client-cloudformation';
import { ProblemError } from '../problem.ts';
import type { Aws } from './clients.ts';
import { codeOf, explained } from './errors.ts';
import { pauses } from './pause.ts';

/** What a stack is deployed with. */
export interface StackInput {
  readonly stackName: string;
  readonly template: { readonly url: string } | { readonly body: string };
  /** `undefined` keeps the value that the stack has. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[];
  readonly roleArn?: string | undefined;
  readonly notificationArns?: readonly string[] | undefined;
  readonly onFailure: 'rollback' | 'delete' | 'keep';
}

/** A change of one resource, as the change set tells it: the truth about replacement. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic' | 'SyncWithActual';
  readonly logicalId: string;
  readonly type: string;
  readonly replacement: 'True' | 'False' | 'Conditional' | undefined;
  readonly policyAction?: string;
  /** Paths of what changes, such as `Properties.MemorySize`. */
  readonly details: readonly {
    readonly target: string;
    readonly recreation: string;
    readonly cause: string;
  }[];
}

/** A change set that is ready. */
export interface ChangeSet {
  readonly id: string;
  readonly stackId: string;
  readonly changes: readonly ResourceChange[];
}

/** Names of our own change sets, so that leftovers can be told from other people's. */
export const CHANGE_SET_PREFIX = 'sparta-';

/**
 * Makes a change set and waits for it.
 *
 * The name is unique to this run and is its own client token: a retry after a lost reply finds its own work.
 *
 * @returns `undefined` when it holds no changes; it is deleted then
 * @throws ProblemError with CloudFormation's reason when it cannot be made; it is deleted then
 */
export async function createChangeSet(
  aws: Aws,
  type: 'CREATE' | 'UPDATE',
  name: string,
  input: StackInput,
  signal: AbortSignal,
): Promise<ChangeSet | undefined> {
  const { stackName } = input;
  const created = await explained(`creating a change set for ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    try {
      return await client.send(
        new sdk.CreateChangeSetCommand({
          StackName: stackName,
          ChangeSetName: name,
          ChangeSetType: type,
          ClientToken: name,
          Description: 'sparta-action',
          ...('url' in input.template
            ? { TemplateURL: input.template.url }
            : { TemplateBody: input.template.body }),
          Parameters: Object.entries(input.parameters).map(([ParameterKey, ParameterValue]) =>
            ParameterValue === undefined
              ? { ParameterKey, UsePreviousValue: true }
              : { ParameterKey, ParameterValue },
          ),
          Tags: Object.entries(input.tags).map(([Key, Value]) => ({ Key, Value })),
          Capabilities: [...input.capabilities],
          ...(input.roleArn && { RoleARN: input.roleArn }),
          ...(input.notificationArns && { NotificationARNs: [...input.notificationArns] }),
          OnStackFailure: onStackFailure(input.onFailure, type),
          IncludeNestedStacks: false,
        }),
      );
    } catch (error) {
      // The reply to the first try was lost, the change set was not.
      if (codeOf(error) === 'AlreadyExistsException') return { Id: name };
      throw error;
    }
  });
  const id = created.Id ?? name;
  try {
    const description = await waitForChangeSet(aws, stackName, id, signal);
    if (description.Status === 'FAILED') {
      await deleteChangeSet(aws, stackName, id);
      if (isEmpty(description.StatusReason ?? '')) return undefined;
      throw new ProblemError({
        subject: stackName,
        message: `CloudFormation refused the change set: ${description.StatusReason}`,
        next: changeSetAdvice(description.StatusReason ?? ''),
      });
    }
    return {
      id: description.ChangeSetId ?? id,
      stackId: description.StackId ?? stackName,
      changes: (description.Changes ?? []).flatMap(fromSdk),
    };
  } catch (error) {
    if (signal.aborted) await deleteChangeSet(aws, stackName, id);
    throw error;
  }
}

const onStackFailure = (onFailure: StackInput['onFailure'], type: 'CREATE' | 'UPDATE') =>
  onFailure === 'keep' ? 'DO_NOTHING' : onFailure === 'delete' && type === 'CREATE' ? 'DELETE' : 'ROLLBACK';

/** CloudFormation reports an empty change set as failed, and says so only in words. */
export function isEmpty(reason: string): boolean {
  return /didn't contain changes|no updates are to be performed|contains no changes|no changes/i.test(reason);
}

function changeSetAdvice(reason: string): string {
  if (/Requires capabilities/i.test(reason)) return 'Name the missing capability in the input capabilities.';
  if (/Parameters?:? .*must have values|do not exist in the template/i.test(reason))
    return 'Correct the input parameters.';
  return 'Correct the template; nothing was changed.';
}

async function waitForChangeSet(
  aws: Aws,
  stackName: string,
  id: string,
  signal: AbortSignal,
): Promise<DescribeChangeSetCommandOutput> {
  const pause = pauses(200, 3_000, signal);
  for (;;) {
    const description = await describeChangeSet(aws, stackName, id);
    if (description.Status === 'CREATE_COMPLETE' || description.Status === 'FAILED') return description;
    await pause.next();
  }
}

/** All pages of a change set in one. */
function describeChangeSet(aws: Aws, stackName: string, id: string): Promise<DescribeChangeSetCommandOutput> {
  return explained(`reading the change set of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    const read = (token?: string) =>
      client.send(
        new sdk.DescribeChangeSetCommand({ StackName: stackName, ChangeSetName: id, NextToken: token }),
      );
    const first = await read();
    const changes = [...(first.Changes ?? [])];
    for (let token = first.NextToken; token; ) {
      const page = await read(token);
      changes.push(...(page.Changes ?? []));
      token = page.NextToken;
    }
    return { ...first, Changes: changes };
  });
}

function fromSdk({ ResourceChange: change }: SdkChange): ResourceChange[] {
  if (!change) return [];
  return [
    {
      action: change.Action ?? 'Modify',
      logicalId: change.LogicalResourceId ?? '',
      type: change.ResourceType ?? '',
      replacement: change.Replacement,
      ...(change.PolicyAction && { policyAction: change.PolicyAction }),
      details: (change.Details ?? []).map(({ Target, CausingEntity, ChangeSource }) => ({
        target: [Target?.Attribute, Target?.Name].filter((part) => part).join('.'),
        recreation: Target?.RequiresRecreation ?? 'Never',
        cause: CausingEntity ?? ChangeSource ?? '',
      })),
    },
  ];
}

/** Deletes a change set; one that is gone already is fine. */
export function deleteChangeSet(aws: Aws, stackName: string, id: string): Promise<void> {
  return explained(`deleting a change set of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    try {
      await client.send(new sdk.DeleteChangeSetCommand({ StackName: stackName, ChangeSetName: id }));
    } catch (error) {
      if (codeOf(error) !== 'ChangeSetNotFound' && !/does not exist/.test(String(error))) throw error;
    }
  });
}

/** Deletes change sets that earlier runs of ours left behind; those of others are not touched. */
export function deleteLeftoverChangeSets(aws: Aws, stackName: string): Promise<number> {
  return explained(`listing the change sets of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    const { Summaries = [] } = await client.send(new sdk.ListChangeSetsCommand({ StackName: stackName }));
    const leftovers = Summaries.filter(
      ({ ChangeSetName = '', ExecutionStatus = '' }) =>
        ChangeSetName.startsWith(CHANGE_SET_PREFIX) &&
        /^(AVAILABLE|UNAVAILABLE|EXECUTE_FAILED|OBSOLETE)$/.test(ExecutionStatus),
    );
    for (const { ChangeSetId, ChangeSetName } of leftovers) {
      await deleteChangeSet(aws, stackName, ChangeSetId ?? ChangeSetName ?? '');
    }
    return leftovers.length;
  });
}

/** Starts the change; the client token makes a retry harmless. */
export function executeChangeSet(aws: Aws, stackName: string, id: string, token: string): Promise<void> {
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
      // A retry whose first reply was lost finds the execution under way.
      if (codeOf(error) !== 'InvalidChangeSetStatus' || !/EXECUTE_(IN_PROGRESS|COMPLETE)/.test(String(error)))
        throw error;
    }
  });
}
