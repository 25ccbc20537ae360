import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { explained } from '../connection/explained.ts';
import type { StackChange } from './change-set.ts';
import { newestEvent } from './events.ts';
import type { OperationOptions } from './operation.ts';
import { waitForRest } from './wait.ts';

/** Milliseconds that are spent on following a rollback after a cancellation; a runner kills the step after 7.5 s. */
const CANCELLING = 4_000;

/** Never aborted: for what has to be cleaned up after a cancellation. */
export const LATE: AbortSignal = new AbortController().signal;

/** What is said of a cancellation before anything began. */
export const cancelledInTime = (stackName: string, cause: unknown): ProblemError =>
  new ProblemError(
    { subject: stackName, message: 'cancelled before anything was changed; the change set is deleted' },
    { cause },
  );

/** Says what goes on in AWS after a cancellation, and stops it where that is wanted and possible. */
export async function cancelledLate(
  aws: Aws,
  { input: { stackName }, stackId, type, token }: StackChange & { readonly stackId: string },
  { cancelUpdate, log, onEvent, cause }: OperationOptions & { readonly cause: unknown },
): Promise<ProblemError> {
  const follow = `Follow it with: aws cloudformation describe-stack-events --stack-name ${stackName}`;
  if (type === 'UPDATE' && cancelUpdate) {
    try {
      await cancelStackUpdate(aws, stackName, `${token}-cancel`);
      const limits = {
        signal: LATE,
        deadline: Date.now() + CANCELLING,
        after: await newestEvent(aws, stackId),
        running: true,
        onEvent,
      };
      const ended = await waitForRest(aws, stackId, limits).catch(() => undefined);
      if (ended?.stack?.status === 'UPDATE_ROLLBACK_COMPLETE') {
        const message = 'cancelled; the update is rolled back';
        return new ProblemError({ subject: stackName, message }, { cause });
      }
      const message = 'cancelled; CloudFormation is rolling the update back';
      return new ProblemError({ subject: stackName, message, next: `${follow}.` }, { cause });
    } catch (error) {
      log.warning(`The update goes on: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const stop =
    type === 'UPDATE'
      ? `, or stop it with: aws cloudformation cancel-update-stack --stack-name ${stackName}`
      : '';
  return new ProblemError(
    {
      subject: stackName,
      message: `cancelled while CloudFormation was ${type === 'CREATE' ? 'creating' : 'updating'} the stack; AWS goes on with it`,
      next: `${follow}${stop}.`,
    },
    { cause },
  );
}

function cancelStackUpdate(aws: Aws, stackName: string, token: string): Promise<void> {
  return explained(`cancelling the update of ${stackName}`, async () => {
    const { client, sdk } = await aws.cloudFormation();
    await client.send(new sdk.CancelUpdateStackCommand({ StackName: stackName, ClientRequestToken: token }));
  });
}
