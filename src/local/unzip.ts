import { chmod, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { ProblemError } from '../problem.ts';

const inflate = promisify(inflateRaw);
const fileType = 0o170000;
const link = 0o120000;

/**
 * Unpacks a ZIP archive below `directory`, with modes and symbolic links. Source: APPNOTE.TXT 4.3.12, 4.3.7.
 * @throws {ProblemError} when it is no archive, is damaged, or an entry would land outside of `directory`
 */
export async function unzip(path: string, directory: string): Promise<void> {
  const file = await open(path);
  try {
    const bytes = await file.readFile();
    const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0) throw damaged(path, 'it has no central directory');
    let at = bytes.readUInt32LE(end + 16);
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
      if (bytes.readUInt32LE(at) !== 0x02014b50) throw damaged(path, 'its central directory is cut off');
      const nameLength = bytes.readUInt16LE(at + 28);
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
      await unpack(bytes, at, name, path, directory);
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } finally {
    await file.close();
  }
}

async function unpack(
  bytes: Buffer,
  at: number,
  name: string,
  path: string,
  directory: string,
): Promise<void> {
  if (name.startsWith('/') || name.split(/[/\\]/).includes('..')) {
    throw damaged(path, `its entry ${JSON.stringify(name)} would be unpacked outside of its folder`);
  }
  const target = join(directory, name);
  if (name.endsWith('/')) {
    await mkdir(target, { recursive: true });
    return;
  }
  await mkdir(dirname(target), { recursive: true });
  const local = bytes.readUInt32LE(at + 42);
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
  const content = bytes.readUInt16LE(at + 10) === 0 ? packed : await inflate(packed);
  const mode = bytes.readUInt32LE(at + 38) >>> 16;
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

const damaged = (path: string, why: string): ProblemError =>
  new ProblemError({ message: `${path} can't be unpacked: ${why}`, next: 'Build the archive again.' });
