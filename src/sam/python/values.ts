import { isObject, type Json, type JsonObject, setOwn } from '../../template/types.ts';

/** Whether Python takes a value for true: nothing that is empty, zero or missing. The reference asks so in most places. */
export function truthy<Value extends Json>(value: Value | undefined): value is Value {
  if (!value) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'object') return true;
  for (const _ in value as JsonObject) return true;
  return false;
}

/** Whether there is a value: `null` counts as none. */
export const given = <Value extends Json>(value: Value | null | undefined): value is Value =>
  value !== undefined && value !== null;

/** A copy that shares nothing with the original. */
export function clone<Value extends Json>(value: Value): Value {
  return copy(value) as Value;
}

function copy(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: Json[] = new Array(value.length);
    for (let index = 0; index < value.length; index++) items[index] = copy(value[index] ?? null);
    return items;
  }
  const made: JsonObject = {};
  for (const key in value) setOwn(made, key, copy(value[key] ?? null));
  return made;
}

/** Whether two values are equal as data. */
export function sameData(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => sameData(item, other[index]));
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameData(one[key], other[key]))
  );
}
