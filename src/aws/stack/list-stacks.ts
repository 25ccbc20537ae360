import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { fromSdk, type Stack } from './stack.ts';

/**
 * All stacks of the account and region, without those that are nested in others. A stack that is only the shell of a change
 * set has the tags of that.
 *
 * @throws ProblemError when they may not be listed
 */
export function listStacks(aws: Aws, signal: AbortSignal): Promise<readonly Stack[]> {
  return explained('listing the stacks', async () => {
    const { client, sdk } = await aws.cloudFormation();
    const stacks: Stack[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(new sdk.DescribeStacksCommand({ NextToken: token }), withSignal(signal));
      for (const each of page.Stacks ?? []) {
        if (each.RootId || each.StackStatus === 'DELETE_COMPLETE') continue;
        const stack = fromSdk(each);
        stacks.push(
          stack.status === 'REVIEW_IN_PROGRESS' ? await withPlannedTags(aws, stack, signal) : stack,
        );
      }
      token = page.NextToken;
    } while (token);
    return stacks;
  });
}

/** A run that was killed before it executed its change set leaves a stack that has nothing yet, not even tags. */
async function withPlannedTags(aws: Aws, stack: Stack, signal: AbortSignal): Promise<Stack> {
  if (Object.keys(stack.tags).length > 0) return stack;
  const { client, sdk } = await aws.cloudFormation();
  const { Summaries = [] } = await client.send(
    new sdk.ListChangeSetsCommand({ StackName: stack.id }),
    withSignal(signal),
  );
  const [first] = Summaries;
  if (!first) return stack;
  const { Tags = [] } = await client.send(
    new sdk.DescribeChangeSetCommand({ StackName: stack.id, ChangeSetName: first.ChangeSetId }),
    withSignal(signal),
  );
  return { ...stack, tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])) };
}
