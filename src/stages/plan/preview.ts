import type { StackAssembly } from '../../assembly/types.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import type { Inputs } from '../../inputs.ts';
import type { Log } from '../../log.ts';
import type { StackReport } from '../../report/model.ts';
import { withoutAccounts } from '../../text/accounts.ts';
import type { Capabilities } from '../assemble/check-template.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { Run } from '../run.ts';
import type { LookUp } from './ahead/look-ahead.ts';
import { codeOfFunctions } from './ahead/running.ts';
import type { Asked } from './ask-cloudformation.ts';
import type { RunningCode } from './ask-in-place.ts';
import { findStack, NO_REGION, tellUnknown, unknown } from './find-stack.ts';
import type { Deployed } from './look-up-stack.ts';
import type { FoundStack, StackPlan } from './stack-plan.ts';

/**
 * Shows what a deployment would change. AWS is only read, and not even that without credentials.
 *
 * @param lookUp where AWS was asked ahead
 */
export async function previewStack(
  { assembled, lookUp }: { readonly assembled: StackAssembly; readonly lookUp?: LookUp | undefined },
  capabilities: Capabilities,
  run: Run,
): Promise<StackOutcome> {
  const { host, inputs } = run;
  return host.log.group(`Preview ${assembled.stackName}`, async (log) => {
    const { found, running } = await (lookUp ?? lookUpNow(run))(assembled, log);
    const { deployed } = found;
    if (deployed.kind === 'unknown') tellUnknown(assembled.stackName, deployed.why, { inputs, log });
    const { planStack } = await import('./index.ts');
    const plan = await planStack(found, 'preview', run);
    const { template } = plan;
    const asked = { assembled, plan, capabilities: capabilities.allowed };
    const checked = await permitted(await validated(asked, run, log), plan, run, log);
    const report = lacking(checked, capabilities);
    const former = await formerLeft(plan, inputs.onFailure);
    const beside = { running: await running, log };
    const { drifted = report.drifted, notes: more } = await stackNotes(plan, beside, run);
    const notes = [
      ...unreachableNotes(deployed, report),
      ...(report.notes ?? []),
      ...(former.notes ?? []),
      ...stateNotes(deployed, inputs.onFailure),
      ...more,
    ];
    const current = 'stack' in deployed ? deployed.stack : undefined;
    return {
      report: { ...report, ...former, ...(notes.length > 0 && { notes }), ...(drifted && { drifted }) },
      operation: 'preview',
      stackId: current?.id ?? '',
      status: current?.status ?? '',
      changeSetId: '',
      template,
    };
  });
}

/** What the roles of a deployment lack, where one of them is named. */
async function permitted(
  report: StackReport,
  plan: FoundStack & StackPlan,
  { inputs, host: { signal } }: Run,
  log: Log,
): Promise<StackReport> {
  if (inputs.deploymentRole === undefined) return report;
  const { withPermissions } = await import('./permissions/report-lacking.ts');
  return withPermissions(report, plan, { inputs, log, signal });
}

/** Without a capability that it needs, CloudFormation refuses the stack. */
function lacking(report: StackReport, { missing }: Capabilities): StackReport {
  if (missing.length === 0) return report;
  const message = `the input capabilities lacks ${missing.join(' and ')}`;
  return { ...report, refused: [...(report.refused ?? []), { logicalId: report.stackName, message }] };
}

/** What CloudFormation says, where it is to be asked: only it can tell what has drifted, and how that is reverted. */
async function validated(asked: Asked, run: Run, log: Log): Promise<StackReport> {
  const { aws, inputs } = run;
  const { report, deployed } = asked.plan;
  const reverts = inputs.drift === 'revert' && 'stack' in deployed;
  if (!inputs.validate && !reverts) return report;
  if (!aws) {
    const note = `CloudFormation was not asked, because ${NO_REGION}.`;
    return { ...report, notes: [...(report.notes ?? []), note] };
  }
  const { askCloudFormation } = await import('./ask-cloudformation.ts');
  return askCloudFormation(asked, { ...run, aws }, log);
}

/** Credentials that lead nowhere are told to whoever reads the comparison with something else. */
function unreachableNotes(deployed: Deployed, { base }: StackReport): readonly string[] {
  if (deployed.kind !== 'unknown' || !deployed.isFailure || base.kind !== 'commit') return [];
  return [`Not compared with the deployed stack: ${withoutAccounts(deployed.why)}`];
}

/** What goes with a stack that is there, and can only be deleted. */
async function formerLeft(
  { stack, aws, deployed }: FoundStack,
  onFailure: Inputs['onFailure'],
): Promise<Pick<StackReport, 'leftovers' | 'notes'>> {
  const status = deployed.kind === 'absent' ? deployed.status : undefined;
  if (!aws || status === undefined || stateOf(status).reaction !== 'recreate' || onFailure === 'keep')
    return {};
  const { leftovers } = await import('./leftovers.ts');
  return leftovers(aws, stack.stackName);
}

/** What a deployment has to do about the state of the stack before it can begin. See docs/stack-states.md. */
function stateNotes(deployed: Deployed, onFailure: Inputs['onFailure']): string[] {
  const status =
    'stack' in deployed ? deployed.stack.status : deployed.kind === 'absent' ? deployed.status : undefined;
  if (status === undefined) return [];
  const what = {
    create: undefined,
    update: undefined,
    wait: ': another operation is changing it, for the end of which a deployment waits',
    recreate:
      onFailure === 'keep'
        ? ', from which CloudFormation can only delete it: a deployment fails, as on-failure is keep'
        : ', from which CloudFormation can only delete it: a deployment deletes it first, and creates it again',
    'continue-rollback': ': its failed rollback is continued by a deployment first, which may fail again',
  }[stateOf(status).reaction];
  return what === undefined ? [] : [`The stack is ${status}${what}.`];
}

/** Looks a stack up when it is compared. */
const lookUpNow =
  ({ aws, host, inputs }: Run): LookUp =>
  async (assembled, log) => {
    const found =
      inputs.diffAgainst === 'base'
        ? unknown(assembled, aws, 'diff-against is base')
        : await findStack(assembled, aws, log);
    return { found, running: codeOfFunctions(found, { log, signal: host.signal }) };
  };

/** What is to be known of a stack beside what would change. */
async function stackNotes(
  { stack, aws, rendered, destination, deployed, report }: FoundStack & StackPlan,
  { running, log }: { readonly running: RunningCode | undefined; readonly log: Log },
  { inputs, host: { signal } }: Run,
): Promise<Pick<StackReport, 'drifted'> & { readonly notes: readonly string[] }> {
  if (!aws || deployed.kind !== 'stack' || !running) return { notes: [] };
  const { hiddenValueNotes } = await import('./hidden-values.ts');
  const { inPlaceNotes, swappedIds } = await import('./ask-in-place.ts');
  const standing = { stack, aws, rendered, destination, deployed, report };
  const swapped = await swappedIds(standing, running, { log, signal });
  const notes = [...hiddenValueNotes(rendered, deployed), ...inPlaceNotes(standing, swapped, inputs)];
  const { looksForDrift, lookForDrift } = await import('./drift/look-for-drift.ts');
  if (!looksForDrift(inputs)) return { notes };
  const drift = await lookForDrift({ aws, stackId: deployed.stack.id, inputs, signal });
  return { ...drift, notes: [...notes, ...drift.notes] };
}
