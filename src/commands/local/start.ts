import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { webSocketLines } from '../../local/service/overview.ts';
import type { Outcome } from '../../outcome.ts';
import { prepare } from './prepare.ts';
import { type Front, missing, overview, serveRequest } from './serve-request.ts';

/** Serves a whole service: its APIs, its functions, and what sends events to them. */
export const startAll = (inputs: Inputs, host: Host): Promise<Outcome> => start('all', inputs, host);

/** Serves the Lambda Invoke API. */
export const startLambda = (inputs: Inputs, host: Host): Promise<Outcome> => start('lambda', inputs, host);

/** Serves the HTTP APIs and function URLs of a service. */
export const startApi = (inputs: Inputs, host: Host): Promise<Outcome> => start('api', inputs, host);

const SERVED: Readonly<Record<Front, string>> = {
  lambda: 'The Lambda API',
  api: 'The API',
  all: 'The service',
};

/** In a workflow, serves until the post step; at a terminal, until it is interrupted. */
async function start(kind: Front, inputs: Inputs, host: Host): Promise<Outcome> {
  const { log } = host;
  const prepared = await prepare(inputs, host);
  const request = await serveRequest(kind, prepared);
  const { toSave } = prepared;
  const outcome = { ok: true, report: undefined, stackOutputs: {}, toSave };
  if (!host.background) {
    const { serveInForeground } = await import('./foreground.ts');
    await serveInForeground(request, prepared);
    return { ...outcome, outputs: {} };
  }
  if (inputs.watch) log.warning('watch is for a terminal: nothing changes between the steps of a job');
  const { serveInBackground } = await import('./background.ts');
  const server = await serveInBackground(request, kind, host);
  const lambda = kind === 'api' ? '' : server.url;
  for (const line of [...overview(request), ...missing(request)]) log.info(line);
  log.info(`${SERVED[kind]} is at ${server.url} until the end of this job`);
  if (request.front.kind === 'all')
    for (const line of webSocketLines(request.front.plan, server.url)) log.info(line);
  return {
    ...outcome,
    outputs: { endpoint: server.url, AWS_ENDPOINT_URL_LAMBDA: lambda },
    server,
    exported:
      lambda !== '' && inputs.exportEndpoint ? { ...server.variables, AWS_ENDPOINT_URL_LAMBDA: lambda } : {},
  };
}
