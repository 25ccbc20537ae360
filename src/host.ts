import type { EventContext } from './github/context.ts';
import type { Log } from './log.ts';

/** What surrounds a command: where it runs, whom it tells, and how it is told to stop. */
export interface Host {
  readonly log: Log;
  /** Absolute path, links resolved: nothing outside of it is read unless allowed. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  readonly event: EventContext;
}
