import type { Capability, Stack as SdkStack } from '@aws-sdk/client-cloudformation';
import { hostSuffix } from '../../regions.ts';
import type { Aws } from '../connection/clients.ts';
import { answered, codeOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import type { StackResource } from '../replies/long-replies.ts';
import { isCreatedAnew, type StackStatus } from './stack-states.ts';

/** A stack as it is now. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Values that CloudFormation shows; those of NoEcho parameters are asterisks. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly notificationArns: readonly string[];
  readonly terminationProtection: boolean;
  readonly roleArn?: string;
  /** What CloudFormation was allowed to do the last time. */
  readonly capabilities: readonly Capability[];
  /** Another name that CloudFormation knows the stack by. */
  readonly alias?: string;
  /** ARNs of the alarms that a deployment is rolled back for. */
  readonly rollbackAlarms: readonly string[];
  /** For how long they are watched after everything is deployed. */
  readonly monitoringMinutes: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** The last change; `undefined` where there was none since. */
  readonly changed: number | undefined;
  /** `IN_SYNC`, `DRIFTED`: what was found the last time that anybody looked; `NOT_CHECKED`. */
  readonly driftStatus: string;
}

/**
 * Looks a stack up, by name or ARN.
 *
 * @returns `undefined` when there is none (a deleted one, found by its ARN, is returned with its status)
 * @throws ProblemError when it may not be read: that is never taken for an absent stack
 */
export function describeStack(aws: Aws, name: string, signal?: AbortSignal): Promise<Stack | undefined> {
  return explained(`reading the stack ${name}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    try {
      const { Stacks } = await client.send(
        new sdk.DescribeStacksCommand({ StackName: name }),
        withSignal(signal),
      );
      const [stack] = answered(Stacks, 'stack');
      return stack && fromSdk(stack);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  });
}

/** CloudFormation has no code of its own for an absent stack; other validation errors must not be read as one. */
export function isAbsent(error: unknown): boolean {
  return (
    codeOf(error) === 'ValidationError' && error instanceof Error && /does not exist/.test(error.message)
  );
}

/** A stack as the SDK gives it. */
export function fromSdk(stack: SdkStack): Stack {
  const pairs = <T>(
    items: readonly T[] | undefined,
    key: (item: T) => string | undefined,
    value: (item: T) => string | undefined,
  ) => Object.fromEntries((items ?? []).map((item) => [key(item) ?? '', value(item) ?? '']));
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus as StackStatus,
    ...(stack.StackStatusReason && { statusReason: stack.StackStatusReason }),
    outputs: pairs(
      stack.Outputs,
      (each) => each.OutputKey,
      (each) => each.OutputValue,
    ),
    parameters: pairs(
      stack.Parameters,
      (each) => each.ParameterKey,
      (each) => each.ParameterValue,
    ),
    tags: pairs(
      stack.Tags,
      (each) => each.Key,
      (each) => each.Value,
    ),
    notificationArns: stack.NotificationARNs ?? [],
    capabilities: stack.Capabilities ?? [],
    terminationProtection: stack.EnableTerminationProtection ?? false,
    ...(stack.RoleARN && { roleArn: stack.RoleARN }),
    ...(stack.AliasName && { alias: stack.AliasName }),
    rollbackAlarms: (stack.RollbackConfiguration?.RollbackTriggers ?? []).map(({ Arn }) => Arn ?? ''),
    monitoringMinutes: stack.RollbackConfiguration?.MonitoringTimeInMinutes ?? 0,
    created: stack.CreationTime?.getTime() ?? 0,
    changed: stack.LastUpdatedTime?.getTime(),
    driftStatus: stack.DriftInformation?.StackDriftStatus ?? 'NOT_CHECKED',
  };
}

/** The template that a stack was last deployed with, as it was sent; transforms are not expanded. */
export const deployedTemplate = (aws: Aws, stackId: string): Promise<string> =>
  templateAt(aws, stackId, 'Original');

/** What CloudFormation made of the template that a stack was last deployed with: transforms are expanded. */
export const processedTemplate = (aws: Aws, stackId: string): Promise<string> =>
  templateAt(aws, stackId, 'Processed');

function templateAt(aws: Aws, stackId: string, stage: 'Original' | 'Processed'): Promise<string> {
  const what = stage === 'Original' ? 'template' : 'processed template';
  return explained(`reading the ${what} of ${stackId}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    const { takeOut, takeTemplate } = await import('../replies/long-replies.ts');
    const command = new sdk.GetTemplateCommand({ StackName: stackId, TemplateStage: stage });
    const taken = takeOut(command, takeTemplate);
    const { TemplateBody } = await client.send(command);
    return taken()?.template ?? answered(TemplateBody, 'template');
  });
}

/** All resources of a stack, without those of nested stacks. */
export function stackResources(
  aws: Aws,
  stackId: string,
  signal?: AbortSignal,
): Promise<readonly StackResource[]> {
  return explained(`reading the resources of ${stackId}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    const { takeOut, takeSummaries } = await import('../replies/long-replies.ts');
    const resources: StackResource[] = [];
    let token: string | undefined;
    do {
      const command = new sdk.ListStackResourcesCommand({ StackName: stackId, NextToken: token });
      const taken = takeOut(command, takeSummaries);
      const page = await client.send(command, withSignal(signal));
      for (const each of taken()?.resources ?? []) resources.push(each);
      for (const each of page.StackResourceSummaries ?? []) {
        resources.push({
          logicalId: each.LogicalResourceId ?? '',
          physicalId: each.PhysicalResourceId ?? '',
          type: each.ResourceType ?? '',
          status: each.ResourceStatus ?? '',
          reason: each.ResourceStatusReason ?? '',
        });
      }
      token = page.NextToken;
    } while (token);
    return resources;
  });
}

/** Sets termination protection. */
export function setTerminationProtection(aws: Aws, stackName: string, enabled: boolean): Promise<void> {
  return explained(`setting termination protection of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    await client.send(
      new sdk.UpdateTerminationProtectionCommand({
        StackName: stackName,
        EnableTerminationProtection: enabled,
      }),
    );
  });
}

/**
 * Values that parameters of a stack have and keep where a deployment gives none, and pseudo parameters.
 *
 * @throws ProblemError when AWS cannot be asked
 */
export async function keptValues(
  aws: Aws,
  stackName: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const [stack, { account, partition }] = await Promise.all([
    describeStack(aws, stackName, signal),
    aws.identity(),
  ]);
  // A stack that is created anew keeps nothing.
  const isKept = stack && !isCreatedAnew(stack.status);
  return {
    ...(isKept && { ...stack.parameters, 'AWS::StackId': stack.id }),
    'AWS::AccountId': account,
    'AWS::Partition': partition,
    'AWS::Region': aws.region,
    'AWS::URLSuffix': hostSuffix(aws.region),
  };
}
