import type { Json } from '../../template/types.ts';
import { type BatchTarget, deliver } from './stream-batch.ts';
import type { StreamRecord } from './stream-client.ts';

/** A window of time whose state goes from one invocation to the next. */
interface Window {
  readonly start: number;
  readonly end: number;
  state: Json;
}

/**
 * Sends records window by window: each invocation gets what the last one of the window returned as `state`, and when the
 * window is over there is a last one without records. Source: AWS Lambda Developer Guide, "Using Lambda with Kinesis:
 * tumbling windows".
 */
export function tumbling(target: BatchTarget): (records: readonly StreamRecord[]) => Promise<void> {
  const length = 1000 * target.settings.tumblingWindow;
  let window: Window | undefined;

  async function call(records: readonly StreamRecord[], current: Window, isLast: boolean): Promise<void> {
    const answer = await deliver(records, target, {
      window: { start: iso(current.start), end: iso(current.end) },
      state: current.state,
      shardId: target.shard,
      eventSourceARN: target.arn,
      isFinalInvokeForWindow: isLast,
      isWindowTerminatedEarly: false,
    });
    current.state = answer.state ?? {};
  }

  return async (records) => {
    for (const [start, inWindow] of Map.groupBy(records, ({ arrived }) => arrived - (arrived % length))) {
      if (window && window.start !== start) await call([], window, true);
      if (window?.start !== start) window = { start, end: start + length, state: {} };
      await call(inWindow, window, false);
    }
    if (window && Date.now() > window.end) {
      await call([], window, true);
      window = undefined;
    }
  };
}

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
