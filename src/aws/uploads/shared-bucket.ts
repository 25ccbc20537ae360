import type { Aws } from '../connection/clients.ts';
import type { Bucket } from './bucket-settings.ts';
import { bucketPolicy, putBucketPolicy } from './code-bucket.ts';

const SID = 'SpartaStackSet';

/** Whose functions read code from a bucket. */
export interface Readers {
  readonly accounts: readonly string[];
  /** What begins the keys that they may read, with its slash. */
  readonly prefix: string;
}

/**
 * Lets other accounts read code in a bucket: each prefix has a statement of its own, which names them all.
 *
 * @returns whether the policy was changed
 * @throws ProblemError when it may not be read or changed
 */
export async function shareBucket(aws: Aws, bucket: Bucket, { accounts, prefix }: Readers): Promise<boolean> {
  const { partition } = await aws.identity();
  const text = (await bucketPolicy(aws, bucket)) ?? '{}';
  const policy = JSON.parse(text) as { Statement?: readonly Statement[] };
  const resource = `arn:${partition}:s3:::${bucket.name}/${prefix}*`;
  const wanted = accounts.map((account) => `arn:${partition}:iam::${account}:root`).sort();
  const isOwn = ({ Sid, Resource }: Statement) => Sid?.startsWith(SID) && Resource === resource;
  const statements = policy.Statement ?? [];
  const own = statements.find(isOwn);
  if (own && JSON.stringify([own.Principal?.AWS ?? []].flat().sort()) === JSON.stringify(wanted))
    return false;
  const rest = statements.filter((each) => !isOwn(each));
  const shared = {
    Sid: `${SID}${prefix.replaceAll(/[^A-Za-z0-9]/g, '')}`,
    Effect: 'Allow',
    Principal: { AWS: wanted },
    Action: ['s3:GetObject', 's3:GetObjectVersion'],
    Resource: resource,
  };
  const document = { Version: '2012-10-17', ...policy, Statement: [...rest, shared] };
  await putBucketPolicy(aws, bucket, JSON.stringify(document));
  return true;
}

/** As far as it is looked at. */
interface Statement {
  readonly Sid?: string;
  readonly Resource?: unknown;
  readonly Principal?: { readonly AWS?: string | readonly string[] };
}
