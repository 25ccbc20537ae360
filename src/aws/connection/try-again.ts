import { setTimeout as sleep } from 'node:timers/promises';
import { attemptsOf, codeOf, isPassing, statusOf } from './errors.ts';
import { RETRIES } from './retries.ts';

/** What the SDK tells middleware of a call, as far as it is looked at. */
export interface CallContext {
  readonly __smithy_context?: { readonly abortSignal?: unknown };
}

/** A call that failed, and how it is made once more. */
export interface FailedCall<Args, Reply> {
  readonly next: (args: Args) => Promise<Reply>;
  readonly args: Args;
  readonly context: CallContext;
}

/** Of each passing failure that the SDK tries again (`retry` in `@smithy/core`); of others it does not. */
const PASSING_STATUSES = [500, 502, 503, 504];

/**
 * Makes a call once more, as often as it is worth: where a fifth of all calls is throttled, some meet with that six times in
 * a row, so a throttled call is tried more often than others.
 *
 * @param error what it failed with, after the tries of the SDK
 * @throws the error of the last try, with the number of all tries
 */
export async function tryAgain<Args extends { readonly input: object }, Reply>(
  error: unknown,
  { next, args, context }: FailedCall<Args, Reply>,
): Promise<Reply> {
  let failed = error;
  let tried = 0;
  for (let round = 0; ; round++) {
    // Without a count it was never sent.
    tried += attemptsOf(failed) ?? Number.POSITIVE_INFINITY;
    if (tried >= mostTries(failed) || isRead(args.input)) throw counted(failed, tried);
    await pause(round, context);
    try {
      return await next(args);
    } catch (again) {
      failed = again;
    }
  }
}

function mostTries(error: unknown): number {
  if (isThrottled(error)) return RETRIES.maxAttempts * 2;
  const status = statusOf(error);
  const isTriedAgain = status === undefined ? isLost(error) : PASSING_STATUSES.includes(status);
  return isTriedAgain ? RETRIES.maxAttempts : 0;
}

/** Without a reply. */
const isLost = (error: unknown): boolean =>
  isPassing(error) || (error instanceof Error && error.name === 'TimeoutError');

const isThrottled = (error: unknown): boolean =>
  statusOf(error) === 429 ||
  isThrottledWithoutCode(error) ||
  /Throttl|TooManyRequests|SlowDown|RequestLimit/.test(codeOf(error));

/** Whether a reply without a code says by its status that the call was throttled. */
export const isThrottledWithoutCode = (error: unknown): error is Error =>
  statusOf(error) === 503 && /^Unknown(Error)?$/.test(codeOf(error));

/** A stream can be sent once. */
const isRead = (input: object): boolean =>
  'Body' in input &&
  typeof input.Body === 'object' &&
  input.Body !== null &&
  !(input.Body instanceof Uint8Array);

/** Half a second at first, each time twice as long, with full jitter: the SDK did not wait where its budget was empty. */
async function pause(round: number, { __smithy_context: { abortSignal } = {} }: CallContext): Promise<void> {
  const milliseconds = Math.random() * 500 * 2 ** Math.min(round, 5);
  await sleep(milliseconds, undefined, abortSignal instanceof AbortSignal ? { signal: abortSignal } : {});
}

function counted(error: unknown, attempts: number): unknown {
  if (Number.isFinite(attempts) && error instanceof Error && '$metadata' in error)
    Object.assign(error.$metadata as object, { attempts });
  return error;
}
