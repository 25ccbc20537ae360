import type { StackEvent } from './events.ts';

/** Why an operation failed. */
export interface RootCause {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  /** Name of the (nested) stack that the resource is in. */
  readonly stackName: string;
  readonly next?: string;
}

/** Reasons that CloudFormation and the services behind it give, and what helps. */
const ADVICE: readonly { readonly reason: RegExp; readonly next: string }[] = [
  {
    reason: /already exists/i,
    next: 'Remove the explicit name to let CloudFormation choose one, delete the other resource, or import it.',
  },
  {
    reason: /not authorized to perform|AccessDenied|is not authorized/i,
    next: 'Allow this action for the role that deploys (input role-arn, or the role of the workflow).',
  },
  {
    reason: /limit exceeded|LimitExceeded|quota/i,
    next: 'Raise the quota in the Service Quotas console, or remove what is not needed.',
  },
  {
    reason: /NoSuchBucket|NoSuchKey|Error occurred while GetObject/i,
    next: 'Check that the bucket is in the region of the stack and that the object is still there.',
  },
  {
    reason: /is already exported by stack/i,
    next: 'Give the export of the output another name, or remove that of the other stack first.',
  },
  {
    reason: /Export \S+ cannot be (deleted|updated) as it is in use by/i,
    next: 'Change the stacks that import the value first.',
  },
  { reason: /Requires capabilities/i, next: 'Name the missing capability in the input capabilities.' },
  {
    reason: /Unzipped size must be smaller/i,
    next: 'Lambda takes 250 MB unzipped: leave files out, or use an image.',
  },
  {
    reason: /cannot be assumed by Lambda|The role defined for the function/i,
    next: 'The role must trust lambda.amazonaws.com; run the job again if it was made a moment ago.',
  },
  {
    reason: /bucket you tried to delete is not empty/i,
    next: 'Empty the bucket, or give it DeletionPolicy: Retain.',
  },
  {
    reason: /A version for this Lambda function exists/i,
    next: 'Change the code of the function, or delete the version that was published by hand.',
  },
  { reason: /runtime parameter of \S+ is no longer supported/i, next: 'Choose a newer Runtime.' },
  {
    reason: /Rate exceeded|Throttling|Internal ?Failure|ServiceUnavailable/i,
    next: 'AWS was busy: run the job again.',
  },
  {
    reason: /did not stabilize|Exceeded attempts to wait|timed out/i,
    next: 'Look at the resource itself: its health checks, its logs, what it waits for.',
  },
  {
    reason: /extraneous key|required key|failed validation|ValidationException|Properties validation failed/i,
    next: 'Correct the properties of the resource.',
  },
];

const CUSTOM_RESOURCE =
  'Read the log of the function behind the custom resource (its ServiceToken): the reason is what that function said, or that it never answered. A rollback may take the log with it; on-failure: keep leaves it.';

/**
 * The first failure that is the cause of the others: not a cancellation that followed it, not the stack's own, and in
 * a nested stack the failed resource inside of it.
 *
 * @param events of the operation, oldest first, nested stacks included
 * @param stackId the root stack
 */
export function rootCause(events: readonly StackEvent[], stackId: string): RootCause | undefined {
  const failures = events.filter(
    ({ status, reason, physicalId, stackId: own }) =>
      status.endsWith('_FAILED') && !/cancelled|canceled/i.test(reason) && physicalId !== own,
  );
  const cause =
    failures.find((event) => !isWrapper(event, failures)) ?? failures[0] ?? ownFailure(events, stackId);
  if (!cause) return undefined;
  const { logicalId, type, status, reason, stackName } = cause;
  const next = adviceFor(type, reason);
  return { logicalId, type, status, reason, stackName, ...(next && { next }) };
}

/** What helps against a failure of a resource, where that is known. */
export function adviceFor(type: string, reason: string): string | undefined {
  if (/^(Custom::|AWS::CloudFormation::CustomResource$)/.test(type)) return CUSTOM_RESOURCE;
  return ADVICE.find((each) => each.reason.test(reason))?.next;
}

/** A nested stack "fails" because a resource in it did. */
function isWrapper(event: StackEvent, failures: readonly StackEvent[]): boolean {
  return (
    event.type === 'AWS::CloudFormation::Stack' &&
    failures.some(({ stackId }) => stackId === event.physicalId)
  );
}

function ownFailure(events: readonly StackEvent[], stackId: string): StackEvent | undefined {
  return events.find(
    ({ physicalId, status, reason }) =>
      physicalId === stackId && reason !== '' && /FAILED|ROLLBACK/.test(status),
  );
}
