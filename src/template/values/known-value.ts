import { declaredParameters, noEchoParameters, ssmParameters } from '../parameters.ts';
import { isObject, type Json, own, type Template } from '../types.ts';

/** A template and what its parameters and pseudo parameters stand for. */
export interface KnownTemplate {
  readonly template: Template;
  readonly known: Readonly<Record<string, string>>;
}

/**
 * Values of parameters, as far as they can be known: defaults, and what each of the next maps says instead. CloudFormation
 * shows asterisks for what is, or was, NoEcho.
 */
export function knownParameters(
  template: Template,
  ...values: readonly Readonly<Record<string, string>>[]
): Readonly<Record<string, string>> {
  const defaults = Object.entries(declaredParameters(template)).flatMap(([name, { Default }]) =>
    Default === undefined || Default === null ? [] : [[name, String(Default)]],
  );
  const known: Record<string, string> = Object.assign({}, Object.fromEntries(defaults), ...values);
  return Object.fromEntries(
    Object.entries(givenParameters(template, known)).filter(([, value]) => !/^\*{4,}$/.test(value)),
  );
}

/** Of values that are given, those that stand for themselves and may be shown. */
export function givenParameters(
  template: Template,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const unknown = new Set([...noEchoParameters(template), ...ssmParameters(template)]);
  return Object.fromEntries(Object.entries(values).filter(([name]) => !unknown.has(name)));
}

/**
 * What a value comes to with the given parameters and pseudo parameters, as far as that needs nothing else.
 *
 * @returns `undefined` when only CloudFormation can tell
 */
export function knownValue(value: Json | undefined, known: Known): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => knownValue(item, known));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isObject(value)) return String(value);
  const [entry, ...more] = Object.entries(value);
  if (!entry || more.length > 0) return undefined;
  const [name, argument] = entry;
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]?.(argument, known) : undefined;
}

/** Values by name, or what tells them; parameters that are lists may be given as such. */
export type Known = Readonly<Record<string, Json>> | ((name: string) => Json | undefined);

/** What a name stands for; `undefined` where only CloudFormation can tell. */
export const lookedUp = (known: Known, name: string): Json | undefined =>
  typeof known === 'function' ? known(name) : own(known, name);

const FUNCTIONS: Readonly<Record<string, (argument: Json, known: Known) => Json | undefined>> = {
  Ref: (name, known) => (typeof name === 'string' ? lookedUp(known, name) : undefined),
  'Fn::Sub': (argument, known) => {
    const [text, variables] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== 'string') return undefined;
    const given = isObject(variables) ? variables : {};
    const missing: string[] = [];
    const filled = text.replace(/\$\{(!?)\s*([^}]+?)\s*\}/g, (_whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      const found = Object.hasOwn(given, name) ? knownValue(given[name], known) : lookedUp(known, name);
      if (typeof found === 'string') return found;
      missing.push(name);
      return '';
    });
    return missing.length > 0 ? undefined : filled;
  },
  'Fn::Join': (argument, known) => {
    const [separator, list] = pair(argument);
    const items = knownValue(list, known);
    return typeof separator === 'string' && Array.isArray(items) ? items.join(separator) : undefined;
  },
  'Fn::Split': (argument, known) => {
    const [separator, list] = pair(argument);
    const text = knownValue(list, known);
    return typeof separator === 'string' && typeof text === 'string' ? text.split(separator) : undefined;
  },
  'Fn::Select': (argument, known) => {
    const [index, list] = pair(argument);
    const [at, items] = [knownValue(index, known), knownValue(list, known)];
    return Array.isArray(items) && typeof at === 'string' ? items[Number(at)] : undefined;
  },
};

const pair = (argument: Json): readonly (Json | undefined)[] => (Array.isArray(argument) ? argument : []);
