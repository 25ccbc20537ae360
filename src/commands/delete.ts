import type { Aws } from '../aws/connection/clients.ts';
import { deleteStack } from '../aws/stack/delete-stack.ts';
import { describeStack, type Stack } from '../aws/stack/stack.ts';
import { accountHash } from '../hash/account-hash.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import { noteStacks, type Outcome } from '../outcome.ts';
import { ProblemError } from '../problem.ts';
import { cautions } from '../report/cautions.ts';
import type { StackReport } from '../report/model.ts';
import { changeWords } from '../report/verdict.ts';
import { logEvents } from '../stages/deploy/event-log.ts';
import { noteRun } from '../stages/report/run-target.ts';
import { emptyReport } from '../stages/report/stack-outcome.ts';
import { accountOf, type Run, stageOf } from '../stages/run.ts';
import { deletionOutcome } from './deletion-outcome.ts';
import { planDeletion } from './plan-deletion.ts';
import { connectTo, runOf } from './run.ts';
import { stackNameOf } from './stack-name.ts';

/**
 * Deletes a stack and waits for the end; one that is not there is fine. Nobody writes this command for a preview, so it
 * is carried out in any event; only `noop: true` shows what would go. At a terminal it asks first.
 */
export async function deleteCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const stackName = await stackNameOf(inputs, host);
  if (inputs.deployTo === 'stack-set') {
    const { deleteStackSetCommand } = await import('./stack-sets/delete.ts');
    return deleteStackSetCommand(stackName, inputs, host);
  }
  const aws = await connectTo(inputs, host);
  const noop = inputs.noop === true;
  return deleteRun(stackName, aws, runOf(inputs, host, { noop, aws }));
}

/** The same, with what it takes. */
export function deleteRun(stackName: string, aws: Aws, run: Run): Promise<Outcome> {
  return deleteNamed(stackName, aws, run).catch(async (error: unknown) => {
    noteStacks(error, [{ stackName }]);
    await noteRun(error, run);
    throw error;
  });
}

async function deleteNamed(stackName: string, aws: Aws, run: Run): Promise<Outcome> {
  const { host, noop } = run;
  const { log } = host;
  const place = {
    region: aws.region,
    stage: stageOf(run),
    accountHash: accountHash(await accountOf(aws)),
  };
  const gone: StackReport = { ...emptyReport({ stackName, ...place, state: 'deleted' }), ...place };
  const stack = await describeStack(aws, stackName, host.signal);
  if (!stack || stack.status === 'DELETE_COMPLETE') {
    log.info(`There is no stack ${stackName}; nothing to do`);
    const report = { ...gone, notes: ['There was no such stack, so nothing was deleted.'] };
    return deletionOutcome(report, { operation: noop ? 'preview' : 'none' }, run);
  }
  const plan = await planDeletion(aws, stack, place);
  const about = { 'stack-id': stack.id, changed: 'true' } as const;
  if (noop)
    return deletionOutcome(plan, { ...about, operation: 'preview', 'stack-status': stack.status }, run);
  await askFirst(plan, host);
  await remove(aws, stack, run);
  log.info(`${stack.name} is deleted`);
  const { diff, names } = plan;
  const report = { ...gone, stackName: stack.name, diff, ...(names && { names }) };
  return deletionOutcome(report, { ...about, operation: 'delete', 'stack-status': 'DELETE_COMPLETE' }, run);
}

/** @throws ProblemError when the person at the terminal says no, or there is none */
async function askFirst(plan: StackReport, { log, confirm }: Host): Promise<void> {
  const lost = cautions(plan).filter(({ kind }) => kind === 'data');
  for (const { logicalId, message } of lost) log.warning(`${logicalId} ${message}`);
  const what =
    plan.base.kind === 'missing'
      ? 'what is in it cannot be read'
      : changeWords([plan]) || 'nothing that its template names';
  if (await confirm(`Delete the stack ${plan.stackName} (${what})?`)) return;
  throw new ProblemError({
    subject: plan.stackName,
    message: 'not deleted: nobody has confirmed it',
    next: 'Answer with yes, or give --yes.',
  });
}

function remove(aws: Aws, { name }: Stack, { inputs, host }: Run): Promise<unknown> {
  return host.log.group(`Delete ${name}`, (log) =>
    deleteStack(
      aws,
      name,
      { roleArn: inputs.roleArn, express: inputs.express },
      {
        log,
        signal: host.signal,
        deadline: Date.now() + inputs.timeout * 60_000,
        onEvent: logEvents(name, log),
      },
    ),
  );
}
