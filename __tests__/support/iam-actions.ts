import type { CallName } from './aws-calls.ts';

/**
 * Operations whose permission has another name. Source: Service Authorization Reference of Amazon S3 and AWS Lambda.
 */
const OTHERWISE: Readonly<Record<string, string>> = {
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:UploadPart': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  's3:PutBucketOwnershipControls': 's3:PutBucketOwnershipControls',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  'lambda:Invoke': 'lambda:InvokeFunction',
};

/** The permission that a call needs. */
export function iamAction({ service, operation }: Pick<CallName, 'service' | 'operation'>): string {
  const name = `${service}:${operation}`;
  return OTHERWISE[name] ?? name;
}

/** What every identity may call. */
export const ALWAYS_ALLOWED = new Set(['sts:GetCallerIdentity']);
