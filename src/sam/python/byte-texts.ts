import type { Json, JsonObject } from '../../template/types.ts';

type Holder = JsonObject | Json[];

const places = new WeakMap<Holder, Set<string>>();

/**
 * Notes that a text in a map or list is not the author's: the reference knows the region and the partition itself, and
 * Python 2.7 writes its own texts in another way, which counts for the hash of a deployment.
 */
export function noteByteText(holder: Holder, key: string | number): void {
  const found = places.get(holder);
  if (found) found.add(String(key));
  else places.set(holder, new Set([String(key)]));
}

/** Where texts of a map or list are the reference's own, if anywhere. */
export const byteTextsOf = (holder: Holder): ReadonlySet<string> | undefined => places.get(holder);
