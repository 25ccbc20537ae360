import type { ResponseSink } from '../invoke.ts';

/** One event on its way to the runtime. */
export interface Invocation {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  readonly arn: string;
  readonly traceId: string;
  readonly clientContext?: string;
  readonly tenantId?: string;
  readonly cognitoIdentity?: string;
  readonly payload: Uint8Array | string;
  readonly sink?: ResponseSink;
}
