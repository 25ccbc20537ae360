import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, realpath, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createZstdDecompress } from 'node:zlib';

/** As @actions/cache compresses: `zstd --long=30`. */
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 30 } };
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** How a pipe says that its reader has gone. */
const CLOSED_EARLY = new Set(['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** A folder of the archive, by its name there, and where what is in it belongs; absolute. */
export interface ExtractedPlace {
  readonly from: string;
  readonly to: string;
}

/**
 * Extracts what @actions/cache saved, into an empty folder first. Without `-P`, tar itself sees to it that nothing leaves
 * that folder, by absolute names, `..` or links. From there only what lies in the places that were asked for is taken
 * over, and nothing that is there already is replaced.
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
  const tar = spawn('tar', ['-x', '-f', '-', '--no-same-owner', '--no-same-permissions'], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  tar.stderr.on('data', (data: Buffer) => {
    said = (said + data).slice(0, 500);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', resolve);
  });
  const decompress = (await isGzip(archive)) ? createGunzip() : createZstdDecompress(ZSTD);
  const [fed, code] = await Promise.allSettled([
    pipeline(createReadStream(archive), decompress, tar.stdin),
    ended,
  ]);
  // tar may refuse before it has read everything: what it says of that is worth more than the broken pipe.
  if (code.status === 'rejected') throw code.reason;
  if (code.value !== 0) throw new Error(`tar refuses what was restored: ${said.trim()}`);
  // The end of an archive is padded; tar need not read that.
  if (fed.status === 'rejected' && !CLOSED_EARLY.has(fed.reason?.code)) throw fed.reason;
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
