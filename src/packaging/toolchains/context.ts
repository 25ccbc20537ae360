import type { Log } from '../../log.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What every build is given besides what to build. */
export interface BuildContext {
  readonly space: Workspace;
  readonly log: Log;
  /** Ends the toolchain, and everything that it started. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where tools that we install ourselves are kept between runs. */
  readonly tools: string;
  /** Our own version: part of every key. */
  readonly version: string;
}
