import type { Data } from '../../../values.ts';

/** How long and how often EventBridge tries to call the function. */
interface Delivery {
  readonly maxAge?: number;
  readonly retries?: number;
}

/** The same as properties of a target. */
export const retryPolicy = ({ maxAge, retries }: Delivery): Record<string, Data> =>
  maxAge === undefined && retries === undefined
    ? {}
    : {
        RetryPolicy: {
          ...(maxAge !== undefined && { MaximumEventAgeInSeconds: maxAge }),
          ...(retries !== undefined && { MaximumRetryAttempts: retries }),
        },
      };
