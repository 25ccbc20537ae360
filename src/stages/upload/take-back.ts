import type { Aws } from '../../aws/connection/clients.ts';
import { describeStack } from '../../aws/stack/stack.ts';
import { stateOf } from '../../aws/stack/stack-states.ts';
import type { Bucket } from '../../aws/uploads/bucket-settings.ts';
import { removeUploads, type Uploaded } from '../../aws/uploads/upload.ts';

/** What a run put into a bucket of ours. */
export interface OwnUploads {
  readonly bucket: Bucket;
  readonly uploads: readonly Uploaded[];
}

/** A stack, and whether it was there before this run. */
export interface StackBefore {
  readonly name: string;
  readonly existed: boolean;
}

/**
 * After a failure, removes what this run brought, unless a stack may refer to it: one that is in the making, that was
 * kept as it failed, or another run's.
 */
export async function removeUnused(
  aws: Aws,
  { name, existed }: StackBefore,
  { bucket, uploads }: OwnUploads,
): Promise<void> {
  const stack = await describeStack(aws, name);
  if (stack ? stateOf(stack.status).undone : !existed) await removeUploads(aws, bucket, uploads);
}
