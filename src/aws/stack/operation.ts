import type { Log } from '../../log.ts';
import type { StackEvent } from './events.ts';

/** How and how long a stack is changed, and who hears of it. */
export interface OperationOptions {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly onEvent: (event: StackEvent) => void;
  /** A cancellation during an update rolls it back, instead of leaving it to AWS. */
  readonly cancelUpdate?: boolean | undefined;
}
