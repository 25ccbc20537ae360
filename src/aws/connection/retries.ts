/**
 * How often a call is tried. Throttling and lost replies are expected: a client that is throttled slows down by itself
 * (`adaptive`), and every call that is not idempotent carries a client token.
 */
export const RETRIES = { retryMode: 'adaptive', maxAttempts: 6 } as const;

/** How long a call may take, in milliseconds. */
export const TIMEOUTS = {
  connect: 5_000,
  /** Until a reply begins; what is uploaded has to be sent by then. */
  reply: { control: 30_000, code: 60_000, upload: 300_000 },
  /** Without a byte in either direction. */
  idle: 20_000,
  /** An instance metadata service that does not answer is no source of credentials. */
  credentials: 3_000,
} as const;
