import { isObject, type Json, type JsonObject } from '../types.ts';
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
  if (a === undefined || b === undefined) return false;
  // Most of a template is written as it was; telling so is much cheaper than canonical forms.
  return JSON.stringify(a) === JSON.stringify(b) || canonicalText(a) === canonicalText(b);
}

/** Plain text of a value that ought to be one, JSON in its canonical writing otherwise. */
export function textOf(value: Json | undefined): string {
  if (value === undefined) return '';
  const canonical = canonicalValue(value);
  return typeof canonical === 'string' ? canonical : JSON.stringify(canonical);
}

function simplified(value: JsonObject): Json | undefined {
  const keys = Object.keys(value);
  if (keys.length !== 1) return undefined;
  const [key] = keys;
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
    // Not once more by the caller: joins in joins would take twice as long with each.
    return parts.every((part) => typeof part === 'string')
      ? parts.join(argument[0])
      : { 'Fn::Join': [argument[0], parts] };
  }
  return undefined;
}

function simplifiedSub(argument: Json | undefined): Json | undefined {
  const text = Array.isArray(argument) && argument.length === 1 ? argument[0] : argument;
  if (typeof text !== 'string') return undefined;
  if (!text.includes('${')) return text;
  const variable = /^\$\{([^!{}][^{}]*)\}$/.exec(text)?.[1];
  if (variable === undefined) return undefined;
  return variable.includes('.') ? { 'Fn::GetAtt': variable } : { Ref: variable };
}
