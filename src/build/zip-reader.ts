import { open } from 'node:fs/promises';
import { ProblemError } from '../problem.ts';

/** One entry of an archive, from its central directory. */
export interface ListedEntry {
  readonly name: string;
  /** Bytes once unpacked. */
  readonly size: number;
  readonly crc: number;
}

/**
 * Lists a ZIP archive without unpacking it. Source: APPNOTE.TXT, 4.3.12 and 4.3.16; archives that need ZIP64 are
 * listed as far as their 32-bit fields go, which is enough for what Lambda takes.
 *
 * @throws ProblemError when it is no ZIP archive, or an entry would be unpacked outside of its folder
 */
export async function listArchive(path: string): Promise<ListedEntry[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, 22 + 0xffff));
    await file.read(tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0) throw notZip(path);
    const directory = Buffer.alloc(tail.readUInt32LE(end + 12));
    const { bytesRead } = await file.read(directory, 0, directory.length, tail.readUInt32LE(end + 16));
    if (bytesRead !== directory.length) throw notZip(path);
    return parseDirectory(directory, path);
  } finally {
    await file.close();
  }
}

const notZip = (path: string): ProblemError =>
  new ProblemError({ message: `${path} ends in .zip but is no ZIP archive`, next: 'Build it again.' });

function parseDirectory(directory: Buffer, path: string): ListedEntry[] {
  const entries: ListedEntry[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50; ) {
    const nameLength = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    if (name.startsWith('/') || name.split(/[/\\]/).includes('..')) {
      throw new ProblemError({
        message: `${path} holds the entry ${JSON.stringify(name)}, which would be unpacked outside of its folder`,
        next: 'Build the archive again without it.',
      });
    }
    entries.push({ name, size: directory.readUInt32LE(at + 24), crc: directory.readUInt32LE(at + 16) });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}
