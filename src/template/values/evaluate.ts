import { isIntrinsic } from '../intrinsics.ts';
import { declaredParameters, isList } from '../parameters.ts';
import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { canonicalText } from './equivalence.ts';
import { type Known, type KnownTemplate, knownValue, lookedUp } from './known-value.ts';
import { isLoop, loopEntries } from './loops.ts';
import { asResolved, asWritten, resolved } from './resolved.ts';

/** What values are evaluated with. */
export interface Scope {
  readonly template: Template;
  readonly known: Known;
  /** What conditions come to; `undefined` where only CloudFormation can tell, and while one is being evaluated. */
  readonly conditions: Map<string, boolean | undefined>;
}

/** Values of parameters: those of lists as lists. */
export function typed(template: Template, known: KnownTemplate['known']): Readonly<Record<string, Json>> {
  const declared = declaredParameters(template);
  return Object.fromEntries(
    Object.entries(known).map(([name, value]) => [
      name,
      isList(own(declared, name) ?? {}) ? value.split(',').map((item) => item.trim()) : value,
    ]),
  );
}

/** The entries of a map, those of its loops in their place. */
export const writtenOut = (map: JsonObject, scope: Scope): (readonly [string, Json])[] =>
  Object.entries(map).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    const made = isLoop(key) ? loopEntries(value, (each) => comesTo(each, scope)) : undefined;
    return made?.map(([name, each]) => [name, each] as const) ?? [[key, value]];
  });

/**
 * A value with what is known put in its place: branches of conditions chosen, loops written out, mappings looked up, and
 * function calls with what they come to (see {@link resolved}). What needs no rewriting is returned as it is: most of a
 * template needs none.
 */
export function rewrite(value: Json, scope: Scope): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => rewrite(item, scope));
    return items.every((item, index) => item === value[index] && !isNoValue(item))
      ? value
      : items.filter((item) => !isNoValue(item));
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  const [name = ''] = keys;
  if (keys.length > 1 || !isIntrinsic(value)) return rewriteMap(value, scope, keys);
  const chosen = Object.hasOwn(CHOICES, name) ? CHOICES[name]?.(value[name] ?? null, scope) : undefined;
  return chosen === undefined ? call(name, value, scope) : chosen;
}

function rewriteMap(map: JsonObject, scope: Scope, keys = Object.keys(map)): JsonObject {
  const values = keys.map((key) => (isLoop(key) ? null : rewrite(map[key] ?? null, scope)));
  if (values.every((item, index) => item === map[keys[index] ?? ''] && !isNoValue(item))) return map;
  return Object.fromEntries(
    writtenOut(map, scope).flatMap(([key, item]): [string, Json][] => {
      const at = keys.indexOf(key);
      const result = isLoop(key) ? item : at >= 0 ? (values[at] ?? null) : rewrite(item, scope);
      return isNoValue(result) ? [] : [[key, result]];
    }),
  );
}

const isNoValue = (value: Json): boolean => isObject(value) && value.Ref === 'AWS::NoValue';

/** A function call whose parts are rewritten, with its value where that is known. */
function call(name: string, value: JsonObject, scope: Scope): Json {
  if (name === 'Fn::GetAtt' || (name === 'Ref' && lookedUp(scope.known, String(value.Ref)) === undefined))
    return value;
  const inner = rewriteCall(name, value, scope);
  const values = asResolved(inner);
  const found = knownValue(values, scope.known) ?? partly(values, scope);
  return found === undefined ? inner : resolved(found, asWritten(inner));
}

/** Nothing is left out of the arguments of a call: which is which, their places say. */
function rewriteCall(name: string, value: JsonObject, scope: Scope): JsonObject {
  const argument = value[name];
  if (!Array.isArray(argument)) return rewriteMap(value, scope);
  const items = argument.map((item) => rewrite(item, scope));
  return items.every((item, index) => item === argument[index]) ? value : { [name]: items };
}

/** A text with those variables filled in that are known. */
function partly(value: Json, { known }: Scope): Json | undefined {
  const argument = isObject(value) ? own(value, 'Fn::Sub') : undefined;
  const [text, variables] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') return undefined;
  const given = isObject(variables) ? variables : {};
  const filled = text.replace(/\$\{\s*([^!{}][^{}]*?)\s*\}/g, (whole, name: string) => {
    const found = Object.hasOwn(given, name) ? knownValue(given[name], known) : lookedUp(known, name);
    return typeof found === 'string' ? found.replaceAll('${', '${!') : whole;
  });
  if (filled === text) return undefined;
  return { 'Fn::Sub': isObject(variables) ? [filled, variables] : filled };
}

/** Calls that stand for another part of the template; `undefined` where it is not known which. */
const CHOICES: Readonly<Record<string, (argument: Json, scope: Scope) => Json | undefined>> = {
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = Array.isArray(argument) ? argument : [];
    const met = typeof name === 'string' ? conditionValue(name, scope) : undefined;
    const branch = met === undefined ? undefined : met ? yes : no;
    return branch === undefined ? undefined : rewrite(branch, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    if (!Array.isArray(argument)) return undefined;
    const [map, first, second, rest] = argument;
    const keys = [map, first, second].map((key) => (key === undefined ? undefined : comesTo(key, scope)));
    if (!keys.every((key) => typeof key === 'string')) return undefined;
    const found = keys.reduce<Json | undefined>(
      (at, key) => (isObject(at) ? own(at, key) : undefined),
      scope.template.Mappings,
    );
    // The language extensions know a value for keys that are not there.
    const fallback = isObject(rest) ? own(rest, 'DefaultValue') : undefined;
    return found ?? (fallback === undefined ? undefined : rewrite(fallback, scope));
  },
};

export const comesTo = (value: Json, scope: Scope): Json | undefined =>
  knownValue(asResolved(rewrite(value, scope)), scope.known);

export function conditionValue(name: string, scope: Scope): boolean | undefined {
  const { template, conditions } = scope;
  if (conditions.has(name)) return conditions.get(name);
  conditions.set(name, undefined);
  const declared = isObject(template.Conditions) ? template.Conditions : {};
  const definition = own(declared, name) ?? new Map(writtenOut(declared, scope)).get(name);
  const value = decide(definition, scope);
  conditions.set(name, value);
  return value;
}

function decide(value: Json | undefined, scope: Scope): boolean | undefined {
  if (!isObject(value)) return undefined;
  const [entry, ...more] = Object.entries(value);
  if (!entry || more.length > 0) return undefined;
  const [name, argument] = entry;
  const parts = Array.isArray(argument) ? argument : [];
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? conditionValue(argument, scope) : undefined;
    case 'Fn::Equals': {
      const [left, right] = parts.map((part) => comesTo(part, scope));
      return left === undefined || right === undefined
        ? undefined
        : canonicalText(left) === canonicalText(right);
    }
    case 'Fn::Not': {
      const negated = decide(parts[0], scope);
      return negated === undefined ? undefined : !negated;
    }
    case 'Fn::And':
      return joined(parts, false, scope);
    case 'Fn::Or':
      return joined(parts, true, scope);
    default:
      return undefined;
  }
}

/** One part that is decisive decides; without one, all have to be known. */
function joined(parts: readonly Json[], decisive: boolean, scope: Scope): boolean | undefined {
  const values = parts.map((part) => decide(part, scope));
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}
