/**
 * How often a call is tried. Throttling and lost replies are expected: a client that is throttled slows down by itself
 * (`adaptive`), and every call that is not idempotent carries a client token. Calls of functions have none: they are not
 * tried again where they may have run (`functions/invoke-function.ts`).
 */
export const RETRIES = { retryMode: 'adaptive', maxAttempts: 6 } as const;

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
