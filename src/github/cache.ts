import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

/** Where packaged artifacts are kept between runs. Failing at it never fails a run. */
export interface Cache {
  /** @returns whether something was restored */
  restore(paths: readonly string[], key: string): Promise<boolean>;
  save(paths: readonly string[], key: string): Promise<void>;
}

/** A service that has not said by then what it has is gone without. In milliseconds. */
const LOOKUP_TIMEOUT = 30_000;
/** What takes longer would have been made again by then. In milliseconds. */
const TRANSFER_TIMEOUT = 300_000;

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
        const { findEntry, fetchEntry } = await import('./cache-entry.ts');
        const entry = await inTime(findEntry(paths, key), LOOKUP_TIMEOUT);
        if (!entry) return false;
        // The address is as good as a password.
        log.secret(entry.address);
        const [first = ''] = paths;
        await mkdir(dirname(first), { recursive: true });
        const folder = await mkdtemp(join(dirname(first), 'cache-'));
        try {
          const archive = join(folder, 'archive');
          const content = join(folder, 'content');
          await mkdir(content);
          await inTime(fetchEntry(entry, archive), TRANSFER_TIMEOUT);
          const { extractInto } = await import('./cache-extract.ts');
          await extractInto(archive, content, env.GITHUB_WORKSPACE ?? process.cwd(), paths);
          return true;
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }),
    async save(paths, key) {
      await attempt(async () => {
        const { saveCache } = await import('@actions/cache');
        return (await inTime(saveCache([...paths], key), TRANSFER_TIMEOUT)) >= 0;
      });
    },
  };
}

/** @throws when it takes longer; what goes on is not waited for */
async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const timer = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: timer.signal }).then(() => {
    throw new Error('the cache service does not answer');
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}
