import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { forEachOf } from '../concurrency.ts';
import { ProblemError } from '../problem.ts';
import type { Bucket } from './bucket.ts';
import type { Aws } from './clients.ts';
import { codeOf, explained } from './errors.ts';

/** Something to put under a key that is made of its content's hash: what is there already is what would be sent. */
export interface Upload {
  readonly key: string;
  /** SHA-256 of the content in lower-case hex. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  readonly content: { readonly path: string } | { readonly text: string };
}

export interface Uploaded extends Upload {
  /** `false`: it was there already. */
  readonly sent: boolean;
}

/** Larger files are sent in parts. */
const PART = 8 * 1024 * 1024;
const FILES_AT_ONCE = 8;
const PARTS_AT_ONCE = 4;

/**
 * Uploads side by side what is not there yet.
 *
 * @throws ProblemError for the first that fails; what was sent by then stays, under its content's key
 */
export async function uploadAll(
  aws: Aws,
  bucket: Bucket,
  uploads: readonly Upload[],
  signal: AbortSignal,
): Promise<Uploaded[]> {
  const unique = [...new Map(uploads.map((each) => [each.key, each])).values()];
  return forEachOf(unique, FILES_AT_ONCE, async (each) => {
    if (await isThere(aws, bucket, each)) return { ...each, sent: false };
    signal.throwIfAborted();
    await explained(`uploading ${each.key} to ${bucket.name}`, () =>
      each.size > PART ? sendParts(aws, bucket, each, signal) : sendWhole(aws, bucket, each, signal),
    );
    return { ...each, sent: true };
  });
}

/** Removes objects that this run sent and that nothing refers to. */
export function removeUploads(aws: Aws, bucket: Bucket, uploads: readonly Uploaded[]): Promise<void> {
  return explained(`removing what was uploaded to ${bucket.name}`, async () => {
    const sent = uploads.filter((each) => each.sent);
    if (sent.length === 0) return;
    const { client, sdk } = await aws.s3();
    for (let at = 0; at < sent.length; at += 1000) {
      const Objects = sent.slice(at, at + 1000).map(({ key }) => ({ Key: key }));
      await client.send(new sdk.DeleteObjectsCommand({ ...owned(bucket), Delete: { Objects, Quiet: true } }));
    }
  });
}

const owned = ({ name, owner }: Bucket) => ({ Bucket: name, ...(owner && { ExpectedBucketOwner: owner }) });

function isThere(aws: Aws, bucket: Bucket, { key, size }: Upload): Promise<boolean> {
  return explained(`looking up ${key} in ${bucket.name}`, async () => {
    const { client, sdk } = await aws.s3();
    try {
      const { ContentLength } = await client.send(new sdk.HeadObjectCommand({ ...owned(bucket), Key: key }));
      return ContentLength === size;
    } catch (error) {
      const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
      if (status === 404 || codeOf(error) === 'NotFound') return false;
      throw error;
    }
  });
}

/** S3 compares the checksum with what arrived. */
async function sendWhole(
  aws: Aws,
  bucket: Bucket,
  { key, hash, content, size }: Upload,
  signal: AbortSignal,
): Promise<void> {
  const { client, sdk } = await aws.s3();
  const Body = 'text' in content ? content.text : await readWhole(content.path, size);
  await client.send(
    new sdk.PutObjectCommand({
      ...owned(bucket),
      Key: key,
      Body,
      ContentLength: size,
      ChecksumSHA256: Buffer.from(hash, 'hex').toString('base64'),
    }),
    { abortSignal: signal },
  );
}

async function readWhole(path: string, size: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of createReadStream(path)) chunks.push(chunk as Uint8Array);
  const bytes = Buffer.concat(chunks);
  if (bytes.length !== size) throw changed(path);
  return bytes;
}

const changed = (path: string): ProblemError =>
  new ProblemError({ message: `${path} changed while it was uploaded`, next: 'Run the job again.' });

/** An upload in parts that fails or is cancelled is aborted, as its parts would be paid for. */
async function sendParts(aws: Aws, bucket: Bucket, upload: Upload, signal: AbortSignal): Promise<void> {
  const { client, sdk } = await aws.s3();
  const { key, size, content } = upload;
  if (!('path' in content)) throw new TypeError('only files are uploaded in parts');
  const target = { ...owned(bucket), Key: key };
  const { UploadId } = await client.send(
    new sdk.CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'CRC32' }),
  );
  const file = await open(content.path);
  try {
    const numbers = Array.from({ length: Math.ceil(size / PART) }, (_, index) => index + 1);
    const parts = await forEachOf(numbers, PARTS_AT_ONCE, async (PartNumber) => {
      const start = (PartNumber - 1) * PART;
      const Body = Buffer.alloc(Math.min(PART, size - start));
      const { bytesRead } = await file.read(Body, 0, Body.length, start);
      if (bytesRead !== Body.length) throw changed(content.path);
      const { ETag, ChecksumCRC32 } = await client.send(
        new sdk.UploadPartCommand({ ...target, UploadId, PartNumber, Body, ChecksumAlgorithm: 'CRC32' }),
        { abortSignal: signal },
      );
      return { PartNumber, ETag, ChecksumCRC32 };
    });
    await client.send(
      new sdk.CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: parts } }),
    );
  } catch (error) {
    await client.send(new sdk.AbortMultipartUploadCommand({ ...target, UploadId })).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}
