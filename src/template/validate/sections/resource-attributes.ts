import type { Problem } from '../../../problem.ts';
import { declaredResources } from '../../resources.ts';
import { isObject, scalarText } from '../../types.ts';
import type { Judged } from '../judged.ts';

/** Source: CloudFormation template reference, "DeletionPolicy attribute", "UpdateReplacePolicy attribute". */
const POLICIES = {
  DeletionPolicy: ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'],
  UpdateReplacePolicy: ['Delete', 'Retain', 'Snapshot'],
} as const;

/**
 * Types that leave a snapshot. CloudFormation refuses the policy for others.
 * Sources: the same pages; cfn-lint's rules E3035 and E3036.
 */
const WITH_SNAPSHOTS = new Set([
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
]);

/** Of types that are not AWS's own nothing is known. */
const leavesSnapshots = (type: string): boolean => WITH_SNAPSHOTS.has(type) || !type.startsWith('AWS::');

/**
 * What is wrong with the attributes of resources, but for what they refer to. Policies may be computed; the attributes
 * of SAM's own resources are left to SAM.
 */
export function* attributeProblems({ template, locate, isExtended }: Judged): Generator<Problem> {
  for (const { id, path, resource, looped } of declaredResources(template)) {
    if (looped || scalarText(resource.Type).startsWith('AWS::Serverless::')) continue;
    const { DependsOn } = resource;
    const names = Array.isArray(DependsOn) ? DependsOn : [DependsOn ?? ''];
    if (names.some((name) => typeof name === 'object' && !isExtended)) {
      yield {
        subject: id,
        message: 'DependsOn has to be a logical ID or a list of them',
        place: locate([...path, 'DependsOn']),
        next: 'Write logical IDs without functions.',
      };
    }
    for (const name of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
      const policy = resource[name] ?? null;
      if (policy === null || isObject(policy)) continue;
      const type = scalarText(resource.Type);
      const known: readonly string[] = POLICIES[name];
      const taken = known.filter((each) => each !== 'Snapshot' || leavesSnapshots(type));
      if (taken.includes(scalarText(policy))) continue;
      yield {
        subject: id,
        message: known.includes(scalarText(policy))
          ? `${type} has no ${name} ${JSON.stringify(policy)}`
          : `unknown ${name} ${JSON.stringify(policy)}`,
        place: locate([...path, name]),
        next: `Write one of ${taken.join(', ')}.`,
      };
    }
  }
}
