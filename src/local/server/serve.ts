import { rm } from 'node:fs/promises';
import type { LocalFunction } from '../functions/function.ts';
import { type FunctionHost, hostFunctions } from '../host.ts';
import type { Route } from '../http-api/route.ts';
import type { HostOptions } from '../runtime/environment-pool.ts';
import type { Endpoint } from './endpoint.ts';
import { startLambdaApi } from './lambda-api.ts';

/** What is served: plain values, which can be sent to another process. */
export interface ServeRequest {
  readonly functions: readonly LocalFunction[];
  readonly front: ServeFront;
  readonly port: number;
  readonly host: Omit<HostOptions, 'output' | 'warn'>;
}

type ServeFront =
  | { readonly kind: 'lambda' }
  | {
      readonly kind: 'api';
      readonly routes: readonly Route[];
      readonly static?: string;
      readonly allowUnverifiedIam: boolean;
    };

/**
 * Serves functions until it is stopped, which ends every process and removes the work directory.
 * @throws {ProblemError} when the port is in use
 */
export async function serve(
  request: ServeRequest,
  { output, warn }: Pick<HostOptions, 'output' | 'warn'>,
): Promise<Endpoint> {
  const { functions, front, port } = request;
  const host = hostFunctions(functions, { ...request.host, output, warn });
  const end = async (): Promise<void> => {
    await host.stop();
    await rm(request.host.workDirectory, { recursive: true, force: true });
  };
  try {
    const endpoint = await startFront(host, front, port, { output, warn });
    return { url: endpoint.url, stop: () => endpoint.stop().then(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

async function startFront(
  host: FunctionHost,
  front: ServeFront,
  port: number,
  { output, warn }: Pick<HostOptions, 'output' | 'warn'>,
): Promise<Endpoint> {
  if (front.kind === 'lambda') return startLambdaApi(host, { port, warn });
  const { startHttpApi } = await import('../http-api/server.ts');
  const { kind: _, routes, ...options } = front;
  return startHttpApi(host, routes, { ...options, port, tell: (line) => output(`${line}\n`) });
}
