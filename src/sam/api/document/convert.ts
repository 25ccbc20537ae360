import { isObject, type Json, type JsonObject, setOwn } from '../../../template/types.ts';
import { byteTextsOf } from '../../python/byte-texts.ts';
import { tableOf } from '../../python/key-order.ts';
import { ByteText, type Clock, PyMap, type PyValue } from './python-map.ts';

/** A value of the author's as a part of a definition. */
export function toPython(value: Json, clock: Clock | undefined): PyValue {
  if (typeof value !== 'object' || value === null) return value;
  const own = byteTextsOf(value);
  const converted = (item: Json, key: string): PyValue =>
    typeof item === 'string' && own?.has(key) ? new ByteText(item) : toPython(item, clock);
  if (Array.isArray(value)) return value.map((item, index) => converted(item, String(index)));
  const map = new PyMap(clock, clock && tableOf(value));
  for (const key in value) map.fill(key, converted(value[key] ?? null, key));
  return map;
}

/** A value that the transform made, such as a function call. */
export function madeValue(value: Json): PyValue {
  if (typeof value === 'string') return new ByteText(value);
  if (Array.isArray(value)) return value.map(madeValue);
  if (!isObject(value)) return value;
  const map = new PyMap();
  for (const key in value) map.set(new ByteText(key), madeValue(value[key] ?? null));
  return map;
}

/** A value of a definition as it is written. */
export function toJson(value: PyValue): Json {
  if (value instanceof ByteText) return value.text;
  if (Array.isArray(value)) return value.map(toJson);
  if (!(value instanceof PyMap)) return value;
  const json: JsonObject = {};
  for (const [key, item] of value.entries()) setOwn(json, key, toJson(item));
  return json;
}

/** Whether two values are equal as Python compares them: kinds of texts and order of keys do not count. */
export function isSame(one: PyValue | undefined, other: PyValue | undefined): boolean {
  if (one === other) return true;
  if (one instanceof ByteText) return isSame(one.text, other);
  if (other instanceof ByteText) return isSame(one, other.text);
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  if (!(one instanceof PyMap) || !(other instanceof PyMap) || one.size !== other.size) return false;
  for (const [key, item] of one.entries()) if (!other.has(key) || !isSame(item, other.get(key))) return false;
  return true;
}
