import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ProblemError } from '../../problem.ts';
import type { Architecture } from '../toolchains/spec.ts';

/** What a manifest or an index says of a blob. Source: OCI image specification, "Content Descriptors". */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:...` */
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly architecture: string; readonly os: string };
}

/** Source: OCI image specification, "Image Manifest". */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** One image of an OCI layout in a tar file. */
export interface OciImage {
  readonly descriptor: Descriptor;
  readonly manifest: Manifest;
  /** The manifest as it stands in the archive: its digest is that of these bytes. */
  readonly bytes: Buffer;
  /** The content of a blob. */
  stream(blob: Descriptor): Readable;
}

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];
const GOARCH = { x86_64: 'amd64', arm64: 'arm64' } as const;
/** Index and manifests are a few kilobytes. */
const LARGEST_JSON = 4 * 1024 * 1024;

/**
 * Opens the image of a tar file that `docker save` or `podman save` made.
 *
 * @throws ProblemError when it holds no OCI layout, or no image for the architecture
 */
export async function openImage(path: string, architecture: Architecture | undefined): Promise<OciImage> {
  const file = await open(path);
  try {
    const parts = await listTar(file);
    const read = async (name: string): Promise<Buffer> => {
      const part = parts.get(name);
      if (!part || part.size > LARGEST_JSON) throw noLayout(path);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(part.size), 0, part.size, part.start);
      if (bytesRead < part.size) throw noLayout(path);
      return buffer;
    };
    let descriptor = choose(JSON.parse((await read('index.json')).toString()), architecture, path);
    while (INDEXES.includes(descriptor.mediaType)) {
      descriptor = choose(JSON.parse((await read(blobName(descriptor))).toString()), architecture, path);
    }
    const bytes = await read(blobName(descriptor));
    const manifest = JSON.parse(bytes.toString()) as Manifest;
    const stream = (blob: Descriptor): Readable => {
      const part = parts.get(blobName(blob));
      if (!part) throw noLayout(path);
      return createReadStream(path, { start: part.start, end: part.start + part.size - 1 });
    };
    return { descriptor, manifest, bytes, stream };
  } finally {
    await file.close();
  }
}

/** The machine that the image of an archive is for, as its configuration says: `linux/arm/v7`. */
export async function imageMachine(path: string): Promise<string> {
  const { manifest, stream } = await openImage(path, undefined);
  const chunks: Buffer[] = [];
  for await (const chunk of stream(manifest.config)) chunks.push(chunk as Buffer);
  const { os, architecture, variant } = JSON.parse(Buffer.concat(chunks).toString()) as Record<
    string,
    string
  >;
  return [os, architecture, variant].filter((part) => part).join('/');
}

/** `blobs/sha256/...` */
export const blobName = ({ digest }: Descriptor): string => `blobs/${digest.replace(':', '/')}`;

const noLayout = (path: string): ProblemError =>
  new ProblemError({
    message: `${path} holds no OCI image layout`,
    next: 'Use Docker 25 or newer, or Podman.',
  });

/** Indexes hold attestations as well, for a platform that is called unknown. */
function choose(
  index: { readonly manifests?: readonly Descriptor[] },
  architecture: Architecture | undefined,
  path: string,
): Descriptor {
  const manifests = index.manifests ?? [];
  const fits = manifests.filter(
    ({ platform }) =>
      !platform ||
      (architecture === undefined
        ? platform.architecture !== 'unknown'
        : platform.architecture === GOARCH[architecture]),
  );
  const [first] = fits;
  if (!first)
    throw new ProblemError({
      message: `${path} holds no image${architecture ? ` for ${architecture}` : ''}`,
    });
  return first;
}

interface Part {
  readonly start: number;
  readonly size: number;
}

/** Where the files of a tar file stand. Source: POSIX.1-2017, pax, "ustar Interchange Format". */
async function listTar(file: FileHandle): Promise<Map<string, Part>> {
  const parts = new Map<string, Part>();
  const header = Buffer.alloc(512);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(header, 0, 512, at);
    if (bytesRead < 512 || header[0] === 0) return parts;
    const name = header.toString('utf8', 0, header.indexOf(0));
    const size = tarSize(header.subarray(124, 136));
    const type = header[156];
    if (type === 0 || type === 0x30) parts.set(name.replace(/^\.\//, ''), { start: at + 512, size });
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/** Octal, or binary with the highest bit set where that has no room. */
function tarSize(field: Buffer): number {
  if ((field[0] ?? 0) & 0x80) return Number(field.readBigUInt64BE(4));
  return Number.parseInt(field.toString('latin1').replaceAll('\0', ' ').trim() || '0', 8);
}

/** The header of a file in a tar file, with fixed time and owner; its data is padded to 512 bytes. */
export function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\x000000000\x000000000\0', 100);
  if (size < 8 ** 11) header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  header.write('00000000000\0', 136);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
