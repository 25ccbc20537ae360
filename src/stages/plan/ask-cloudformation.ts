import type { StackAssembly } from '../../assembly/types.ts';
import { CHANGE_SET_PREFIX } from '../../aws/stack/change-set.ts';
import type { Finding } from '../../aws/stack/early-validation.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import { tryChangeSet } from '../../aws/stack/try-change-set.ts';
import { removeUploads } from '../../aws/uploads/upload.ts';
import type { Log } from '../../log.ts';
import type { StackReport } from '../../report/model.ts';
import { isBookkeeping } from '../../template/diff/bookkeeping.ts';
import { applyChangeSet } from '../../template/diff/change-set.ts';
import type { Capability } from '../../template/validate/capabilities.ts';
import { enterEnvironment } from '../enter-environment.ts';
import { tellFindings } from '../report/tell-findings.ts';
import type { ConnectedRun } from '../run.ts';
import { uploadTemplates } from '../upload/index.ts';
import { withDrift } from './drift/reverted-drift.ts';
import type { Deployed } from './look-up-stack.ts';
import { runToken, stackInput } from './stack-input.ts';
import type { FoundStack, StackPlan } from './stack-plan.ts';

/** A stack of which CloudFormation is asked. */
export interface Asked {
  readonly assembled: StackAssembly;
  readonly plan: FoundStack & StackPlan;
  readonly capabilities: readonly Capability[];
}

/**
 * Lets CloudFormation say what only it can: a change set is made, read and deleted again. That takes the rights of a
 * deployment; the stack is not changed, and none is left that was not there.
 */
export async function askCloudFormation(
  { assembled, plan, capabilities }: Asked,
  run: ConnectedRun,
  log: Log,
): Promise<StackReport> {
  const { report, rendered, destination, registry, deployed } = plan;
  const { stackName } = plan.stack;
  const { inputs, host } = run;
  const why = whyNotAsked(deployed);
  if (why !== undefined) return withNotes(report, [`CloudFormation was not asked, because ${why}.`]);
  const environment = await enterEnvironment(assembled, { aws: run.aws, purpose: 'deploy' }, log);
  const { aws } = environment;
  const stack = { ...environment.stack, stackName };
  const { templateUrl, own } = await uploadTemplates(
    { ...environment, stack, rendered, destination, registry },
    run,
    log,
  );
  try {
    const current = 'stack' in deployed ? deployed.stack : undefined;
    const input = stackInput({ stack, rendered, current, capabilities }, templateUrl, run);
    const token = `${CHANGE_SET_PREFIX}validate-${runToken(host, report.planHash)}`;
    const tried = await tryChangeSet(
      aws,
      { type: current ? 'UPDATE' : 'CREATE', token, input },
      {
        log,
        signal: host.signal,
        deadline: Date.now() + inputs.timeout * 60_000,
        onEvent: () => undefined,
      },
    );
    const { changes, findings } = tried;
    const all = tried.refusal && !findings.some(isError) ? [refusalOf(tried.refusal), ...findings] : findings;
    tellFindings(all, rendered.template, log);
    const diff = changes
      ? applyChangeSet(
          report.diff,
          changes.filter((change) => !isBookkeeping(change)),
        )
      : report.diff;
    const refused = all
      .filter(isError)
      .map(({ logicalId, message }) => ({ logicalId: logicalId || stackName, message }));
    const warnings = all.filter((each) => !isError(each));
    const notes = [
      ...(all.length === 0 ? ['CloudFormation was asked, and finds nothing wrong.'] : []),
      ...(rendered.nested.length > 0 ? ['CloudFormation was not asked about what is in nested stacks.'] : []),
      ...warnings.map(
        ({ logicalId, message }) => `CloudFormation warns of ${logicalId || stackName}: ${message}`,
      ),
    ];
    const told = withNotes({ ...report, diff, ...(refused.length > 0 && { refused }) }, notes);
    return input.revertDrift ? withDrift(told, changes ?? []) : told;
  } finally {
    if (own) await removeUploads(aws, own.bucket, own.uploads).catch(() => undefined);
  }
}

/** CloudFormation makes a change set only where it could be executed. */
function whyNotAsked(deployed: Deployed): string | undefined {
  if (deployed.kind === 'unknown') return deployed.why;
  const status = deployed.kind === 'absent' ? deployed.status : deployed.stack.status;
  const isReady = status === undefined || ['create', 'update'].includes(stateOf(status).reaction);
  return isReady ? undefined : `the stack is ${status}`;
}

const isError = ({ severity }: Finding): boolean => severity === 'error';

const refusalOf = (message: string): Finding => ({ severity: 'error', logicalId: '', path: [], message });

const withNotes = (report: StackReport, notes: readonly string[]): StackReport => ({
  ...report,
  notes: [...(report.notes ?? []), ...notes],
});
