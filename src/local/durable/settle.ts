import { addEvent, startOf } from './history.ts';
import {
  type DurableOperation,
  type ErrorObject,
  type ExecutionRecord,
  type ExecutionStatus,
  isOver,
} from './types.ts';

const SECOND = 1000;

/** Something that happens by itself once its time has come. */
interface Due {
  readonly at: number;
  /** A callback's time may be cut short by whoever answers it. */
  readonly kind: 'wait' | 'retry' | 'callback';
  readonly happen: (now: number) => void;
  readonly id: string;
}

/** All that will happen to the operations of an execution by itself, but for its own timeout. */
export function dues(execution: ExecutionRecord): readonly Due[] {
  return execution.operations.flatMap((operation): Due[] => {
    const { Id: id, Status } = operation;
    if (operation.Type === 'WAIT' && Status === 'STARTED') {
      const at = operation.WaitDetails?.ScheduledEndTimestamp ?? 0;
      return [{ id, at, kind: 'wait', happen: (now) => endWait(execution, operation, now) }];
    }
    if (operation.Type === 'STEP' && Status === 'PENDING') {
      const at = operation.StepDetails?.NextAttemptTimestamp ?? 0;
      return [{ id, at, kind: 'retry', happen: () => makeReady(operation) }];
    }
    if (operation.Type !== 'CALLBACK' || Status !== 'STARTED') return [];
    const { Timeout, HeartbeatTimeout } = startOf(execution, id);
    const heard = execution.heartbeats[id] ?? operation.StartTimestamp;
    const timers = [
      [operation.StartTimestamp, Timeout, 'Callback.Timeout', 'Callback timed out'],
      [heard, HeartbeatTimeout, 'Callback.Heartbeat', 'Callback timed out on heartbeat'],
    ] as const;
    return timers.flatMap(([from, seconds, ErrorType, ErrorMessage]): Due[] =>
      seconds === undefined
        ? []
        : [
            {
              id,
              at: from + seconds * SECOND,
              kind: 'callback',
              happen: (now) =>
                endCallback(
                  execution,
                  operation,
                  { status: 'TIMED_OUT', error: { ErrorType, ErrorMessage } },
                  now,
                ),
            },
          ],
    );
  });
}

/** When the execution as a whole has taken too long. */
export const endsAt = ({ startedAt, timeout }: ExecutionRecord): number => startedAt + timeout * SECOND;

/**
 * Lets everything happen whose time has come, in its order.
 *
 * @returns ids of the operations that are others now
 */
export function settle(execution: ExecutionRecord, now: number): readonly string[] {
  const changed: string[] = [];
  for (;;) {
    const [next] = dues(execution).toSorted((a, b) => a.at - b.at);
    if (next === undefined || next.at > now) return changed;
    if (next.at > endsAt(execution)) return changed;
    next.happen(next.at);
    changed.push(next.id);
  }
}

function endWait(execution: ExecutionRecord, operation: DurableOperation, now: number): void {
  operation.Status = 'SUCCEEDED';
  operation.EndTimestamp = now;
  const { Duration = 0 } = startOf(execution, operation.Id);
  addEvent(execution, 'WaitSucceeded', { at: now, of: operation, details: { Duration } });
}

function makeReady(operation: DurableOperation): void {
  operation.Status = 'READY';
  delete operation.StepDetails?.NextAttemptTimestamp;
}

/** What came of a callback or of an invocation of another function. */
export interface OperationEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';
  readonly result?: string | undefined;
  readonly error?: ErrorObject | undefined;
}

/** Ends a callback. */
export function endCallback(
  execution: ExecutionRecord,
  operation: DurableOperation,
  end: OperationEnd,
  now: number,
): void {
  operation.CallbackDetails = {
    CallbackId: operation.CallbackDetails?.CallbackId ?? '',
    ...content(end),
  };
  endOperation(execution, operation, { noun: 'Callback', end, now });
}

/** Ends an invocation of another function. */
export function endChained(
  execution: ExecutionRecord,
  operation: DurableOperation,
  end: OperationEnd,
  now: number,
): void {
  operation.ChainedInvokeDetails = content(end);
  endOperation(execution, operation, { noun: 'ChainedInvoke', end, now });
}

const content = ({ result, error }: OperationEnd): { Result?: string; Error?: ErrorObject } => ({
  ...(result !== undefined && { Result: result }),
  ...(error !== undefined && { Error: error }),
});

function endOperation(
  execution: ExecutionRecord,
  operation: DurableOperation,
  { noun, end, now }: { readonly noun: string; readonly end: OperationEnd; readonly now: number },
): void {
  operation.Status = end.status;
  operation.EndTimestamp = now;
  addEvent(execution, `${noun}${EVENTS[end.status]}`, {
    at: now,
    of: operation,
    details:
      end.status === 'SUCCEEDED'
        ? { Result: end.result === undefined ? {} : { Payload: end.result } }
        : { Error: { Payload: end.error ?? {} } },
  });
}

const EVENTS = {
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  TIMED_OUT: 'TimedOut',
  STOPPED: 'Stopped',
} as const;

/** Ends an execution, and the invocations of other functions that it waits for. */
export function endExecution(
  execution: ExecutionRecord,
  end: Pick<OperationEnd, 'result' | 'error'> & { readonly status: Exclude<ExecutionStatus, 'RUNNING'> },
  now: number,
): void {
  const { status, result, error } = end;
  if (status === 'STOPPED' || status === 'TIMED_OUT') {
    for (const operation of execution.operations) {
      if (operation.Type === 'CHAINED_INVOKE' && !isOver(operation))
        endChained(execution, operation, { status, error }, now);
    }
  }
  execution.status = status;
  execution.endedAt = now;
  if (result !== undefined) execution.result = result;
  if (error !== undefined) execution.error = error;
  const operation = execution.operations[0];
  if (operation) {
    operation.Status = status;
    operation.EndTimestamp = now;
  }
  addEvent(execution, `Execution${EVENTS[status]}`, {
    at: now,
    of: operation,
    details:
      status === 'SUCCEEDED'
        ? { Result: result === undefined ? {} : { Payload: result } }
        : { Error: { Payload: error ?? {} } },
  });
}
