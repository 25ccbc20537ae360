import { own } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { MANAGED_POLICIES } from '../data/managed-policies.ts';

/** ARNs of managed policies by partition and name; made when the first is asked for. */
let known: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;

/** The ARN of a managed policy that is given by name; what is no known name stays as it is. */
export function managedPolicyArn(name: string, { partition, context }: Build): string {
  known ??= readAll();
  const bundled = known.get(partition)?.get(name);
  if (bundled !== undefined) return bundled;
  if (name.startsWith('arn:')) return name;
  return own(context.managedPolicies ?? {}, name) ?? name;
}

function readAll(): Map<string, Map<string, string>> {
  const all = new Map<string, Map<string, string>>();
  for (const line of MANAGED_POLICIES.trim().split('\n')) {
    const [partitions = '', path = '/', ...names] = line.split(' ');
    for (const partition of partitions.split(',')) {
      const policies = all.get(partition) ?? new Map<string, string>();
      all.set(partition, policies);
      for (const name of names)
        policies.set(name, `arn:${partition}:iam::aws:policy/${path === '/' ? '' : path}${name}`);
    }
  }
  return all;
}

/** The ARN of one of AWS's own policies, whose path and name are known. */
export const awsPolicy = (name: string, { partition }: Pick<Build, 'partition'>): string =>
  `arn:${partition}:iam::aws:policy/${name}`;
