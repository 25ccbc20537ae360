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
  const { signal } = options;
  const executedVersion = executedVersionOf(options.qualifier);
  const opening = startLine(requestId, executedVersion);
  // To set the length costs more than the look at it.
  if (place.pooled.output.length > 0) place.pooled.output.length = 0;
  output(opening);
  const abort = (): void => place.pooled.environment.kill();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      const startedAt = performance.now();
      const outcome = await place.pooled.environment.invoke(invocationOf(request), fn.timeout * 1000);
      const durationMs = performance.now() - startedAt;
      signal?.throwIfAborted();
      if (isOver(outcome, place)) {
        return resultOf({ outcome, durationMs, opening, executedVersion }, { place, request, output });
      }
      await move(place, output);
      signal?.throwIfAborted();
    }
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/**
 * An environment that ended by itself before it had read the event did nothing of it: it goes to another one. One that was
 * started for it has ended as soon as it was ready, and so would the next: that is told.
 */
const isOver = (outcome: EnvironmentOutcome, { pooled }: InvocationPlace): boolean =>
  outcome.kind !== 'exit' || !outcome.isUnread || pooled.cold;

interface Ran {
  readonly outcome: EnvironmentOutcome;
  readonly durationMs: number;
  /** The line that opens its log. */
  readonly opening: string;
  readonly executedVersion: string;
}

interface Running {
  readonly place: InvocationPlace;
  readonly request: InvokeRequest;
  readonly output: Output;
}

/** Closes the log of an event. */
function resultOf(
  { outcome, durationMs, opening, executedVersion }: Ran,
  { place: { pooled }, request: { fn, requestId }, output }: Running,
): InvokeResult {
  const { environment } = pooled;
  const initMs = pooled.cold ? environment.initMs : undefined;
  const { error, payload } = answerOf(outcome, requestId, fn);
  const report: InvokeReport = {
    durationMs,
    billedMs: Math.ceil(durationMs + (initMs ?? 0)),
    memorySizeMb: fn.memory,
    maxMemoryMb: environment.peakMemory(),
    status: outcome.kind === 'timeout' ? 'timeout' : error ? 'error' : 'success',
    ...(initMs !== undefined && { initMs }),
  };
  const closing = endLines(requestId, report, error);
  const written = pooled.output.join('');
  const gap = written === '' || written.endsWith('\n') ? '' : '\n';
  pooled.lines.end();
  output(closing);
  // A runtime that failed to start, or whose answer was refused, is not asked again.
  if (outcome.kind === 'init-error' || outcome.kind === 'too-large') environment.kill();
  const common = { requestId, executedVersion, logs: opening + written + gap + closing, report, payload };
  if (error) return { ...common, kind: 'function-error', error };
  const contentType = outcome.kind === 'response' ? outcome.contentType : 'application/json';
  return { ...common, kind: 'success', contentType };
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
