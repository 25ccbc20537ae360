import type { Aws } from '../../aws/connection/clients.ts';
import { describeStack, stackResources } from '../../aws/stack/stack.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import { compareLevels } from './levels/compare-nested.ts';
import { deployedLevel, EMPTY } from './levels/level.ts';
import { readTemplate } from './look-up-stack.ts';

/** What goes with a stack that a deployment has to delete before it creates it again. */
export async function leftovers(
  aws: Aws,
  stackName: string,
): Promise<Pick<StackReport, 'leftovers' | 'notes'>> {
  try {
    const stack = await describeStack(aws, stackName);
    if (!stack) return {};
    const template = await readTemplate(aws, stack);
    const level = await deployedLevel(aws, { kind: 'stack', stack, template });
    const [{ diff, unread }, resources] = await Promise.all([
      compareLevels(level, EMPTY),
      stackResources(aws, stack.id),
    ]);
    // Most of a stack that could not be created is gone, or never was.
    const isThere = new Set(
      resources.flatMap(({ logicalId, physicalId, status }) =>
        physicalId !== '' && status !== 'DELETE_COMPLETE' ? [logicalId] : [],
      ),
    );
    const left = diff.resources.filter(({ logicalId }) => isThere.has(logicalId.split('.')[0] ?? ''));
    return {
      leftovers: left.flatMap((each) =>
        each.kind === 'removed' && each.losesData ? [{ logicalId: each.logicalId, type: each.type }] : [],
      ),
      notes: unread,
    };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return { notes: [`What goes with the stack before it is created again is not known: ${why}`] };
  }
}
