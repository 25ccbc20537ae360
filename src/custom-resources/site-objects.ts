import { DeleteObjectsCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { s3 } from './aws.ts';
import type { Content } from './site-content.ts';

/** Objects that one call deletes. */
const BATCH = 1000;

/** ETags by key of all objects below a prefix. */
export async function listObjects(bucket: string, prefix: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { Contents } of paginateListObjectsV2(
    { client: s3() },
    { Bucket: bucket, Prefix: prefix },
  )) {
    for (const { Key, ETag } of Contents ?? []) if (Key !== undefined) found.set(Key, ETag ?? '');
  }
  return found;
}

export async function putObject(
  bucket: string,
  key: string,
  body: Uint8Array,
  { type, encoding }: Content,
  cache: string | undefined,
): Promise<void> {
  await s3().send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentType: type,
      ...(encoding && { ContentEncoding: encoding }),
      ...(cache !== undefined && { CacheControl: cache }),
    }),
  );
}

/** @throws Error with the first object that cannot be deleted */
export async function removeObjects(bucket: string, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += BATCH) {
    const Objects = keys.slice(at, at + BATCH).map((Key) => ({ Key }));
    const { Errors: [failed] = [] } = await s3().send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    if (failed) throw new Error(`${failed.Key} cannot be deleted: ${failed.Message ?? failed.Code}`);
  }
}
