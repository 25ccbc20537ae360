import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { references } from '../references.ts';
import { expansionOf, functionsIn } from '../transforms.ts';
import { isObject, type Json, own, scalarText, type Template } from '../types.ts';
import { evaluator } from '../values/effective.ts';
import { givenParameters } from '../values/known-value.ts';
import { callsIn, type FoundCall } from './calls.ts';

/** Functions that name resources. */
const NAMING: ReadonlySet<string> = new Set(['Ref', 'Fn::GetAtt', 'Fn::Sub']);

/** What SAM takes over from its own functions, whatever else they say. */
const TAKEN_OVER: ReadonlySet<unknown> = new Set(['Environment', 'Layers', 'VpcConfig']);

/**
 * References to resources that their condition leaves out, in what is made for sure.
 * CloudFormation answers "Unresolved resource dependencies [Queue] in the Outputs block of the template". A DependsOn may
 * name them. Source: cfn-lint's rule W1001.
 *
 * @param values of parameters and pseudo parameters, by name, as far as they are known
 */
export function unmadeProblems(
  { template, locate }: Pick<TemplateDocument, 'template' | 'locate'>,
  values: Readonly<Record<string, string>>,
): Problem[] {
  const { Conditions, Resources } = template;
  if (!isObject(Conditions) || expansionOf(template, functionsIn(template)) === 'anything') return [];
  const { condition } = evaluator({ template, known: givenParameters(template, values) });
  const left = new Map<string, string>();
  for (const [id, resource] of Object.entries(Resources)) {
    const name = isObject(resource) ? resource.Condition : undefined;
    if (typeof name === 'string' && condition(name) === false) left.set(id, name);
  }
  if (left.size === 0) return [];
  const ids = [...left.keys()];
  const mayName = (_: string, [first]: readonly Json[]): boolean =>
    typeof first === 'string' && ids.some((id) => first.includes(id));
  return callsIn(template, NAMING, mayName).flatMap((call) => {
    const { path, conditions } = call;
    const isMade = conditions.every(({ name, met }) => condition(name) === met);
    if (path[0] === 'Conditions' || !isMade || !isTakenOver(template, call)) return [];
    return [...namedBy(call)]
      .filter((name) => left.has(name))
      .map((name) => ({
        subject: String(path[1]),
        message: `refers to ${name}, which is not made: its condition ${left.get(name)} is false`,
        place: locate(path),
        next: 'Put the reference into !If with that condition, or give what refers to it the same condition.',
      }));
  });
}

/** What the variables of a Sub come to are calls of their own. */
function namedBy({ name, argument: [first = null, second] }: FoundCall): ReadonlySet<string> {
  const more = isObject(second) ? Object.fromEntries(Object.keys(second).map((key) => [key, ''])) : second;
  const argument: Json = more === undefined ? first : [first, more];
  return new Set(references({ [name]: argument }).map((each) => each.name));
}

function isTakenOver({ Resources }: Template, { path: [section, id, , property] }: FoundCall): boolean {
  const resource = section === 'Resources' ? own(Resources, String(id)) : undefined;
  const isSam = isObject(resource) && scalarText(resource.Type).startsWith('AWS::Serverless::');
  return !isSam || TAKEN_OVER.has(property);
}
