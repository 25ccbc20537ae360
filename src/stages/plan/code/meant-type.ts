import { handledTypes } from '../../../policies/handlers.ts';
import { listedTypes } from '../../../template/diff/impact.ts';
import { closest } from '../../../text/closest.ts';

/** The type that a misspelt one most likely means; `undefined` where it is known, or none is near. */
export function meantType(type: string): string | undefined {
  const known = new Set([...listedTypes(), ...handledTypes()]);
  return known.has(type) ? undefined : closest(type, known);
}
