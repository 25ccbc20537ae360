import { functionArn, type LocalFunction } from './functions/function.ts';
import type { FunctionError, InvokeOptions, InvokeReport, InvokeResult } from './invoke.ts';
import { type EnvironmentOutcome, initLimitMs } from './runtime/environment.ts';
import type { InvocationPlace } from './runtime/environment-pool.ts';
import { endLines, ownError, reportedError, startLine } from './runtime/failure.ts';
import type { Invocation } from './runtime/invocation.ts';

/** What one caller asks for. */
export interface InvokeRequest {
  readonly fn: LocalFunction;
  readonly requestId: string;
  readonly payload: Uint8Array | string;
  readonly traceId: string;
  readonly options: InvokeOptions;
}

type Output = (text: string) => void;

/** Waits for the start of an environment; one that takes too long is started over, as at Lambda. */
export async function awaitStart(place: InvocationPlace, output: Output): Promise<void> {
  if (await place.pooled.environment.ready(initLimitMs)) return;
  output(`INIT_REPORT Init Duration: ${initLimitMs.toFixed(2)} ms\tPhase: init\tStatus: timeout\n`);
  place.pooled = await place.pool.replace(place.pooled);
}

/** Runs one event, with what Lambda logs around it. */
export async function runEvent(
  place: InvocationPlace,
  request: InvokeRequest,
  output: Output,
): Promise<InvokeResult> {
  const { fn, requestId, options } = request;
  const executedVersion = executedVersionOf(options.qualifier);
  const opening = startLine(requestId, executedVersion);
  place.pooled.output.length = 0;
  output(opening);
  const { outcome, durationMs } = await runWhereRead(place, request, output);
  options.signal?.throwIfAborted();

  const { pooled } = place;
  const { environment } = pooled;
  const initMs = pooled.cold ? environment.initMs : undefined;
  const { error, payload: answer } = answerOf(outcome, requestId, fn);
  const report: InvokeReport = {
    durationMs,
    billedMs: Math.ceil(durationMs + (initMs ?? 0)),
    memorySizeMb: fn.memory,
    maxMemoryMb: environment.peakMemory(),
    ...(initMs !== undefined && { initMs }),
    status: outcome.kind === 'timeout' ? 'timeout' : error ? 'error' : 'success',
  };
  const closing = endLines(requestId, report, error);
  const written = pooled.output.join('');
  const gap = written === '' || written.endsWith('\n') ? '' : '\n';
  pooled.lines.end();
  output(closing);
  const common = { requestId, executedVersion, logs: opening + written + gap + closing, report };
  // A runtime that failed to start, or whose answer was refused, is not asked again.
  if (outcome.kind === 'init-error' || outcome.kind === 'too-large') environment.kill();
  if (error) return { kind: 'function-error', payload: answer, error, ...common };
  const contentType = outcome.kind === 'response' ? outcome.contentType : 'application/json';
  return { kind: 'success', payload: answer, contentType, ...common };
}

interface Ran {
  readonly outcome: EnvironmentOutcome;
  readonly durationMs: number;
}

/** An environment that ended by itself before it had read the event did nothing of it: it goes to another one. */
async function runWhereRead(place: InvocationPlace, request: InvokeRequest, output: Output): Promise<Ran> {
  const { signal } = request.options;
  const abort = (): void => place.pooled.environment.kill();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      const startedAt = performance.now();
      const limitMs = request.fn.timeout * 1000;
      const outcome = await place.pooled.environment.invoke(invocationOf(request), limitMs);
      const durationMs = performance.now() - startedAt;
      // One that was started for it has ended as soon as it was ready, and so would the next: that is told.
      if (outcome.kind !== 'exit' || !outcome.isUnread || place.pooled.cold) return { outcome, durationMs };
      signal?.throwIfAborted();
      await move(place, output);
      signal?.throwIfAborted();
    }
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** What is written goes on where it was: the end of the environment that is left belongs to the invocation, too. */
async function move(place: InvocationPlace, output: Output): Promise<void> {
  const left = place.pooled;
  place.pooled = await place.pool.takeOver();
  if (place.pooled.cold) await awaitStart(place, output);
  place.pooled.output.splice(0, Number.POSITIVE_INFINITY, ...left.output);
  place.pooled.heard = left.heard;
  left.heard = undefined;
}

function answerOf(
  outcome: EnvironmentOutcome,
  requestId: string,
  fn: LocalFunction,
): { readonly payload: Buffer; readonly error?: FunctionError } {
  switch (outcome.kind) {
    case 'response':
      return { payload: outcome.payload };
    case 'error':
    case 'init-error':
      return { payload: outcome.payload, error: reportedError(outcome.payload, outcome.errorType) };
    default: {
      const error = ownError(outcome, requestId, fn.timeout);
      const { errorType, errorMessage } = error;
      return { payload: Buffer.from(JSON.stringify({ errorType, errorMessage })), error };
    }
  }
}

/** Aliases run a version that is only known once deployed; the code here is the unpublished one. */
const executedVersionOf = (qualifier: string | undefined): string =>
  qualifier !== undefined && /^\d+$/.test(qualifier) ? qualifier : '$LATEST';

function invocationOf({ fn, requestId, payload, traceId, options }: InvokeRequest): Invocation {
  const identity = options.cognitoIdentity;
  return {
    requestId,
    deadline: Date.now() + fn.timeout * 1000,
    arn: options.qualifier ? `${functionArn(fn)}:${options.qualifier}` : functionArn(fn),
    traceId,
    clientContext: options.clientContext,
    tenantId: fn.tenantIsolation && options.tenantId,
    cognitoIdentity:
      identity &&
      JSON.stringify({
        cognitoIdentityId: identity.identityId,
        cognitoIdentityPoolId: identity.identityPoolId,
      }),
    payload,
    sink: options.stream,
  };
}
