import type { OperationEvent } from '@aws-sdk/client-cloudformation';
import type { Problem } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';

/** Reasons that only name the call which knows more. */
const POINTS_TO_EVENTS = /EarlyValidation|DescribeEvents/i;

/** Whether a reason says that CloudFormation validated before it changed anything, and found something. */
export const isValidationFailure = (reason: string): boolean => POINTS_TO_EVENTS.test(reason);

/**
 * What CloudFormation found wrong with properties before it changed anything.
 *
 * @param operation a change set, or a stack whose latest operation failed
 * @returns nothing where CloudFormation has no such call (older partitions), or may not be asked
 */
export async function failedValidations(
  aws: Aws,
  operation: { readonly ChangeSetName: string } | { readonly StackName: string },
): Promise<readonly Problem[]> {
  try {
    const { client, sdk } = await aws.cloudFormation();
    const events: OperationEvent[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(
        new sdk.DescribeEventsCommand({ ...operation, Filters: { FailedEvents: true }, NextToken: token }),
      );
      events.push(...(page.OperationEvents ?? []));
      token = page.NextToken;
    } while (token);
    return events.filter(({ ValidationStatus }) => ValidationStatus === 'FAILED').map(toProblem);
  } catch {
    return [];
  }
}

const toProblem = (event: OperationEvent): Problem => ({
  subject: event.LogicalResourceId ?? '',
  message: [event.ValidationPath, event.ValidationStatusReason ?? event.ResourceStatusReason]
    .filter((part) => part)
    .join(': '),
  next: 'Correct the template; nothing was changed.',
});
