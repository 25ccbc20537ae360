import type { RenderedStack } from '../../assembly/render.ts';
import { withoutBookkeeping } from '../../template/diff/bookkeeping.ts';
import { isRevision, keptBy } from '../../template/diff/deletion-policy.ts';
import { holdsData, propertyImpact } from '../../template/diff/impact.ts';
import { noEchoParameters, ssmParameters } from '../../template/parameters.ts';
import { propertyPath, references } from '../../template/references.ts';
import { isObject, type Template } from '../../template/types.ts';
import { textOf } from '../../template/values/equivalence.ts';
import type { Deployed } from './look-up-stack.ts';

/**
 * What a preview cannot see: whether values change that CloudFormation does not show. Those that come from SSM are told
 * only where a change of theirs would replace something, as most never change.
 */
export function hiddenValueNotes(
  { template: { template }, parameters }: RenderedStack,
  deployed: Deployed,
): string[] {
  if (deployed.kind !== 'stack') return [];
  const plain = withoutBookkeeping(template);
  const given = noEchoParameters(plain).filter((name) => Object.hasOwn(parameters, name));
  const notes = given.map((name) => {
    const replaced = replacedBy(plain, name);
    const consequence = replaced.length > 0 ? `; if it does, ${replaced.join(', and ')}` : '';
    return `Parameter ${name} is NoEcho, so whether its value changes cannot be seen here${consequence}.`;
  });
  const read = ssmParameters(plain).flatMap((name) => {
    const replaced = replacedBy(plain, name);
    return replaced.length > 0
      ? [
          `Parameter ${name} is read from SSM when it is deployed; if it has another value then, ${replaced.join(', and ')}.`,
        ]
      : [];
  });
  return [...notes, ...read];
}

/** `Db (AWS::RDS::DBInstance) is replaced: its data is lost` */
function replacedBy(template: Template, parameter: string): string[] {
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    if (!isObject(resource)) return [];
    const type = textOf(resource.Type);
    if (isRevision({ type })) return [];
    const impacts = [...references(resource.Properties ?? {})]
      .filter(({ kind, name }) => kind === 'Ref' && name === parameter)
      .map(({ path }) => propertyImpact(type, propertyPath(path)));
    const worst = impacts.includes('replace') ? 'is' : impacts.includes('may-replace') ? 'may be' : undefined;
    if (worst === undefined) return [];
    const lost = holdsData(type) && keptBy(resource.UpdateReplacePolicy) === 'nothing';
    return [`${id} (${type}) ${worst} replaced${lost ? ': its data is lost' : ''}`];
  });
}
