import { typeOf } from '../diff/deletion-policy.ts';
import { declaredParameters } from '../parameters.ts';
import { references } from '../references.ts';
import { declaredResources } from '../resources.ts';
import { isObject, type Json, own, type Template, type TemplatePath } from '../types.ts';
import { branches } from '../values/branches.ts';
import { effectiveTemplate } from '../values/effective.ts';
import type { KnownTemplate } from '../values/known-value.ts';
import { asWritten } from '../values/resolved.ts';
import { EXPORT, type NameType, nameType, SAM_DOMAIN } from './name-types.ts';

/** A name that a template gives, and that a second stack of the same template would give again. */
export interface FixedName {
  /** The logical ID, or the name of the output. */
  readonly id: string;
  readonly type: string;
  readonly about: NameType;
  /** Where it stands in the template that its author wrote. */
  readonly path: TemplatePath;
  /** As it is written. */
  readonly value: Json;
}

/** What belongs to this copy of a stack only. */
export interface OwnValues {
  /** A text in the template. */
  readonly isOwnText: (text: string) => boolean;
  /** The value of a parameter. */
  readonly isOwnValue: (value: string) => boolean;
}

/**
 * Every name that does not depend on the stack: texts, and expressions of parameters that have the same value in every copy.
 *
 * @param template with the parameters of this copy
 */
export function fixedNames(template: KnownTemplate, copy: OwnValues): readonly FixedName[] {
  const effective = asWritten(effectiveTemplate(template)) as Template;
  const varies = variesBetweenCopies(template, copy);
  const found: FixedName[] = [];
  const look = (id: string, type: string, at: TemplatePath, holder: Json | undefined, about: NameType) => {
    const value = about.property.reduce<Json | undefined>(
      (each, key) => (isObject(each) ? own(each, key) : undefined),
      holder,
    );
    if (value === undefined) return;
    const within = about.within !== undefined && isObject(holder) ? own(holder, about.within) : undefined;
    const holders = within === undefined ? [] : branches(within);
    // Names of what is in something that each copy has for itself.
    if (holders.length > 0 && holders.every(varies)) return;
    const path = [...at, ...about.property];
    const choices = branches(value).flatMap((each) => (Array.isArray(each) ? each : [each]));
    if (choices.some((each) => !isEmpty(each) && !varies(each))) found.push({ id, type, about, path, value });
  };
  for (const { id, path, resource } of declaredResources(effective)) {
    const type = typeOf(resource);
    for (const about of [nameType(type), own(SAM_DOMAIN, type)])
      if (about) look(id, type, [...path, 'Properties'], resource.Properties, about);
  }
  const outputs = isObject(effective.Outputs) ? effective.Outputs : {};
  for (const [id, output] of Object.entries(outputs)) look(id, 'Export', ['Outputs', id], output, EXPORT);
  return found;
}

const isEmpty = (value: Json): boolean => value === '' || value === null;

/** Whether a value is another one in each copy: it names the stack, one of its resources, or a parameter of its own. */
function variesBetweenCopies(
  { template, known }: KnownTemplate,
  { isOwnText, isOwnValue }: OwnValues,
): (value: Json) => boolean {
  const parameters = declaredParameters(template);
  return (value) =>
    isOwnText(JSON.stringify(value)) ||
    references(value).some(({ name }) => {
      if (name === 'AWS::StackName' || name === 'AWS::StackId') return true;
      if (Object.hasOwn(parameters, name)) return isOwnValue(known[name] ?? '');
      return Object.hasOwn(template.Resources, name);
    });
}
