import type { CallContext } from './try-again.ts';

/**
 * Middleware that gives each call its own tries. All calls of an SDK client share one budget of retries, which is empty
 * after 35 failures at once: of thousands of calls that many targets make, those that fail then would be given up on
 * after their first try.
 */
export const triesOfItsOwn =
  <Args extends { readonly input: object }, Reply>(
    next: (args: Args) => Promise<Reply>,
    context: CallContext,
  ) =>
  async (args: Args): Promise<Reply> => {
    try {
      return await next(args);
    } catch (error) {
      const { tryAgain } = await import('./try-again.ts');
      return tryAgain(error, { next, args, context });
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
      const { isThrottledWithoutCode } = await import('./try-again.ts');
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
