import { isObject, type JsonObject } from './types.ts';

/** A function call, which is one value: `{ "Fn::Sub": ... }`, `{ "Ref": ... }`. */
export function isFunctionCall(value: unknown): value is JsonObject {
  const key = onlyKey(value);
  return key === 'Ref' || key?.startsWith('Fn::') === true;
}

/** A function call, or the name of a condition where a template takes one: `{ "Condition": ... }`. */
export const isIntrinsic = (value: JsonObject): boolean =>
  isFunctionCall(value) || onlyKey(value) === 'Condition';

function onlyKey(value: unknown): string | undefined {
  const [key, ...others] = isObject(value) ? Object.keys(value) : [];
  return others.length === 0 ? key : undefined;
}
