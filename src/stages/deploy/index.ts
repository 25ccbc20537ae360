import type { StackAssembly } from '../../assembly/types.ts';
import { settleStack } from '../../aws/stack/settle.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import type { Capability } from '../../template/validate/capabilities.ts';
import { checkTemplateSize } from '../../template/write/from-value.ts';
import { enterEnvironment, type StackEnvironment } from '../enter-environment.ts';
import { askInPlace, readSwapped, reasonsText } from '../plan/ask-in-place.ts';
import { isUnchanged } from '../plan/compare.ts';
import { planStack } from '../plan/index.ts';
import { lookUp } from '../plan/look-up-stack.ts';
import { checkReviewedPlan } from '../plan/reviewed-plan.ts';
import type { StandingPlan } from '../plan/stack-plan.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { ConnectedRun } from '../run.ts';
import { upload } from '../upload/index.ts';
import { afterwards, protect } from './afterwards.ts';
import { deployChangeSet } from './change-set.ts';
import { type DeployPlan, operationOptions, outcomeBefore, type SettledStack } from './deploy-plan.ts';
import { catchUp, deployInPlace } from './in-place.ts';

/**
 * Brings a stack to what the assembly says, unless it is that already.
 *
 * @param capabilities what CloudFormation is allowed to do
 */
export async function deployStack(
  assembled: StackAssembly,
  capabilities: readonly Capability[],
  run: ConnectedRun,
): Promise<StackOutcome> {
  const { inputs, host, aws } = run;
  const environment = await enterEnvironment(assembled, { aws, purpose: 'deploy' }, host.log);
  const plan = await planDeployment(await settle(environment, run), capabilities, run); // 15
  if (plan.current && isUnchanged(plan)) return leave(plan, plan.current, run);
  await checkReviewedPlan(plan.report, run);
  if (inputs.inplace && plan.standing) {
    const answer = askInPlace(plan.standing);
    if (answer.kind === 'in-place') return changeInPlace(plan, plan.standing, { run, ...answer });
    host.log.info(reasonsText(answer));
  }
  return deployChangeSet(plan, run); // 16 to 18
}

/** Waits for what others do with the stack, and clears away what is in the way of a change. */
function settle(environment: StackEnvironment, run: ConnectedRun): Promise<SettledStack> {
  const { aws, stack } = environment;
  const { stackName } = stack;
  return run.host.log.group(`Look up ${stackName}`, async (log) => {
    const deadline = Date.now() + run.inputs.timeout * 60_000;
    const options = operationOptions({ stack, deadline }, run, log);
    const current = await settleStack(aws, stackName, run.inputs.onFailure, options);
    const deployed = current ? await lookUp(aws, stackName) : ({ kind: 'absent' } as const);
    if (deployed.kind === 'unreadable')
      log.warning(`What changes in ${stackName} is not known: ${deployed.why}`);
    return { ...environment, current, deployed, deadline };
  });
}

async function planDeployment(
  found: SettledStack,
  capabilities: readonly Capability[],
  run: ConnectedRun,
): Promise<DeployPlan> {
  const plan = await planStack(found, 'deploy', run);
  const { stack, aws, deployed, rendered, destination, report } = plan;
  checkTemplateSize(rendered.template);
  const standing: StandingPlan | undefined =
    deployed.kind === 'stack' ? { stack, aws, deployed, rendered, destination, report } : undefined;
  const swapped = standing ? await readSwapped(standing, run.host) : new Map();
  return { ...plan, capabilities, standing, swapped };
}

/** Template, parameters and tags are what is deployed; termination protection and the code of functions may not be. */
function leave(plan: DeployPlan, current: Stack, run: ConnectedRun): Promise<StackOutcome> {
  const { stack, swapped, standing, report } = plan;
  const { log } = run.host;
  log.info(`${stack.stackName}: template, parameters and tags are what is deployed; nothing to do`);
  const unchanged: StackOutcome = {
    ...outcomeBefore(plan),
    report: { ...report, state: 'unchanged', outputs: current.outputs },
  };
  return afterwards(unchanged, log, async () => {
    const isProtected = await protect(plan, current, run);
    const done: StackOutcome = isProtected
      ? { ...unchanged, operation: 'update', report: { ...unchanged.report, state: 'deployed' } }
      : unchanged;
    if (!standing || swapped.size === 0) return done;
    await upload(plan, run);
    const healed = await catchUp(standing, swapped, operationOptions(plan, run, log));
    return healed.operation === 'none' ? done : { ...done, ...healed };
  });
}

/** Only the code of functions changes, and `inplace` is set. */
async function changeInPlace(
  plan: DeployPlan,
  standing: StandingPlan,
  { run, functions }: { readonly run: ConnectedRun; readonly functions: readonly string[] },
): Promise<StackOutcome> {
  const { stackName } = plan.stack;
  const { log } = run.host;
  await upload(plan, run);
  const done = await log.group(`Update ${stackName} in place`, (each) =>
    deployInPlace(standing, { functions, swapped: plan.swapped }, operationOptions(plan, run, each)),
  );
  const outcome = { ...outcomeBefore(plan), ...done };
  if (done.report.state === 'failed') return outcome;
  return afterwards(outcome, log, async () => {
    await protect(plan, standing.deployed.stack, run);
    return outcome;
  });
}
