import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { type ListedEntry, listArchive } from './zip-reader.ts';

const inflate = promisify(inflateRaw);

/** Bytes of a local header before its name. Source: APPNOTE.TXT, 4.3.7. */
const HEADER = 30;

/**
 * One file of an archive, the first of those names that it has.
 *
 * @param most bytes; of a larger file nothing is read
 * @returns `undefined` where there is none, or it is too large
 * @throws ProblemError when it is no ZIP archive
 */
export async function readEntry(
  path: string,
  names: readonly string[],
  most: number,
): Promise<Buffer | undefined> {
  const entries = new Map((await listArchive(path)).map((entry) => [entry.name, entry]));
  const entry = names.flatMap((name) => entries.get(name) ?? [])[0];
  return entry && readListed(path, entry, most);
}

/**
 * One file of an archive that is listed already.
 *
 * @param most bytes; of a larger file nothing is read, and the answer is `undefined`
 */
export async function readListed(
  path: string,
  entry: ListedEntry,
  most: number,
): Promise<Buffer | undefined> {
  if (entry.size > most || entry.packedSize > most) return undefined;
  const file = await open(path);
  try {
    const header = (await file.read(Buffer.alloc(HEADER), 0, HEADER, entry.offset)).buffer;
    const start = entry.offset + HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
    const { buffer } = await file.read(Buffer.alloc(entry.packedSize), 0, entry.packedSize, start);
    return entry.compressed ? await inflate(buffer, { maxOutputLength: most }) : buffer;
  } finally {
    await file.close();
  }
}
