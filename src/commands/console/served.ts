import type { Assembly } from '../../assembly/types.ts';
import type { Activity } from '../../local/activity.ts';
import type { FunctionHost } from '../../local/function-host.ts';
import type { Route } from '../../local/http-api/route.ts';
import type { HostOptions } from '../../local/runtime/environment-pool.ts';
import type { LocalStateMachine } from '../../local/state-machines/machine-types.ts';
import type { Programs } from '../../stages/assemble/stack.ts';
import type { Run } from '../../stages/run.ts';
import type { MessageTarget } from './messages.ts';

/** A service that is served on this machine. */
export interface ServedHere {
  readonly host: FunctionHost;
  /** What processes are started with. */
  readonly options: Omit<HostOptions, 'output' | 'warn' | 'activity'>;
  readonly activity: Activity;
  /** Where its APIs are served, if they are. */
  readonly api?: { readonly url: string; readonly routes: readonly Route[] };
  /** What messages can be sent to, where that is served. */
  readonly destinations: readonly MessageTarget[];
  readonly machines: readonly LocalStateMachine[];
  readonly assembly: Assembly;
  readonly programs: Programs;
  readonly run: Run;
}
