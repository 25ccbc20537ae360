import { type DurableOperation, type ExecutionRecord, type HistoryEvent, isOver } from './types.ts';

/** The operations that come with an invocation; the function asks for the rest. */
const MOST_INLINE = 1000;
const MOST_INLINE_BYTES = 4 * 1024 * 1024;

/**
 * The operations that a replay needs: what happened within a context that has ended is not looked at again, unless that
 * context says so.
 */
export function replayed({ operations }: ExecutionRecord): readonly DurableOperation[] {
  const byId = new Map(operations.map((each) => [each.Id, each]));
  const isHidden = ({ ParentId }: DurableOperation): boolean => {
    const parent = ParentId === undefined ? undefined : byId.get(ParentId);
    if (parent === undefined) return false;
    return (isOver(parent) && parent.ContextDetails?.ReplayChildren !== true) || isHidden(parent);
  };
  return operations.filter((each) => !isHidden(each));
}

/** What a durable function is invoked with, as JSON text. Its clock is the real one. */
export function envelopeOf(
  record: ExecutionRecord,
  about: { readonly token: string; readonly updated: readonly string[]; readonly ahead: number },
): string {
  const { token, updated, ahead } = about;
  const all = replayed(record);
  const inline: DurableOperation[] = [];
  let bytes = 0;
  for (const operation of all) {
    bytes += Buffer.byteLength(JSON.stringify(operation));
    if (inline.length > 0 && (inline.length >= MOST_INLINE || bytes > MOST_INLINE_BYTES)) break;
    inline.push(operation);
  }
  return JSON.stringify({
    DurableExecutionArn: record.arn,
    CheckpointToken: token,
    InitialExecutionState: {
      Operations: inline.map((each) => withTimes(each, (time) => time - ahead)),
      ...(inline.length < all.length && { NextMarker: String(inline.length) }),
    },
    UpdatedOperationIds: updated,
  });
}

/** Operations as the API answers them: seconds since the epoch, on the clock of the function. */
export const operationsAnswer = (operations: readonly DurableOperation[], ahead: number): unknown[] =>
  operations.map((each) => withTimes(each, (time) => (time - ahead) / 1000));

/** Events as the API answers them. */
export const eventsAnswer = (events: readonly HistoryEvent[], withData: boolean): unknown[] =>
  events.map((each) => withTimes(withData ? each : withoutData(each), (time) => time / 1000));

const TIME = /Timestamp$/;

/** Replaces every time in a value. */
function withTimes(value: unknown, change: (time: number) => number): unknown {
  if (Array.isArray(value)) return value.map((each) => withTimes(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'number' && TIME.test(key) ? change(inner) : withTimes(inner, change),
    ]),
  );
}

/** Payloads are left out, what became of them is not. */
function withoutData(value: HistoryEvent): HistoryEvent {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'Payload' ? undefined : inner)));
}

/** One page of a list. @throws RangeError for a number that the API does not take */
export function pageOf<T>(
  all: readonly T[],
  query: URLSearchParams,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const asked = Number(query.get('MaxItems') ?? 0);
  if (!Number.isInteger(asked) || asked < 0 || asked > 1000)
    throw new RangeError('MaxItems must be between 0 and 1000');
  const size = asked === 0 ? 100 : asked;
  const start = Number(query.get('Marker') ?? 0) || 0;
  const end = start + size;
  return { items: all.slice(start, end), next: end < all.length ? String(end) : undefined };
}
