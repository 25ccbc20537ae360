import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { ProblemError } from '../problem.ts';
import type { Executions } from './durable/executions.ts';
import type { FunctionHost } from './function-host.ts';
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
import { told } from './runtime/told.ts';
import type { Endpoint } from './server/endpoint.ts';
import { newTraceId } from './trace-id.ts';
import type { WebHost } from './web/index.ts';

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

  let webHost: Promise<WebHost> | undefined;
  const web = (): Promise<WebHost> => {
    webHost ??= import('./web/index.ts').then(({ hostWebFunctions }) => hostWebFunctions(once));
    return webHost;
  };

  /** Tenants share no environment, nor what is written there. */
  function poolOf(fn: LocalFunction, tenant: string | undefined): EnvironmentPool {
    const key = tenant === undefined ? fn.logicalId : `${fn.logicalId}\0${tenant}`;
    const known = pools.get(key);
    if (known) return known;
    const pool = createPool(fn, options.maxEnvironments ?? Math.max(4, 2 * availableParallelism()), once);
    pools.set(key, pool);
    return pool;
  }

  let running = 0;
  let executions: Promise<Executions> | undefined;
  let endpoint: Promise<Endpoint> | undefined;

  async function invokeOnce(
    fn: LocalFunction,
    payload: Uint8Array | string,
    invokeOptions: InvokeOptions,
  ): Promise<InvokeResult> {
    const requestId = invokeOptions.requestId ?? randomUUID();
    const { tenantId } = invokeOptions;
    if (fn.tenantIsolation && tenantId === undefined) throw withoutTenant(fn);
    invokeOptions.signal?.throwIfAborted();
    if (fn.web) return (await web()).invoke(fn, Buffer.from(payload).toString(), invokeOptions);
    const pool = poolOf(needsEndpoint(fn) ? await withEndpoint(fn) : fn, fn.tenantIsolation && tenantId);
    let pooled = pool.takeIdle() ?? (await pool.acquire());
    if (!pooled) return { kind: 'throttled', requestId };
    try {
      if (pooled.cold && !(await pooled.environment.ready(initLimitMs))) {
        options.output(
          `INIT_REPORT Init Duration: ${initLimitMs.toFixed(2)} ms\tPhase: init\tStatus: timeout\n`,
        );
        pooled = await pool.replace(pooled);
      }
      // It may have been cancelled while it waited for its environment.
      invokeOptions.signal?.throwIfAborted();
      const traceId = invokeOptions.traceId || newTraceId();
      const request = { fn, requestId, payload, traceId, options: invokeOptions };
      const result = await runTold(pooled, request);
      if (result.kind !== 'throttled' && result.report.maxMemoryMb > fn.memory)
        once.warn(
          `${fn.logicalId} used more than its memory of ${fn.memory} MB, which is not enforced here: Lambda would have ended it`,
        );
      return result;
    } finally {
      pool.release(pooled);
    }
  }

  function runTold(pooled: PooledEnvironment, request: InvokeRequest): Promise<InvokeResult> {
    const run = (): Promise<InvokeResult> => runIn(pooled, request, options.output);
    if (!options.activity) return run();
    return told(options.activity, { ...request, pooled, function: request.fn.logicalId }, run);
  }

  /** One invocation, which the clocks of durable executions know of. */
  async function invokeCounted(
    fn: LocalFunction,
    payload: Uint8Array | string,
    invokeOptions: InvokeOptions,
  ): Promise<InvokeResult> {
    running++;
    try {
      return await invokeOnce(fn, payload, invokeOptions);
    } finally {
      running--;
      // Only after whoever waits for this result has seen it.
      if (running === 0) executions?.then((opened) => setImmediate(() => running === 0 && opened.idle()));
    }
  }

  const someDurable = functions.some(({ durable }) => durable);

  /**
   * Durable functions find the checkpoint API there, and others that of the same host, unless they say where theirs is or
   * have real credentials to call AWS with.
   */
  const needsEndpoint = (fn: LocalFunction): boolean =>
    fn.durable !== undefined || (someDurable && !options.credentials && !namesEndpoint(fn));

  async function withEndpoint(fn: LocalFunction): Promise<LocalFunction> {
    const { startLambdaApi } = await import('./server/lambda-api.ts');
    endpoint ??= startLambdaApi(host, { warn: once.warn });
    const { url } = await endpoint;
    return { ...fn, environment: { ...fn.environment, AWS_ENDPOINT_URL_LAMBDA: url } };
  }

  async function invokeDurable(
    fn: LocalFunction,
    payload: Uint8Array | string,
    invokeOptions: InvokeOptions,
  ): Promise<InvokeResult> {
    const { runExecution } = await import('./durable/run.ts');
    return runExecution(await host.executions(), fn, payload, invokeOptions);
  }

  async function open(): Promise<Executions> {
    const [{ openExecutions }, { NO_STORE, storeIn }] = await Promise.all([
      import('./durable/executions.ts'),
      import('./durable/store.ts'),
    ]);
    const { folder, resume = false, waits = 'real' } = options.durable ?? {};
    return openExecutions({
      functions,
      invoke: invokeCounted,
      running: () => running,
      store: folder === undefined ? NO_STORE : storeIn(folder),
      resume,
      waits,
      warn: once.warn,
      output: options.output,
      endpoint: async () => (await endpoint)?.url,
    });
  }

  const host: FunctionHost = {
    functions,
    web,
    invoke: (fn, payload, invokeOptions = {}) =>
      fn.durable ? invokeDurable(fn, payload, invokeOptions) : invokeCounted(fn, payload, invokeOptions),
    executions: () => {
      executions ??= open();
      return executions;
    },
    async stop() {
      (await executions)?.close();
      const ends = [...pools.values()].map((pool) => pool.stop());
      await Promise.all([...ends, webHost?.then((opened) => opened.stop())]);
      await (await endpoint)?.stop();
    },
  };
  return host;
}

const namesEndpoint = ({ environment }: LocalFunction): boolean =>
  Object.keys(environment).some((name) => /^AWS_ENDPOINT_URL(_LAMBDA)?$/.test(name));

const withoutTenant = (fn: LocalFunction): ProblemError =>
  new ProblemError({
    subject: fn.logicalId,
    message: 'it keeps tenants apart, and the call names none',
    next: 'Name one: X-Amz-Tenant-Id in requests, tenant in smoke tests and with invoke.',
  });

/** What one caller asks for. */
interface InvokeRequest {
  readonly fn: LocalFunction;
  readonly requestId: string;
  readonly payload: Uint8Array | string;
  readonly traceId: string;
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
