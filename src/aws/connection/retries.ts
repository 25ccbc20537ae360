/**
 * How often a call is tried. Throttling and lost replies are expected: a client that is throttled slows down by itself
 * (`adaptive`), and every call that is not idempotent carries a client token. Calls of functions have none: they are not
 * tried again where they may have run (`functions/invoke-function.ts`).
 */
export const RETRIES = { retryMode: 'adaptive', maxAttempts: 6 } as const;

/**
 * Calls a second that a client makes at least, however often it is throttled. The SDK slows a client down by three tenths
 * with each throttled call; where a share of the calls is throttled at any rate, as those that others in the account make
 * count, too, it would come to a call in two seconds, for all targets together. Each call pauses by itself besides. Lambda's
 * control plane takes 15 changes a second, S3 takes 3,500 under each prefix.
 */
const SLOWEST = { s3: 50, others: 5 } as const;

/** A client of the SDK, and what it tells of how it tries again. */
export interface RetryingClient {
  readonly config: { readonly serviceId: string; retryStrategy(): Promise<object> };
}

/** Keeps a client from slowing down to a standstill. */
export async function keepPace({ config }: RetryingClient): Promise<void> {
  const strategy = await config.retryStrategy();
  const minFillRate = config.serviceId === 'S3' ? SLOWEST.s3 : SLOWEST.others;
  if ('rateLimiter' in strategy) Object.assign(strategy.rateLimiter as object, { minFillRate });
}

/** How long a call may take, in milliseconds. */
export const TIMEOUTS = {
  connect: 5_000,
  /**
   * Until a reply begins; what is uploaded has to be sent by then. Of a function it begins when it is done, and the longest
   * timeout is 15 minutes (AWS Lambda, "Configure Lambda function timeout").
   */
  reply: { control: 30_000, code: 60_000, upload: 300_000, invocation: 900_000 },
  /** Without a byte in either direction. */
  idle: 20_000,
  /** An instance metadata service that does not answer is no source of credentials. */
  credentials: 3_000,
} as const;
