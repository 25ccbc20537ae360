import type { ResourceChange, StackInput } from '../../aws/stack/change-set.ts';
import { changeStack } from '../../aws/stack/change-stack.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import { sha256 } from '../../hash/canonical.ts';
import type { Host } from '../../host.ts';
import { ProblemError } from '../../problem.ts';
import { isBookkeeping } from '../../template/diff/bookkeeping.ts';
import { applyChangeSet } from '../../template/diff/change-set.ts';
import { declaredParameters } from '../../template/parameters.ts';
import type { Template } from '../../template/types.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { ConnectedRun } from '../run.ts';
import { type UploadResult, upload } from '../upload/index.ts';
import { removeUnused } from '../upload/take-back.ts';
import { afterwards, protect } from './afterwards.ts';
import { type DeployPlan, operationOptions, outcomeBefore } from './deploy-plan.ts';
import { heal } from './in-place.ts';
import { outcomeOf, watchChange } from './wait.ts';

/** Stages 16 to 18: uploads what the template names, changes the stack by a change set, and waits for the end. */
export async function deployChangeSet(plan: DeployPlan, run: ConnectedRun): Promise<StackOutcome> {
  const { stack, aws, current, standing, swapped, report } = plan;
  const { stackName } = stack;
  const { log } = run.host;
  const { templateUrl, own } = await upload(plan, run); // 16
  let changes: readonly ResourceChange[] | undefined;
  try {
    const result = await log.group(`${current ? 'Update' : 'Create'} ${stackName}`, (each) => {
      const options = operationOptions(plan, run, each);
      return watchChange(stackName, { host: run.host, log: each }, (watch) =>
        changeStack(
          aws,
          { input: stackInput(plan, templateUrl, run), current, token: runToken(run.host, report.planHash) },
          {
            ...options,
            onEvent: watch.onEvent,
            onChanges: (found) => {
              changes = found;
              watch.onChanges(found);
            },
          },
        ),
      );
    }); // 17 and 18
    // Of what is replaced, the change set knows more than a table of properties does.
    const telling = changes?.filter((change) => !isBookkeeping(change)) ?? [];
    const told = { ...report, diff: applyChangeSet(report.diff, telling) };
    const outcome = { ...outcomeBefore(plan), ...outcomeOf(result, told, plan.rendered.template) };
    if (result.kind === 'failed') {
      await takeBack(plan, own, run);
      return outcome;
    }
    return await afterwards(outcome, log, async () => {
      await protect(plan, result.stack, run);
      if (standing) await heal(standing, swapped, operationOptions(plan, run, log));
      return outcome;
    });
  } catch (error) {
    // From then on CloudFormation may read it, whatever is heard of it.
    if (!changes) await takeBack(plan, own, run);
    if (!(error instanceof ProblemError)) throw error;
    const [failure] = error.problems;
    return { ...outcomeBefore(plan), report: { ...report, state: 'failed', failure } };
  }
}

function stackInput(
  { stack, rendered, current, capabilities }: DeployPlan,
  url: string,
  { inputs }: ConnectedRun,
): StackInput {
  return {
    stackName: stack.stackName,
    template: { url },
    parameters: stackParameters(rendered.template.template, rendered.parameters, current),
    tags: stack.tags,
    capabilities,
    roleArn: inputs.roleArn ?? stack.roles?.execution,
    notificationArns: inputs.notificationArns ?? stack.notificationArns,
    onFailure: inputs.onFailure,
  };
}

/** What is not named keeps the value of the stack, as far as it has one. */
function stackParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  current: Stack | undefined,
): Record<string, string | undefined> {
  const declared = Object.keys(declaredParameters(template));
  const kept = declared.filter(
    (name) => !Object.hasOwn(given, name) && Object.hasOwn(current?.parameters ?? {}, name),
  );
  return { ...Object.fromEntries(kept.map((name) => [name, undefined])), ...given };
}

/** What is left in the bucket does no harm: failing at it must not hide why the deployment failed. */
async function takeBack(
  { aws, stack, current }: DeployPlan,
  own: UploadResult['own'],
  { host: { signal } }: ConnectedRun,
): Promise<void> {
  if (!own || signal.aborted) return;
  const before = { name: stack.stackName, existed: current !== undefined };
  await removeUnused(aws, before, own).catch(() => undefined);
}

/** Unique to this try of this run. */
function runToken({ env }: Host, plan: string): string {
  const run = [env.GITHUB_RUN_ID, env.GITHUB_RUN_ATTEMPT, env.GITHUB_JOB, process.pid, Date.now()].join('-');
  return `${plan.slice(0, 12)}-${sha256(run).slice(0, 16)}`;
}
