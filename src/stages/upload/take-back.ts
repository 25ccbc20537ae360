import type { Aws } from '../../aws/connection/clients.ts';
import { describeStack } from '../../aws/stack/stack.ts';
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

/** States in which a stack is what it was before, or nothing: what was brought for it is not referred to. */
const TAKEN_BACK = new Set(['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE']);

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
  if (stack ? TAKEN_BACK.has(stack.status) : !existed) await removeUploads(aws, bucket, uploads);
}
