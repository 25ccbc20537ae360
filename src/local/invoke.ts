import type { Cause } from './cause.ts';
import type { CallbackAnswers, ExecutionRecord } from './durable/types.ts';

/** What one invocation is given besides its payload. */
export interface InvokeOptions {
  /** Made up when absent. */
  readonly requestId?: string;
  readonly signal?: AbortSignal;
  /** JSON text for `context.clientContext`. */
  readonly clientContext?: string;
  readonly cognitoIdentity?: { readonly identityId: string; readonly identityPoolId: string };
  /** `X-Amzn-Trace-Id`; made up when absent. */
  readonly traceId?: string;
  /** Of functions that keep tenants apart. */
  readonly tenantId?: string;
  /** `$LATEST`, a version or an alias. */
  readonly qualifier?: string;
  /** Of durable functions: the name of the execution, made up when absent. */
  readonly executionName?: string;
  /** Of durable functions: answers to callbacks, by the name of the callback. */
  readonly callbacks?: CallbackAnswers;
  /** What led to it; a call of Lambda's API when absent. */
  readonly cause?: Cause;
  /** Receives the response as it is made; the result's payload is empty then. */
  readonly stream?: ResponseSink;
}

/** Where a streamed response goes. A promise makes the function wait (back pressure). */
export interface ResponseSink {
  /** Called once, before the first chunk. */
  start(contentType: string): void;
  chunk(data: Buffer): void | Promise<void>;
}

export type InvokeResult = InvokeSuccess | InvokeError | InvokeThrottled;

interface InvokeCommon {
  readonly requestId: string;
  /** `$LATEST`, or the qualifier that was asked for. */
  readonly executedVersion: string;
  /** What the function wrote between START and REPORT, with those lines; the last 4 KB at least. */
  readonly logs: string;
  readonly report: InvokeReport;
  /** What became of a durable function's operations. */
  readonly execution?: ExecutionRecord;
}

export interface InvokeSuccess extends InvokeCommon {
  readonly kind: 'success';
  readonly payload: Buffer;
  readonly contentType: string;
}

export interface InvokeError extends InvokeCommon {
  readonly kind: 'function-error';
  /** JSON as the Invoke API returns it. */
  readonly payload: Buffer;
  readonly error: FunctionError;
}

/** All concurrency that the function may use is in use. */
export interface InvokeThrottled {
  readonly kind: 'throttled';
  readonly requestId: string;
}

/** The error of a function, as Lambda reports it. */
export interface FunctionError {
  /** `Error`, `Sandbox.Timedout`, `Runtime.ExitError`, ... */
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace?: readonly string[];
}

/** The numbers of the REPORT line. */
export interface InvokeReport {
  readonly durationMs: number;
  readonly billedMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryMb: number;
  /** Cold starts only. */
  readonly initMs?: number;
  readonly status: 'success' | 'error' | 'timeout';
}
