import type { Log } from '../log.ts';
import type { Kept } from './cache-stage.ts';

/** Where built and packaged artifacts are kept between runs. Failing at it never fails a run. */
export interface Cache {
  /**
   * Restores the newest entry that was saved of the same folder, wherever the workspace was then. Of its parts, what
   * is not there yet is taken over.
   *
   * @param prefixes what the entry's key begins with: the first that has an entry counts
   * @returns the entry's key
   */
  restore(kept: Kept, prefixes: readonly string[]): Promise<string | undefined>;
  /** @returns whether it is kept now */
  save(kept: Kept, key: string): Promise<boolean>;
}

/**
 * The GitHub Actions cache. What it gives back is as trustworthy as any file that someone else wrote: nothing of it gets
 * outside of the parts that are restored, and whoever uses it checks digests first.
 *
 * @returns `undefined` where no service is offered
 */
export function actionsCache(log: Log, env: Readonly<Record<string, string | undefined>>): Cache | undefined {
  let told = false;
  const without = (reason: string): void => {
    if (!told) log.info(`Working without the cache: ${reason}`);
    told = true;
  };
  // The package is large: it is read only where there may be a service.
  if (!env.ACTIONS_RUNTIME_TOKEN || !(env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL)) {
    without('there is no cache service here');
    return undefined;
  }
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      without(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const workspace = env.GITHUB_WORKSPACE ?? process.cwd();
  return {
    restore: (kept, prefixes) =>
      attempt(async () => {
        const { restoreEntry } = await import('./cache-transfer.ts');
        return restoreEntry(kept, prefixes, log, workspace);
      }),
    async save(kept, key) {
      const saved = await attempt(async () => {
        const { saveEntry } = await import('./cache-transfer.ts');
        return saveEntry(kept, key, workspace);
      });
      return saved ?? false;
    },
  };
}
