import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { fetchEntry, findEntry } from './cache-entry.ts';
import { extractInto } from './cache-extract.ts';

/** A service that has not said by then what it has is gone without. In milliseconds. */
const LOOKUP_TIMEOUT = 30_000;
/** What takes longer would have been made again by then. In milliseconds. */
const TRANSFER_TIMEOUT = 300_000;

/**
 * Restores what is kept under a key; nothing of it gets outside of the paths.
 *
 * @returns whether there was anything
 * @throws when the service does not answer in time
 */
export async function restoreEntry(
  paths: readonly string[],
  key: string,
  log: Log,
  workspace: string,
): Promise<boolean> {
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
    await extractInto(archive, content, workspace, paths);
    return true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Keeps files under a key.
 *
 * @returns whether they are kept; another job may have been quicker
 * @throws when the service does not answer in time
 */
export async function saveEntry(paths: readonly string[], key: string): Promise<boolean> {
  const { saveCache } = await import('@actions/cache');
  return (await inTime(saveCache([...paths], key), TRANSFER_TIMEOUT)) >= 0;
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
