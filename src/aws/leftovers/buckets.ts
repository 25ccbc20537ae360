import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/** Objects that one call deletes. Source: Amazon S3 API reference, "DeleteObjects". */
const BATCH = 1000;
/** Pages that are listed before their objects are deleted, all at the same time. */
const PAGES = 8;

interface ObjectVersion {
  readonly Key: string;
  readonly VersionId?: string;
}

/**
 * Deletes all objects of a bucket, with all their versions and delete markers. A bucket that is not there is fine.
 *
 * @param prefix only those whose keys begin so
 * @returns how many there were
 * @throws ProblemError with the first object that cannot be deleted
 */
export function emptyBucket(
  aws: Aws,
  { bucket, prefix }: { readonly bucket: string; readonly prefix?: string },
  signal: AbortSignal,
): Promise<number> {
  return explained(`emptying the bucket ${bucket}`, async () => {
    try {
      let count = 0;
      for await (const batches of versions(aws, { bucket, prefix }, signal)) {
        await forEachOf(batches, AT_ONCE.uploads, (batch) => remove(aws, { bucket, batch }, signal));
        count += batches.reduce((sum, { length }) => sum + length, 0);
      }
      return count;
    } catch (error) {
      if (codeOf(error) === 'NoSuchBucket') return 0;
      throw error;
    }
  });
}

async function* versions(
  aws: Aws,
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<readonly (readonly ObjectVersion[])[]> {
  const [{ client }, { ListObjectVersionsCommand }] = await Promise.all([
    aws.s3(),
    import('../connection/sdk/s3-emptying.ts'),
  ]);
  let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  let more = true;
  while (more) {
    const batches: ObjectVersion[][] = [];
    while (more && batches.length < PAGES) {
      const page = await client.send(
        new ListObjectVersionsCommand({
          Bucket: bucket,
          ...(prefix && { Prefix: prefix }),
          ...at,
          MaxKeys: BATCH,
        }),
        withSignal(signal),
      );
      const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].flatMap(({ Key, VersionId }) =>
        Key === undefined ? [] : [{ Key, ...(VersionId && { VersionId }) }],
      );
      if (found.length > 0) batches.push(found);
      at = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
      more = page.IsTruncated === true;
    }
    yield batches;
  }
}

async function remove(
  aws: Aws,
  { bucket, batch }: { readonly bucket: string; readonly batch: readonly ObjectVersion[] },
  signal: AbortSignal,
): Promise<void> {
  const { client, sdk } = await aws.s3();
  const { Errors: [failed] = [] } = await client.send(
    new sdk.DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: [...batch], Quiet: true } }),
    withSignal(signal),
  );
  if (failed) throw new Error(`${failed.Key} cannot be deleted: ${failed.Message ?? failed.Code}`);
}

/** Deletes an empty bucket; one that is not there is fine. */
export function deleteBucket(aws: Aws, bucket: string, signal: AbortSignal): Promise<void> {
  return explained(`deleting the bucket ${bucket}`, async () => {
    const [{ client }, { DeleteBucketCommand }] = await Promise.all([
      aws.s3(),
      import('../connection/sdk/s3-emptying.ts'),
    ]);
    try {
      await client.send(new DeleteBucketCommand({ Bucket: bucket }), withSignal(signal));
    } catch (error) {
      if (codeOf(error) !== 'NoSuchBucket') throw error;
    }
  });
}
