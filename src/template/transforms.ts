import { isObject, type Json, scalarText, type Template, type TemplatePath } from './types.ts';

export const SAM = 'AWS::Serverless-2016-10-31';
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/**
 * What may come out of a template's transforms besides what its text shows:
 * `nothing`; `resources`, by transforms of CloudFormation itself, which make neither conditions nor mappings;
 * `anything`, by macros and included fragments.
 */
export type Expansion = 'nothing' | 'resources' | 'anything';

/** See {@link Expansion}. Source: CloudFormation template reference, "Transforms". */
export function expansionOf(template: Template): Expansion {
  const transforms = transformsOf(template);
  const own = (transform: Json): boolean => typeof transform === 'string' && transform.startsWith('AWS::');
  if (!transforms.every(own) || functionCall(template, 'Fn::Transform')) return 'anything';
  return transforms.length > 0 ? 'resources' : 'nothing';
}

/** The transforms that apply to the whole template. */
export function transformsOf(template: Template): readonly Json[] {
  const { Transform } = template;
  if (Transform === undefined || Transform === null) return [];
  return Array.isArray(Transform) ? Transform : [Transform];
}

/** Whether CloudFormation has to expand the template before it knows its resources. */
export const needsExpansion = (template: Template): boolean =>
  transformsOf(template).length > 0 || functionCall(template, 'Fn::Transform') !== undefined;

/** Where a function is first called below a value: the path of the key that starts with `name`. */
export function functionCall(value: Json, name: string, path: TemplatePath = []): TemplatePath | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  for (const [step, item] of entries) {
    if (!Array.isArray(value) && String(step).startsWith(name)) return [...path, step];
    const found = functionCall(item, name, [...path, step]);
    if (found) return found;
  }
  return undefined;
}

/** A word of the template that only a transform understands. */
interface Requirement {
  readonly transform: string;
  readonly what: string;
  readonly path: TemplatePath;
}

/** Functions that only the language extensions know; a loop's key goes on with its name. */
const EXTENDED = ['Fn::ForEach::', 'Fn::Length', 'Fn::ToJsonString'];

/** What the template uses of transforms that it does not declare; nothing where a macro may understand it. */
export function* missingTransforms(template: Template): Generator<Requirement> {
  if (expansionOf(template) === 'anything') return;
  const declared = new Set(transformsOf(template));
  if (!declared.has(SAM)) {
    const [id, resource] =
      Object.entries(template.Resources).find(
        ([, each]) => isObject(each) && scalarText(each.Type).startsWith('AWS::Serverless::'),
      ) ?? [];
    if (id !== undefined && isObject(resource))
      yield { transform: SAM, what: scalarText(resource.Type), path: ['Resources', id] };
    else if (template.Globals !== undefined)
      yield { transform: SAM, what: 'the section Globals', path: ['Globals'] };
  }
  if (declared.has(LANGUAGE_EXTENSIONS)) return;
  for (const name of EXTENDED) {
    const path = functionCall(template, name);
    if (path) yield { transform: LANGUAGE_EXTENSIONS, what: name.replace(/::$/, ''), path };
  }
}
