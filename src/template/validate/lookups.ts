import type { Problem } from '../../problem.ts';
import { closest } from '../../text/closest.ts';
import type { TemplateDocument } from '../document.ts';
import { noEchoParameters } from '../parameters.ts';
import { expansionOf } from '../transforms.ts';
import { isObject, type Json, own, scalarText, type Template, type TemplatePath } from '../types.ts';
import { evaluator } from '../values/effective.ts';
import { isLoop } from '../values/loops.ts';
import type { Judged } from './judged.ts';

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
export function literalLookupProblems({ template, locate, functions }: Judged): Problem[] {
  if (!isObject(template.Mappings) || !functions.has('Fn::FindInMap')) return [];
  return lookups(template).flatMap(({ argument, path }) => {
    const [map, ...keys] = argument.map((key) => (typeof key === 'object' ? undefined : scalarText(key)));
    if (map === undefined || argument.length > 3) return [];
    const problem = missingKey(template, { map, keys: [keys[0], keys[1]], path });
    return problem ? [{ ...problem, place: locate(path) }] : [];
  });
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
function lookups({ Conditions, Outputs, Resources }: Template): readonly FoundLookup[] {
  const finder = new Finder();
  if (Conditions !== undefined) finder.within(Conditions, ['Conditions'], []);
  for (const [section, entries] of [
    ['Outputs', Outputs],
    ['Resources', Resources],
  ] as const) {
    for (const [id, entry] of Object.entries(isObject(entries) ? entries : {})) {
      if (!isObject(entry) || isLoop(id)) continue;
      const conditions = typeof entry.Condition === 'string' ? [{ name: entry.Condition, met: true }] : [];
      for (const key of section === 'Outputs' ? ['Value', 'Export'] : ['Properties'])
        finder.within(entry[key] ?? null, [section, id, key], conditions);
    }
  }
  return finder.found;
}

class Finder {
  readonly found: FoundLookup[] = [];
  /** One path that grows and shrinks. */
  #at: (string | number)[] = [];
  #conditions: readonly Met[] = [];

  within(value: Json, path: TemplatePath, conditions: readonly Met[]): void {
    this.#at = [...path];
    this.#conditions = conditions;
    this.#walk(value);
  }

  #below(step: string | number, value: Json): void {
    if (typeof value !== 'object' || value === null) return;
    this.#at.push(step);
    this.#walk(value);
    this.#at.pop();
  }

  #walk(value: Json): void {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) this.#below(index, value[index] ?? null);
      return;
    }
    if (!isObject(value)) return;
    for (const key of Object.keys(value)) {
      const item = value[key] ?? null;
      if (isLoop(key)) continue;
      if (key === 'Fn::FindInMap' && Array.isArray(item))
        this.found.push({ argument: item, path: [...this.#at, key], conditions: this.#conditions });
      if (key === 'Fn::If' && Array.isArray(item) && typeof item[0] === 'string')
        this.#branches(item[0], item);
      else this.#below(key, item);
    }
  }

  #branches(name: string, argument: readonly Json[]): void {
    const conditions = this.#conditions;
    this.#at.push('Fn::If');
    for (const [index, met] of [true, false].entries()) {
      this.#conditions = [...conditions, { name, met }];
      this.#below(index + 1, argument[index + 1] ?? null);
    }
    this.#at.pop();
    this.#conditions = conditions;
  }
}
