import { rm } from 'node:fs/promises';
import type { FunctionHost } from '../function-host.ts';
import type { LocalFunction } from '../functions/function.ts';
import { hostFunctions } from '../host.ts';
import type { Route } from '../http-api/route.ts';
import type { HostOptions } from '../runtime/environment-pool.ts';
import type { RemoteEndpoint } from '../service/part.ts';
import type { ServicePlan } from '../service/plan.ts';
import type { Endpoint } from './endpoint.ts';
import { startLambdaApi } from './lambda-api.ts';

/** What is served: plain values, which can be sent to another process. */
export interface ServeRequest {
  readonly functions: readonly LocalFunction[];
  readonly front: ServeFront;
  readonly port: number;
  readonly host: Omit<HostOptions, 'output' | 'warn' | 'activity'>;
}

type ServeFront =
  | { readonly kind: 'lambda' }
  | {
      readonly kind: 'api';
      readonly routes: readonly Route[];
      readonly static?: string;
      readonly allowUnverifiedIam: boolean;
    }
  /** All of a service. */
  | {
      readonly kind: 'all';
      readonly routes: readonly Route[];
      readonly static?: string;
      readonly allowUnverifiedIam: boolean;
      readonly plan: ServicePlan;
      readonly remote?: RemoteEndpoint;
    };

/** Functions that are served. */
export interface Served extends Endpoint {
  readonly host: FunctionHost;
}

/**
 * Serves functions until it is stopped, which ends every process and removes the work directory.
 * @throws {ProblemError} when the port is in use
 */
export async function serve(
  request: ServeRequest,
  { output, warn, activity }: Pick<HostOptions, 'output' | 'warn' | 'activity'>,
): Promise<Served> {
  const hostOptions = { ...request.host, output, warn, ...(activity && { activity }) };
  const { functions, front, port } = request;
  const clean = () => rm(request.host.workDirectory, { recursive: true, force: true });
  if (front.kind === 'all') {
    const { serveService } = await import('../service/index.ts');
    const { kind: _, ...service } = front;
    try {
      const running = await serveService({
        ...service,
        functions,
        port,
        host: hostOptions,
      });
      return { ...running, stop: () => running.stop().then(clean) };
    } catch (error) {
      await clean();
      throw error;
    }
  }
  const host = hostFunctions(functions, hostOptions);
  const end = async (): Promise<void> => {
    await host.stop();
    await clean();
  };
  try {
    // Those that an earlier process left go on now.
    if (functions.some(({ durable }) => durable)) await host.executions();
    const endpoint = await startFront(host, front, port, { output, warn });
    return { url: endpoint.url, host, stop: () => endpoint.stop().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

async function startFront(
  host: FunctionHost,
  front: Exclude<ServeFront, { readonly kind: 'all' }>,
  port: number,
  { output, warn }: Pick<HostOptions, 'output' | 'warn'>,
): Promise<Endpoint> {
  if (front.kind === 'lambda') return startLambdaApi(host, { port, warn });
  const { startHttpApi } = await import('../http-api/server.ts');
  const { kind: _, routes, ...options } = front;
  return startHttpApi(host, routes, { ...options, port, tell: (line) => output(`${line}\n`) });
}
