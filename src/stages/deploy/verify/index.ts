import type { FunctionLog, SmokeTestReport } from '../../../report/model.ts';
import type { StackOutcome } from '../../report/stack-outcome.ts';
import type { ConnectedRun } from '../../run.ts';
import type { DeployPlan } from '../deploy-plan.ts';
import type { Check } from './read-checks.ts';
import { readLogs } from './read-logs.ts';
import { readFormer, rollBack, type WayBack } from './roll-back.ts';
import { runChecks } from './run-checks.ts';

/** Deploys a stack, and checks what is deployed then; where a check fails, the deployment has failed. */
export async function verified(
  plan: DeployPlan,
  checks: readonly Check[],
  run: ConnectedRun,
  deploy: () => Promise<StackOutcome>,
): Promise<StackOutcome> {
  const goesBack = run.inputs.rollback === 'previous';
  const former = goesBack ? await readFormer(plan) : undefined;
  const outcome = await deploy();
  if (outcome.report.state !== 'deployed') return outcome;
  const { aws, stack } = plan;
  const began = Date.now();
  const about = { aws, stackId: outcome.stackId, report: outcome.report, signal: run.host.signal };
  const verification = await run.host.log.group(`Verify ${stack.stackName}`, (log) =>
    runChecks(checks, about, log),
  );
  const report = { ...outcome.report, ...(verification.length > 0 && { verification }) };
  const failed = verification.filter(({ passed }) => !passed);
  if (failed.length === 0) return { ...outcome, report };
  const logs = await readLogs(about, began, run.host.log);
  const end = await afterFailure(plan, { former, goesBack }, run);
  const failure = {
    subject: stack.stackName,
    message: `${words(failed, verification.length)} after the deployment; ${end}${whereLogsAre(logs)}`,
    next: 'Mend the service, or what the check expects.',
  };
  return { ...outcome, report: { ...report, state: 'failed', failure, ...(logs.length > 0 && { logs }) } };
}

/** Checks may start a function's first run of all: what it wrote before belongs to the deployment. */
const whereLogsAre = (logs: readonly FunctionLog[]): string =>
  logs.length === 0
    ? ''
    : `; logs are in ${logs.map(({ group }) => group).join(', ')}, their ends in the job summary`;

function afterFailure(
  plan: DeployPlan,
  { former, goesBack }: { readonly former: WayBack | undefined; readonly goesBack: boolean },
  run: ConnectedRun,
): Promise<string> | string {
  return goesBack ? rollBack(plan, former, run) : 'what was deployed stays';
}

const words = (failed: readonly SmokeTestReport[], count: number): string =>
  `${failed.length} of ${count} check${count === 1 ? '' : 's'} failed (${failed.map(({ file }) => file).join(', ')})`;
