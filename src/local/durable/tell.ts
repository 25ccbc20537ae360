import type { Activity, ExecutionView } from '../activity.ts';
import { INVOKED } from '../cause.ts';
import { progressOf } from '../progress.ts';
import type { LiveExecution } from './live.ts';
import { duration, executionTable } from './table.ts';

/** Rows and events of one execution that are told. */
const MOST = 300;

/** Tells of executions of durable functions: that they began, now and then how far they have come, and that they ended. */
export const tellsOf = ({ publish }: Activity): ((live: LiveExecution) => void) =>
  progressOf<LiveExecution>({
    isOver: ({ record }) => record.status !== 'RUNNING',
    tell(live, phase) {
      const { record, invokeOptions } = live;
      publish({
        kind: 'execution',
        phase,
        at: Date.now(),
        of: record.functionId,
        name: record.name,
        input: record.input,
        traceId: invokeOptions.traceId,
        cause: invokeOptions.cause ?? INVOKED,
        view: () => viewOf(live),
      });
    },
  });

function viewOf({ record }: LiveExecution): ExecutionView {
  const { status, result, error, events, startedAt, endedAt } = record;
  const { title, rows } = executionTable(record);
  return {
    parts: 'operations',
    title,
    status,
    ...(endedAt !== undefined && { tookMs: endedAt - startedAt }),
    ...(result !== undefined && { output: result }),
    ...(error && { error: { type: error.ErrorType ?? status, message: error.ErrorMessage ?? '' } }),
    rows: rows.slice(-MOST),
    events: events.slice(-MOST).map(({ EventId, EventType, EventTimestamp, Name = '' }) => ({
      id: EventId,
      type: EventType,
      name: Name,
      after: duration(EventTimestamp - startedAt),
    })),
    entered: [],
    open: [],
    failed: [],
    steps: [],
  };
}
