import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

/** Where packaged artifacts are kept between runs. Failing at it never fails a run. */
export interface Cache {
  /** @returns whether something was restored */
  restore(paths: readonly string[], key: string): Promise<boolean>;
  save(paths: readonly string[], key: string): Promise<void>;
}

type CachePackage = typeof import('@actions/cache');

/** A service that has not said by then what it has is gone without. In milliseconds. */
const LOOKUP_TIMEOUT = 30_000;
/** For each 128 MB of a download, in milliseconds. */
const SEGMENT_TIMEOUT = 60_000;

/**
 * The GitHub Actions cache. What it gives back is as trustworthy as any file that someone else wrote: whoever uses it
 * checks digests first.
 *
 * @returns `undefined` where no service is offered
 */
export function actionsCache(log: Log, env: Readonly<Record<string, string | undefined>>): Cache | undefined {
  let told = false;
  const without = (reason: string): false => {
    if (!told) log.info(`Working without the cache: ${reason}`);
    told = true;
    return false;
  };
  // The package is large: it is read only where there may be a service.
  if (!env.ACTIONS_RUNTIME_TOKEN || !(env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL)) {
    without('there is no cache service here');
    return undefined;
  }
  const attempt = async (work: (cache: CachePackage) => Promise<boolean>): Promise<boolean> => {
    try {
      const cache = await import('@actions/cache');
      return cache.isFeatureAvailable() ? await work(cache) : without('there is no cache service here');
    } catch (error) {
      return without(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    restore: (paths, key) =>
      attempt(async (cache) => {
        // Only a look is given up on: a download that nobody waits for would still write files.
        const found = await inTime(cache.restoreCache([...paths], key, [], { lookupOnly: true }));
        if (found === 'late') return without('the cache service does not answer');
        if (found !== key) return false;
        const options = { segmentTimeoutInMs: SEGMENT_TIMEOUT };
        return (await cache.restoreCache([...paths], key, [], options)) === key;
      }),
    async save(paths, key) {
      await attempt(async (cache) => (await cache.saveCache([...paths], key)) >= 0);
    },
  };
}

async function inTime<T>(work: Promise<T>): Promise<T | 'late'> {
  const timer = new AbortController();
  const late = sleep(LOOKUP_TIMEOUT, 'late' as const, { signal: timer.signal, ref: false }).catch(
    () => 'late' as const,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
