import { isObject, type Json } from '../../template/types.ts';
import { isCall } from '../intrinsics.ts';
import { refuse } from '../problems.ts';
import { byCodePoint } from '../python/json.ts';
import { given, truthy } from '../python/values.ts';
import type { SamSource } from '../types.ts';

/** Groups of regions that have a name of their own. Source: aws-sam-translator 1.115. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  US: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
  AP: [
    'ap-south-1',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-southeast-1',
    'ap-southeast-2',
  ],
  CA: ['ca-central-1'],
  EU: ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1'],
  SA: ['sa-east-1'],
  SPARSE_GLOBAL: [
    'us-east-1',
    'eu-west-1',
    'eu-central-1',
    'ap-northeast-1',
    'ap-southeast-2',
    'sa-east-1',
    'ap-southeast-1',
  ],
};

/** `ReplicaRegions`, with groups as their regions; function calls stay behind these. */
export function replicaRegions({ logicalId, properties: { ReplicaRegions } }: SamSource): Json | undefined {
  if (!given(ReplicaRegions)) return undefined;
  if (isCall(ReplicaRegions)) return ReplicaRegions;
  const at = ['ReplicaRegions'];
  if (Array.isArray(ReplicaRegions)) {
    const { names, others } = divided(ReplicaRegions);
    return [...sorted(expanded(logicalId, names)), ...others];
  }
  if (!isObject(ReplicaRegions)) return refuse(logicalId, at, 'ReplicaRegions has to be a list or a map');
  for (const name of Object.keys(ReplicaRegions))
    if (name !== 'IncludeRegions' && name !== 'ExcludeRegions')
      refuse(logicalId, [...at, name], 'ReplicaRegions takes IncludeRegions and ExcludeRegions only');
  const { IncludeRegions, ExcludeRegions } = ReplicaRegions;
  if (truthy(ExcludeRegions) && !truthy(IncludeRegions))
    refuse(logicalId, at, 'ExcludeRegions needs IncludeRegions beside it');
  if (isCall(IncludeRegions) || isCall(ExcludeRegions))
    refuse(logicalId, at, 'IncludeRegions and ExcludeRegions have to be lists, not function calls');
  const included = divided(Array.isArray(IncludeRegions) ? IncludeRegions : []);
  const excluded = divided(Array.isArray(ExcludeRegions) ? ExcludeRegions : []);
  if (excluded.others.length > 0)
    refuse(logicalId, [...at, 'ExcludeRegions'], 'ExcludeRegions takes names only');
  if (excluded.names.length > 0 && included.others.length > 0)
    refuse(
      logicalId,
      [...at, 'ExcludeRegions'],
      'ExcludeRegions cannot be taken from regions that are not known yet',
    );
  const left = expanded(logicalId, included.names);
  for (const region of expanded(logicalId, excluded.names)) left.delete(region);
  return [...sorted(left), ...included.others];
}

/** Names of regions and groups, apart from function calls. */
const divided = (
  list: readonly Json[],
): { readonly names: readonly string[]; readonly others: readonly Json[] } => ({
  names: list.filter((each) => typeof each === 'string'),
  others: list.filter((each) => typeof each !== 'string'),
});

const sorted = (regions: Iterable<string>): string[] => [...regions].sort(byCodePoint);

function expanded(logicalId: string, names: readonly string[]): Set<string> {
  const regions = new Set<string>();
  for (const name of names) {
    const key = name.toUpperCase();
    const group = key === 'ALL_STANDARD' ? Object.values(GROUPS).flat() : GROUPS[key];
    if (group) for (const region of group) regions.add(region);
    else if (name.includes('-')) regions.add(name);
    else refuse(logicalId, ['ReplicaRegions'], `${name} is neither a region nor a group of regions`);
  }
  return regions;
}
