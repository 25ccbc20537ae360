import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import { ProblemError } from '../../problem.ts';
import type { InstanceRow, SettingChange, StackReport } from '../../report/model.ts';
import { transformsOf } from '../../template/transforms.ts';
import { isUnchanged } from '../plan/compare.ts';
import { planStack } from '../plan/index.ts';
import type { StackPlan } from '../plan/stack-plan.ts';
import type { Run } from '../run.ts';
import { checkCode } from './check-code.ts';
import type { FoundStackSet } from './find.ts';
import { accountLabels } from './labels.ts';
import { type PlannedInstance, plannedInstances } from './planned-instances.ts';
import type { StackSetRequest } from './request.ts';

/** What would be done to a stack set. */
export interface StackSetPlan extends FoundStackSet, StackPlan {
  readonly request: StackSetRequest;
  /** The template, a value or a setting of the set itself differs, or some instance is not as the set says. */
  readonly updates: boolean;
  readonly instances: FoundStackSet['instances'];
  readonly planned: readonly PlannedInstance[];
}

/**
 * Compares a stack set's template once, and says which instances change.
 *
 * @throws ProblemError for what stack sets cannot be
 */
export async function planStackSet(
  found: FoundStackSet,
  purpose: 'preview' | 'deploy',
  { run, request }: { readonly run: Run; readonly request: StackSetRequest },
): Promise<StackSetPlan> {
  checkKind(found, request);
  checkCode({ stack: found.stack, request }, { region: run.aws?.region, s3Bucket: run.inputs.s3Bucket });
  const plan = await planStack(found, purpose, run);
  const settings = settingsChanges(found, request);
  const differs = found.current !== undefined && (!isUnchanged(plan) || settings.length > 0);
  const planned = plannedInstances(found.instances, request, differs);
  const updates =
    differs || planned.some(({ change, instance }) => change === 'updated' && instance !== undefined);
  const report: StackReport = {
    ...plan.report,
    settings: [...(plan.report.settings ?? []), ...settings],
    // Where instances are is a part of what is reviewed.
    planHash: sha256(canonicalJson({ plan: plan.report.planHash, stackSet: { ...request.settings } })),
    ...(found.deployed.kind !== 'unknown' && { instances: rowsOf(planned) }),
  };
  return { ...plan, report, request, updates, planned };
}

/** What happens, as it is told. */
export function rowsOf(planned: readonly PlannedInstance[]): readonly InstanceRow[] {
  const label = accountLabels(planned.flatMap(({ account }) => account ?? []));
  return planned.map(({ account, holder, region, change }) => ({
    account: account === undefined ? holder : label(account),
    region,
    change,
  }));
}

/** Source: AWS CloudFormation User Guide, "Considerations when using StackSets with service-managed permissions". */
function checkKind({ stack, current }: FoundStackSet, { permissions }: StackSetRequest): void {
  const { stackName } = stack;
  const isServiceManaged = permissions.kind === 'service-managed';
  if (current && current.isServiceManaged !== isServiceManaged)
    throw new ProblemError({
      subject: stackName,
      message: `the stack set is ${current.isServiceManaged ? 'service-managed' : 'self-managed'}, and its kind cannot be changed`,
      next: `Give ${current.isServiceManaged ? 'organizational-units' : 'accounts alone'} in the input stack-set, or another stack-name.`,
    });
  const transforms = transformsOf(stack.template.template);
  if (isServiceManaged && transforms.length > 0)
    throw new ProblemError({
      subject: stackName,
      message: `service-managed stack sets take no transforms (${transforms.join(', ')})`,
      next: 'Deploy what the command expand makes of the template.',
    });
}

/** Of what is not said, the stack set keeps what it has. */
function settingsChanges(
  { current }: FoundStackSet,
  { permissions }: StackSetRequest,
): readonly SettingChange[] {
  if (!current) return [];
  if (permissions.kind === 'service-managed') {
    const words = ({ enabled, retain }: { enabled: boolean; retain: boolean }): string =>
      enabled ? `on${retain ? ', stacks are retained' : ''}` : 'off';
    const [before, after] = [words(current.autoDeployment), words(permissions.autoDeployment)];
    return before === after ? [] : [{ name: 'auto-deployment', before, after }];
  }
  const { administrationRole, executionRole } = permissions;
  const differs = (name: SettingChange['name'], before: string | undefined, after: string | undefined) =>
    after === undefined || after === before
      ? []
      : [{ name, before: lastPart(before ?? 'none'), after: lastPart(after) }];
  return [
    ...differs('administration role', current.administrationRole, administrationRole),
    ...differs('execution role', current.executionRole, executionRole),
  ];
}

/** ARNs would show the account. */
const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn;
