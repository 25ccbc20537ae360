import type { Endpoint } from './endpoint.ts';
import type { FunctionHost } from './host.ts';

/** Serves the Lambda Invoke API for the host's functions. `port` 0 (the default) takes a free one. */
export async function startLambdaApi(
  _host: FunctionHost,
  _options?: { readonly port?: number },
): Promise<Endpoint> {
  throw new Error('not written yet');
}
