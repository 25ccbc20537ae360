import type { Log } from '../log.ts';

/** Where packaged artifacts are kept between runs. Failing at it never fails a run. */
export interface Cache {
  /** @returns whether something was restored */
  restore(paths: readonly string[], key: string): Promise<boolean>;
  save(paths: readonly string[], key: string): Promise<void>;
}

/**
 * The GitHub Actions cache. What it gives back is as trustworthy as any file that someone else wrote: whoever uses it
 * checks digests first.
 */
export function actionsCache(log: Log, env: Readonly<Record<string, string | undefined>>): Cache {
  let told = false;
  const without = (reason: string) => {
    if (!told) log.info(`Working without the cache: ${reason}`);
    told = true;
  };
  const attempt = async (
    work: (cache: typeof import('@actions/cache')) => Promise<boolean>,
  ): Promise<boolean> => {
    if (!env.ACTIONS_RUNTIME_TOKEN || !(env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL)) {
      without('there is no cache service here');
      return false;
    }
    try {
      return await work(await import('@actions/cache'));
    } catch (error) {
      without(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  return {
    restore: (paths, key) =>
      attempt(async (cache) => (await cache.restoreCache([...paths], key)) !== undefined),
    async save(paths, key) {
      await attempt(async (cache) => (await cache.saveCache([...paths], key)) >= 0);
    },
  };
}
