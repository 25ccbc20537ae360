import type { Assembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { physicalIds } from '../../aws/stack/physical-ids.ts';
import { describeStack } from '../../aws/stack/stack.ts';
import type { KnownStack } from '../../local/functions/from-assembly.ts';
import { type Problem, ProblemError } from '../../problem.ts';

/**
 * Reads what references mean in AWS: the physical ids and parameters of every stack of an assembly.
 *
 * @throws ProblemError with every stack that is not deployed
 */
export async function deployedIds(
  aws: Aws,
  { stacks }: Assembly,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, KnownStack>> {
  const problems: Problem[] = [];
  const found = new Map<string, KnownStack>();
  for (const { id, stackName } of stacks) {
    const stack = await describeStack(aws, stackName, signal);
    if (!stack) {
      problems.push({
        subject: stackName,
        message: `resolve is deployed, but there is no such stack in ${aws.region}`,
        next: 'Check the inputs stack-name and region, or leave resolve out.',
      });
      continue;
    }
    // CloudFormation shows asterisks in place of NoEcho values.
    const shown = Object.entries(stack.parameters).filter(([, value]) => !/^\*+$/.test(value));
    found.set(id, {
      region: aws.region,
      account: stack.id.split(':')[4] ?? '',
      parameters: Object.fromEntries(shown),
      physicalIds: await physicalIds(aws, stack.id, signal),
    });
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return found;
}
