import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, realpath, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';
import { UntarError, untar } from '../packaging/archive/untar.ts';

/** As @actions/cache compresses: `zstd --long=30`. */
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 30 } };
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** A folder of the archive, by its name there, and where what is in it belongs; absolute. */
export interface ExtractedPlace {
  readonly from: string;
  readonly to: string;
}

/**
 * Extracts what @actions/cache saved, into an empty folder first, which nothing of it leaves. Then only what lies in the
 * places that were asked for is moved to where it belongs, and nothing that exists is replaced.
 *
 * @param folder an empty one, on the same disk as the places
 * @throws when it is no archive, or holds more than files, folders and links
 */
export async function extractInto(
  archive: string,
  folder: string,
  places: readonly ExtractedPlace[],
): Promise<void> {
  await unpack(archive, folder);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()) continue;
    throw new Error(`${entry.name} in it is neither a file nor a folder`);
  }
  const root = await realpath(folder);
  for (const place of places) {
    const from = join(root, place.from);
    // Behind a link there may be files of somebody else.
    if ((await realpath(from).catch(() => undefined)) !== from) continue;
    await mkdir(place.to, { recursive: true });
    const present = new Set(await readdir(place.to));
    for (const name of await readdir(from)) {
      if (!present.has(name)) await rename(join(from, name), join(place.to, name));
    }
  }
}

async function unpack(archive: string, folder: string): Promise<void> {
  const decompress = (await isGzip(archive)) ? createGunzip() : createZstdDecompress(ZSTD);
  try {
    await untar(createReadStream(archive), decompress, { folder, modes: false });
  } catch (error) {
    throw error instanceof UntarError ? new Error(`tar refuses what was restored: ${error.message}`) : error;
  }
}

async function isGzip(archive: string): Promise<boolean> {
  const file = await open(archive);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.equals(GZIP_MAGIC);
  } finally {
    await file.close();
  }
}
