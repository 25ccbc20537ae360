import { readFile } from 'node:fs/promises';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf, statusOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { absentKeys } from './absent-keys.ts';
import type { Bucket } from './bucket-settings.ts';
import { changedMeanwhile, PART_SIZE, sendParts } from './upload-parts.ts';

/** Something to put under a key. */
export interface Upload {
  readonly key: string;
  /** SHA-256 of the content in lower-case hex. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  readonly content: { readonly path: string } | { readonly text: string };
  /**
   * What the key is made of. `content` (the default): what is there is what would be sent. `source`: the hash is one of
   * the sources (CDK), so archives of the same key may differ in their bytes.
   */
  readonly keyedBy?: 'content' | 'source';
}

export interface Uploaded extends Upload {
  /** `false`: it was there already. */
  readonly sent: boolean;
}

/** Bytes of an empty ZIP archive, which tools that failed leave behind. */
const EMPTY_ARCHIVE = 22;

/**
 * Uploads side by side what is not there yet; one key is sent once.
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
  const byContent = unique.filter(({ keyedBy }) => keyedBy !== 'source').map(({ key }) => key);
  const absent = await absentKeys(aws, bucket, byContent, signal);
  return forEachOf(unique, AT_ONCE.uploads, async (each) => {
    signal.throwIfAborted();
    if (!absent.has(each.key) && (await isThere(aws, bucket, each, signal))) return { ...each, sent: false };
    const sent = await explained(`uploading ${each.key} to ${bucket.name}`, () =>
      send(aws, bucket, each, signal),
    );
    return { ...each, sent };
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
      await client.send(
        new sdk.DeleteObjectsCommand({ ...targetOf(bucket), Delete: { Objects, Quiet: true } }),
      );
    }
  });
}

const targetOf = ({ name, owner }: Bucket) => ({
  Bucket: name,
  ...(owner && { ExpectedBucketOwner: owner }),
});

function isThere(aws: Aws, bucket: Bucket, upload: Upload, signal: AbortSignal): Promise<boolean> {
  return explained(`looking up ${upload.key} in ${bucket.name}`, () =>
    upload.keyedBy === 'source'
      ? isListed(aws, bucket, upload, signal)
      : hasContent(aws, bucket, upload, signal),
  );
}

/** Whether the object is what would be sent: by its size, and its checksum where S3 keeps one of the whole. */
async function hasContent(
  aws: Aws,
  bucket: Bucket,
  { key, size, hash }: Upload,
  signal: AbortSignal,
): Promise<boolean> {
  const { client, sdk } = await aws.s3();
  try {
    const { ContentLength, ChecksumSHA256 } = await client.send(
      new sdk.HeadObjectCommand({ ...targetOf(bucket), Key: key, ChecksumMode: 'ENABLED' }),
      withSignal(signal),
    );
    return ContentLength === size && (ChecksumSHA256 === undefined || ChecksumSHA256 === base64Of(hash));
  } catch (error) {
    if (statusOf(error) === 404 || codeOf(error) === 'NotFound') return false;
    throw error;
  }
}

async function isListed(aws: Aws, bucket: Bucket, { key }: Upload, signal: AbortSignal): Promise<boolean> {
  const { client, sdk } = await aws.s3();
  const { Contents = [] } = await client.send(
    new sdk.ListObjectsV2Command({ ...targetOf(bucket), Prefix: key, MaxKeys: 1 }),
    withSignal(signal),
  );
  return Contents.some(({ Key, Size = 0 }) => Key === key && Size > EMPTY_ARCHIVE);
}

/**
 * Sends only where nothing else is there, so that two runs do not write one key.
 *
 * @returns `false` when it turns out to be there: another run was faster, or the reply to an earlier try was lost
 */
async function send(aws: Aws, bucket: Bucket, upload: Upload, signal: AbortSignal): Promise<boolean> {
  const { content, size } = upload;
  for (const condition of [{ IfNoneMatch: '*' }, {}]) {
    try {
      if ('path' in content && size > PART_SIZE) {
        const target = { ...targetOf(bucket), Key: upload.key };
        await sendParts(aws, target, { path: content.path, size }, condition, signal);
      } else await sendWhole(aws, bucket, upload, condition, signal);
      return true;
    } catch (error) {
      if (!/^(PreconditionFailed|ConditionalRequestConflict|NoSuchUpload)$/.test(codeOf(error))) throw error;
      if (await isThere(aws, bucket, upload, signal)) return false;
      // Something else is under the key: a content hash says what has to be there.
    }
  }
  throw new ProblemError({
    message: `another run keeps writing ${upload.key}`,
    next: 'Run the job again.',
  });
}

/** S3 compares the checksum with what arrived. */
async function sendWhole(
  aws: Aws,
  bucket: Bucket,
  { key, hash, content, size }: Upload,
  condition: { readonly IfNoneMatch?: string },
  signal: AbortSignal,
): Promise<void> {
  const { client, sdk } = await aws.s3();
  const Body = 'text' in content ? content.text : await readFile(content.path);
  if ('path' in content && Body.length !== size) throw changedMeanwhile(content.path);
  await client.send(
    new sdk.PutObjectCommand({
      ...targetOf(bucket),
      ...condition,
      Key: key,
      Body,
      ContentLength: size,
      ChecksumSHA256: base64Of(hash),
    }),
    withSignal(signal),
  );
}

const base64Of = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
