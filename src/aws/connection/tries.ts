import { attemptsOf, codeOf, isPassing, statusOf } from './errors.ts';
import { RETRIES } from './retries.ts';

/** What the SDK tells middleware of a call, as far as it is looked at. */
interface Context {
  readonly __smithy_context?: { readonly abortSignal?: unknown };
}

/** Of each passing failure that the SDK tries again (`retry` in `@smithy/core`); of others it does not. */
const PASSING_STATUSES = [500, 502, 503, 504];

/**
 * Middleware that gives each call its own tries. All calls of an SDK client share one budget of retries, which is empty
 * after 35 failures at once: of thousands of calls that many targets make, those that fail then would be given up on
 * after their first try. Where a fifth of all is throttled, some calls meet with that six times in a row, so a throttled
 * call is tried more often than others.
 */
export const triesOfItsOwn =
  <Args extends { readonly input: object }, Reply>(next: (args: Args) => Promise<Reply>, context: Context) =>
  async (args: Args): Promise<Reply> => {
    let tried = 0;
    for (let round = 0; ; round++) {
      try {
        return await next(args);
      } catch (error) {
        // Without a count it was never sent.
        tried += attemptsOf(error) ?? Number.POSITIVE_INFINITY;
        if (tried >= mostTries(error) || isRead(args.input)) throw counted(error, tried);
        await pause(round, context);
      }
    }
  };

/** Around the retries of the SDK. */
export const AROUND_RETRIES = { step: 'initialize', priority: 'low', name: 'triesOfItsOwn' } as const;

/**
 * Middleware that lets the SDK know a throttled call by its status where that is all there is: a reply to a HEAD request
 * has no code, and S3 throttles with 503. The SDK would take it for a broken server, hardly wait, and pay thrice.
 */
export const recogniseThrottling =
  <Args, Reply>(next: (args: Args) => Promise<Reply>) =>
  async (args: Args): Promise<Reply> => {
    try {
      return await next(args);
    } catch (error) {
      if (isThrottledWithoutCode(error)) Object.assign(error, { $retryable: { throttling: true } });
      throw error;
    }
  };

/** Around the deserializer, within the retries. */
export const WITHIN_RETRIES = {
  step: 'finalizeRequest',
  priority: 'low',
  name: 'recogniseThrottling',
} as const;

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

const isThrottledWithoutCode = (error: unknown): error is Error =>
  statusOf(error) === 503 && /^Unknown(Error)?$/.test(codeOf(error));

/** A stream can be sent once. */
const isRead = (input: object): boolean =>
  'Body' in input &&
  typeof input.Body === 'object' &&
  input.Body !== null &&
  !(input.Body instanceof Uint8Array);

/** Half a second at first, each time twice as long, with full jitter: the SDK did not wait where its budget was empty. */
async function pause(round: number, { __smithy_context: { abortSignal } = {} }: Context): Promise<void> {
  // Hardly any run needs it.
  const { setTimeout: sleep } = await import('node:timers/promises');
  const milliseconds = Math.random() * 500 * 2 ** Math.min(round, 5);
  await sleep(milliseconds, undefined, abortSignal instanceof AbortSignal ? { signal: abortSignal } : {});
}

function counted(error: unknown, attempts: number): unknown {
  if (Number.isFinite(attempts) && error instanceof Error && '$metadata' in error)
    Object.assign(error.$metadata as object, { attempts });
  return error;
}
