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
  const lines: string[] = [];
  if (report.status === 'timeout' && failure) {
    const text = failure.errorMessage.replace(/^RequestId: \S+ Error: /, '');
    lines.push(`${new Date().toISOString()} ${requestId} ${text}`, '');
  } else if (failure?.errorType === 'Runtime.ExitError') {
    lines.push(`${failure.errorMessage}`, failure.errorType);
  }
  lines.push(`END RequestId: ${requestId}`, reportLine(requestId, report, failure), '');
  return lines.join('\n');
}

function reportLine(requestId: string, report: InvokeReport, failure?: FunctionError): string {
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${report.billedMs} ms`,
    `Memory Size: ${report.memorySizeMb} MB`,
    `Max Memory Used: ${report.maxMemoryMb} MB`,
  ];
  if (report.initMs !== undefined) fields.push(`Init Duration: ${report.initMs.toFixed(2)} ms`);
  if (report.status === 'timeout') fields.push('Status: timeout');
  // Lambda marks what the runtime did not survive; errors that a handler threw are ordinary to it.
  if (failure && /^(Runtime\.ExitError|Function\.ResponseSizeTooLarge)$/.test(failure.errorType)) {
    fields.push('Status: error', `Error Type: ${failure.errorType}`);
  }
  return `${fields.join('\t')}\t`;
}
