import type { Aws } from '../connection/clients.ts';
import { codeOf, statusOf } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import type { Bucket } from './bucket-settings.ts';

/** What decides whether Lambda can read code in a bucket for as long as it wants to; what may not be read is `unknown`. */
export interface CodeBucket {
  readonly versions: 'kept' | 'not kept' | 'unknown';
  /** JSON; `undefined` where there is none. */
  readonly policy: string | undefined;
  readonly policyIsKnown: boolean;
  /** The key that objects are encrypted with belongs to AWS, so its policy cannot let Lambda use it. */
  readonly keyOfAws: boolean;
}

/** Looks at the settings of a bucket. Stores that speak S3 may lack some of them. */
export function lookAtCodeBucket(aws: Aws, bucket: Bucket): Promise<CodeBucket> {
  return explained(`reading the settings of the bucket ${bucket.name}`, async () => {
    const { client, sdk } = await aws.s3();
    const target = targetOf(bucket);
    const hidden = (error: unknown): undefined => {
      if (![403, 501].includes(statusOf(error) ?? 0)) throw error;
    };
    const none =
      (code: string) =>
      (error: unknown): Record<string, never> | undefined =>
        codeOf(error) === code ? {} : hidden(error);
    const [versioning, policy, encryption] = await Promise.all([
      client.send(new sdk.GetBucketVersioningCommand(target)).catch(hidden),
      client.send(new sdk.GetBucketPolicyCommand(target)).catch(none('NoSuchBucketPolicy')),
      client
        .send(new sdk.GetBucketEncryptionCommand(target))
        .catch(none('ServerSideEncryptionConfigurationNotFoundError')),
    ]);
    const [rule] = encryption?.ServerSideEncryptionConfiguration?.Rules ?? [];
    const { SSEAlgorithm = '', KMSMasterKeyID = '' } = rule?.ApplyServerSideEncryptionByDefault ?? {};
    return {
      versions: versioning ? (versioning.Status === 'Enabled' ? 'kept' : 'not kept') : 'unknown',
      policy: policy?.Policy,
      policyIsKnown: policy !== undefined,
      keyOfAws: SSEAlgorithm.startsWith('aws:kms') && /^$|(^|:)alias\/aws\/s3$/.test(KMSMasterKeyID),
    };
  });
}

/**
 * The policy of a bucket, as JSON; `undefined` where it has none.
 *
 * @throws ProblemError when it may not be read
 */
export function bucketPolicy(aws: Aws, bucket: Bucket): Promise<string | undefined> {
  return explained(`reading the policy of the bucket ${bucket.name}`, async () => {
    const { client, sdk } = await aws.s3();
    try {
      return (await client.send(new sdk.GetBucketPolicyCommand(targetOf(bucket)))).Policy;
    } catch (error) {
      if (codeOf(error) === 'NoSuchBucketPolicy') return undefined;
      throw error;
    }
  });
}

const targetOf = ({ name, owner }: Bucket) => ({
  Bucket: name,
  ...(owner && { ExpectedBucketOwner: owner }),
});

/** From now on, S3 keeps what is overwritten or deleted. */
export function keepVersions(aws: Aws, bucket: Bucket): Promise<void> {
  return explained(`switching on versions in the bucket ${bucket.name}`, async () => {
    const { client, sdk } = await aws.s3();
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new sdk.PutBucketVersioningCommand({ ...targetOf(bucket), VersioningConfiguration }));
  });
}

/** Sets the whole policy of a bucket. */
export function putBucketPolicy(aws: Aws, bucket: Bucket, policy: string): Promise<void> {
  return explained(`setting the policy of the bucket ${bucket.name}`, async () => {
    const { client, sdk } = await aws.s3();
    await client.send(new sdk.PutBucketPolicyCommand({ ...targetOf(bucket), Policy: policy }));
  });
}
