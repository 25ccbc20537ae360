import type { Aws } from '../../aws/connection/clients.ts';
import { deleteInstances, deleteStackSet } from '../../aws/stack-sets/change.ts';
import type { StackSetEnd } from '../../aws/stack-sets/operation.ts';
import { describeStackSet, type Instance, listInstances } from '../../aws/stack-sets/stack-set.ts';
import { accountHash } from '../../hash/account-hash.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Operation, Outcome } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import { emptyReport } from '../../stages/report/stack-outcome.ts';
import { accountOf, type Run, stageOf } from '../../stages/run.ts';
import { accountLabels } from '../../stages/stack-set/labels.ts';
import { addressOf, preferencesOf } from '../../stages/stack-set/request.ts';
import { resultLine } from '../../stages/stack-set/result-line.ts';
import { deletionOutcome } from '../deletion-outcome.ts';
import { connectTo, runOf } from '../run.ts';
import { deletionTargets, failureOf } from './deletion-targets.ts';

/** Deletes the instances of a stack set with their stacks, and then the stack set; one that is not there is fine. */
export async function deleteStackSetCommand(stackName: string, inputs: Inputs, host: Host): Promise<Outcome> {
  const aws = await connectTo(inputs, host);
  const noop = inputs.noop === true;
  const run = runOf(inputs, host, { noop, aws });
  const address = addressOf(stackName, inputs);
  const found = await describeStackSet(aws, address, host.signal);
  const place = { region: aws.region, stage: stageOf(run), accountHash: accountHash(await accountOf(aws)) };
  const report: StackReport = { ...emptyReport({ stackName, ...place, state: 'deleted' }), ...place };
  if (!found) {
    host.log.info(`There is no stack set ${stackName}; nothing to do`);
    return outcomeOf(report, noop ? 'preview' : 'none', run);
  }
  const instances = await listInstances(aws, address, host.signal);
  const label = accountLabels(instances.map(({ account }) => account));
  const rows = instances.map(({ account, region }) => ({
    account: label(account),
    region,
    change: 'removed' as const,
  }));
  if (noop) return outcomeOf({ ...report, state: 'preview', instances: rows }, 'preview', run);
  if (!(await host.confirm(`Delete the stack set ${stackName} and its ${instances.length} stacks?`)))
    throw new ProblemError({
      subject: stackName,
      message: 'not deleted: nobody has confirmed it',
      next: 'Answer with yes, or give --yes.',
    });
  const failed = await removeInstances(aws, instances, {
    stackName,
    run,
    isServiceManaged: found.isServiceManaged,
  });
  if (failed) throw new ProblemError(failureOf(stackName, failed, label));
  await deleteStackSet(aws, address);
  host.log.info(`${stackName} is deleted`);
  return outcomeOf({ ...report, instances: rows }, 'delete', run);
}

/** The operation that failed, if one did. */
function removeInstances(
  aws: Aws,
  instances: readonly Instance[],
  {
    stackName,
    run,
    isServiceManaged,
  }: { readonly stackName: string; readonly run: Run; readonly isServiceManaged: boolean },
): Promise<StackSetEnd | undefined> {
  const { inputs, host } = run;
  return host.log.group(`Delete the instances of ${stackName}`, async (log) => {
    for (const targets of deletionTargets(instances, isServiceManaged)) {
      const { RegionOrder: _, ...preferences } = preferencesOf(inputs.stackSet);
      const end = await deleteInstances(
        aws,
        { address: addressOf(stackName, inputs), targets, preferences },
        {
          log,
          signal: host.signal,
          deadline: Date.now() + inputs.timeout * 60_000,
          cancelUpdate: inputs.cancelUpdate,
          onResult: (result) => log.info(resultLine(result)),
        },
      );
      if (!end.succeeded) return end;
    }
    return undefined;
  });
}

function outcomeOf(stack: StackReport, operation: Operation, run: Run): Outcome {
  const changed = String(operation === 'delete' || (stack.instances ?? []).length > 0);
  return deletionOutcome(stack, { operation, changed }, run);
}
