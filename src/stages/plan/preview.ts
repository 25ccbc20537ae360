import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import { ProblemError, problemLine } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import type { Capabilities } from '../assemble/check-template.ts';
import { enterEnvironment } from '../enter-environment.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { Run } from '../run.ts';
import type { Asked } from './ask-cloudformation.ts';
import { type Deployed, lookUp } from './look-up-stack.ts';
import type { FoundStack, StackPlan, StandingPlan } from './stack-plan.ts';

/** Shows what a deployment would change. AWS is only read, and not even that without credentials. */
export async function previewStack(
  assembled: StackAssembly,
  capabilities: Capabilities,
  run: Run,
): Promise<StackOutcome> {
  const { host, inputs } = run;
  return host.log.group(`Preview ${assembled.stackName}`, async (log) => {
    const found =
      inputs.diffAgainst === 'base'
        ? unknown(assembled, run.aws, 'diff-against is base')
        : await findStack(assembled, run.aws, log);
    const { deployed } = found;
    if (deployed.kind === 'unknown') tellUnknown(assembled.stackName, deployed.why, { inputs, log });
    const { planStack } = await import('./index.ts');
    const plan = await planStack(found, 'preview', run);
    const { template } = plan;
    const asked = { assembled, plan, capabilities: capabilities.allowed };
    const report = lacking(await validated(asked, run, log), capabilities);
    const notes = [
      ...(report.notes ?? []),
      ...stateNotes(deployed, inputs.onFailure),
      ...(await stackNotes(plan, run, log)),
    ];
    const current = 'stack' in deployed ? deployed.stack : undefined;
    return {
      report: notes.length > 0 ? { ...report, notes } : report,
      operation: 'preview',
      stackId: current?.id ?? '',
      status: current?.status ?? '',
      changeSetId: '',
      template,
    };
  });
}

const NO_REGION = 'no AWS region is set';

/** Without a capability that it needs, CloudFormation refuses the stack. */
function lacking(report: StackReport, { missing }: Capabilities): StackReport {
  if (missing.length === 0) return report;
  const message = `the input capabilities lacks ${missing.join(' and ')}`;
  return { ...report, refused: [...(report.refused ?? []), { logicalId: report.stackName, message }] };
}

/** What CloudFormation says, where it is to be asked. */
async function validated(asked: Asked, run: Run, log: Log): Promise<StackReport> {
  const { aws } = run;
  if (!run.inputs.validate || !aws) return asked.plan.report;
  const { askCloudFormation } = await import('./ask-cloudformation.ts');
  return askCloudFormation(asked, { ...run, aws }, log);
}

/** @throws ProblemError when the comparison with the deployed stack is required */
function tellUnknown(
  stackName: string,
  why: string,
  { inputs, log }: { readonly inputs: Inputs; readonly log: Log },
): void {
  if (inputs.diffAgainst !== 'deployed') {
    const hint = inputs.region === undefined && why === NO_REGION ? ' (input region, or AWS_REGION)' : '';
    log.info(`Not compared with the deployed stack: ${why}${hint}`);
    return;
  }
  throw new ProblemError({
    subject: stackName,
    message: `the deployed stack cannot be read: ${why}`,
    next: 'Give the workflow credentials that may read it, or set diff-against: auto.',
  });
}

const unknown = (stack: StackAssembly, aws: Aws | undefined, why: string): FoundStack => ({
  stack,
  aws,
  deployed: { kind: 'unknown', why },
});

/** What is deployed in the stack's own account and region, as far as the credentials lead there. */
async function findStack(
  assembled: StackAssembly,
  connection: Aws | undefined,
  log: Log,
): Promise<FoundStack> {
  if (!connection) return unknown(assembled, connection, NO_REGION);
  if (!(await connection.hasCredentials()))
    return unknown(assembled, connection, 'there are no AWS credentials');
  try {
    const { stack, aws } = await enterEnvironment(assembled, { aws: connection, purpose: 'read' }, log);
    return { stack, aws, deployed: await lookUp(aws, stack.stackName) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return unknown(assembled, connection, error.problems.map(problemLine).join('; '));
  }
}

/** What a deployment has to do about the state of the stack before it can begin. See docs/stack-states.md. */
function stateNotes(deployed: Deployed, onFailure: Inputs['onFailure']): string[] {
  const status =
    'stack' in deployed ? deployed.stack.status : deployed.kind === 'absent' ? deployed.status : undefined;
  if (status === undefined) return [];
  const what = {
    create: undefined,
    update: undefined,
    wait: 'another operation is changing it, for the end of which a deployment waits',
    recreate:
      onFailure === 'keep'
        ? 'from which CloudFormation can only delete it: a deployment fails, as on-failure is keep'
        : 'from which CloudFormation can only delete it: a deployment deletes it first, and creates it again',
    'continue-rollback': 'its failed rollback is continued by a deployment first, which may fail again',
  }[stateOf(status).reaction];
  return what === undefined ? [] : [`The stack is ${status}: ${what}.`];
}

/** What is to be known of a stack beside what would change. */
async function stackNotes(
  { stack, aws, rendered, destination, deployed, report }: FoundStack & StackPlan,
  { inputs, host: { signal } }: Run,
  log: Log,
): Promise<readonly string[]> {
  if (!aws || deployed.kind !== 'stack') return [];
  const { hiddenValueNotes } = await import('./hidden-values.ts');
  const { inPlaceNotes } = await import('./ask-in-place.ts');
  const standing = { stack, aws, rendered, destination, deployed, report };
  return [
    ...hiddenValueNotes(rendered, deployed),
    ...(await inPlaceNotes(standing, inputs, { log, signal })),
    ...(inputs.drift ? await driftNotes(standing, inputs.timeout, signal) : []),
  ];
}

/** Drift is asked for, but no reason to show no preview. */
async function driftNotes(
  { aws, deployed: { stack } }: StandingPlan,
  timeout: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { detectDrift, driftLines } = await import('../../aws/stack/drift.ts');
  try {
    return driftLines(await detectDrift(aws, stack.id, { signal, deadline: Date.now() + timeout * 60_000 }));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map((problem) => `Drift is not known: ${problemLine(problem)}`);
  }
}
