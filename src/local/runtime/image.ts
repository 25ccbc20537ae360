import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Duplex, PassThrough, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { UntarError, untar } from '../../packaging/archive/untar.ts';
import { openImage } from '../../packaging/image/oci-archive.ts';
import { ProblemError } from '../../problem.ts';

/** What an image says of the program in it. Source: OCI image specification, "Image Configuration". */
export interface ImageConfig {
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly WorkingDir?: string;
}

/** Where the configuration is kept among the image's files. */
const CONFIG = '.sparta-image.json';

/** Lays the layers of an image over one another, as a container tool does, but into a plain folder. */
export async function unpackImage(
  path: string,
  architecture: 'x86_64' | 'arm64',
  folder: string,
): Promise<void> {
  const image = await openImage(path, architecture);
  for (const layer of image.manifest.layers) {
    await extract(image.stream(layer), decompressor(layer.mediaType), folder);
    await removeWhiteouts(folder);
  }
  const { config = {} } = JSON.parse(await textOf(image.stream(image.manifest.config))) as {
    readonly config?: ImageConfig;
  };
  await writeFile(join(folder, CONFIG), JSON.stringify(config));
}

/** The configuration of an image that was unpacked. */
export async function imageConfig(folder: string): Promise<ImageConfig> {
  return JSON.parse(await readFile(join(folder, CONFIG), 'utf8')) as ImageConfig;
}

function decompressor(mediaType: string): Duplex {
  if (mediaType.endsWith('gzip')) return createGunzip();
  return mediaType.endsWith('zstd') ? createZstdDecompress() : new PassThrough();
}

async function extract(layer: Readable, decompress: Duplex, folder: string): Promise<void> {
  try {
    await untar(layer, decompress, { folder, modes: true });
  } catch (error) {
    if (!(error instanceof UntarError)) throw error;
    throw new ProblemError({ message: `a layer of the image is damaged: ${error.message}` });
  }
}

/** Files that a layer takes away from those below it. Source: OCI image specification, "Whiteouts". */
async function removeWhiteouts(folder: string): Promise<void> {
  for (const { name, parentPath } of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!name.startsWith('.wh.')) continue;
    if (name !== '.wh..wh..opq')
      await rm(join(parentPath, name.slice('.wh.'.length)), { recursive: true, force: true });
    await rm(join(parentPath, name), { force: true });
  }
}

async function textOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}

const ELF_MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
/** Type of the program header that names a dynamic linker. Source: System V ABI, "Program Header". */
const PT_INTERP = 3;

/** Whether a program runs by itself: a 64-bit ELF file that needs no dynamic linker, and so nothing of its image. */
export async function runsAlone(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer: head, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    if (bytesRead < 64 || !head.subarray(0, 4).equals(ELF_MAGIC)) return false;
    const start = Number(head.readBigUInt64LE(32));
    const size = head.readUInt16LE(54);
    const count = head.readUInt16LE(56);
    for (let n = 0; n < count; n++) {
      const at = start + n * size;
      if (at + 4 > bytesRead || head.readUInt32LE(at) === PT_INTERP) return false;
    }
    return true;
  } finally {
    await file.close();
  }
}
