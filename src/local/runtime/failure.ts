import type { FunctionError, InvokeReport } from '../invoke.ts';
import type { EnvironmentOutcome } from './environment.ts';
import { responseLimit } from './exchange.ts';

/** Failures that Lambda words itself; the payloads of others come from the runtime. */
type OwnFailure = Exclude<EnvironmentOutcome, { kind: 'response' | 'error' | 'init-error' }>;

/** The error of an invocation that ended without the runtime's own report. */
export function ownError(failure: OwnFailure, requestId: string, timeoutSeconds: number): FunctionError {
  switch (failure.kind) {
    case 'timeout':
      return {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      };
    case 'exit':
      return {
        errorType: 'Runtime.ExitError',
        errorMessage: failure.reason
          ? `RequestId: ${requestId} Error: Runtime exited with error: ${failure.reason}`
          : `RequestId: ${requestId} Error: Runtime exited without providing a reason`,
      };
    case 'too-large':
      return {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size exceeded maximum allowed payload size (${responseLimit} bytes).`,
      };
  }
}

/** The runtime's own report of an error, as far as it is JSON with the usual fields. */
export function reportedError(payload: Buffer, errorType: string): FunctionError {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(payload.toString());
    if (typeof parsed === 'object' && parsed !== null) body = { ...parsed };
  } catch {
    // Custom runtimes may report what they like.
  }
  const trace = body.trace ?? body.stackTrace;
  return {
    errorType: typeof body.errorType === 'string' ? body.errorType : errorType,
    errorMessage: typeof body.errorMessage === 'string' ? body.errorMessage : '',
    ...(Array.isArray(trace) && {
      stackTrace: trace.map((frame) => (typeof frame === 'string' ? frame : JSON.stringify(frame))),
    }),
  };
}

export const startLine = (requestId: string, version: string): string =>
  `START RequestId: ${requestId} Version: ${version}\n`;

/** The lines that close an invocation in the log. */
export function endLines(requestId: string, report: InvokeReport, failure?: FunctionError): string {
  const end = `END RequestId: ${requestId}\n${reportLine(requestId, report, failure)}\n`;
  if (report.status === 'timeout' && failure) {
    const text = failure.errorMessage.replace(/^RequestId: \S+ Error: /, '');
    return `${new Date().toISOString()} ${requestId} ${text}\n\n${end}`;
  }
  return failure?.errorType === 'Runtime.ExitError'
    ? `${failure.errorMessage}\n${failure.errorType}\n${end}`
    : end;
}

function reportLine(requestId: string, report: InvokeReport, failure?: FunctionError): string {
  let line = `REPORT RequestId: ${requestId}\tDuration: ${report.durationMs.toFixed(2)} ms\t`;
  line += `Billed Duration: ${report.billedMs} ms\tMemory Size: ${report.memorySizeMb} MB\t`;
  line += `Max Memory Used: ${report.maxMemoryMb} MB\t`;
  if (report.initMs !== undefined) line += `Init Duration: ${report.initMs.toFixed(2)} ms\t`;
  if (report.status === 'timeout') line += 'Status: timeout\t';
  // Lambda marks what the runtime did not survive; errors that a handler threw are ordinary to it.
  if (failure && /^(Runtime\.ExitError|Function\.ResponseSizeTooLarge)$/.test(failure.errorType)) {
    line += `Status: error\tError Type: ${failure.errorType}\t`;
  }
  return line;
}
