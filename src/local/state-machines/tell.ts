import type { Activity, ExecutionView } from '../activity.ts';
import { duration, executionTable } from '../durable/table.ts';
import type { HearsExecution, MachineExecution } from './executions.ts';
import { executionRecord } from './record.ts';
import { wayTaken } from './way.ts';

/** Milliseconds between two times that it is told how far an execution has come. */
const PAUSE = 100;
/** Rows and events of one execution that are told. */
const MOST = 300;

/** Tells of executions: that they began, now and then how far they have come, and that they ended. */
export function tellsOf({ publish }: Activity): HearsExecution {
  const told = new WeakMap<MachineExecution, { timer?: NodeJS.Timeout; ended?: true }>();
  const tell = (execution: MachineExecution, phase: 'began' | 'moved' | 'ended'): void => {
    const { machine, name, input, traceId } = execution;
    publish({
      kind: 'machine',
      phase,
      at: Date.now(),
      machine: machine.logicalId,
      name,
      input,
      traceId,
      view: () => viewOf(execution),
    });
  };
  return (execution) => {
    const known = told.get(execution);
    if (!known) {
      told.set(execution, {});
      tell(execution, 'began');
    } else if (known.ended) return;
    else if (execution.status !== 'RUNNING') {
      clearTimeout(known.timer);
      known.ended = true;
      // The event of its end comes with it, or right after.
      setImmediate(() => tell(execution, 'ended'));
    } else
      known.timer ??= setTimeout(() => {
        delete known.timer;
        tell(execution, 'moved');
      }, PAUSE).unref();
  };
}

function viewOf(execution: MachineExecution): ExecutionView {
  const { status, output, error, cause, history, startedAt } = execution;
  const { title, rows } = executionTable(executionRecord(execution));
  const { entered, open, failed, steps } = wayTaken(execution);
  return {
    title,
    status,
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
