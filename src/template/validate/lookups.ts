import type { Problem } from '../../problem.ts';
import { closest } from '../../text/closest.ts';
import type { TemplateDocument } from '../document.ts';
import { expansionOf, type Functions, functionsIn } from '../transforms.ts';
import { isObject, own, scalarText, type Template, type TemplatePath } from '../types.ts';
import { evaluator } from '../values/effective.ts';
import { givenParameters } from '../values/known-value.ts';
import { callsIn, type FoundCall } from './calls.ts';
import type { Judged } from './judged.ts';
import { pastTheEnd } from './past-the-end.ts';

/** Functions that take something out of something. */
const LOOKUPS: ReadonlySet<string> = new Set(['Fn::FindInMap', 'Fn::Select']);

const callsLookups = (functions: Functions): boolean => [...LOOKUPS].some((name) => functions.has(name));

/** Keys of a mapping that are asked for; `undefined`: not known here. */
interface Lookup {
  readonly map: string;
  readonly keys: readonly [string | undefined, string | undefined];
  /** Of the function. */
  readonly path: TemplatePath;
}

/**
 * Keys that a mapping lacks, and items that a list lacks, where everything is written out.
 * CloudFormation answers "Unable to get mapping for TopicSuffixMap::C::Suffix", as LocalStack's tests recorded it.
 */
export function literalLookupProblems({ template, locate, functions }: Judged): Problem[] {
  if (!callsLookups(functions)) return [];
  const evaluate = evaluator({ template, known: {} });
  return callsIn(template, LOOKUPS).flatMap((call) => {
    const { name, argument, path } = call;
    if (name === 'Fn::Select') return unlessUndefined(missingItem(call, evaluate), locate, path);
    const [map, ...keys] = argument.map((key) => (typeof key === 'object' ? undefined : scalarText(key)));
    if (map === undefined || argument.length > 3) return [];
    return unlessUndefined(missingKey(template, { map, keys: [keys[0], keys[1]], path }), locate, path);
  });
}

/**
 * The same with values of parameters, where the lookup is made for sure: what conditions leave out, or may leave out, is
 * not judged.
 *
 * @param values of parameters and pseudo parameters, by name, as far as they are known
 */
export function lookupProblems(
  { template, locate }: Pick<TemplateDocument, 'template' | 'locate'>,
  values: Readonly<Record<string, string>>,
): Problem[] {
  const functions = functionsIn(template);
  if (!callsLookups(functions) || expansionOf(template, functions) === 'anything') return [];
  const evaluate = evaluator({ template, known: givenParameters(template, values) });
  const withNothing = evaluator({ template, known: {} });
  return callsIn(template, LOOKUPS).flatMap((call) => {
    const { name, argument, path, conditions } = call;
    if (name === 'Fn::Select') {
      // What is written out has been judged already.
      const isTold = missingItem(call, withNothing) !== undefined;
      return isTold ? [] : unlessUndefined(missingItem(call, evaluate), locate, path);
    }
    if (argument.length > 3 || argument.every((key) => typeof key !== 'object')) return [];
    if (!isMade({ conditions }, evaluate)) return [];
    const [map, first, second] = argument.map((key) => evaluate.value(key));
    if (typeof map !== 'string' || typeof first !== 'string') return [];
    const lookup = { map, keys: [first, typeof second === 'string' ? second : undefined] as const, path };
    return unlessUndefined(missingKey(template, lookup), locate, path);
  });
}

type Evaluator = ReturnType<typeof evaluator>;
type Missing = Omit<Problem, 'place'>;

const isMade = ({ conditions }: Pick<FoundCall, 'conditions'>, { condition }: Evaluator): boolean =>
  conditions.every(({ name, met }) => condition(name) === met);

const unlessUndefined = (
  problem: Missing | undefined,
  locate: TemplateDocument['locate'],
  path: TemplatePath,
): Problem[] => (problem ? [{ ...problem, place: locate(path) }] : []);

/** An index past the end of a list that is computed; of one that is written out, its function tells. */
function missingItem(call: FoundCall, evaluate: Evaluator): Missing | undefined {
  const { argument, path } = call;
  const [index = null, items = null] = argument;
  if (argument.length !== 2 || (typeof index !== 'object' && Array.isArray(items))) return undefined;
  if (!isMade(call, evaluate)) return undefined;
  // Of a list that is written out, items need not be known for it to have an end.
  const known = Array.isArray(items) ? items : evaluate.value(items);
  const takes = pastTheEnd(evaluate.value(index), known);
  if (takes === undefined) return undefined;
  const subject = String(path[1]);
  return {
    subject,
    message: `Fn::Select takes ${takes}`,
    next: 'Take another item, or make the list longer.',
  };
}

function missingKey(template: Template, { map, keys, path }: Lookup): Missing | undefined {
  const mapping = isObject(template.Mappings) ? own(template.Mappings, map) : undefined;
  // A mapping that is not there is told as such.
  if (!isObject(mapping)) return undefined;
  const [first, second] = keys;
  const subject = String(path[1]);
  if (first !== undefined && !Object.hasOwn(mapping, first)) return lacking(subject, map, first, mapping);
  const entries = first === undefined ? Object.values(mapping) : [own(mapping, first)];
  const maps = entries.filter(isObject);
  if (second === undefined || maps.length < entries.length || maps.length === 0) return undefined;
  if (maps.some((entry) => Object.hasOwn(entry, second))) return undefined;
  return lacking(subject, first === undefined ? map : `${map}.${first}`, second, maps[0] ?? {});
}

function lacking(subject: string, where: string, key: string, entries: object): Missing {
  const meant = closest(key, Object.keys(entries));
  return {
    subject,
    message: `the mapping ${where} has no key ${JSON.stringify(key)}`,
    next: meant ? `Write ${meant} if that is meant.` : `Keys are ${Object.keys(entries).join(', ')}.`,
  };
}
