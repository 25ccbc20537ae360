import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import type { Aws, Identity } from '../connection/clients.ts';
import { codeOf } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { type Bucket, configureBucket, isConfigured } from './bucket-settings.ts';

/** Name of the bucket that is used when none is given. */
export const defaultBucketName = (account: string, region: string): string => `sparta-${account}-${region}`;

/**
 * Makes sure that there is a bucket for archives and templates.
 *
 * @param given the user's own; without it `sparta-<account>-<region>` is used, and created when it is not there:
 * private, encrypted, public access blocked, owned by the account alone
 * @throws ProblemError when it is missing, in another region, or not ours
 */
export async function ensureBucket(
  aws: Aws,
  given: string | undefined,
  identity: () => Promise<Identity>,
  log: Log,
): Promise<Bucket> {
  if (given !== undefined) {
    await checkBucket(aws, { name: given, owner: undefined });
    return { name: given, owner: undefined };
  }
  const { account } = await identity();
  const bucket = { name: defaultBucketName(account, aws.region), owner: account };
  if (await bucketExists(aws, bucket)) {
    if (await isConfigured(aws, bucket)) return bucket;
    log.info(`The bucket ${bucket.name} lacks settings: a run was ended before it had made them`);
  } else {
    log.info(`Creating the bucket ${bucket.name} (private, encrypted) for archives and templates`);
    await createBucket(aws, bucket);
  }
  await configureBucket(aws, bucket);
  return bucket;
}

async function checkBucket(aws: Aws, bucket: Bucket): Promise<void> {
  if (await bucketExists(aws, bucket)) return;
  throw new ProblemError({
    subject: 'input s3-bucket',
    message: `there is no bucket ${bucket.name}`,
    next: 'Create it, or leave the input out to have one created.',
  });
}

/**
 * Whether there is such a bucket.
 *
 * @throws ProblemError when it exists but is not to be used
 */
export function bucketExists(aws: Aws, { name, owner }: Bucket): Promise<boolean> {
  return explained(`looking up the bucket ${name}`, async () => {
    const { client, sdk } = await aws.s3();
    try {
      const { BucketRegion } = await client.send(
        new sdk.HeadBucketCommand({ Bucket: name, ...(owner && { ExpectedBucketOwner: owner }) }),
      );
      if (BucketRegion && BucketRegion !== aws.region) throw wrongRegion(name, BucketRegion, aws.region);
      return true;
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      const response = (error as { $response?: { headers?: Record<string, string> } }).$response;
      const region = response?.headers?.['x-amz-bucket-region'];
      if (region && region !== aws.region) throw wrongRegion(name, region, aws.region);
      const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
      if (status === 404 || codeOf(error) === 'NotFound') return false;
      if (status === 403) {
        throw new ProblemError({
          message: `the bucket ${name} may not be used: it belongs to someone else, or s3:ListBucket is not allowed`,
          next: owner
            ? 'Set the input s3-bucket to a bucket of yours.'
            : 'Allow s3:ListBucket on it, or choose another bucket.',
        });
      }
      throw error;
    }
  });
}

const wrongRegion = (name: string, found: string, wanted: string): ProblemError =>
  new ProblemError({
    message: `the bucket ${name} is in ${found}, but the stack is in ${wanted}; Lambda reads code from its own region only`,
    next: `Choose a bucket in ${wanted}, or set the input region to ${found}.`,
  });

function createBucket(aws: Aws, { name, owner }: Bucket): Promise<void> {
  return explained(`creating the bucket ${name}`, async () => {
    const { client, sdk } = await aws.s3();
    try {
      await client.send(
        new sdk.CreateBucketCommand({
          Bucket: name,
          ObjectOwnership: 'BucketOwnerEnforced',
          // A missing constraint means us-east-1, which cannot be named.
          ...(aws.region !== 'us-east-1' && {
            CreateBucketConfiguration: { LocationConstraint: aws.region as BucketLocationConstraint },
          }),
        }),
      );
    } catch (error) {
      // Another run was first, or is making it right now; or an earlier try of ours succeeded and its reply was lost.
      if (!/^(BucketAlreadyOwnedByYou|OperationAborted)$/.test(codeOf(error))) throw error;
      const target = { Bucket: name, ...(owner && { ExpectedBucketOwner: owner }) };
      await sdk.waitUntilBucketExists({ client, maxWaitTime: 60 }, target);
    }
  });
}
