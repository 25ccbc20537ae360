import type { Log } from '../../log.ts';
import { forEachOf } from '../../order/for-each.ts';
import { AT_ONCE } from '../../order/limits.ts';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { type LiveFunction, readFunction } from './live-function.ts';

/**
 * Set on a function before its code is updated in place, and removed once the stack has caught up: CloudFormation does
 * not see code that was swapped under it, so a later run has to look at what really runs. Its value is the code that
 * was sent. A tag that is set for an update which never came does no harm.
 */
export const IN_PLACE_TAG = 'sparta:in-place';

/** A function whose code was updated in place, so that CloudFormation does not know what it runs. */
export type TaggedFunction = Pick<LiveFunction, 'name' | 'arn' | 'codeId'>;

/**
 * The functions that were updated in place. To be read before the stack is changed: CloudFormation may remove the tag
 * when it sets others.
 *
 * @param names physical names or ARNs; those that do not exist are left out
 */
export async function readTagged(
  aws: Aws,
  names: readonly string[],
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<readonly TaggedFunction[]> {
  const unreadable: string[] = [];
  const found = await forEachOf(names, AT_ONCE.functions, async (name) => {
    try {
      return await readFunction(aws, name, signal);
    } catch (error) {
      if (!(error instanceof ProblemError) || !isDenied(error.cause)) throw error;
      unreadable.push(name);
      return undefined;
    }
  });
  // Who never updates in place need not be allowed to read functions.
  if (unreadable.length > 0) {
    log.info(
      `${unreadable.length} functions may not be read (lambda:GetFunction), so code that was updated in place would not be put right`,
    );
  }
  return found.filter(
    (each) => each !== undefined && Object.hasOwn(each.tags, IN_PLACE_TAG),
  ) as LiveFunction[];
}

/**
 * Whether a function was updated in place. Its tags alone are a fraction of what {@link readTagged} takes to read: enough
 * to tell of it.
 *
 * @returns `false`, too, where there is no such function
 */
export function isTagged(aws: Aws, arn: string, signal: AbortSignal): Promise<boolean> {
  return explained(`reading the tags of ${arn}`, async () => {
    const { client, sdk } = await aws.lambda();
    try {
      const { Tags = {} } = await client.send(new sdk.ListTagsCommand({ Resource: arn }), withSignal(signal));
      return Object.hasOwn(Tags, IN_PLACE_TAG);
    } catch (error) {
      if (codeOf(error) === 'ResourceNotFoundException') return false;
      throw error;
    }
  });
}

/** Whether AWS refused a call for want of rights. */
export const isDenied = (error: unknown): boolean => /^AccessDenied/.test(codeOf(error));

/** Marks a function; `undefined` removes the mark. */
export function setTag(aws: Aws, { name, arn }: TaggedFunction, value: string | undefined): Promise<void> {
  return explained(`tagging the function ${name}`, async () => {
    const { client, sdk } = await aws.lambda();
    await (value === undefined
      ? client.send(new sdk.UntagResourceCommand({ Resource: arn, TagKeys: [IN_PLACE_TAG] }))
      : client.send(new sdk.TagResourceCommand({ Resource: arn, Tags: { [IN_PLACE_TAG]: value } })));
  });
}
