import { hostSuffix } from '../../assembly/render.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { describeStack } from '../../aws/stack/stack.ts';
import { SHELLS } from '../plan/look-up-stack.ts';

/**
 * The values that parameters of a stack have, and pseudo parameters: those of the deployed stack, which keeps what is not
 * given.
 *
 * @throws ProblemError when AWS cannot be asked
 */
export async function valuesThere(
  aws: Aws,
  stackName: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const [stack, { account, partition }] = await Promise.all([
    describeStack(aws, stackName, signal),
    aws.identity(),
  ]);
  return {
    ...(stack && !SHELLS.has(stack.status) && { ...stack.parameters, 'AWS::StackId': stack.id }),
    'AWS::AccountId': account,
    'AWS::Partition': partition,
    'AWS::Region': aws.region,
    'AWS::URLSuffix': hostSuffix(aws.region),
  };
}
