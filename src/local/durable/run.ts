import type { LocalFunction } from '../functions/function.ts';
import type { FunctionError, InvokeOptions, InvokeReport, InvokeResult } from '../invoke.ts';
import type { Executions } from './executions.ts';
import { callbackName } from './history.ts';
import type { LiveExecution } from './live.ts';
import { type ErrorObject, type ExecutionRecord, isOver } from './types.ts';

/**
 * Runs a durable function until its execution has ended, or nothing will happen to it unless somebody from outside does it.
 *
 * @throws DurableApiError when the name of the execution is in use with another payload
 */
export async function runExecution(
  executions: Executions,
  fn: LocalFunction,
  payload: Uint8Array | string,
  options: InvokeOptions,
): Promise<InvokeResult> {
  const {
    qualifier,
    tenantId,
    executionName,
    callbacks,
    signal,
    cognitoIdentity,
    clientContext,
    traceId,
    cause,
  } = options;
  const live = executions.start(fn, {
    payload: typeof payload === 'string' ? payload : Buffer.from(payload).toString(),
    qualifier: qualifier ?? '$LATEST',
    tenantId,
    name: executionName,
    answers: callbacks,
    invokeOptions: {
      ...(cognitoIdentity && { cognitoIdentity }),
      ...(clientContext !== undefined && { clientContext }),
      ...(signal && { signal }),
      ...(traceId !== undefined && { traceId }),
      ...(cause && { cause }),
    },
  });
  await untilSettled(live, signal);
  return resultOf(live);
}

async function untilSettled(live: LiveExecution, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return live.settled;
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    await Promise.race([live.settled, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** The result of an execution, as the invocation that started it is answered. */
function resultOf({ record, fn, invocations }: LiveExecution): InvokeResult {
  const { status, result } = record;
  const took = invocations.map(({ report }) => report.durationMs).reduce((sum, each) => sum + each, 0);
  const [first] = invocations;
  const common = {
    requestId: record.operations[0]?.Id ?? '',
    executedVersion: record.version,
    logs: invocations.map(({ logs }) => logs).join(''),
    execution: record,
  };
  const report: InvokeReport = {
    durationMs: took,
    billedMs: invocations.map((each) => each.report.billedMs).reduce((sum, each) => sum + each, 0),
    memorySizeMb: fn.memory,
    maxMemoryMb: Math.max(0, ...invocations.map((each) => each.report.maxMemoryMb)),
    ...(first?.report.initMs !== undefined && { initMs: first.report.initMs }),
    status: status === 'SUCCEEDED' ? 'success' : status === 'TIMED_OUT' ? 'timeout' : 'error',
  };
  if (status === 'SUCCEEDED')
    return {
      kind: 'success',
      payload: Buffer.from(result ?? 'null'),
      contentType: 'application/json',
      report,
      ...common,
    };
  const error = status === 'RUNNING' ? stillRunning(record) : functionError(record.error ?? {});
  return { kind: 'function-error', payload: Buffer.from(JSON.stringify(error)), error, report, ...common };
}

function functionError({ ErrorType, ErrorMessage, StackTrace }: ErrorObject): FunctionError {
  return {
    errorType: ErrorType ?? 'Error',
    errorMessage: ErrorMessage ?? '',
    ...(StackTrace && { stackTrace: StackTrace }),
  };
}

/** An execution that waits for what nobody does here. */
function stillRunning(execution: ExecutionRecord): FunctionError {
  const open = execution.operations.filter((each) => each.Type === 'CALLBACK' && !isOver(each));
  const named = open.map((each) => callbackName(execution, each) ?? 'without a name');
  return {
    errorType: 'Durable.StillRunning',
    errorMessage:
      open.length === 0
        ? 'the execution was left while it ran'
        : `it waits for ${named.length === 1 ? 'the callback' : 'the callbacks'} ${named.join(', ')}, which nobody answers here: give the answer in callbacks of the event file`,
  };
}
