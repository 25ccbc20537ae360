import { chmod, type FileHandle, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { ProblemError } from '../../problem.ts';
import { layerPath } from '../workspace/walk.ts';
import { type ListedEntry, listArchive } from './zip-reader.ts';

const inflate = promisify(inflateRaw);
const fileType = 0o170000;
const link = 0o120000;
/** Bytes. Lambda takes 250 MB of unpacked code; whatever claims to be larger than this is damaged. */
const LARGEST = 1024 ** 3;

/**
 * Unpacks a ZIP archive below `directory`, with modes and symbolic links. Source: APPNOTE.TXT 4.3.7.
 *
 * @param layers what stands for `/opt` here, where there are layers
 * @throws {ProblemError} when it is no archive, is damaged, or an entry would land outside of `directory`
 */
export async function unzip(path: string, directory: string, layers?: string): Promise<void> {
  const entries = await listArchive(path);
  const file = await open(path);
  const links = new Set<string>();
  try {
    for (const entry of entries) {
      if (leadsOverLink(entry.name, links))
        throw damaged(path, `its entry ${JSON.stringify(entry.name)} lies behind a link`);
      await unpack(file, entry, { path, directory, links, layers }).catch((error: unknown) => {
        if (!isFileError(error)) throw error;
        throw damaged(path, `its entry ${JSON.stringify(entry.name)} cannot be written: ${error.code}`);
      });
    }
  } finally {
    await file.close();
  }
}

/** Each link by itself leads nowhere else, but what lies behind one may: where that is, its own name does not tell. */
function leadsOverLink(name: string, links: ReadonlySet<string>): boolean {
  for (let at = posix.normalize(name); at !== '.' && at !== '/'; at = posix.dirname(at)) {
    if (links.has(at.replace(/\/$/, ''))) return true;
  }
  return false;
}

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;

interface Unpacking {
  /** Of the archive. */
  readonly path: string;
  readonly directory: string;
  /** The links that were made. */
  readonly links: Set<string>;
  readonly layers: string | undefined;
}

async function unpack(
  file: FileHandle,
  entry: ListedEntry,
  { path, directory, links, layers }: Unpacking,
): Promise<void> {
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
    const layered = layerPath(destination);
    if (
      layered === undefined &&
      (destination.startsWith('/') || join(dirname(name), destination).startsWith('..'))
    ) {
      throw damaged(path, `its link ${JSON.stringify(name)} points outside of its folder`);
    }
    const isHere = layered !== undefined && layers !== undefined;
    await symlink(isHere ? join(layers, layered.slice('/opt/'.length)) : destination, target);
    links.add(posix.normalize(name));
    return;
  }
  await writeFile(target, content);
  await chmod(target, (mode & 0o777) | 0o444);
}

/** Whether an archive holds links to layers: what they mean is another thing for each function that has others. */
export async function leadsToLayers(path: string): Promise<boolean> {
  const links = (await listArchive(path)).filter(({ mode }) => (mode & fileType) === link);
  if (links.length === 0) return false;
  const file = await open(path);
  try {
    for (const each of links)
      if (layerPath((await contentOf(file, each, path)).toString()) !== undefined) return true;
    return false;
  } finally {
    await file.close();
  }
}

async function contentOf(file: FileHandle, entry: ListedEntry, path: string): Promise<Buffer> {
  const { name, offset, packedSize, compressed, size } = entry;
  const { size: total } = await file.stat();
  const cutOff = damaged(path, `its entry ${JSON.stringify(name)} is cut off`);
  if (size > LARGEST || offset + 30 > total) throw cutOff;
  const header = await readAt(file, offset, 30);
  const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + packedSize > total) throw cutOff;
  const packed = await readAt(file, start, packedSize);
  const limit = { maxOutputLength: Math.max(1, size) };
  const content = compressed ? await inflate(packed, limit).catch(() => undefined) : packed;
  if (content?.length !== size) throw cutOff;
  return content;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  return (await file.read(Buffer.alloc(length), 0, length, position)).buffer;
}

const damaged = (path: string, why: string): ProblemError =>
  new ProblemError({ message: `${path} can't be unpacked: ${why}`, next: 'Build the archive again.' });
