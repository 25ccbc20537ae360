import type { InstanceTargets } from '../../aws/stack-sets/change.ts';
import type { StackSetEnd } from '../../aws/stack-sets/operation.ts';
import type { Instance } from '../../aws/stack-sets/stack-set.ts';
import type { Problem } from '../../problem.ts';
import { failureText } from '../../stages/stack-set/instance-failure.ts';

/** All instances, as few operations as possible: those with the same regions are one. */
export function deletionTargets(
  instances: readonly Instance[],
  isServiceManaged: boolean,
): readonly InstanceTargets[] {
  const holderOf = ({ account, unit }: Instance): string => (isServiceManaged ? (unit ?? '') : account);
  const byHolder = Map.groupBy(instances, holderOf);
  const groups = Map.groupBy([...byHolder.keys()], (holder) =>
    [...new Set((byHolder.get(holder) ?? []).map(({ region }) => region))].sort().join(' '),
  );
  return [...groups].map(([regions, holders]) => ({
    where: isServiceManaged ? { units: { OrganizationalUnitIds: holders } } : { accounts: holders },
    regions: regions.split(' '),
  }));
}

/** What became of a deletion that failed. */
export const failureOf = (
  stackName: string,
  end: StackSetEnd,
  label: (account: string) => string,
): Problem => ({
  subject: stackName,
  message: failureText(end, label),
  next: 'Correct that and run the job again: what is deleted already is left out.',
});
