import type { JsonObject } from '../../template/types.ts';

/** Bytes of the records of one event. Source: AWS Lambda Developer Guide, "Batching behavior": 6 MB with all around them. */
export const EVENT_LIMIT = 6 * 1024 * 1024 - 64 * 1024;

/**
 * Items in their order, as they fit into events.
 *
 * @param recordOf an item as functions get it
 */
export function inEvents<Item>(
  all: readonly Item[],
  recordOf: (item: Item) => JsonObject,
): readonly (readonly Item[])[] {
  const events: Item[][] = [];
  let left = 0;
  for (const item of all) {
    const size = Buffer.byteLength(JSON.stringify(recordOf(item)));
    const last = events.at(-1);
    if (last && size <= left) last.push(item);
    else {
      events.push([item]);
      left = EVENT_LIMIT;
    }
    left -= size;
  }
  return events;
}
