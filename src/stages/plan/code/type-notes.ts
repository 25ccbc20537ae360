import type { StackAssembly } from '../../../assembly/types.ts';
import { isListed } from '../../../template/diff/impact.ts';
import type { TemplateDiff } from '../../../template/diff/types.ts';
import { declaredResources } from '../../../template/resources.ts';
import { scalarText } from '../../../template/types.ts';

/**
 * Resources whose type is surely meant to be another: CloudFormation refuses the whole template for it. A type of which
 * nothing is near may be newer than what is known here.
 */
export async function typeNotes(
  { template: { template } }: StackAssembly,
  { resources }: Pick<TemplateDiff, 'resources'>,
): Promise<readonly string[]> {
  const changed = new Set(resources.flatMap((each) => (each.kind === 'removed' ? [] : [each.type])));
  const unlisted = [...declaredResources(template)]
    .map(({ id, resource }) => [id, scalarText(resource.Type)] as const)
    .filter(([, type]) => changed.has(type) && /^AWS::\w+::\w+$/.test(type) && !isListed(type));
  if (unlisted.length === 0) return [];
  const { meantType } = await import('./meant-type.ts');
  return unlisted.flatMap(([id, type]) => {
    const meant = meantType(type);
    return meant === undefined
      ? []
      : [
          `${id}: the type ${type} is not known here, and CloudFormation refuses one that it does not know. Write ${meant} if that is meant.`,
        ];
  });
}
