import type { Host } from '../../../host.ts';
import type { Inputs } from '../../../inputs.ts';
import { ProblemError, problemLine } from '../../../problem.ts';
import type { StackReport } from '../../../report/model.ts';
import { withoutAccounts } from '../../../text/accounts.ts';
import type { FoundStack, StackPlan } from '../stack-plan.ts';
import { type CheckedPermissions, checkPermissions, lackingText } from './check-stack.ts';

/** A preview's report with what the roles of a deployment surely lack. A preview goes on where that cannot be told. */
export async function withPermissions(
  report: StackReport,
  plan: FoundStack & StackPlan,
  { inputs, log, signal }: { readonly inputs: Inputs } & Pick<Host, 'log' | 'signal'>,
): Promise<StackReport> {
  const checked = await checkedOrWhy(plan, { inputs, log, signal });
  if (checked.kind === 'unchecked') {
    const note = `Permissions were not checked: ${withoutAccounts(checked.why)}`;
    return { ...report, notes: [...(report.notes ?? []), note] };
  }
  const sure = checked.lacking.filter(({ isSure }) => isSure);
  if (sure.length === 0) return report;
  const lacking = sure.map((each) => ({
    logicalId: each.logicalId ?? report.stackName,
    message: lackingText(each),
  }));
  return { ...report, lacking };
}

async function checkedOrWhy(
  plan: FoundStack & StackPlan,
  { inputs, log, signal }: { readonly inputs: Inputs } & Pick<Host, 'log' | 'signal'>,
): Promise<CheckedPermissions> {
  try {
    const account = plan.deployed.kind === 'unknown' ? undefined : (await plan.aws?.identity())?.account;
    return await checkPermissions({ found: plan, located: { ...plan, account } }, inputs, { log, signal });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { kind: 'unchecked', why: error.problems.map(problemLine).join('; ') };
  }
}
