import type { ApiResponse } from '../http-api/response.ts';

/** Milliseconds. Source: Amazon API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API". */
export const TIMEOUT = 29_000;

/** The API answers itself. */
export interface Failed {
  readonly kind: 'failed';
  /** Refuses a client. */
  readonly status: number;
  /** What a client is told. */
  readonly message: string;
}

/** What came of calling what is behind a route. */
export type Called =
  | {
      readonly kind: 'done';
      readonly status: number;
      readonly body: string;
      /** The subprotocol that it chose. */
      readonly protocol?: string;
    }
  | Failed;

export const failed = (status: number, message = 'Internal server error'): Failed => ({
  kind: 'failed',
  status,
  message,
});

/** The same as a REST API answers. */
export const failedAs = ({ status, refused }: ApiResponse): Failed =>
  failed(status, refused?.message ?? undefined);
