import type { Json, JsonObject } from '../template/types.ts';

/** More than these cannot be named in one `Fn::Or`. */
const MOST = 10;

/**
 * A condition that holds where any of several does; parts of it where there are more than one `Fn::Or` takes.
 * Returned are the entries for the section `Conditions`.
 */
export function combinedConditions(conditions: readonly string[], name: string): JsonObject {
  const made: JsonObject = {};
  let left = [...conditions];
  let parts = Math.floor((left.length - 2) / (MOST - 1));
  while (left.length > 1) {
    const key = parts > 0 ? `${name}${parts}` : name;
    parts--;
    made[key] = { 'Fn::Or': left.slice(0, MOST).map((Condition): Json => ({ Condition })) };
    left = [...left.slice(MOST), key];
  }
  return made;
}
