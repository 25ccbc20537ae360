import { isObject, type Json, type JsonObject } from '../types.ts';

/** Looks like a function call to whatever walks a template, and is the name of none. */
const RESOLVED = 'Fn::Resolved';

/**
 * A function call together with what it comes to. It is equal to whatever comes to the same, and shown as its author wrote
 * it: values of parameters may be nobody's business.
 */
export const resolved = (value: Json, written: Json): JsonObject => ({ [RESOLVED]: [value, written] });

function parts(value: Json): readonly [value: Json, written: Json] | undefined {
  const pair = isObject(value) ? value[RESOLVED] : undefined;
  return Array.isArray(pair) ? [pair[0] ?? null, pair[1] ?? null] : undefined;
}

/** What a resolved call comes to; `undefined` for anything else. */
export const resolvedValue = (value: Json): Json | undefined => parts(value)?.[0];

/** A value with all that is resolved in it as it comes to. */
export const asResolved = (value: Json): Json => each(value, 0);
/** A value with all that is resolved in it as its author wrote it. */
export const asWritten = (value: Json): Json => each(value, 1);

/** What holds nothing resolved is returned as it is. */
function each(value: Json, side: 0 | 1): Json {
  if (typeof value !== 'object' || value === null) return value;
  const pair = parts(value);
  if (pair) return each(pair[side], side);
  return Array.isArray(value) ? eachItem(value, side) : eachEntry(value, side);
}

function eachItem(items: Json[], side: 0 | 1): Json {
  let changed: Json[] | undefined;
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Json;
    const after = each(item, side);
    if (after === item) continue;
    changed ??= [...items];
    changed[index] = after;
  }
  return changed ?? items;
}

function eachEntry(map: JsonObject, side: 0 | 1): Json {
  let changed: Map<string, Json> | undefined;
  for (const key of Object.keys(map)) {
    const item = map[key] ?? null;
    const after = each(item, side);
    if (after === item) continue;
    changed ??= new Map(Object.keys(map).map((name) => [name, map[name] ?? null]));
    changed.set(key, after);
  }
  return changed ? Object.fromEntries(changed) : map;
}
