import { ProblemError } from '../problem.ts';
import type { Aws } from './clients.ts';
import type { DeployOptions } from './deploy.ts';
import { explained } from './errors.ts';
import { newestEvent, tokenAfter } from './events.ts';
import { rootCause } from './root-cause.ts';
import { describeStack, type Stack } from './stack.ts';
import { waitForRest } from './wait.ts';

/**
 * Deletes a stack and waits for the end. One that is not there is fine.
 *
 * @returns the stack that was deleted; `undefined` when there was none
 * @throws ProblemError when it could not be deleted, with the resource that is to blame
 */
export async function deleteStack(
  aws: Aws,
  name: string,
  { roleArn }: { readonly roleArn?: string | undefined },
  options: DeployOptions,
): Promise<Stack | undefined> {
  const stack = await describeStack(aws, name);
  if (!stack) return undefined;
  const after = await newestEvent(aws, stack.id);
  await explained(`deleting the stack ${name}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    await client.send(
      new sdk.DeleteStackCommand({
        StackName: stack.id,
        ClientRequestToken: tokenAfter(after),
        ...(roleArn && { RoleARN: roleArn }),
      }),
    );
  });
  const { stack: left, events } = await waitForRest(aws, stack.id, { ...options, after });
  if (!left || left.status === 'DELETE_COMPLETE') return stack;
  const cause = rootCause(events, stack.id);
  throw new ProblemError({
    subject: cause?.logicalId ?? name,
    message: `${left.status}: ${cause?.reason ?? left.statusReason ?? 'the stack could not be deleted'}`,
    next: cause?.next ?? 'Delete or retain the resource, then delete the stack again.',
  });
}
