import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { fileHash } from '../../hash/file-hash.ts';
import type { Architecture } from '../toolchains/spec.ts';
import {
  blobName,
  type Descriptor,
  MANIFEST,
  type Manifest,
  type OciImage,
  openImage,
  tarHeader,
} from './oci-archive.ts';

const PLAIN_LAYER = /\.tar$/;
const GZIPPED_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** A built image as a file that can be pushed from anywhere. */
export interface BuiltImage {
  /** An OCI layout in a tar file. */
  readonly path: string;
  /** Digest of its manifest: what the image is called by wherever it is pushed to. */
  readonly digest: string;
  /** Bytes of the file. */
  readonly size: number;
}

/**
 * Gives a saved image its final form. Docker saves layers as they are and compresses them when it pushes, so that the
 * digest would only be known then: here they are compressed first.
 *
 * @param saved what `docker save` or `podman save` wrote; it is moved or removed
 * @param folder receives `sha256-<digest>.tar`
 */
export async function settleImage(
  saved: string,
  folder: string,
  architecture: Architecture | undefined,
): Promise<BuiltImage> {
  const image = await openImage(saved, architecture);
  if (!image.manifest.layers.some(({ mediaType }) => PLAIN_LAYER.test(mediaType))) {
    return keep(saved, image.descriptor.digest, folder);
  }
  const work = `${saved}.work`;
  try {
    await mkdir(work, { recursive: true });
    const { tar, digest } = await compressed(image, work);
    return await keep(tar, digest, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(saved, { force: true });
  }
}

async function keep(tar: string, digest: string, folder: string): Promise<BuiltImage> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${digest.replace(':', '-')}.tar`);
  await rename(tar, path);
  return { path, digest, size: (await stat(path)).size };
}

async function compressed(
  image: OciImage,
  work: string,
): Promise<{ readonly tar: string; readonly digest: string }> {
  const layers: Descriptor[] = [];
  const blobs = new Map<string, () => Readable>();
  for (const [index, layer] of image.manifest.layers.entries()) {
    if (!PLAIN_LAYER.test(layer.mediaType)) {
      layers.push(layer);
      blobs.set(layer.digest, () => image.stream(layer));
      continue;
    }
    const path = join(work, String(index));
    await pipeline(image.stream(layer), createGzip(), createWriteStream(path));
    const digest = `sha256:${await fileHash(path)}`;
    layers.push({ mediaType: GZIPPED_LAYER, digest, size: (await stat(path)).size });
    blobs.set(digest, () => createReadStream(path));
  }
  const config = { ...image.manifest.config, mediaType: 'application/vnd.oci.image.config.v1+json' };
  blobs.set(config.digest, () => image.stream(image.manifest.config));
  const manifest: Manifest = { schemaVersion: 2, mediaType: MANIFEST, config, layers };
  const bytes = Buffer.from(JSON.stringify(manifest));
  const descriptor = {
    mediaType: MANIFEST,
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    size: bytes.length,
  };
  const tar = join(work, 'image.tar');
  const file = await open(tar, 'w');
  try {
    const add = async (
      name: string,
      size: number,
      content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    ) => {
      await file.appendFile(tarHeader(name, size));
      for await (const chunk of content) await file.appendFile(chunk);
      await file.appendFile(Buffer.alloc((512 - (size % 512)) % 512));
    };
    const text = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
    const layout = text({ imageLayoutVersion: '1.0.0' });
    const index = text({ schemaVersion: 2, manifests: [descriptor] });
    await add('oci-layout', layout.length, [layout]);
    await add('index.json', index.length, [index]);
    await add(blobName(descriptor), bytes.length, [bytes]);
    for (const blob of new Map([config, ...layers].map((each) => [each.digest, each])).values()) {
      await add(blobName(blob), blob.size, blobs.get(blob.digest)?.() ?? []);
    }
    await file.appendFile(Buffer.alloc(1024));
  } finally {
    await file.close();
  }
  return { tar, digest: descriptor.digest };
}
