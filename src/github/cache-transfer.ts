import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { fetchEntry, findEntry } from './cache-entry.ts';
import { extractInto } from './cache-extract.ts';
import { type Kept, STAGE, stage } from './cache-stage.ts';

/** A service that has not said by then what it has is gone without. In milliseconds. */
const LOOKUP_TIMEOUT = 30_000;
/** What takes longer would have been made again by then. In milliseconds. */
const TRANSFER_TIMEOUT = 300_000;

/**
 * What an entry is known by, besides its key: relative, so that it is the same in every checkout. The package takes it
 * for a pattern.
 */
const pathsOf = ({ folder }: Kept, workspace: string): string[] => [
  `./${relative(workspace, join(folder, STAGE)).split(sep).join('/')}`,
];

/**
 * Restores the newest entry whose key begins with a prefix; nothing of it gets outside of the parts.
 *
 * @returns the key; `undefined` where there is none
 * @throws when the service does not answer in time
 */
export async function restoreEntry(
  kept: Kept,
  prefixes: readonly string[],
  log: Log,
  workspace: string,
): Promise<string | undefined> {
  const entry = await inTime(findEntry(pathsOf(kept, workspace), prefixes), LOOKUP_TIMEOUT);
  if (!entry) return undefined;
  // The address is as good as a password.
  log.secret(entry.address);
  await mkdir(kept.folder, { recursive: true });
  const folder = await mkdtemp(join(kept.folder, 'cache-'));
  try {
    const archive = join(folder, 'archive');
    const content = join(folder, 'content');
    await mkdir(content);
    await inTime(fetchEntry(entry, archive), TRANSFER_TIMEOUT);
    const saved = relative(workspace, join(kept.folder, STAGE));
    const places = kept.parts.map((part) => ({ from: join(saved, part), to: join(kept.folder, part) }));
    await extractInto(archive, content, places);
    return entry.key;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Keeps parts of a folder under a key.
 *
 * @returns whether they are kept; another job may have been quicker
 * @throws when the service does not answer in time
 */
export async function saveEntry(kept: Kept, key: string, workspace: string): Promise<boolean> {
  const { saveCache } = await import('@actions/cache');
  const unstage = await stage(kept);
  // Patterns are relative to where the process is.
  process.chdir(workspace);
  try {
    return (await inTime(saveCache(pathsOf(kept, workspace), key), TRANSFER_TIMEOUT)) >= 0;
  } finally {
    await unstage();
  }
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
