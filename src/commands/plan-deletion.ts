import type { Aws } from '../aws/connection/clients.ts';
import type { Stack } from '../aws/stack/stack.ts';
import { sha256 } from '../hash/canonical.ts';
import { ProblemError, problemLine } from '../problem.ts';
import type { StackReport } from '../report/model.ts';
import { ACCOUNT_DIGITS } from '../stages/plan/compare.ts';
import { compareLevels, deployedLevel, EMPTY } from '../stages/plan/compare-nested.ts';
import { readTemplate } from '../stages/plan/look-up-stack.ts';
import { emptyReport } from '../stages/report/stack-outcome.ts';

/** What goes with a stack when it is deleted, those in it included. A template that cannot be read is no reason to stop. */
export async function planDeletion(aws: Aws, stack: Stack, stage: string | undefined): Promise<StackReport> {
  const { account } = await aws.identity();
  const report: StackReport = {
    ...emptyReport({ stackName: stack.name, region: aws.region, stage, state: 'preview' }),
    accountHash: sha256(account).slice(0, ACCOUNT_DIGITS),
  };
  try {
    const deployed = { kind: 'stack', stack, template: await readTemplate(aws, stack) } as const;
    const { diff, names, unread: notes } = await compareLevels(deployedLevel(aws, deployed), EMPTY);
    // Outputs and parameters go with what they are of.
    const { resources } = diff;
    const whole = 'The whole stack would be deleted.';
    const known = { base: { kind: 'deployed' }, diff: { ...report.diff, resources }, names } as const;
    return { ...report, ...known, notes: [whole, ...notes] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const why = error.problems.map(problemLine).join('; ');
    return { ...report, notes: [`What goes with the stack is not known: ${why}`] };
  }
}
