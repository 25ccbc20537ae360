import { isObject, type Json, type JsonObject } from './types.ts';

/**
 * A value in the one way of writing it that all equivalent ones share: scalars as text, as CloudFormation compares
 * them; `Fn::Sub` without variables and `Fn::Join` of texts as the text they make; keys sorted.
 */
export function canonicalValue(value: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(canonicalValue);
  if (!isObject(value)) return String(value);
  const literal = literalText(value);
  if (literal !== undefined) return literal;
  const sorted: JsonObject = {};
  for (const key of Object.keys(value).sort()) sorted[key] = canonicalValue(value[key] ?? null);
  return sorted;
}

/** Whether two values mean the same to CloudFormation. */
export function equivalent(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return JSON.stringify(canonicalValue(a)) === JSON.stringify(canonicalValue(b));
}

function literalText(value: JsonObject): string | undefined {
  const keys = Object.keys(value);
  if (keys.length !== 1) return undefined;
  const sub = value['Fn::Sub'];
  if (typeof sub === 'string' && !sub.includes('${')) return sub;
  const join = value['Fn::Join'];
  if (Array.isArray(join) && typeof join[0] === 'string' && Array.isArray(join[1])) {
    const parts = join[1].map(canonicalValue);
    if (parts.every((part) => typeof part === 'string')) return parts.join(join[0]);
  }
  return undefined;
}
