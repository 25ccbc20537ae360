import type { Aws } from '../connection/clients.ts';
import { codeOf, statusOf } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/**
 * Makes a bucket of ours private, and lets it forget uploads that were never finished. The lifecycle comes last: it
 * tells {@link isConfigured} that the rest is there. S3 encrypts with its own keys unless the owner chose others; that
 * is left alone.
 */
export function configureBucket(aws: Aws, { name, owner }: Bucket): Promise<void> {
  const target = { Bucket: name, ...(owner && { ExpectedBucketOwner: owner }) };
  return explained(`setting up the bucket ${name}`, async () => {
    const { client, sdk } = await aws.s3();
    const settings = [
      () =>
        client.send(
          new sdk.PutPublicAccessBlockCommand({
            ...target,
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: true,
              BlockPublicPolicy: true,
              IgnorePublicAcls: true,
              RestrictPublicBuckets: true,
            },
          }),
        ),
      () =>
        client.send(
          new sdk.PutBucketOwnershipControlsCommand({
            ...target,
            OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          }),
        ),
      () =>
        client.send(
          new sdk.PutBucketLifecycleConfigurationCommand({
            ...target,
            LifecycleConfiguration: { Rules: [FORGET_UNFINISHED] },
          }),
        ),
    ];
    for (const set of settings) {
      await set().catch((error: unknown) => {
        // Another run sets the same just now.
        if (codeOf(error) !== 'OperationAborted') throw error;
      });
    }
  });
}

/** The parts of an upload that was never finished cost money. */
const FORGET_UNFINISHED = {
  ID: 'abort-incomplete-uploads',
  Status: 'Enabled',
  Filter: { Prefix: '' },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
} as const;

/** Whether all settings were applied; assumed where they may not be read, as a bucket is set up only once. */
export function isConfigured(aws: Aws, { name, owner }: Bucket): Promise<boolean> {
  return explained(`reading the settings of the bucket ${name}`, async () => {
    const { client, sdk } = await aws.s3();
    const target = { Bucket: name, ...(owner && { ExpectedBucketOwner: owner }) };
    try {
      await client.send(new sdk.GetBucketLifecycleConfigurationCommand(target));
      return true;
    } catch (error) {
      if (codeOf(error) === 'NoSuchLifecycleConfiguration') return false;
      // Nor does every store that speaks S3 have them.
      if ([403, 501].includes(statusOf(error) ?? 0)) return true;
      throw error;
    }
  });
}

/** A bucket that was checked: it exists, in the right region, and may be used. */
export interface Bucket {
  readonly name: string;
  /** Sent with every request where the bucket has to be our own, so that nobody can slip theirs in. */
  readonly owner: string | undefined;
}
