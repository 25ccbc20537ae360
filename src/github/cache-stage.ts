import { copyFile, link, lstat, mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Parts of a folder. */
export interface Kept {
  /** Absolute. */
  readonly folder: string;
  /** Names of files or folders, relative to the folder. */
  readonly parts: readonly string[];
}

/** Where parts of a folder stand together for as long as they are saved, so that an entry holds nothing else. */
export const STAGE = 'cache';

/**
 * Puts parts of a folder together below it; hard links, where the disk has them.
 *
 * @param parts names relative to the folder; some may be gone
 * @returns what to call when they are saved
 */
export async function stage({ folder, parts }: Kept): Promise<() => Promise<void>> {
  const stageFolder = join(folder, STAGE);
  const remove = () => rm(stageFolder, { recursive: true, force: true });
  await remove();
  await mkdir(stageFolder, { recursive: true });
  for (const part of parts) {
    const target = join(stageFolder, part);
    await mkdir(dirname(target), { recursive: true });
    await double(join(folder, part), target);
  }
  return remove;
}

async function double(from: string, to: string): Promise<void> {
  const found = await lstat(from).catch(() => undefined);
  if (found?.isSymbolicLink()) await symlink(await readlink(from), to);
  else if (found?.isFile()) await link(from, to).catch(() => copyFile(from, to));
  else if (found?.isDirectory()) {
    await mkdir(to);
    for (const name of await readdir(from)) await double(join(from, name), join(to, name));
  }
}
