/** Something that may have to wait for others. */
interface Dependent {
  readonly id: string;
  readonly dependsOn: readonly string[];
}

/** What is done with each. */
export interface WorkOfEach<T, R> {
  readonly limit: number;
  readonly run: (item: T) => Promise<R>;
  readonly hasFailed: (result: R) => boolean;
  /** The result of an item that is skipped because of another. */
  readonly skip: (item: T, because: T) => R | Promise<R>;
}

/**
 * Works on all items side by side, each after those that it depends on; it is skipped when one of those failed. After
 * the first exception nothing new is started, and it is thrown once everything that runs has ended.
 *
 * @param items each after those that it depends on; ids that are not among them do not count
 * @returns the results in the order of the items
 */
export async function sideBySide<T extends Dependent, R>(
  items: readonly T[],
  { limit, run, hasFailed, skip }: WorkOfEach<T, R>,
): Promise<R[]> {
  const results = new Map<string, Promise<R>>();
  const takeTurn = turns(limit);
  let thrown: { readonly error: unknown } | undefined;
  for (const item of items) {
    const before = items.filter(({ id }) => item.dependsOn.includes(id) && results.has(id));
    const waited = before.map(async (other) => ({ other, result: await results.get(other.id) }));
    const result = Promise.all(waited).then(async (all) => {
      const failed = all.find((each) => each.result !== undefined && hasFailed(each.result));
      if (failed) return skip(item, failed.other);
      return takeTurn(async () => {
        if (thrown) throw thrown.error;
        try {
          return await run(item);
        } catch (error) {
          thrown ??= { error };
          throw error;
        }
      });
    });
    results.set(item.id, result);
  }
  await Promise.allSettled(results.values());
  return Promise.all(results.values());
}

/** Lets at most `limit` run at once; the others wait in line. */
export function turns(limit: number): <R>(work: () => Promise<R>) => Promise<R> {
  let free = limit;
  const line: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else free++;
    }
  };
}
