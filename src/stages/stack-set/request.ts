import type { DeploymentTargets, StackSetOperationPreferences } from '@aws-sdk/client-cloudformation';
import type { InstanceTargets, StackSetPermissions } from '../../aws/stack-sets/change.ts';
import type { StackSetAddress } from '../../aws/stack-sets/stack-set.ts';
import type { InputName, Inputs } from '../../inputs.ts';
import { type Problem, ProblemError } from '../../problem.ts';

type Settings = NonNullable<Inputs['stackSet']>;

/** What is asked for of a stack set. */
export interface StackSetRequest {
  readonly settings: Settings;
  readonly permissions: StackSetPermissions;
  readonly preferences: StackSetOperationPreferences;
}

/** What only stacks have, by the input, and whether it is given. */
const OF_STACKS: readonly (readonly [InputName, (inputs: Inputs) => boolean])[] = [
  ['role-arn', ({ roleArn }) => roleArn !== undefined],
  ['notification-arns', (inputs) => inputs.notificationArns !== undefined],
  ['on-failure', ({ onFailure }) => onFailure !== undefined],
  ['termination-protection', (inputs) => inputs.terminationProtection !== undefined],
  ['express', ({ express }) => express],
  ['import-existing', ({ importExisting }) => importExisting],
  ['rollback-alarms', ({ rollbackAlarms }) => rollbackAlarms !== undefined],
  ['monitoring-minutes', ({ monitoringMinutes }) => monitoringMinutes !== undefined],
  ['inplace', ({ inplace }) => inplace],
  ['skip-resources', ({ skipResources }) => skipResources !== undefined],
  ['validate', ({ validate }) => validate],
  ['verify', ({ verify }) => verify !== undefined],
  ['environment', ({ environment }) => environment !== undefined],
];

/**
 * What the inputs say of a stack set.
 *
 * @throws ProblemError for everything that is missing, or only stacks have
 */
export function stackSetRequest(inputs: Inputs): StackSetRequest {
  const { stackSet: settings } = inputs;
  const problems: Problem[] = OF_STACKS.flatMap(([name, isGiven]) =>
    isGiven(inputs)
      ? [{ subject: `input ${name}`, message: 'stack sets have no such thing', next: 'Remove it.' }]
      : [],
  );
  if (inputs.drift === 'revert')
    problems.push({
      subject: 'input drift',
      message: 'the drift of stack sets cannot be reverted',
      next: 'Give true, to be told of it.',
    });
  if (!settings)
    problems.unshift({
      subject: 'input stack-set',
      message: 'it is not given, but deploy-to is stack-set',
      next: 'Name the regions, and the accounts or organizational-units; see docs/stack-sets.md.',
    });
  if (!settings || problems.length > 0) throw new ProblemError(problems);
  return { settings, permissions: permissionsOf(settings), preferences: preferencesOf(settings) };
}

/** The same for what only asks about a stack set. */
export const addressOf = (name: string, { stackSet }: Inputs): StackSetAddress => ({
  name,
  delegatedAdmin: stackSet?.delegatedAdmin ?? false,
});

const permissionsOf = (settings: Settings): StackSetPermissions =>
  settings.units.length === 0
    ? {
        kind: 'self-managed',
        administrationRole: settings.administrationRole,
        executionRole: settings.executionRole,
      }
    : {
        kind: 'service-managed',
        autoDeployment: { enabled: settings.autoDeployment, retain: settings.retainStacks },
      };

/** Source: AWS CloudFormation API reference, "StackSetOperationPreferences". */
export function preferencesOf(settings: Settings | undefined): StackSetOperationPreferences {
  if (!settings) return {};
  const { regions, failureTolerance, maxConcurrent, concurrencyMode, regionConcurrency } = settings;
  return {
    // Where everything begins at once, there is no order.
    ...(regionConcurrency !== 'parallel' && { RegionOrder: [...regions] }),
    ...(regionConcurrency && {
      RegionConcurrencyType: regionConcurrency === 'parallel' ? 'PARALLEL' : 'SEQUENTIAL',
    }),
    ...(failureTolerance &&
      ('count' in failureTolerance
        ? { FailureToleranceCount: failureTolerance.count }
        : { FailureTolerancePercentage: failureTolerance.percent })),
    ...(maxConcurrent &&
      ('count' in maxConcurrent
        ? { MaxConcurrentCount: maxConcurrent.count }
        : { MaxConcurrentPercentage: maxConcurrent.percent })),
    ...(concurrencyMode && {
      ConcurrencyMode: concurrencyMode === 'soft' ? 'SOFT_FAILURE_TOLERANCE' : 'STRICT_FAILURE_TOLERANCE',
    }),
  };
}

/** Each region once; those that are not wanted any more come last. */
export function inDeploymentOrder(regions: readonly string[], settings: Settings): readonly string[] {
  const at = (region: string) => settings.regions.indexOf(region) + 1 || Number.MAX_SAFE_INTEGER;
  return [...new Set(regions)].sort((a, b) => at(a) - at(b));
}

/** Places with the same regions are one operation. */
export function targetsOf(
  places: readonly { readonly holder: string; readonly region: string }[],
  { settings, permissions }: Pick<StackSetRequest, 'settings' | 'permissions'>,
): readonly InstanceTargets[] {
  const byHolder = Map.groupBy(places, ({ holder }) => holder);
  const groups = Map.groupBy([...byHolder.keys()], (holder) =>
    inDeploymentOrder(
      (byHolder.get(holder) ?? []).map(({ region }) => region),
      settings,
    ).join(' '),
  );
  return [...groups].map(([regions, holders]) => ({
    where:
      permissions.kind === 'self-managed' ? { accounts: holders } : { units: unitTargets(holders, settings) },
    regions: regions.split(' '),
  }));
}

function unitTargets(units: readonly string[], { accounts, exceptAccounts }: Settings): DeploymentTargets {
  const filter =
    accounts.length > 0
      ? { Accounts: [...accounts], AccountFilterType: 'INTERSECTION' as const }
      : exceptAccounts.length > 0
        ? { Accounts: [...exceptAccounts], AccountFilterType: 'DIFFERENCE' as const }
        : {};
  return { OrganizationalUnitIds: [...units], ...filter };
}
