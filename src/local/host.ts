import { randomBytes, randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { functionArn, type LocalFunction } from './functions/function.ts';
import type { FunctionError, InvokeOptions, InvokeReport, InvokeResult } from './invoke.ts';
import { type EnvironmentOutcome, initLimitMs } from './runtime/environment.ts';
import {
  createPool,
  type EnvironmentPool,
  type HostOptions,
  type PooledEnvironment,
} from './runtime/environment-pool.ts';
import { endLines, ownError, reportedError, startLine } from './runtime/failure.ts';
import type { Invocation } from './runtime/invocation.ts';

/** Keeps the environments of some functions: warm between invocations, one for each concurrent request. */
export interface FunctionHost {
  readonly functions: readonly LocalFunction[];
  /**
   * Runs one invocation. Failures of the function are results, not exceptions.
   * @throws {ProblemError} when the function can't be started here at all (no such runtime, no code)
   */
  invoke(fn: LocalFunction, payload: Uint8Array | string, options?: InvokeOptions): Promise<InvokeResult>;
  /** Ends every process, and frees every port. Waits for nothing that still runs. */
  stop(): Promise<void>;
}

/** Makes a host; nothing is started before the first invocation. */
export function hostFunctions(functions: readonly LocalFunction[], options: HostOptions): FunctionHost {
  const pools = new Map<string, EnvironmentPool>();
  const warned = new Set<string>();
  const once: HostOptions = {
    ...options,
    warn: (message) => {
      if (!warned.has(message)) options.warn(message);
      warned.add(message);
    },
  };

  function poolOf(fn: LocalFunction): EnvironmentPool {
    const known = pools.get(fn.logicalId);
    if (known) return known;
    const pool = createPool(fn, options.maxEnvironments ?? Math.max(4, 2 * availableParallelism()), once);
    pools.set(fn.logicalId, pool);
    return pool;
  }

  return {
    functions,
    async invoke(fn, payload, invokeOptions = {}) {
      const requestId = invokeOptions.requestId ?? randomUUID();
      const pool = poolOf(fn);
      invokeOptions.signal?.throwIfAborted();
      let pooled = await pool.acquire();
      if (!pooled) return { kind: 'throttled', requestId };
      try {
        if (pooled.cold && !(await pooled.environment.ready(initLimitMs))) {
          options.output(
            `INIT_REPORT Init Duration: ${initLimitMs.toFixed(2)} ms\tPhase: init\tStatus: timeout\n`,
          );
          pooled = await pool.replace(pooled);
        }
        const result = await runIn(
          pooled,
          { fn, requestId, payload, options: invokeOptions },
          options.output,
        );
        if (result.kind !== 'throttled' && result.report.maxMemoryMb > fn.memory)
          once.warn(
            `${fn.logicalId} used more than its memory of ${fn.memory} MB, which is not enforced here: Lambda would have ended it`,
          );
        return result;
      } finally {
        pool.release(pooled);
      }
    },
    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/** What one caller asks for. */
interface InvokeRequest {
  readonly fn: LocalFunction;
  readonly requestId: string;
  readonly payload: Uint8Array | string;
  readonly options: InvokeOptions;
}

async function runIn(
  pooled: PooledEnvironment,
  request: InvokeRequest,
  output: (text: string) => void,
): Promise<InvokeResult> {
  const { fn, requestId, options } = request;
  const { environment } = pooled;
  const executedVersion = executedVersionOf(options.qualifier);
  const opening = startLine(requestId, executedVersion);
  pooled.output.length = 0;
  output(opening);
  const abort = (): void => environment.kill();
  options.signal?.addEventListener('abort', abort, { once: true });
  const startedAt = performance.now();
  const invocation = invocationOf(request);
  const outcome = await environment.invoke(invocation, fn.timeout * 1000);
  const durationMs = performance.now() - startedAt;
  options.signal?.removeEventListener('abort', abort);
  options.signal?.throwIfAborted();

  const initMs = pooled.cold ? environment.initMs : undefined;
  pooled.cold = false;
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
  output(gap + closing);
  const common = { requestId, executedVersion, logs: opening + written + gap + closing, report };
  // A runtime that failed to start, or whose answer was refused, is not asked again.
  if (outcome.kind === 'init-error' || outcome.kind === 'too-large') environment.kill();
  if (error) return { kind: 'function-error', payload: answer, error, ...common };
  const contentType = outcome.kind === 'response' ? outcome.contentType : 'application/json';
  return { kind: 'success', payload: answer, contentType, ...common };
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

function invocationOf({ fn, requestId, payload, options }: InvokeRequest): Invocation {
  const identity = options.cognitoIdentity;
  return {
    requestId,
    deadline: Date.now() + fn.timeout * 1000,
    arn: options.qualifier ? `${functionArn(fn)}:${options.qualifier}` : functionArn(fn),
    traceId: options.traceId ?? newTraceId(),
    clientContext: options.clientContext,
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

/** `Root=1-<seconds>-<96 bits>;Parent=<64 bits>;Sampled=0`, as X-Ray writes it. */
function newTraceId(): string {
  const random = randomBytes(20).toString('hex');
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${random.slice(0, 24)};Parent=${random.slice(24)};Sampled=0`;
}
