import type { Activity } from '../activity.ts';
import { INVOKED } from '../cause.ts';
import type { InvokeOptions, InvokeResult } from '../invoke.ts';
import type { InvocationPlace } from './environment-pool.ts';

/** An invocation that is about to run in an environment. */
interface Starting {
  readonly place: InvocationPlace;
  /** Logical ID. */
  readonly function: string;
  readonly requestId: string;
  readonly payload: Uint8Array | string;
  readonly traceId: string;
  readonly options: InvokeOptions;
}

/** Runs an invocation, and tells of its begin, of what it writes and of its end. */
export async function told(
  activity: Activity,
  { place, function: name, requestId, payload, traceId, options }: Starting,
  run: () => Promise<InvokeResult>,
): Promise<InvokeResult> {
  activity.publish({
    kind: 'began',
    at: Date.now(),
    requestId,
    function: name,
    request: typeof payload === 'string' ? payload : Buffer.from(payload).toString(),
    traceId,
    cause: options.cause ?? INVOKED,
  });
  place.pooled.heard = (text) => activity.publish({ kind: 'logged', at: Date.now(), requestId, text });
  try {
    const result = await run();
    const { cold } = place.pooled;
    activity.publish({ kind: 'ended', at: Date.now(), requestId, function: name, result, cold });
    return result;
  } finally {
    place.pooled.heard = undefined;
  }
}
