import { onlyKey } from '../intrinsics.ts';
import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { resolvedValue } from './resolved.ts';

/**
 * A value in the one way of writing it that all equivalent ones share: scalars as text, as CloudFormation compares
 * them; `Fn::Sub` without variables and `Fn::Join` of texts as the text they make; `Fn::GetAtt` and `Fn::Sub` of one
 * variable in one form; keys sorted.
 */
export function canonicalValue(value: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(canonicalValue);
  if (!isObject(value)) return String(value);
  const known = resolvedValue(value);
  if (known !== undefined) return canonicalValue(known);
  const simple = simplified(value);
  if (simple !== undefined) return simple;
  // Not by assignment: a key may be `__proto__`.
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, canonicalValue(value[key] ?? null)]),
  );
}

/** The canonical value as text: equal for equivalent values, and for no others. */
export const canonicalText = (value: Json | undefined): string =>
  value === undefined ? '' : JSON.stringify(canonicalValue(value));

/** Whether two values mean the same to CloudFormation. */
export function equivalent(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  return a !== undefined && b !== undefined && isSame(a, b);
}

/** Whether the canonical forms of two values are equal, without making them. */
function isSame(a: Json, b: Json): boolean {
  if (a === b) return true;
  const one = meaning(a);
  const other = meaning(b);
  if (one === null || other === null) return one === other;
  if (typeof one !== 'object' || typeof other !== 'object')
    return typeof one !== 'object' && typeof other !== 'object' && String(one) === String(other);
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let index = 0; index < one.length; index++)
      if (!isSame(one[index] ?? null, other[index] ?? null)) return false;
    return true;
  }
  return !Array.isArray(other) && isSameMap(one, other);
}

/** Keys whose value is `undefined` do not count: code may leave such keys. */
function isSameMap(one: JsonObject, other: JsonObject): boolean {
  let count = 0;
  for (const key of Object.keys(one)) {
    const value = one[key];
    if (value === undefined) continue;
    const same = own(other, key);
    if (same === undefined || !isSame(value, same)) return false;
    count++;
  }
  const others = Object.keys(other);
  return count === others.length || count === others.filter((key) => other[key] !== undefined).length;
}

/** The value to compare: of a function call that is resolved or can be simplified, the result. */
function meaning(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const key = onlyKey(value);
  if (key === undefined) return value;
  const known = resolvedValue(value);
  return known !== undefined ? meaning(known) : (simplified(value) ?? value);
}

/** Plain text of a value that ought to be one, JSON in its canonical writing otherwise. */
export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  const canonical = canonicalValue(value);
  return typeof canonical === 'string' ? canonical : JSON.stringify(canonical);
}

function simplified(value: JsonObject): Json | undefined {
  const key = onlyKey(value);
  const argument = key === undefined ? undefined : value[key];
  if (key === 'Fn::Sub') return simplifiedSub(argument);
  if (key === 'Fn::GetAtt' && Array.isArray(argument) && argument.every((part) => typeof part === 'string')) {
    return { 'Fn::GetAtt': argument.join('.') };
  }
  if (
    key === 'Fn::Join' &&
    Array.isArray(argument) &&
    argument.length === 2 &&
    typeof argument[0] === 'string' &&
    Array.isArray(argument[1])
  ) {
    const parts = argument[1].map(canonicalValue);
    // The caller must not do it again: each level of nested joins would double the time.
    return parts.every((part) => typeof part === 'string')
      ? parts.join(argument[0])
      : { 'Fn::Join': [argument[0], parts] };
  }
  return undefined;
}

/**
 * A text in which variables that are texts or references stand as such: the text alone, where none is left.
 *
 * @returns `undefined` where nothing gets simpler
 */
function inlined([text, variables]: readonly Json[]): Json | undefined {
  if (typeof text !== 'string' || variables === undefined) return text;
  if (!isObject(variables)) return undefined;
  const left = new Map(Object.entries(variables).map(([name, value]) => [name, canonicalValue(value)]));
  const count = left.size;
  const short = text.replaceAll(/\$\{\s*([^!{}][^{}]*?)\s*\}/g, (whole, name: string) =>
    left.has(name) ? (inText(left.get(name) ?? null) ?? whole) : whole,
  );
  for (const [name, value] of left) if (inText(value) !== undefined) left.delete(name);
  if (left.size === 0) return short;
  return left.size === count ? undefined : { 'Fn::Sub': [short, Object.fromEntries(left)] };
}

/** A value as a part of a text that `Fn::Sub` fills. */
function inText(value: Json): string | undefined {
  if (typeof value === 'string') return value.replaceAll('${', '${!');
  const { Ref: name, 'Fn::GetAtt': path } = isObject(value) ? value : {};
  const reference = typeof name === 'string' ? name : path;
  return typeof reference === 'string' && onlyKey(value) !== undefined ? `\${${reference}}` : undefined;
}

function simplifiedSub(argument: Json | undefined): Json | undefined {
  const text = Array.isArray(argument) ? inlined(argument) : argument;
  if (isObject(text)) return text;
  if (typeof text !== 'string') return undefined;
  if (!text.includes('${')) return text;
  const variable = /^\$\{([^!{}][^{}]*)\}$/.exec(text)?.[1];
  if (variable === undefined) return text === argument ? undefined : { 'Fn::Sub': text };
  return variable.includes('.') ? { 'Fn::GetAtt': variable } : { Ref: variable };
}
