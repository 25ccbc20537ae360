import type { ResourceChange } from '../../aws/stack/change-set.ts';
import { changeStack } from '../../aws/stack/change-stack.ts';
import { ProblemError } from '../../problem.ts';
import { isBookkeeping } from '../../template/diff/bookkeeping.ts';
import { applyChangeSet } from '../../template/diff/change-set.ts';
import { withDrift } from '../plan/drift/reverted-drift.ts';
import { runToken, stackInput } from '../plan/stack-input.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import { tellFindings } from '../report/tell-findings.ts';
import type { ConnectedRun } from '../run.ts';
import { type UploadResult, upload } from '../upload/index.ts';
import { removeUnused } from '../upload/take-back.ts';
import { afterwards, protect } from './afterwards.ts';
import { type DeployPlan, operationOptions, outcomeBefore } from './deploy-plan.ts';
import { heal } from './in-place.ts';
import { withRefusedType } from './refused-types.ts';
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
            onChanges: (changeSet) => {
              changes = changeSet.changes;
              watch.onChanges(changeSet.changes);
              tellFindings(changeSet.warnings, plan.rendered.template, each);
            },
          },
        ),
      );
    }); // 17 and 18
    // Of what is replaced, the change set knows more than a table of properties does.
    const telling = changes?.filter((change) => !isBookkeeping(change)) ?? [];
    const diff = applyChangeSet(report.diff, telling);
    const told = { ...(run.inputs.drift === 'revert' ? withDrift(report, changes ?? []) : report), diff };
    const outcome = { ...outcomeBefore(plan), ...outcomeOf(result, told, plan.rendered.template) };
    if (result.kind === 'failed') {
      await takeBack(plan, own, run);
      return outcome;
    }
    return await afterwards(outcome, log, async () => {
      const isProtected = await protect(plan, result.stack, run);
      if (standing) await heal(standing, swapped, operationOptions(plan, run, log));
      return isProtected && outcome.operation === 'none'
        ? { ...outcome, operation: 'update', report: { ...outcome.report, state: 'deployed' } }
        : outcome;
    });
  } catch (error) {
    // From then on CloudFormation may read it, whatever is heard of it.
    if (!changes) await takeBack(plan, own, run);
    if (!(error instanceof ProblemError)) throw error;
    const [refused] = error.problems;
    const failure = withRefusedType(refused, plan.rendered.template);
    return { ...outcomeBefore(plan), report: { ...report, state: 'failed', failure } };
  }
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
