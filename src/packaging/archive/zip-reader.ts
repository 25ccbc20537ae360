import { type FileHandle, open } from 'node:fs/promises';
import { type Problem, ProblemError } from '../../problem.ts';

/** One entry of an archive, from its central directory. */
export interface ListedEntry {
  readonly name: string;
  /** Bytes once unpacked. */
  readonly size: number;
  /** CRC-32 of the unpacked bytes. */
  readonly crc: number;
  /** Unix mode with the file's type; 0 where the archive was not made on Unix. */
  readonly mode: number;
  /** Deflated; stored as it is otherwise. */
  readonly compressed: boolean;
  /** Bytes in the archive. */
  readonly packedSize: number;
  /** Where its local header stands. */
  readonly offset: number;
}

const END = 22;
const END_64_LOCATOR = 20;
const COMMENT = 0xffff;
const LIMIT_32 = 0xffffffff;
/** Above this a directory is an attack, not an archive. */
const DIRECTORY = 512 * 1024 * 1024;

/**
 * Lists a ZIP archive without unpacking it. Source: APPNOTE.TXT, 4.3.12 to 4.3.16 and 4.5.3.
 *
 * @throws ProblemError when it is no ZIP archive, or with every entry that would be unpacked outside of its folder
 */
export async function listArchive(path: string): Promise<ListedEntry[]> {
  const file = await open(path);
  try {
    const { offset, size } = await findDirectory(file, path);
    const entries = parseDirectory(await readAt(file, offset, size, path), path);
    const problems = entries.filter(({ name }) => leavesFolder(name)).map(({ name }) => leaving(path, name));
    if (problems.length > 0) throw new ProblemError(problems);
    return entries;
  } finally {
    await file.close();
  }
}

interface Directory {
  readonly offset: number;
  readonly size: number;
}

async function findDirectory(file: FileHandle, path: string): Promise<Directory> {
  const { size: total } = await file.stat();
  const tail = await readAt(file, Math.max(0, total - END - COMMENT - END_64_LOCATOR), undefined, path);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + END > tail.length) throw notZip(path);
  const found = { size: tail.readUInt32LE(end + 12), offset: tail.readUInt32LE(end + 16) };
  const locator = end - END_64_LOCATOR;
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) return found;
  const wide = await readAt(file, Number(tail.readBigUInt64LE(locator + 8)), 56, path);
  if (wide.readUInt32LE(0) !== 0x06064b50) throw notZip(path);
  return { size: Number(wide.readBigUInt64LE(40)), offset: Number(wide.readBigUInt64LE(48)) };
}

/** @param size bytes that must be there; `undefined`: all up to the end */
async function readAt(
  file: FileHandle,
  offset: number,
  size: number | undefined,
  path: string,
): Promise<Buffer> {
  const { size: total } = await file.stat();
  const wanted = size ?? total - offset;
  if (offset + wanted > total || wanted > DIRECTORY) throw notZip(path);
  const { buffer } = await file.read(Buffer.alloc(wanted), 0, wanted, offset);
  return buffer;
}

const notZip = (path: string): ProblemError =>
  new ProblemError({ message: `${path} ends in .zip but is no ZIP archive`, next: 'Build it again.' });

/** Unpackers on Windows take `\` and drive letters for what they are. `/` is the folder itself, which Go's packers name. */
const leavesFolder = (name: string): boolean =>
  name !== '/' &&
  (/^([/\\]|[a-z]:)/i.test(name) || name.includes('\0') || name.split(/[/\\]/).includes('..'));

const leaving = (path: string, name: string): Problem => ({
  message: `${path} holds the entry ${JSON.stringify(name)}, which would be unpacked outside of its folder`,
  next: 'Build the archive again without it.',
});

function parseDirectory(directory: Buffer, path: string): ListedEntry[] {
  const entries: ListedEntry[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw notZip(path);
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    if (extraEnd > directory.length) throw notZip(path);
    const [size = 0, packedSize = 0, offset = 0] = wide(
      [24, 20, 42].map((field) => directory.readUInt32LE(at + field)),
      directory.subarray(nameEnd, extraEnd),
    );
    entries.push({
      name: directory.toString('utf8', at + 46, nameEnd),
      size,
      crc: directory.readUInt32LE(at + 16),
      mode: directory.readUInt32LE(at + 38) >>> 16,
      compressed: directory.readUInt16LE(at + 10) !== 0,
      packedSize,
      offset,
    });
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** The ZIP64 field holds, in this order, what has no room in 32 bits: unpacked size, packed size, offset. */
function wide(values: readonly number[], extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let field = at + 4;
    return values.map((value) => {
      if (value !== LIMIT_32 || field + 8 > extra.length) return value;
      field += 8;
      return Number(extra.readBigUInt64LE(field - 8));
    });
  }
  return [...values];
}
