import type { DescribeEventsInput, HookResultSummary, OperationEvent } from '@aws-sdk/client-cloudformation';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import type { Aws } from '../connection/clients.ts';
import type { StackEvent } from './events.ts';

/** What CloudFormation, or a Hook that it calls, says of a change before it is made. */
export interface Finding {
  /** An error ends the operation, a warning does not. */
  readonly severity: 'error' | 'warning';
  /** Empty where it is about the stack as a whole. */
  readonly logicalId: string;
  /** Keys from the template's root, as far as it was told. */
  readonly path: readonly string[];
  readonly message: string;
  /** What to do about it, where that is said. */
  readonly next?: string;
}

/** A change set that was validated. */
export interface ValidatedOperation {
  readonly ChangeSetName: string;
}

/** Reasons that only name the call which knows more. */
const POINTS_TO_EVENTS = /EarlyValidation|DescribeEvents/i;

/** Whether a reason says that CloudFormation validated before it changed anything, and found something. */
export const isValidationFailure = (reason: string): boolean => POINTS_TO_EVENTS.test(reason);

/**
 * What was found before anything was changed: pre-deployment validations and Hooks, with the annotations of these.
 *
 * @returns nothing where CloudFormation has no such calls (older partitions), or may not be asked
 */
export async function findingsOf(aws: Aws, operation: ValidatedOperation): Promise<readonly Finding[]> {
  const events = await eventsOf(aws, operation).catch(() => []);
  const hooks = await hookFindings(aws, operation.ChangeSetName).catch(() => []);
  return [...events.flatMap(validationFinding), ...(hooks.length > 0 ? hooks : events.flatMap(hookEvent))];
}

/** An operation on a stack that failed. */
export interface FailedOperation {
  readonly stackId: string;
  /** The client token that it was begun with. */
  readonly token: string;
  /** Milliseconds since 1970: what is older belongs to another one. */
  readonly since: number;
}

/** What CloudFormation says of a failed operation. */
export interface OperationFailures {
  /** What was found before anything was changed. */
  readonly findings: readonly Finding[];
  /** Failures of resources, oldest first. */
  readonly events: readonly StackEvent[];
}

/**
 * The failures of an operation, of which CloudFormation itself sorts out the rest.
 *
 * @returns nothing where it has no such call, or may not be asked
 */
export async function failuresOf(
  aws: Aws,
  { stackId, token, since }: FailedOperation,
): Promise<OperationFailures> {
  const found = await eventsOf(aws, { StackName: stackId, Filters: { FailedEvents: true } }).catch(() => []);
  const own = found.filter(
    ({ ClientRequestToken, Timestamp, StartTime, EndTime }) =>
      (ClientRequestToken === undefined || ClientRequestToken === token) &&
      (Timestamp ?? EndTime ?? StartTime ?? new Date(since)).getTime() >= since,
  );
  const resources = own.filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'));
  return {
    findings: own.flatMap((event) => [...validationFinding(event), ...hookEvent(event)]),
    events: resources.map(failureEvent).sort((a, b) => a.time - b.time),
  };
}

const failureEvent = (event: OperationEvent): StackEvent => ({
  id: event.EventId ?? '',
  stackId: event.StackId ?? '',
  stackName: (event.StackId ?? '').split('/')[1] ?? '',
  logicalId: event.LogicalResourceId ?? '',
  physicalId: event.PhysicalResourceId ?? '',
  type: event.ResourceType ?? '',
  status: event.ResourceStatus ?? '',
  reason: event.ResourceStatusReason ?? '',
  time: (event.Timestamp ?? event.EndTime ?? event.StartTime)?.getTime() ?? 0,
});

async function eventsOf(aws: Aws, operation: DescribeEventsInput): Promise<readonly OperationEvent[]> {
  const { client, sdk } = await aws.cloudFormation();
  const events: OperationEvent[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(new sdk.DescribeEventsCommand({ ...operation, NextToken: token }));
    events.push(...(page.OperationEvents ?? []));
    token = page.NextToken;
  } while (token);
  return events;
}

function validationFinding(event: OperationEvent): Finding[] {
  if (event.ValidationStatus !== 'FAILED') return [];
  const path = (event.ValidationPath ?? '').split('/').filter((key) => key !== '');
  const reason = event.ValidationStatusReason ?? event.ResourceStatusReason ?? '';
  return [
    {
      severity: severityOf(event.ValidationFailureMode),
      logicalId: event.LogicalResourceId ?? '',
      path,
      message: [event.ValidationPath, reason || event.ValidationName].filter((part) => part).join(': '),
    },
  ];
}

/** What is known of a Hook where its results may not be listed. */
function hookEvent(event: OperationEvent): Finding[] {
  if (!isFailedHook(event.HookStatus)) return [];
  return [
    {
      severity: severityOf(event.HookFailureMode),
      logicalId: event.LogicalResourceId ?? '',
      path: [],
      message: `Hook ${event.HookType ?? ''}: ${event.HookStatusReason ?? 'failed'}`,
    },
  ];
}

const severityOf = (mode: string | undefined): Finding['severity'] => (mode === 'WARN' ? 'warning' : 'error');

const isFailedHook = (status: string | undefined): boolean =>
  status === 'HOOK_FAILED' || status === 'HOOK_COMPLETE_FAILED';

async function hookFindings(aws: Aws, changeSet: string): Promise<readonly Finding[]> {
  const { client } = await aws.cloudFormation();
  const { ListHookResultsCommand } = await import('../connection/sdk/cloudformation-hooks.ts');
  const failed: HookResultSummary[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListHookResultsCommand({ TargetType: 'CHANGE_SET', TargetId: changeSet, NextToken: token }),
    );
    failed.push(...(page.HookResults ?? []).filter(({ Status }) => isFailedHook(Status)));
    token = page.NextToken;
  } while (token);
  const all = await forEachOf(failed, AT_ONCE.hookResults, (each) => hookFinding(aws, each));
  return all.flat();
}

/** A Hook tells of each rule that it checks by an annotation. */
async function hookFinding(aws: Aws, summary: HookResultSummary): Promise<readonly Finding[]> {
  const { client } = await aws.cloudFormation();
  const { GetHookResultCommand } = await import('../connection/sdk/cloudformation-hooks.ts');
  const {
    Annotations = [],
    Target,
    TypeName,
    HookStatusReason,
  } = await client.send(new GetHookResultCommand({ HookResultId: summary.HookResultId }));
  const about = {
    severity: severityOf(summary.FailureMode),
    logicalId: Target?.TargetId?.split('/').at(-1) ?? '',
    path: [],
  };
  const name = `Hook ${TypeName ?? summary.TypeName ?? ''}`;
  const failed = Annotations.filter(({ Status }) => Status === 'FAILED');
  if (failed.length === 0) return [{ ...about, message: `${name}: ${HookStatusReason ?? 'failed'}` }];
  return failed.map(({ AnnotationName, StatusMessage, RemediationMessage, RemediationLink }) => {
    const next = [RemediationMessage, RemediationLink].filter((part) => part).join(' ');
    const message = [name, AnnotationName, StatusMessage].filter((part) => part).join(': ');
    return { ...about, message, ...(next && { next }) };
  });
}
