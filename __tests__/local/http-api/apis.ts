import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import { type HttpApiOptions, startHttpApi } from '../../../src/local/http-api/server.ts';
import { expand } from '../../../src/sam/expanded.ts';
import type { Template } from '../../../src/template/types.ts';
import { localFunction, testHost } from '../functions.ts';

const names = ['echo', 'respond', 'fails', 'slow', 'token', 'request', 'simple', 'same'];

/** One function for each export of the fixture, by its name with a capital. */
export const apiFunctions = [
  ...names.map((name) =>
    localFunction({ logicalId: name.charAt(0).toUpperCase() + name.slice(1), handler: `api.${name}` }),
  ),
  localFunction({ logicalId: 'Stream', handler: 'streaming.handler' }),
];

/** A SAM template with these functions, and events for them. */
export function samTemplate(
  events: Readonly<Record<string, object>>,
  resources: object = {},
  globals: object = {},
): Template {
  const functions = apiFunctions.map((fn) => [
    fn.logicalId,
    {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Runtime: fn.runtime,
        Handler: fn.handler,
        InlineCode: 'what runs is not taken from here',
        ...events[fn.logicalId],
      },
    },
  ]);
  return {
    Transform: 'AWS::Serverless-2016-10-31',
    Globals: { ...globals },
    Resources: { ...Object.fromEntries(functions), ...resources },
  };
}

/** What CloudFormation makes of a SAM template. */
export function samExpanded(template: Template): Template {
  const made = expand({ template, known: {} });
  if (made.kind !== 'made') throw new Error(JSON.stringify(made));
  return made.template;
}

/** Serves the routes of a template; whoever starts it stops it. */
export async function serveTemplate(template: Template, options?: HttpApiOptions) {
  const host = testHost(apiFunctions);
  const routes = routesOf(samExpanded(template));
  const endpoint = await startHttpApi(host, routes, options);
  return {
    host,
    url: endpoint.url,
    request: (path: string, init?: RequestInit) => fetch(endpoint.url + path, init),
    async stop() {
      await endpoint.stop();
      await host.stop();
    },
  };
}

export type Served = Awaited<ReturnType<typeof serveTemplate>>;
