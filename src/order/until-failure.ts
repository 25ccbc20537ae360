/** What is done with each of several things, in which some may fail. */
export interface WorkUntilFailure<T, R> {
  readonly limit: number;
  readonly run: (item: T) => Promise<R>;
  /** After such a result nothing new is begun. */
  readonly stops: (result: R) => boolean;
  /** The result of what was not begun, because of another. */
  readonly skip: (item: T, because: T) => R;
}

/**
 * Works on all items, at most `limit` at once, until one result stops what has not begun. An exception does, too, and is
 * thrown once everything that runs has ended.
 *
 * @returns the results in the order of the items
 */
export async function untilFailure<T, R>(
  items: readonly T[],
  { limit, run, stops, skip }: WorkUntilFailure<T, R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  let stopped: T | undefined;
  let thrown: { readonly error: unknown } | undefined;
  const worker = async () => {
    for (const [index, item] of queue) {
      if (thrown) return;
      if (stopped !== undefined) {
        results[index] = skip(item, stopped);
        continue;
      }
      try {
        const result = await run(item);
        results[index] = result;
        if (stops(result)) stopped ??= item;
      } catch (error) {
        thrown ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (thrown) throw thrown.error;
  return results;
}
