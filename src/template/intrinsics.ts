import { isObject, type JsonObject } from './types.ts';
import { isLoop } from './values/loops.ts';

/** A function call, which is one value: `{ "Fn::Sub": ... }`, `{ "Ref": ... }`. */
export function isFunctionCall(value: unknown): value is JsonObject {
  const key = onlyKey(value);
  return key !== undefined && isFunctionName(key);
}

/** Whether a key that stands alone makes a function call of its map; a loop makes entries of it. */
export const isFunctionName = (key: string): boolean =>
  key === 'Ref' || (key.startsWith('Fn::') && !isLoop(key));

/** A function call, or the name of a condition where a template takes one: `{ "Condition": ... }`. */
export function isIntrinsic(value: JsonObject): boolean {
  const key = onlyKey(value);
  return key !== undefined && (isFunctionName(key) || key === 'Condition');
}

/** The key of a map that has one; asked of all maps of a template, so nothing is made for it. */
export function onlyKey(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  let found: string | undefined;
  for (const key in value) {
    if (found !== undefined) return undefined;
    found = key;
  }
  return found;
}
