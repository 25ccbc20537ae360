import type { Aws } from '../../aws/connection/clients.ts';
import { ensureBucket } from '../../aws/uploads/bucket.ts';
import type { Bucket } from '../../aws/uploads/bucket-settings.ts';
import type { Log } from '../../log.ts';

const known = new WeakMap<Aws, Map<string | undefined, Promise<Bucket>>>();

/**
 * The bucket for archives and templates; targets that share a connection make sure of it once.
 *
 * @param given the user's own, by its name
 * @throws ProblemError when it is missing, in another region, or not ours
 */
export function ownBucket(aws: Aws, given: string | undefined, log: Log): Promise<Bucket> {
  const buckets = known.get(aws) ?? new Map<string | undefined, Promise<Bucket>>();
  known.set(aws, buckets);
  const found = buckets.get(given);
  if (found) return found;
  const made = ensureBucket(aws, given, aws.identity, log);
  buckets.set(given, made);
  // What failed for one may succeed for the next.
  made.catch(() => buckets.delete(given));
  return made;
}
