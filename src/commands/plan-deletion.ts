import type { Aws } from '../aws/connection/clients.ts';
import type { Stack } from '../aws/stack/stack.ts';
import { ProblemError, problemLine } from '../problem.ts';
import type { StackReport } from '../report/model.ts';
import { compareLevels } from '../stages/plan/levels/compare-nested.ts';
import { deployedLevel, EMPTY } from '../stages/plan/levels/level.ts';
import { readTemplate } from '../stages/plan/look-up-stack.ts';
import { emptyReport } from '../stages/report/stack-outcome.ts';

const WHOLE = 'The whole stack would be deleted.';

/** What goes with a stack when it is deleted, those in it included. A template that cannot be read is no reason to stop. */
export async function planDeletion(
  aws: Aws,
  stack: Stack,
  place: Pick<StackReport, 'region' | 'stage' | 'accountHash'>,
): Promise<StackReport> {
  const report: StackReport = {
    ...emptyReport({ stackName: stack.name, ...place, state: 'preview' }),
    ...place,
  };
  try {
    const deployed = { kind: 'stack', stack, template: await readTemplate(aws, stack) } as const;
    const level = await deployedLevel(aws, deployed);
    const { diff, names, madeBy, unread: notes } = await compareLevels(level, EMPTY);
    // Outputs and parameters go with what they are of.
    const { resources } = diff;
    const known = { base: { kind: 'deployed' }, diff: { ...report.diff, resources }, names, madeBy } as const;
    return { ...report, ...known, notes: [WHOLE, ...notes] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return {
      ...report,
      base: { kind: 'missing', why: `what is deployed cannot be read: ${why}` },
      notes: [WHOLE],
    };
  }
}
