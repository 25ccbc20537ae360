import type { Json } from '../../template/types.ts';

/** Event sources that {@link generateEvent} knows. */
export const eventSources: readonly string[] = [];

/** An example event of a source; `overrides` are merged into it (maps deeply, anything else replaces). */
export function generateEvent(_source: string, _overrides?: Json): Json {
  throw new Error('not written yet');
}
