import type { Log } from '../log.ts';

/** Where packaged artifacts are kept between runs. Failing at it never fails a run. */
export interface Cache {
  /** @returns whether something was restored */
  restore(paths: readonly string[], key: string): Promise<boolean>;
  save(paths: readonly string[], key: string): Promise<void>;
}

/**
 * The GitHub Actions cache. What it gives back is as trustworthy as any file that someone else wrote: nothing of it gets
 * outside of the paths that are restored, and whoever uses it checks digests first.
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
  const attempt = async (work: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await work();
    } catch (error) {
      return without(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    restore: (paths, key) =>
      attempt(async () => {
        const { restoreEntry } = await import('./cache-transfer.ts');
        return restoreEntry(paths, key, log, env.GITHUB_WORKSPACE ?? process.cwd());
      }),
    async save(paths, key) {
      await attempt(async () => {
        const { saveEntry } = await import('./cache-transfer.ts');
        return saveEntry(paths, key);
      });
    },
  };
}
