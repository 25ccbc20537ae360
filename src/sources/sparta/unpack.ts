import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unzip } from '../../packaging/archive/unzip.ts';
import { listArchive } from '../../packaging/archive/zip-reader.ts';

/**
 * Unpacks an archive into a folder of its own: what an application packs has the times of its files in it, so that it
 * is packed again.
 *
 * @param but names of entries that are not wanted
 * @returns whether there was anything else
 */
export async function unpack(archive: string, folder: string, but: readonly string[]): Promise<boolean> {
  await rm(folder, { recursive: true, force: true });
  const entries = await listArchive(archive);
  if (entries.every(({ name }) => but.includes(name))) return false;
  await unzip(archive, folder);
  for (const name of but) await rm(join(folder, name), { force: true });
  return true;
}
