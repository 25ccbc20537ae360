import { adviceFor } from '../../aws/stack/root-cause.ts';
import type { InstanceResult, StackSetEnd } from '../../aws/stack-sets/operation.ts';
import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { withoutAccounts } from '../../text/accounts.ts';

/** What a reason of an instance is about, where it says that. */
const OF_RESOURCE = /ResourceLogicalId:\s*(\S+?),\s*ResourceType:\s*(\S+?),\s*ResourceStatusReason:\s*(.*)$/s;

/** The reason as people read it: `Queue (AWS::SQS::Queue): it exists already`. */
export function reasonText(reason: string): string {
  const [, logicalId, type, why] = OF_RESOURCE.exec(reason) ?? [];
  return withoutAccounts(logicalId === undefined ? reason : `${logicalId} (${type}): ${why}`).trim();
}

/** How many instances failed, and why the first of them did; others most often failed for the same reason, or were not begun. */
export function failureText(
  { status, reason, results }: StackSetEnd,
  label: (account: string) => string,
): string {
  const failed = results.filter((each) => each.status === 'FAILED');
  const cause = causeOf(results);
  if (!cause) return `the operation ended as ${status}${reason === '' ? '' : `: ${withoutAccounts(reason)}`}`;
  const cancelled = results.filter((each) => each.status === 'CANCELLED').length;
  const rest = cancelled > 0 ? `; ${cancelled} were not begun` : '';
  return `${failed.length} of ${results.length} instances failed${rest}; ${label(cause.account)} ${cause.region}: ${reasonText(cause.reason) || 'no reason is given'}`;
}

function causeOf(results: readonly InstanceResult[]): InstanceResult | undefined {
  const failed = results.filter(({ status }) => status === 'FAILED');
  return failed.find(({ reason }) => reason !== '') ?? failed[0];
}

/** A failed deployment as a problem: with the line of the resource, and what to do. */
export function failureProblem(
  stackName: string,
  end: StackSetEnd,
  { label, template }: { readonly label: (account: string) => string; readonly template: TemplateDocument },
): Problem {
  const cause = causeOf(end.results);
  const [, logicalId, type = ''] = OF_RESOURCE.exec(cause?.reason ?? '') ?? [];
  return {
    subject: stackName,
    message: failureText(end, label),
    ...(logicalId !== undefined && { place: template.locate(['Resources', logicalId]) }),
    next:
      (cause && adviceOf(cause, type)) ??
      (cause
        ? 'Correct that and run the job again: instances that are as they shall be are left alone.'
        : `Look at it with: aws cloudformation describe-stack-set-operation --stack-set-name ${stackName} --operation-id ${end.id}.`),
  };
}

function adviceOf({ reason }: InstanceResult, type: string): string | undefined {
  if (/should have .*ExecutionRole|AssumeRole|not authorized to perform: sts/i.test(reason))
    return 'Make the execution role in that account, and let it trust the administration role; docs/stack-sets.md has both.';
  return adviceFor(type, reason);
}
