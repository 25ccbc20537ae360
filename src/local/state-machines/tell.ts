import type { Activity, ExecutionView } from '../activity.ts';
import { duration, executionTable } from '../durable/table.ts';
import { progressOf } from '../progress.ts';
import type { HearsExecution, MachineExecution } from './executions.ts';
import { executionRecord } from './record.ts';
import { wayTaken } from './way.ts';

/** Rows and events of one execution that are told. */
const MOST = 300;

/** Tells of executions: that they began, now and then how far they have come, and that they ended. */
export const tellsOf = ({ publish }: Activity): HearsExecution =>
  progressOf<MachineExecution>({
    isOver: ({ status }) => status !== 'RUNNING',
    tell(execution, phase) {
      const { machine, name, input, traceId, startedBy } = execution;
      publish({
        kind: 'execution',
        phase,
        at: Date.now(),
        of: machine.logicalId,
        name,
        input,
        traceId,
        ...(startedBy && { cause: startedBy }),
        view: () => viewOf(execution),
      });
    },
  });

function viewOf(execution: MachineExecution): ExecutionView {
  const { status, output, error, cause, history, startedAt, endedAt } = execution;
  const { title, rows } = executionTable(executionRecord(execution));
  const { entered, open, failed, steps } = wayTaken(execution);
  return {
    parts: 'states',
    title,
    status,
    ...(endedAt !== undefined && { tookMs: endedAt - startedAt }),
    ...(output !== undefined && { output }),
    ...((error !== undefined || cause !== undefined) && {
      error: { type: error ?? status, message: cause ?? '' },
    }),
    rows: rows.slice(-MOST),
    events: history.events.slice(-MOST).map(({ id, previousEventId, type, at, details }) => ({
      id,
      previous: previousEventId,
      type,
      name: typeof details?.name === 'string' ? details.name : '',
      after: duration(at - startedAt),
    })),
    entered: [...entered],
    open: [...open],
    failed: [...failed],
    steps: [...steps],
  };
}
