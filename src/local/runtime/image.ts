import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, posix } from 'node:path';
import { type Duplex, PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { UntarError, untar } from '../../packaging/archive/untar.ts';
import { type OciImage, openImage } from '../../packaging/image/oci-archive.ts';
import { ProblemError } from '../../problem.ts';
import type { LocalCode, LocalFunction } from '../functions/function.ts';
import { extensionsIn } from './extensions.ts';

/** What an image says of the program in it. Source: OCI image specification, "Image Configuration". */
interface ImageConfig {
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly WorkingDir?: string;
}

/** What runs in the image of a function. */
export interface ImageProgram {
  /** The program and its arguments; empty where neither the image nor the function names one. */
  readonly words: readonly string[];
  /** Where it runs in the image. */
  readonly directory: string;
  /** It needs nothing of its image to run: what starts it may stand anywhere. */
  readonly alone: boolean;
}

/** Where images have their extensions. Source: AWS Lambda Developer Guide, "Configuring extensions", container images. */
export const EXTENSIONS = '/opt/extensions';

type ImageCode = Extract<LocalCode, { kind: 'image' }>;

const looked = new Map<string, Promise<ImageProgram>>();

/** Looks into the image of a function, once: a large one is not unpacked to learn that it needs a container. */
export function imageProgram(fn: LocalFunction, code: ImageCode): Promise<ImageProgram> {
  const key = JSON.stringify([code.path, code.digest, fn.architecture, fn.image]);
  const known = looked.get(key) ?? lookInto(fn, code.path);
  looked.set(key, known);
  known.catch(() => looked.delete(key));
  return known;
}

async function lookInto({ architecture, image: asked }: LocalFunction, path: string): Promise<ImageProgram> {
  const image = await openImage(path, architecture);
  const { config = {} } = JSON.parse(await textOf(image.stream(image.manifest.config))) as {
    readonly config?: ImageConfig;
  };
  const directory = asked?.workingDirectory ?? (config.WorkingDir || '/');
  const entryPoint = asked?.entryPoint ?? config.Entrypoint ?? [];
  const words = [...entryPoint, ...(asked?.command ?? config.Cmd ?? [])];
  const [program] = words;
  if (!program) return { words: [], directory, alone: false };
  const isAlone = runsAlone(await headOf(image, placeOf(program, directory)));
  return { words, directory, alone: isAlone && (await extensionsRunAlone(image)) };
}

/** Whether the extensions of an image, which start beside its program, need nothing of it either. */
async function extensionsRunAlone(image: OciImage): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'sparta-image-'));
  try {
    for (const layer of image.manifest.layers) {
      const names = ['opt/extensions', 'opt/.wh.extensions', '.wh.opt'].flatMap((name) => [
        name,
        `./${name}`,
      ]);
      // Of what a layer does not have, tar says so at its end.
      const tar = spawn('tar', ['-x', '-f', '-', ...names], {
        cwd: folder,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      const ended = new Promise((resolve) => tar.once('error', resolve).once('close', resolve));
      await pipeline(image.stream(layer), decompressor(layer.mediaType), tar.stdin).catch(() => undefined);
      await ended;
      await removeWhiteouts(folder);
    }
    const extensions = join(folder, EXTENSIONS);
    const names = existsSync(extensions) ? extensionsIn(extensions) : [];
    const heads = await Promise.all(names.map((name) => headOfFile(join(extensions, name))));
    return heads.every(runsAlone);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function headOfFile(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const placeOf = (program: string, directory: string): string =>
  isAbsolute(program) ? posix.normalize(program) : posix.join('/', directory, program);

/** The program of an image whose layers were laid into a folder, and where it runs. */
export function unpackedProgram(
  { words: [program = '', ...args], directory }: ImageProgram,
  folder: string,
): { readonly file: string; readonly args: readonly string[]; readonly directory: string } {
  return { file: join(folder, placeOf(program, directory)), args, directory: join(folder, directory) };
}

/** Bytes of a program that tell what it is. */
const HEAD = 4096;

/** The beginning of a file as the newest layer has it; empty where it is none, or a link. */
async function headOf(image: OciImage, file: string): Promise<Buffer> {
  const name = file.slice(1);
  for (const layer of image.manifest.layers.toReversed()) {
    const tar = spawn('tar', ['-x', '-O', '-f', '-', name, `./${name}`], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    // Where a name is not in it, tar says so at its end; where both are read, the pipe is closed early.
    const fed = pipeline(image.stream(layer), decompressor(layer.mediaType), tar.stdin).catch(
      () => undefined,
    );
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of tar.stdout) {
      if (size < HEAD) chunks.push(chunk as Buffer);
      size += chunk.length;
    }
    await fed;
    if (size > 0) return Buffer.concat(chunks).subarray(0, HEAD);
  }
  return Buffer.alloc(0);
}

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

/**
 * Whether a program runs by itself: a 64-bit ELF file that needs no dynamic linker, and so nothing of its image.
 *
 * @param head the first 4096 bytes of it
 */
export function runsAlone(head: Buffer): boolean {
  if (head.length < 64 || !head.subarray(0, 4).equals(ELF_MAGIC)) return false;
  const start = Number(head.readBigUInt64LE(32));
  const size = head.readUInt16LE(54);
  const count = head.readUInt16LE(56);
  for (let n = 0; n < count; n++) {
    const at = start + n * size;
    if (at + 4 > head.length || head.readUInt32LE(at) === PT_INTERP) return false;
  }
  return true;
}
