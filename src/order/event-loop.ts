let last: Promise<void> = Promise.resolve();

/**
 * Lets the event loop turn once: what has arrived from the network meanwhile is handled, and its next request goes out. Work
 * that never waits keeps it from that. Callers go on one after the other, a turn each.
 */
export function nextTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
  return last;
}
