import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import type { Route } from '../../local/http-api/route.ts';
import type { ServeRequest } from '../../local/server/serve.ts';
import { NO_OUTPUTS, type Outcome } from '../../outcome.ts';
import { resolveInside, workspace } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import { hostSettings, type Prepared, prepare } from './prepare.ts';

type Front = ServeRequest['front']['kind'];

/** Serves the Lambda Invoke API. */
export const startLambda = (inputs: Inputs, host: Host): Promise<Outcome> => start('lambda', inputs, host);

/** Serves the HTTP APIs and function URLs of a service. */
export const startApi = (inputs: Inputs, host: Host): Promise<Outcome> => start('api', inputs, host);

/** In a workflow, serves until the post step; at a terminal, until it is interrupted. */
async function start(kind: Front, inputs: Inputs, host: Host): Promise<Outcome> {
  const { log } = host;
  const prepared = await prepare(inputs, host);
  const request = await serveRequest(kind, prepared, inputs, host);
  const { toSave } = prepared;
  const outcome = { ok: true, report: undefined, stackOutputs: {}, toSave };
  if (!host.background) {
    const { serveInForeground } = await import('./foreground.ts');
    await serveInForeground(request, kind, inputs, host);
    return { ...outcome, outputs: NO_OUTPUTS };
  }
  if (inputs.watch) log.warning('watch is for a terminal: nothing changes between the steps of a job');
  const { serveInBackground } = await import('./background.ts');
  const server = await serveInBackground(request, kind, host);
  const lambda = kind === 'lambda' ? server.url : '';
  for (const line of overview(request)) log.info(line);
  log.info(
    `${kind === 'lambda' ? 'The Lambda API' : 'The API'} is at ${server.url} until the end of this job`,
  );
  return {
    ...outcome,
    outputs: { ...NO_OUTPUTS, endpoint: server.url, AWS_ENDPOINT_URL_LAMBDA: lambda },
    server,
    exported: lambda !== '' && inputs.exportEndpoint ? { AWS_ENDPOINT_URL_LAMBDA: lambda } : {},
  };
}

/**
 * What the inputs ask to be served.
 *
 * @throws ProblemError when there is nothing to serve, or the folder of static files is not there
 */
export async function serveRequest(
  kind: Front,
  { stacks, tools }: Pick<Prepared, 'stacks' | 'tools'>,
  inputs: Inputs,
  host: Host,
): Promise<ServeRequest> {
  const routes = stacks.flatMap((stack) => stack.routes);
  const folder = await staticFolder(inputs, host);
  if (kind === 'api' && routes.length === 0 && folder === undefined) {
    throw new ProblemError({
      message: 'there is no API, HTTP event or function URL to serve',
      next: 'Use start-lambda to invoke functions, or set the input static to serve a folder.',
    });
  }
  return {
    functions: stacks.flatMap((stack) => stack.functions),
    port: inputs.port,
    front:
      kind === 'lambda'
        ? { kind }
        : {
            kind,
            routes,
            allowUnverifiedIam: inputs.allowUnverifiedIam,
            ...(folder !== undefined && { static: folder }),
          },
    host: await hostSettings(tools, inputs, host),
  };
}

async function staticFolder(inputs: Inputs, host: Host): Promise<string | undefined> {
  if (inputs.static === undefined) return undefined;
  const space = workspace(host.workspace, inputs.allowOutsideWorkspace);
  const base = resolve(host.workspace, inputs.workingDirectory);
  const resolved = resolveInside(space, base, inputs.static, { file: 'input static' });
  if ('problem' in resolved) throw new ProblemError(resolved.problem);
  return realpath(resolved.path);
}

/** What there is to call, one line each. */
export function overview({ front, functions }: ServeRequest): string[] {
  if (front.kind === 'lambda') return functions.map(({ logicalId, runtime }) => `${logicalId} (${runtime})`);
  const several = new Set(front.routes.map(({ api }) => api)).size > 1;
  return front.routes.map((route) => routeLine(route, several));
}

function routeLine({ api, method, path, target, authorizer }: Route, several: boolean): string {
  const to =
    target.kind === 'function'
      ? target.logicalId
      : target.kind === 'mock'
        ? `mock ${target.status}`
        : `not emulated: ${target.reason}`;
  const guard = authorizer ? ` [${authorizer.kind}]` : '';
  // Whatever no other route takes, which is every path of a function URL.
  const shown = path === '$default' ? '/*' : path;
  return `${method.padEnd(6)} ${several ? `/${api.logicalId}` : ''}${shown} -> ${to}${guard}`;
}
