import type { Problem } from '../../problem.ts';
import { closest } from '../../text/closest.ts';
import type { TemplateDocument } from '../document.ts';
import { noEchoParameters } from '../parameters.ts';
import { expansionOf } from '../transforms.ts';
import { isObject, type Json, own, scalarText, type Template, type TemplatePath } from '../types.ts';
import { evaluator } from '../values/effective.ts';
import { isLoop } from '../values/loops.ts';

/** Keys of a mapping that are asked for; `undefined`: not known here. */
interface Lookup {
  readonly map: string;
  readonly keys: readonly [string | undefined, string | undefined];
  /** Of the function. */
  readonly path: TemplatePath;
}

/**
 * Keys that a mapping lacks, where both the mapping and the key are written out.
 * CloudFormation answers "Unable to get mapping for TopicSuffixMap::C::Suffix", as LocalStack's tests recorded it.
 */
export function* literalLookupProblems({
  template,
  locate,
}: Pick<TemplateDocument, 'template' | 'locate'>): Generator<Problem> {
  for (const { argument, path } of lookups(template)) {
    const [map, ...keys] = argument.map((key) => (typeof key === 'object' ? undefined : scalarText(key)));
    if (map === undefined || argument.length > 3) continue;
    const problem = missingKey(template, { map, keys: [keys[0], keys[1]], path });
    if (problem) yield { ...problem, place: locate(path) };
  }
}

/**
 * The same with values of parameters, where the lookup is made for sure: what conditions leave out, or may leave out, is
 * not judged.
 *
 * @param values of parameters, by name: those that are given, as a stack keeps the others
 */
export function lookupProblems(
  { template, locate }: TemplateDocument,
  values: Readonly<Record<string, string>>,
): Problem[] {
  if (!isObject(template.Mappings) || expansionOf(template) === 'anything') return [];
  const secret = new Set(noEchoParameters(template));
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => !secret.has(name)));
  const { condition, value } = evaluator({ template, known });
  const problems: Problem[] = [];
  for (const { argument, path, conditions } of lookups(template)) {
    if (argument.length > 3 || conditions.some(({ name, met }) => condition(name) !== met)) continue;
    const keys = argument.map((key) => value(key));
    const [map, first, second] = keys;
    // What is written out has been judged already.
    if (argument.every((key) => typeof key !== 'object')) continue;
    if (typeof map !== 'string' || typeof first !== 'string') continue;
    const lookup = { map, keys: [first, typeof second === 'string' ? second : undefined] as const, path };
    const problem = missingKey(template, lookup);
    if (problem) problems.push({ ...problem, place: locate(path) });
  }
  return problems;
}

function missingKey(template: Template, { map, keys, path }: Lookup): Omit<Problem, 'place'> | undefined {
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

function lacking(subject: string, where: string, key: string, entries: object): Omit<Problem, 'place'> {
  const meant = closest(key, Object.keys(entries));
  return {
    subject,
    message: `the mapping ${where} has no key ${JSON.stringify(key)}`,
    next: meant ? `Write ${meant} if that is meant.` : `Keys are ${Object.keys(entries).join(', ')}.`,
  };
}

interface FoundLookup {
  readonly argument: readonly Json[];
  readonly path: TemplatePath;
  /** What has to come out of which conditions for the lookup to be made. */
  readonly conditions: readonly Met[];
}

interface Met {
  readonly name: string;
  readonly met: boolean;
}

/** All lookups but for those in loops, and in what SAM makes of its own resources. */
function* lookups({ Conditions, Outputs, Resources }: Template): Generator<FoundLookup> {
  if (Conditions !== undefined) yield* lookupsIn(Conditions, ['Conditions'], []);
  for (const [section, entries] of [
    ['Outputs', Outputs],
    ['Resources', Resources],
  ] as const) {
    for (const [id, entry] of Object.entries(isObject(entries) ? entries : {})) {
      if (!isObject(entry) || isLoop(id)) continue;
      const conditions = typeof entry.Condition === 'string' ? [{ name: entry.Condition, met: true }] : [];
      for (const key of section === 'Outputs' ? ['Value', 'Export'] : ['Properties'])
        yield* lookupsIn(entry[key] ?? null, [section, id, key], conditions);
    }
  }
}

function* lookupsIn(value: Json, path: TemplatePath, conditions: readonly Met[]): Generator<FoundLookup> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* lookupsIn(item, [...path, index], conditions);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (isLoop(key)) continue;
    const at = [...path, key];
    if (key === 'Fn::FindInMap' && Array.isArray(item)) yield { argument: item, path: at, conditions };
    if (key === 'Fn::If' && Array.isArray(item) && typeof item[0] === 'string') {
      for (const [index, met] of [true, false].entries()) {
        const branch = { name: item[0], met };
        yield* lookupsIn(item[index + 1] ?? null, [...at, index + 1], [...conditions, branch]);
      }
    } else yield* lookupsIn(item, at, conditions);
  }
}
