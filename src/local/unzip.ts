import { chmod, type FileHandle, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { type ListedEntry, listArchive } from '../build/zip-reader.ts';
import { ProblemError } from '../problem.ts';

const inflate = promisify(inflateRaw);
const fileType = 0o170000;
const link = 0o120000;

/**
 * Unpacks a ZIP archive below `directory`, with modes and symbolic links. Source: APPNOTE.TXT 4.3.7.
 * @throws {ProblemError} when it is no archive, is damaged, or an entry would land outside of `directory`
 */
export async function unzip(path: string, directory: string): Promise<void> {
  const entries = await listArchive(path);
  const file = await open(path);
  try {
    for (const entry of entries) await unpack(file, entry, path, directory);
  } finally {
    await file.close();
  }
}

async function unpack(file: FileHandle, entry: ListedEntry, path: string, directory: string): Promise<void> {
  const { name, mode } = entry;
  const target = join(directory, name);
  if (name.endsWith('/')) {
    await mkdir(target, { recursive: true });
    return;
  }
  await mkdir(dirname(target), { recursive: true });
  const content = await contentOf(file, entry, path);
  if ((mode & fileType) === link) {
    const destination = content.toString();
    if (destination.startsWith('/') || join(dirname(name), destination).startsWith('..')) {
      throw damaged(path, `its link ${JSON.stringify(name)} points outside of its folder`);
    }
    await symlink(destination, target);
    return;
  }
  await writeFile(target, content);
  await chmod(target, (mode & 0o777) | 0o444);
}

async function contentOf(file: FileHandle, entry: ListedEntry, path: string): Promise<Buffer> {
  const { name, offset, packedSize, compressed, size } = entry;
  const header = await readAt(file, offset, 30);
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await readAt(file, start, packedSize);
  const content = compressed ? await inflate(packed).catch(() => undefined) : packed;
  if (content?.length !== size) throw damaged(path, `its entry ${JSON.stringify(name)} is cut off`);
  return content;
}

/** What a damaged archive has no more is zeros. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  return (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
}

const damaged = (path: string, why: string): ProblemError =>
  new ProblemError({ message: `${path} can't be unpacked: ${why}`, next: 'Build the archive again.' });
