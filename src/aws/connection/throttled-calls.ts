import { codeOf } from './errors.ts';

/** So often the SDK's own tries are gone through: of thousands of calls, each is to be answered in the end. */
const ROUNDS = 2;

/**
 * Middleware that begins anew when AWS has throttled a call each time that the SDK tried. Many targets make thousands of
 * calls: where a fifth of all is throttled, one of them meets with that six times in a row.
 */
export const retryThrottled =
  <Args extends { readonly input: object }, Reply>(next: (args: Args) => Promise<Reply>) =>
  async (args: Args): Promise<Reply> => {
    for (let round = 1; ; round++) {
      try {
        return await next(args);
      } catch (error) {
        if (round === ROUNDS || !isThrottled(error) || isRead(args.input)) throw error;
      }
    }
  };

/** Around the retries. */
export const AROUND_RETRIES = { step: 'initialize', priority: 'low', name: 'retryThrottled' } as const;

/** The reply to a HEAD request has no code. */
function isThrottled(error: unknown): boolean {
  const { httpStatusCode } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  return (
    httpStatusCode === 429 ||
    httpStatusCode === 503 ||
    /Throttl|TooManyRequests|SlowDown|RequestLimit/.test(codeOf(error))
  );
}

/** A stream can be sent once. */
const isRead = (input: object): boolean =>
  'Body' in input &&
  typeof input.Body === 'object' &&
  input.Body !== null &&
  !(input.Body instanceof Uint8Array);
