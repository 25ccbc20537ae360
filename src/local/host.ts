import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { ProblemError } from '../problem.ts';
import type { Executions } from './durable/executions.ts';
import type { FunctionHost } from './function-host.ts';
import type { LocalFunction } from './functions/function.ts';
import type { InvokeOptions, InvokeResult } from './invoke.ts';
import { missingPackage } from './missing-package.ts';
import { awaitStart, type InvokeRequest, runEvent } from './run-event.ts';
import {
  createPool,
  type EnvironmentPool,
  type HostOptions,
  type InvocationPlace,
} from './runtime/environment-pool.ts';
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
    const pooled = pool.takeIdle() ?? (await pool.acquire());
    if (!pooled) return { kind: 'throttled', requestId };
    const place: InvocationPlace = { pool, pooled };
    try {
      if (pooled.cold) await awaitStart(place, options.output);
      // It may have been cancelled while it waited for its environment.
      invokeOptions.signal?.throwIfAborted();
      const traceId = invokeOptions.traceId || newTraceId();
      const request = { fn, requestId, payload, traceId, options: invokeOptions };
      const result = await runTold(place, request);
      place.pooled.cold = false;
      const lacks = result.kind === 'function-error' && (await missingPackage(fn, result.error));
      if (lacks) once.warn(lacks);
      if (result.kind !== 'throttled' && result.report.maxMemoryMb > fn.memory)
        once.warn(
          `${fn.logicalId} used more than its memory of ${fn.memory} MB, which is not enforced here: Lambda would have ended it`,
        );
      return result;
    } finally {
      pool.release(place.pooled);
    }
  }

  function runTold(place: InvocationPlace, request: InvokeRequest): Promise<InvokeResult> {
    const { activity, output } = options;
    if (!activity) return runEvent(place, request, output);
    return told(activity, { ...request, place, function: request.fn.logicalId }, () =>
      runEvent(place, request, output),
    );
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
      activity: options.activity,
      output: options.output,
      endpoint: async () => (await endpoint)?.url,
    });
  }

  const host: FunctionHost = {
    functions,
    web,
    invoke(fn, payload, invokeOptions = {}) {
      if (fn.durable) return invokeDurable(fn, payload, invokeOptions);
      return someDurable ? invokeCounted(fn, payload, invokeOptions) : invokeOnce(fn, payload, invokeOptions);
    },
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
