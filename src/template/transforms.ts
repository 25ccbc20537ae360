import { isObject, type Json, scalarText, type Template, type TemplatePath } from './types.ts';

export const SAM = 'AWS::Serverless-2016-10-31';
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/**
 * What may come out of a template's transforms besides what its text shows:
 * `nothing`; `resources`, by transforms of CloudFormation itself, which make neither conditions nor mappings;
 * `anything`, by macros and included fragments.
 */
export type Expansion = 'nothing' | 'resources' | 'anything';

/**
 * See {@link Expansion}. Source: CloudFormation template reference, "Transforms".
 *
 * @param functions those that are called in the template, where that is known already
 */
export function expansionOf(template: Template, functions = functionsIn(template)): Expansion {
  const transforms = transformsOf(template);
  const own = (transform: Json): boolean => typeof transform === 'string' && transform.startsWith('AWS::');
  if (!transforms.every(own) || functions.has('Fn::Transform')) return 'anything';
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
  transformsOf(template).length > 0 || functionsIn(template).has('Fn::Transform');

/** Names of functions that are called somewhere, each with the path of its first call; loops are all one. */
export type Functions = ReadonlyMap<string, TemplatePath>;

/** The loop of the language extensions, whose key goes on with a name of its own. */
const LOOP = 'Fn::ForEach';

/** See {@link Functions}. */
export function functionsIn(value: Json): Functions {
  const found = new Map<string, TemplatePath>();
  // One path that grows and shrinks, for what has something below it: most values are scalars.
  const at: (string | number)[] = [];
  const below = (step: string | number, item: Json): void => {
    at.push(step);
    walk(item);
    at.pop();
  };
  const walk = (each: Json): void => {
    if (typeof each !== 'object' || each === null) return;
    if (Array.isArray(each)) {
      for (let index = 0; index < each.length; index++) {
        const item = each[index];
        if (typeof item === 'object') below(index, item);
      }
      return;
    }
    const keys = Object.keys(each);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? '';
      if (key.startsWith('Fn::')) {
        const name = key.startsWith(`${LOOP}::`) ? LOOP : key;
        if (!found.has(name)) found.set(name, [...at, key]);
      }
      const item = each[key];
      if (typeof item === 'object') below(key, item);
    }
  };
  walk(value);
  return found;
}

/** A word of the template that only a transform understands. */
interface Requirement {
  readonly transform: string;
  readonly what: string;
  readonly path: TemplatePath;
}

/** Functions that only the language extensions know. */
const EXTENDED = [LOOP, 'Fn::Length', 'Fn::ToJsonString'];

/** What the template uses of transforms that it does not declare; nothing where a macro may understand it. */
export function* missingTransforms(template: Template, functions: Functions): Generator<Requirement> {
  if (expansionOf(template, functions) === 'anything') return;
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
    const path = functions.get(name);
    if (path) yield { transform: LANGUAGE_EXTENSIONS, what: name, path };
  }
}
