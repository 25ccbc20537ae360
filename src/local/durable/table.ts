import { singleLine } from '../../text/harmless.ts';
import { startOf } from './history.ts';
import { type DurableOperation, type ExecutionRecord, isOver } from './types.ts';

/** An execution for people: what it came to, and a row for each of its operations, each below the one that it is part of. */
export interface ExecutionTable {
  readonly title: string;
  readonly rows: readonly OperationRow[];
}

export interface OperationRow {
  /** How deep it is within other operations. */
  readonly depth: number;
  /** Empty where it has none. */
  readonly name: string;
  /** `step`, `wait 1d`, `callback`, `map`, ... */
  readonly what: string;
  readonly status: string;
  /** From the start of the execution. */
  readonly after: string;
  /** Empty until it is over. */
  readonly took: string;
  /** The error, or how often it was tried. */
  readonly note: string;
}

export function executionTable(execution: ExecutionRecord): ExecutionTable {
  const { operations, events, startedAt, endedAt, status, name, functionId } = execution;
  const rows = asTree(operations.slice(1)).map(
    ([operation, depth]): OperationRow => ({
      depth,
      name: operation.Name ?? '',
      what: whatOf(execution, operation),
      status: operation.Status,
      after: duration(operation.StartTimestamp - startedAt),
      took:
        operation.EndTimestamp === undefined
          ? ''
          : duration(operation.EndTimestamp - operation.StartTimestamp),
      note: noteOf(operation),
    }),
  );
  const invocations = events.filter(({ EventType }) => EventType === 'InvocationCompleted').length;
  const time = endedAt === undefined ? '' : ` after ${duration(endedAt - startedAt)}`;
  const title = `Execution ${name} of ${functionId}: ${status}${time}, ${invocations} invocation${invocations === 1 ? '' : 's'}`;
  return { title, rows };
}

/** What runs side by side starts in turns: each is followed by its own parts, all in the order of their start. */
function asTree(operations: readonly DurableOperation[]): (readonly [DurableOperation, number])[] {
  const parts = Map.groupBy(operations, ({ ParentId }) => ParentId);
  const below = (id: string | undefined, depth: number): (readonly [DurableOperation, number])[] =>
    (parts.get(id) ?? []).flatMap((each) => [[each, depth] as const, ...below(each.Id, depth + 1)]);
  return below(undefined, 0);
}

function whatOf(execution: ExecutionRecord, operation: DurableOperation): string {
  switch (operation.Type) {
    case 'WAIT': {
      // How long a state waits is known when it has.
      const { Duration } = startOf(execution, operation.Id);
      return Duration === undefined ? 'wait' : `wait ${duration(Duration * 1000)}`;
    }
    case 'CHAINED_INVOKE':
      return `invoke ${startOf(execution, operation.Id).FunctionName ?? ''}`.trim();
    case 'CONTEXT':
      // MapIteration: map iteration
      return (operation.SubType ?? 'context').replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
    default:
      return operation.SubType === 'Task' && operation.Type === 'STEP'
        ? 'task'
        : operation.Type.toLowerCase();
  }
}

function noteOf(operation: DurableOperation): string {
  const { StepDetails, ContextDetails, CallbackDetails, ChainedInvokeDetails } = operation;
  const error = [StepDetails, ContextDetails, CallbackDetails, ChainedInvokeDetails].find(
    (each) => each?.Error,
  )?.Error;
  const attempts = StepDetails?.Attempt ?? 0;
  const parts = [
    ...(attempts > 1 ? [`${attempts} attempts`] : []),
    ...(error ? [[error.ErrorType, error.ErrorMessage].filter(Boolean).join(': ')] : []),
    ...(operation.Type === 'CALLBACK' && !isOver(operation) ? [`id ${CallbackDetails?.CallbackId}`] : []),
  ];
  return parts.join(', ');
}

/** `1d 2h`, `5m 10s`, `0.35s`: two units at most. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${Number(seconds.toFixed(2))}s`;
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const;
  let rest = Math.round(seconds);
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count}${unit}`];
  });
  return parts.slice(0, 2).join(' ');
}

/** The rows as lines of text, below their heads. */
export function tableLines({ rows }: ExecutionTable): string[] {
  if (rows.length === 0) return [];
  const cells = [
    ['after', 'operation', 'kind', 'status', 'took', ''],
    ...rows.map(({ after, depth, name, what, status, took, note }) => [
      after,
      `${'  '.repeat(depth)}${singleLine(name) || '-'}`,
      singleLine(what),
      status,
      took,
      singleLine(note),
    ]),
  ];
  const widths =
    cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? [];
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
