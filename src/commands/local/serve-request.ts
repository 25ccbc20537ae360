import { realpath } from 'node:fs/promises';
import type { Route } from '../../local/http-api/route.ts';
import type { ServeRequest } from '../../local/server/serve.ts';
import { resolveInside } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import { hostSettings } from '../../stages/here/functions.ts';
import type { Run } from '../../stages/run.ts';
import type { Prepared } from './prepare.ts';

/** What is served: the API of Lambda, or the APIs of the service. */
export type Front = ServeRequest['front']['kind'];

/**
 * What the inputs ask to be served.
 *
 * @throws ProblemError when there is nothing to serve, or the folder of static files is not there
 */
export async function serveRequest(
  kind: Front,
  { stacks, run }: Pick<Prepared, 'stacks' | 'run'>,
): Promise<ServeRequest> {
  const { inputs } = run;
  const routes = stacks.flatMap((stack) => stack.routes);
  const folder = await staticFolder(run);
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
    host: await hostSettings(run),
  };
}

async function staticFolder({ inputs, source }: Run): Promise<string | undefined> {
  if (inputs.static === undefined) return undefined;
  const resolved = resolveInside(source.space, source.workingDirectory, inputs.static, {
    file: 'input static',
  });
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
  return `${method.padEnd(6)} ${several ? `/${api.logicalId}` : ''}${path} -> ${to}${guard}`;
}
