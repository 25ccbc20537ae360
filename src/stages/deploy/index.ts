import { planHash } from '../../assembly/plan-hash.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import { settleStack } from '../../aws/stack/settle.ts';
import { describeStack, type Stack } from '../../aws/stack/stack.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import { needsTags, originOf } from '../../environments/tags.ts';
import { accountHash } from '../../hash/account-hash.ts';
import { ProblemError } from '../../problem.ts';
import type { Capability } from '../../template/validate/capabilities.ts';
import { checkTemplateSize } from '../../template/write/from-value.ts';
import { enterEnvironment, type StackEnvironment } from '../enter-environment.ts';
import { askInPlace, durableRefusal, readSwapped, reasonsText } from '../plan/ask-in-place.ts';
import { isUnchanged } from '../plan/compare.ts';
import { planStack } from '../plan/index.ts';
import { deployedOf, underItsName } from '../plan/look-up-stack.ts';
import { settingsOf } from '../plan/settings.ts';
import type { StandingPlan } from '../plan/stack-plan.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import { type ConnectedRun, stageOf } from '../run.ts';
import { upload } from '../upload/index.ts';
import { afterwards, protect } from './afterwards.ts';
import { deployChangeSet } from './change-set.ts';
import { type DeployPlan, operationOptions, outcomeBefore, type SettledStack } from './deploy-plan.ts';
import { catchUp, deployInPlace } from './in-place.ts';
import { checkReviewedPlan } from './reviewed-plan.ts';
import type { Check } from './verify/read-checks.ts';

/**
 * Brings a stack to what the assembly says, unless it is that already.
 *
 * @param capabilities what CloudFormation is allowed to do
 * @param checks what is tried afterwards
 */
export async function deployStack(
  assembled: StackAssembly,
  capabilities: readonly Capability[],
  run: ConnectedRun,
  checks?: readonly Check[],
): Promise<StackOutcome> {
  const { host, aws } = run;
  const environment = await enterEnvironment(assembled, { aws, purpose: 'deploy' }, host.log);
  const plan = await planDeployment(await settle(environment, run), capabilities, run); // 15
  // Whether anything has drifted, only a change set can tell.
  const reverts = run.inputs.drift === 'revert' && plan.current !== undefined;
  if (plan.current && !reverts && isUnchanged(plan) && !isUntagged(plan.current, run))
    return leave(plan, plan.current, run);
  const refusal = await refusedForDrift(plan, run);
  if (refusal) return refusal;
  await checkReviewedPlan(plan.report, run);
  if (!checks) return change(plan, run);
  const { verified } = await import('./verify/index.ts');
  return verified(plan, checks, run, () => change(plan, run));
}

/** Whether a stack of a named environment is not known as that, or about to be swept away. */
const isUntagged = ({ tags }: Stack, { environment }: ConnectedRun): boolean =>
  environment !== undefined && needsTags(environment.tags, tags, Date.now());

/** In place, where that is wanted and enough; otherwise by a change set. */
async function change(plan: DeployPlan, run: ConnectedRun): Promise<StackOutcome> {
  const { inputs, host } = run;
  // A template that is deployed again would not put back the code of functions that were updated in place.
  const goesBack = inputs.verify !== undefined && inputs.rollback === 'previous';
  // Tags are written by change sets alone: without, an environment would be swept away while it is worked on.
  const isTagged = !plan.current || !isUntagged(plan.current, run);
  if (inputs.inplace && plan.standing && inputs.drift !== 'revert' && !goesBack && isTagged) {
    const answer = askInPlace(plan.standing);
    if (answer.kind === 'in-place') return changeInPlace(plan, plan.standing, { run, ...answer });
    if (answer.kind === 'durable') throw new ProblemError(durableRefusal(answer));
    host.log.info(reasonsText(answer));
  }
  return deployChangeSet(plan, run); // 16 to 18
}

/** What becomes of a stack that was changed outside of CloudFormation, where the input `fail-on` says so. */
async function refusedForDrift(plan: DeployPlan, { inputs, host }: ConnectedRun) {
  const { aws, current, stack } = plan;
  if (!current || !inputs.failOn?.includes('drift') || inputs.drift === 'revert') return undefined;
  const { driftRefusal } = await import('../plan/drift/look-for-drift.ts');
  const question = { aws, stackId: current.id, inputs, signal: host.signal };
  const failure = await driftRefusal(stack.stackName, question);
  const before = outcomeBefore(plan);
  return failure && { ...before, report: { ...before.report, state: 'failed' as const, failure } };
}

/** Waits for what others do with the stack, and clears away what is in the way of a change. */
function settle(environment: StackEnvironment, run: ConnectedRun): Promise<SettledStack> {
  const { aws, stack } = environment;
  const { stackName } = stack;
  return run.host.log.group(`Look up ${stackName}`, async (log) => {
    await checkBeforeDeletion(environment, run);
    await checkOwner(environment, run);
    const deadline = Date.now() + run.inputs.timeout * 60_000;
    const options = operationOptions({ stack, deadline }, run, log);
    // A stack that could not be made may always be made again, but where somebody wants to look at it.
    const onFailure = run.inputs.onFailure ?? 'rollback';
    const current = await settleStack(aws, stackName, onFailure, options);
    const deployed = current ? await deployedOf(aws, current) : ({ kind: 'absent' } as const);
    if (deployed.kind === 'unreadable')
      log.warning(`What changes in ${stackName} is not known: ${deployed.why}`);
    return { ...environment, stack: underItsName(stack, current, log), current, deployed, deadline };
  });
}

/** A stack that can only be deleted is deleted before there is a plan: what was reviewed is looked at first. */
async function checkBeforeDeletion({ aws, stack }: StackEnvironment, run: ConnectedRun): Promise<void> {
  if (!run.inputs.requireReviewedPlan) return;
  const { stackName } = stack;
  const found = await describeStack(aws, stackName, run.host.signal);
  if (!found || stateOf(found.status).reaction !== 'recreate') return;
  await checkReviewedPlan(
    {
      stackName,
      region: stack.environment?.region ?? aws.region,
      stage: stageOf(run),
      accountHash: accountHash((await aws.identity()).account),
      planHash: planHash(stack, settingsOf(stack, run.inputs)),
    },
    run,
  );
}

/**
 * The environment of a pull request is deleted with it, whatever is in it.
 *
 * @throws ProblemError when a stack of its name is somebody else's
 */
async function checkOwner({ aws, stack: { stackName } }: StackEnvironment, run: ConnectedRun): Promise<void> {
  const { environment, host } = run;
  if (environment?.pullRequest === undefined) return;
  const found = await describeStack(aws, stackName, host.signal);
  if (!found || found.status === 'REVIEW_IN_PROGRESS') return;
  const origin = originOf(found.tags);
  if (origin?.repository === originOf(environment.tags)?.repository && origin?.pullRequest !== undefined)
    return;
  throw new ProblemError({
    subject: stackName,
    message: `a stack of this name is there already, and it is not an environment of this repository${origin ? ` but of ${origin.repository}` : ''}`,
    next: 'Delete it, or give the input environment another name.',
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
async function leave(plan: DeployPlan, current: Stack, run: ConnectedRun): Promise<StackOutcome> {
  const { stack, swapped, standing, report } = plan;
  const { log } = run.host;
  log.info(`${stack.stackName}: template, parameters and tags are what is deployed; nothing to do`);
  const unchanged: StackOutcome = {
    ...outcomeBefore(plan),
    report: { ...report, state: 'unchanged', outputs: current.outputs },
  };
  // Of what is set on the stack itself, a plan has a say, too.
  if (report.settings?.length) await checkReviewedPlan(report, run);
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
