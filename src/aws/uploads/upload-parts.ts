import { type FileHandle, open } from 'node:fs/promises';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';

/** Bytes. Larger files are sent in parts of this size. */
export const PART_SIZE = 8 * 1024 * 1024;

interface Target {
  readonly Bucket: string;
  readonly Key: string;
  readonly ExpectedBucketOwner?: string;
}

/**
 * Sends a file in parts, each with a checksum. An upload that fails or is cancelled is aborted, as its parts would be
 * paid for.
 *
 * @param condition under which the parts become an object
 */
export async function sendParts(
  aws: Aws,
  target: Target,
  { path, size }: { readonly path: string; readonly size: number },
  condition: { readonly IfNoneMatch?: string },
  signal: AbortSignal,
): Promise<void> {
  const { client, sdk } = await aws.s3();
  const file = await open(path);
  try {
    const { UploadId } = await client.send(
      new sdk.CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'CRC32' }),
      withSignal(signal),
    );
    const upload = { ...target, UploadId };
    try {
      const numbers = Array.from({ length: Math.ceil(size / PART_SIZE) }, (_, index) => index + 1);
      const Parts = await forEachOf(numbers, AT_ONCE.uploadParts, async (PartNumber) => {
        const Body = await readPart(file, path, PartNumber, size);
        const { ETag, ChecksumCRC32 } = await client.send(
          new sdk.UploadPartCommand({ ...upload, PartNumber, Body, ChecksumAlgorithm: 'CRC32' }),
          withSignal(signal),
        );
        return { PartNumber, ETag, ChecksumCRC32 };
      });
      await client.send(
        new sdk.CompleteMultipartUploadCommand({ ...upload, ...condition, MultipartUpload: { Parts } }),
        withSignal(signal),
      );
    } catch (error) {
      await client.send(new sdk.AbortMultipartUploadCommand(upload)).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
  // The object is there now; nobody needs other uploads to its key any more.
  await forgetUnfinished(aws, target).catch(() => undefined);
}

/**
 * Aborts other uploads to a key, whose parts would be paid for: those of runs that were killed. Another run that is
 * sending it right now finds the object instead (see `send` in upload.ts).
 */
async function forgetUnfinished(aws: Aws, { Key, ...bucket }: Target): Promise<void> {
  const { client, sdk } = await aws.s3();
  const { Uploads = [] } = await client.send(new sdk.ListMultipartUploadsCommand({ ...bucket, Prefix: Key }));
  for (const upload of Uploads) {
    if (upload.Key !== Key) continue;
    await client.send(new sdk.AbortMultipartUploadCommand({ ...bucket, Key, UploadId: upload.UploadId }));
  }
}

async function readPart(file: FileHandle, path: string, number: number, size: number): Promise<Uint8Array> {
  const start = (number - 1) * PART_SIZE;
  const part = Buffer.alloc(Math.min(PART_SIZE, size - start));
  const { bytesRead } = await file.read(part, 0, part.length, start);
  if (bytesRead === part.length) return part;
  throw changedMeanwhile(path);
}

/** The error for a file whose length has changed. */
export const changedMeanwhile = (path: string): ProblemError =>
  new ProblemError({ message: `${path} changed while it was uploaded`, next: 'Run the job again.' });
