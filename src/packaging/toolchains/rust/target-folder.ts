import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../../hash/canonical.ts';
import type { BuildContext } from '../context.ts';

/** Where cargo compiles, for this build alone until it is released. */
export interface TargetFolder {
  /** Absolute. */
  readonly folder: string;
  release(): Promise<void>;
}

/** Builds of this process, by folder: the next one begins when the last has ended. */
const queue = new Map<string, Promise<void>>();

/**
 * Compiled dependencies are kept between builds, for all functions of a workspace: to compile them takes longer than
 * everything else. Where another process compiles there, this build has a folder of its own.
 *
 * A variable CARGO_TARGET_DIR, which users have restored from a cache, is followed.
 *
 * @param workspace the folder of the cargo workspace; absolute
 */
export async function targetFolder(
  workspace: string,
  scratch: string,
  { tools, env }: BuildContext,
): Promise<TargetFolder> {
  const folder = env.CARGO_TARGET_DIR || join(tools, `sparta-cargo-${sha256(workspace).slice(0, 16)}`);
  const before = queue.get(folder);
  const { promise, resolve } = Promise.withResolvers<void>();
  queue.set(
    folder,
    Promise.resolve(before).then(() => promise),
  );
  await before;
  const lock = join(folder, 'sparta.lock');
  await mkdir(folder, { recursive: true });
  if (!(await take(lock))) return { folder: join(scratch, 'target'), release: async () => resolve() };
  const release = async (): Promise<void> => {
    await rm(lock, { force: true });
    resolve();
  };
  return { folder, release };
}

/** A process that was killed leaves its lock behind. */
async function take(lock: string): Promise<boolean> {
  for (const attempt of ['first', 'after a dead owner']) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (attempt !== 'first' || isAlive(Number(await readFile(lock, 'utf8').catch(() => '0')))) return false;
      await rm(lock, { force: true });
    }
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
