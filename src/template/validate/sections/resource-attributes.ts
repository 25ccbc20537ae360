import type { Problem } from '../../../problem.ts';
import { declaredResources } from '../../resources.ts';
import { isObject, scalarText } from '../../types.ts';
import type { Judged } from '../judged.ts';

/** Source: CloudFormation template reference, "DeletionPolicy attribute", "UpdateReplacePolicy attribute". */
const POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

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
      if (policy === null || isObject(policy) || POLICIES.includes(scalarText(policy))) continue;
      yield {
        subject: id,
        message: `unknown ${name} ${JSON.stringify(policy)}`,
        place: locate([...path, name]),
        next: `Write one of ${POLICIES.join(', ')}.`,
      };
    }
  }
}
