import type { Instance } from '../../aws/stack-sets/stack-set.ts';
import type { StackSetRequest } from './request.ts';

/** What happens to the instances of a holder in a region: of an account, or of all accounts of an organisational unit. */
export interface PlannedInstance {
  /** The account or the unit that is asked for. */
  readonly holder: string;
  readonly region: string;
  /** `undefined` where AWS has yet to find the accounts of the unit. */
  readonly account: string | undefined;
  readonly change: 'added' | 'updated' | 'removed' | 'unchanged';
  readonly instance: Instance | undefined;
}

/**
 * Which instances change.
 *
 * @param changes the template, a value or a setting changes, and so every instance
 */
export function plannedInstances(
  instances: readonly Instance[],
  { settings, permissions }: Pick<StackSetRequest, 'settings' | 'permissions'>,
  changes: boolean,
): readonly PlannedInstance[] {
  const isSelfManaged = permissions.kind === 'self-managed';
  const holders = isSelfManaged ? settings.accounts : settings.units;
  const holderOf = ({ account, unit }: Instance): string => (isSelfManaged ? account : (unit ?? ''));
  const wanted = new Set(holders.flatMap((holder) => settings.regions.map((region) => key(holder, region))));
  const present = new Set(instances.map((each) => key(holderOf(each), each.region)));
  const standing = instances.map((instance): PlannedInstance => {
    const { account, region, status } = instance;
    const holder = holderOf(instance);
    const change = !wanted.has(key(holder, region))
      ? 'removed'
      : changes || status !== 'CURRENT'
        ? 'updated'
        : 'unchanged';
    return { holder, region, account, change, instance };
  });
  const added = holders.flatMap((holder) =>
    settings.regions
      .filter((region) => !present.has(key(holder, region)))
      .map(
        (region): PlannedInstance => ({
          holder,
          region,
          account: isSelfManaged ? holder : undefined,
          change: 'added',
          instance: undefined,
        }),
      ),
  );
  return [...standing, ...added];
}

const key = (holder: string, region: string): string => `${holder}/${region}`;

/** Those to which something happens. */
export const withChange = (
  planned: readonly PlannedInstance[],
  change: PlannedInstance['change'],
): readonly PlannedInstance[] => planned.filter((each) => each.change === change);
