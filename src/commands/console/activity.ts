import type { CallEnded, ConsoleEvent, Numbers } from '../../console/types.ts';
import type { ExecutionMoved, Happening } from '../../local/activity.ts';
import type { Cause } from '../../local/cause.ts';
import type { InvokeReport, InvokeResult } from '../../local/invoke.ts';

/** What the page is told of something that happened here. */
export function toldOf(happening: Happening): readonly ConsoleEvent[] {
  switch (happening.kind) {
    case 'began': {
      const { requestId: id, at, function: to, request: event, traceId, cause } = happening;
      const why = causeText(cause);
      const trace = rootOf(traceId);
      const within = cause.kind === 'durable' && { within: executionId(to, cause.source) };
      return [
        { kind: 'began', id, at, to, event, ...(why && { cause: why }), ...(trace && { trace }), ...within },
      ];
    }
    case 'logged':
      return [{ kind: 'log', id: happening.requestId, text: happening.text }];
    case 'ended':
      return [endOf(happening.requestId, happening.at, happening.result)];
    case 'execution':
      return executionEvents(happening);
    case 'arrived': {
      const { service, to, id: message, at, body, traceId = '' } = happening;
      const id = `${service} ${to} ${message}`;
      const trace = rootOf(traceId);
      return [
        { kind: 'began', id, at, to: `${service} ${to}`, event: body, ...(trace && { trace }) },
        { kind: 'ended', id, at, status: 'arrived', response: '' },
      ];
    }
    case 'noted': {
      const { at, source, text } = happening;
      const id = `${source} ${at} ${text}`;
      return [
        { kind: 'began', id, at, to: source, event: '' },
        { kind: 'ended', id, at, status: 'noted', response: text },
      ];
    }
  }
}

/** The id that the page knows an execution by. */
export const executionId = (of: string, name: string): string => `${of} ${name}`;

const STATUSES = { SUCCEEDED: 'success', TIMED_OUT: 'timeout' } as const;

function executionEvents(moving: ExecutionMoved): ConsoleEvent[] {
  const { phase, at, of, name, input, traceId, cause, view } = moving;
  const id = executionId(of, name);
  const { output = '', status, error, tookMs, ...execution } = view();
  const moved = { kind: 'moved', id, execution } as const;
  if (phase === 'began') {
    const why = cause && causeText(cause);
    const trace = rootOf(traceId);
    return [
      { kind: 'began', id, at, to: of, event: input, ...(why && { cause: why }), ...(trace && { trace }) },
      moved,
    ];
  }
  if (phase === 'moved' || status === 'RUNNING') return [moved];
  const became = status === 'SUCCEEDED' || status === 'TIMED_OUT' ? STATUSES[status] : 'error';
  return [
    moved,
    {
      kind: 'ended',
      id,
      at,
      status: became,
      response: output,
      ...(tookMs !== undefined && { tookMs }),
      ...(error && { error }),
    },
  ];
}

/** What was called by the page itself has no other cause. */
const causeText = ({ kind, source }: Cause): string =>
  kind === 'console' ? '' : kind === 'request' || kind === 'invoke' ? source : `${kind} ${source}`;

/** `Root=...` of a trace header: all that one event led to has the same. */
const rootOf = (traceId: string): string => /Root=([\w-]+)/.exec(traceId)?.[1] ?? '';

/** How an invocation ended. */
export function endOf(id: string, at: number, result: InvokeResult): CallEnded {
  const common = { kind: 'ended', id, at } as const;
  if (result.kind === 'throttled')
    return {
      ...common,
      status: 'throttled',
      response: 'All of the concurrency that the function may use is in use.',
    };
  const { payload, logs, report } = result;
  return {
    ...common,
    status: report.status,
    response: payload.toString(),
    logs,
    numbers: numbersOf(report),
    ...(result.kind === 'function-error' && {
      error: { type: result.error.errorType, message: result.error.errorMessage },
    }),
  };
}

const numbersOf = ({ durationMs, billedMs, memorySizeMb, maxMemoryMb, initMs }: InvokeReport): Numbers => ({
  durationMs,
  billedMs,
  memoryMb: memorySizeMb,
  usedMb: maxMemoryMb,
  ...(initMs !== undefined && { initMs }),
});
