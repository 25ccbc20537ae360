import type { Aws } from '../../aws/connection/clients.ts';
import { describeStack } from '../../aws/stack/stack.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import { ProblemError } from '../../problem.ts';
import { hostSuffix } from '../../regions.ts';
import type { Run } from '../run.ts';

/**
 * Values that parameters of a stack have, and pseudo parameters: a deployed stack keeps what is not given. A preview goes
 * on without credentials, and takes what the template says.
 *
 * @throws ProblemError when AWS cannot be asked, unless in noop
 */
export async function valuesThere(
  stackName: string,
  { aws, inputs, noop, host: { env, log, signal } }: Run,
): Promise<Readonly<Record<string, string>>> {
  const region = aws?.region ?? inputs.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION);
  const here: Readonly<Record<string, string>> = region ? { 'AWS::Region': region } : {};
  if (!aws || (noop && !(await aws.hasCredentials()))) return here;
  try {
    return { ...here, ...(await askedFor(aws, stackName, signal)) };
  } catch (error) {
    if (!noop || !(error instanceof ProblemError)) throw error;
    log.info(`What is built depends on values of ${stackName}, which cannot be read: ${error.message}`);
    return here;
  }
}

async function askedFor(
  aws: Aws,
  stackName: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const [stack, { account, partition }] = await Promise.all([
    describeStack(aws, stackName, signal),
    aws.identity(),
  ]);
  // A stack that is created anew keeps nothing.
  const isKept = stack && !['create', 'recreate'].includes(stateOf(stack.status).reaction);
  return {
    ...(isKept && { ...stack.parameters, 'AWS::StackId': stack.id }),
    'AWS::AccountId': account,
    'AWS::Partition': partition,
    'AWS::Region': aws.region,
    'AWS::URLSuffix': hostSuffix(aws.region),
  };
}
