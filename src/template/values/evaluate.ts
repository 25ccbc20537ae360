import { isFunctionName, onlyKey } from '../intrinsics.ts';
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

/** A map in which loops are written out, as far as it is known what they go over. */
export function withoutLoops(map: JsonObject, scope: Scope): JsonObject {
  for (const key in map) if (isLoop(key)) return Object.fromEntries(writtenOut(map, scope));
  return map;
}

/** The entries of a map, those of its loops in their place. */
export const writtenOut = (map: JsonObject, scope: Scope): (readonly [string, Json])[] =>
  Object.entries(map).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    const made = isLoop(key) ? loopEntries(value, (each) => comesTo(each, scope)) : undefined;
    return made?.map(([name, each]) => [name, each] as const) ?? [[key, value]];
  });

/**
 * A value with what is known put in its place: branches of conditions chosen, loops written out, mappings looked up, and
 * function calls with what they come to (see {@link resolved}). What needs no rewriting is returned as the same object,
 * with nothing allocated; most of a template needs none.
 */
export function rewrite(value: Json, scope: Scope): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = rewriteItems(value, scope);
    return items.some(isNoValue) ? items.filter((item) => !isNoValue(item)) : items;
  }
  const name = onlyKey(value);
  if (name === undefined || !(isFunctionName(name) || name === 'Condition')) return rewriteMap(value, scope);
  const chosen = Object.hasOwn(CHOICES, name) ? CHOICES[name]?.(value[name] ?? null, scope) : undefined;
  return chosen === undefined ? call(name, value, scope) : chosen;
}

function rewriteItems(items: Json[], scope: Scope): Json[] {
  let changed: Json[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] ?? null;
    const after = typeof item === 'object' ? rewrite(item, scope) : item;
    if (after !== item) changed ??= items.slice(0, index);
    changed?.push(after);
  }
  return changed ?? items;
}

function rewriteMap(map: JsonObject, scope: Scope): JsonObject {
  const keys = Object.keys(map);
  let changed: (readonly [string, Json])[] | undefined;
  let hasLoops = false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    const item = map[key] ?? null;
    if (typeof item !== 'object' || item === null) {
      changed?.push([key, item]);
      continue;
    }
    const isLooped = Array.isArray(item) && isLoop(key);
    hasLoops ||= isLooped;
    const after = isLooped ? null : rewrite(item, scope);
    if (after !== item || isNoValue(after))
      changed ??= keys.slice(0, index).map((each) => [each, map[each] ?? null] as const);
    changed?.push([key, after]);
  }
  if (!changed) return map;
  const entries = hasLoops ? withLoops(map, changed, scope) : changed;
  return Object.fromEntries(entries.filter(([, item]) => !isNoValue(item)));
}

/** The entries of a map with those of its loops in their place. */
function withLoops(
  map: JsonObject,
  rewritten: readonly (readonly [string, Json])[],
  scope: Scope,
): (readonly [string, Json])[] {
  const known = new Map(rewritten);
  return writtenOut(map, scope).map(([key, item]) => {
    if (isLoop(key)) return [key, item];
    return [key, Object.hasOwn(map, key) ? (known.get(key) ?? null) : rewrite(item, scope)];
  });
}

export const isNoValue = (value: Json): boolean => isObject(value) && value.Ref === 'AWS::NoValue';

/** A function call whose parts are rewritten, with its value where that is known. */
function call(name: string, value: JsonObject, scope: Scope): Json {
  if (name === 'Fn::GetAtt' || (name === 'Ref' && lookedUp(scope.known, String(value.Ref)) === undefined))
    return value;
  const inner = rewriteCall(name, value, scope);
  const values = asResolved(inner);
  const found = knownValue(values, scope.known) ?? partly(values, scope);
  return found === undefined ? inner : resolved(found, asWritten(inner));
}

/** Arguments of a call are never left out: their position says what they mean. */
function rewriteCall(name: string, value: JsonObject, scope: Scope): JsonObject {
  const argument = value[name];
  if (!Array.isArray(argument)) return rewriteMap(value, scope);
  const items = rewriteItems(argument, scope);
  return items === argument ? value : { [name]: items };
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

/** What a condition, or what a rule asserts, comes to; `undefined` where only CloudFormation can tell. */
export function decide(value: Json | undefined, scope: Scope): boolean | undefined {
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
    case 'Fn::Contains':
    case 'Fn::EachMemberIn':
    case 'Fn::EachMemberEquals':
      return compared(name, parts, scope);
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

/** Functions of rules, which compare lists. Source: CloudFormation template reference, "Rule functions". */
function compared(name: string, parts: readonly Json[], scope: Scope): boolean | undefined {
  const [left, right] = parts.map((part) => comesTo(part, scope));
  if (!Array.isArray(left) || right === undefined) return undefined;
  if (name === 'Fn::Contains') return left.includes(right);
  if (name === 'Fn::EachMemberEquals') return left.every((each) => each === right);
  return Array.isArray(right) ? left.every((each) => right.includes(each)) : undefined;
}
