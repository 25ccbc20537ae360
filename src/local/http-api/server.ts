import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { FunctionHost } from '../function-host.ts';
import { findFunction } from '../functions/function.ts';
import { defaultAccount, defaultRegion } from '../functions/resolve.ts';
import type { Endpoint } from '../server/endpoint.ts';
import { listen } from '../server/listen.ts';
import { readBody } from '../server/read-body.ts';
import { endAtOnce } from '../server/respond.ts';
import { type AuthorizeOptions, authorize } from './authorize.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { eventV1 } from './event-v1.ts';
import { eventV2 } from './event-v2.ts';
import { createJwtCheck } from './jwt.ts';
import { matchRoute, type RouteMatch } from './match.ts';
import { type ApiRequest, headerOf, headersOf } from './request.ts';
import { type ApiResponse, failureResponse, functionResponse, gatewayResponse } from './response.ts';
import type { Api, Route } from './route.ts';
import { serveStatic } from './static.ts';
import { streamTo } from './streaming.ts';
import { tenantOf } from './tenant.ts';

export interface HttpApiOptions {
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Folder whose files answer GET and HEAD where no route matches. */
  readonly static?: string;
  /** Lets requests that claim a SigV4 signature through AWS_IAM routes; the signature itself is not checked. */
  readonly allowUnverifiedIam?: boolean;
  /** How long an integration may take; default 29 s for REST APIs and 30 s for HTTP APIs. Function URLs have no limit. */
  readonly integrationTimeoutMs?: number;
  /** Hears why a request was answered here and not by a function. */
  readonly tell?: (line: string) => void;
}

/** Largest request that reaches a function: Lambda's own limit is below API Gateway's 10 MB. */
const bodyLimit = 6 * 1024 * 1024;
const timeouts = { rest: 29_000, http: 30_000, url: 900_000, web: 900_000 } as const;

/** Serves routes over HTTP as API Gateway and function URLs would. Several APIs: each is also below `/<logical ID>`. */
export const startHttpApi = (
  host: FunctionHost,
  routes: readonly Route[],
  options: HttpApiOptions = {},
): Promise<Endpoint> =>
  listen(createServer({ keepAliveTimeout: 65_000 }, httpApi(host, routes, options)), options.port);

/** The same for the server of somebody else. */
export function httpApi(
  host: FunctionHost,
  routes: readonly Route[],
  options: HttpApiOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const apis = Map.groupBy(routes, (route) => route.api);
  const context: ServeContext = {
    apis,
    host,
    options,
    authorizing: {
      host,
      checkJwt: createJwtCheck(),
      allowUnverifiedIam: options.allowUnverifiedIam ?? false,
    },
  };
  return (request, response) => {
    serve(request, response, context).catch(() => {
      if (response.headersSent) response.destroy();
      else send(response, gatewayResponse(500, { message: 'Internal server error' }));
    });
  };
}

interface ServeContext {
  readonly apis: ReadonlyMap<Api, readonly Route[]>;
  readonly host: FunctionHost;
  readonly options: HttpApiOptions;
  readonly authorizing: AuthorizeOptions;
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: ServeContext,
): Promise<void> {
  const { path, query } = splitUrl(incoming.url ?? '/');
  const method = incoming.method ?? 'GET';
  const found = findRoute(context.apis, method, path);
  if (found?.match.route.target.kind === 'web')
    return serveWeb(
      { incoming, response },
      { ...found, query, id: found.match.route.target.logicalId },
      context,
    );
  const body = await readBody(incoming, bodyLimit);
  const headers = headersOf(incoming);
  const origin = headerOf({ headers }, 'origin');
  const asked = headerOf({ headers }, 'access-control-request-method');

  const preflight = isPreflight(method, origin, asked) ? corsApi(context, path) : undefined;
  if (preflight?.cors && origin !== undefined && asked !== undefined) {
    const status = preflight.kind === 'url' ? 200 : 204;
    return send(response, { status, headers: preflightHeaders(preflight.cors, origin, asked), body: '' });
  }
  const tell = (why: string): void => context.options.tell?.(`${method} ${path}: ${why}`);
  if (!found) {
    if (context.options.static && (await serveStatic(context.options.static, path, method, response))) return;
    tell('no route for it');
    return send(response, notFound(context.apis));
  }
  const { match, rest } = found;
  const { api } = match.route;
  const extra = api.cors && origin !== undefined ? corsHeaders(api.cors, origin) : [];
  if (body === undefined) {
    tell(`larger than the ${bodyLimit / 1024 / 1024} MB that a function may get`);
    return send(response, failureResponse(match, 'too-large'), extra);
  }
  const fn = context.host.functions[0];
  const request: ApiRequest = {
    id: randomUUID(),
    method,
    path: rest,
    query,
    headers,
    body,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    time: new Date(),
    ...match,
    account: fn?.account ?? defaultAccount,
    region: fn?.region ?? defaultRegion,
  };
  const decision = await authorize(request, context.authorizing);
  if (decision.kind === 'refused') {
    tell(`${decision.response.status}, refused by ${guardOf(match.route)}`);
    return send(response, decision.response, extra);
  }
  const event =
    match.route.payloadVersion === '1.0'
      ? eventV1(request, decision.context)
      : eventV2(request, decision.context);
  const tenant = tenantOf(request, decision.context);
  const answer = await callTarget(JSON.stringify(event), { request, response, extra, tell, tenant }, context);
  if (answer) send(response, answer, extra);
}

/** One request and its answer. */
interface Exchange {
  readonly request: ApiRequest;
  readonly response: ServerResponse;
  /** Headers that the answer gets beside its own. */
  readonly extra: readonly (readonly [string, string])[];
  /** Of functions that keep tenants apart. */
  readonly tenant: string | undefined;
  /** Told why the function gave no answer. */
  readonly tell: (why: string) => void;
}

/**
 * Calls what the route of a request leads to.
 *
 * @returns nothing when the answer was streamed
 */
async function callTarget(
  event: string,
  { request, response, extra, tell, tenant }: Exchange,
  { host, options }: ServeContext,
): Promise<ApiResponse | undefined> {
  const { target } = request.route;
  if (target.kind === 'unsupported') {
    tell(`not emulated: ${target.reason}`);
    return gatewayResponse(501, { message: `Not emulated here: ${target.reason}` });
  }
  if (target.kind === 'web') throw new Error('a web function gets no event');
  if (target.kind === 'mock') return { ...target, headers: Object.entries(target.headers) };
  const fn = findFunction(host.functions, target.logicalId);
  if (!fn) return failureResponse(request, 'function');
  if (fn.tenantIsolation && tenant === undefined) {
    const { tenantFrom } = request.route;
    const how =
      tenantFrom === undefined ? 'send X-Amz-Tenant-Id' : `its integration takes it from ${tenantFrom}`;
    tell(`${target.logicalId} keeps tenants apart, and the request names none: ${how}`);
    return gatewayResponse(500, { message: 'Internal server error' });
  }
  const limit = options.integrationTimeoutMs ?? timeouts[request.route.api.kind];
  const { promise: late, resolve: giveUp } = Promise.withResolvers<'late'>();
  const timer = setTimeout(giveUp, limit, 'late');
  const invocation = host.invoke(fn, event, {
    ...(target.qualifier !== undefined && { qualifier: target.qualifier }),
    traceId: headerOf(request, 'x-amzn-trace-id'),
    cause: { kind: 'request', source: `${request.method} ${request.path}`, ids: [request.id] },
    ...(fn.tenantIsolation && tenant !== undefined && { tenantId: tenant }),
    ...(target.streaming && { stream: streamTo(response, extra) }),
  });
  // The function goes on after the gateway gave up, as it does in Lambda; nobody hears of its end.
  invocation.catch(() => {});
  const result = await Promise.race([invocation, late]);
  clearTimeout(timer);
  if (result === 'late') {
    tell(`${target.logicalId} took longer than the ${limit / 1000} s that the API waits`);
    return failureResponse(request, 'timeout');
  }
  if (result.kind === 'throttled') {
    tell(`${target.logicalId} has no concurrency left`);
    return failureResponse(request, 'throttled');
  }
  if (response.headersSent) {
    if (result.kind === 'success') response.end();
    else response.destroy();
    return undefined;
  }
  const answer = result.kind === 'success' ? functionResponse(request, result.payload) : undefined;
  if (answer) return answer;
  tell(
    result.kind === 'success'
      ? `what ${target.logicalId} returned is no response that the API takes`
      : `${target.logicalId} failed: ${result.error.errorType}`,
  );
  return failureResponse(request, 'function');
}

/** What stands before a route. */
const guardOf = ({ authorizer, apiKeyRequired }: Route): string =>
  authorizer ? `its authorizer (${authorizer.kind})` : apiKeyRequired ? 'its API key' : 'the API';

/** Passed on as it comes, without reading it first. */
async function serveWeb(
  { incoming, response }: { readonly incoming: IncomingMessage; readonly response: ServerResponse },
  { id, rest, query }: { readonly id: string; readonly rest: string; readonly query: string },
  { host, options }: ServeContext,
): Promise<void> {
  const fn = findFunction(host.functions, id);
  if (!fn) return send(response, gatewayResponse(500, { message: `${id} cannot be run here` }));
  const web = await host.web();
  await web.serve(fn, {
    incoming,
    response,
    path: query === '' ? rest : `${rest}?${query}`,
    allowUnverifiedIam: options.allowUnverifiedIam ?? false,
    tell: (why) => options.tell?.(`${incoming.method} ${rest}: ${why}`),
  });
}

const takesAll = ({ kind }: Api): boolean => kind === 'url' || kind === 'web';

/**
 * The API that a path chooses by its prefix, or the first one with a route for it. A function URL or a web function among
 * several takes any path, so it is reached by its prefix only.
 */
function findRoute(
  apis: ReadonlyMap<Api, readonly Route[]>,
  method: string,
  path: string,
): { readonly match: RouteMatch; readonly rest: string } | undefined {
  const prefixed = prefixOf(apis, path);
  for (const [api, routes] of apis) {
    if (prefixed ? prefixed.api !== api : apis.size > 1 && takesAll(api)) continue;
    const rest = prefixed?.rest ?? path;
    const match = matchRoute(routes, method, rest);
    if (match) return { match, rest };
  }
  return undefined;
}

function prefixOf(
  apis: ReadonlyMap<Api, readonly Route[]>,
  path: string,
): { readonly api: Api; readonly rest: string } | undefined {
  if (apis.size < 2) return undefined;
  const [, first = ''] = path.split('/');
  for (const api of apis.keys()) {
    if (api.logicalId === first) return { api, rest: path.slice(first.length + 1) || '/' };
  }
  return undefined;
}

/** The API that answers a preflight itself: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
function corsApi({ apis }: ServeContext, path: string): Api | undefined {
  const prefixed = prefixOf(apis, path);
  if (prefixed) return prefixed.api;
  return [...apis].find(([, routes]) =>
    routes.some((route) => matchRoute([{ ...route, method: 'ANY' }], 'OPTIONS', path)),
  )?.[0];
}

function notFound(apis: ReadonlyMap<Api, readonly Route[]>): ApiResponse {
  const [first] = apis.keys();
  return first?.kind === 'rest'
    ? gatewayResponse(403, { message: 'Missing Authentication Token' }, [
        ['x-amzn-ErrorType', 'MissingAuthenticationTokenException'],
      ])
    : gatewayResponse(404, { message: 'Not Found' });
}

function splitUrl(url: string): { readonly path: string; readonly query: string } {
  // Proxies send the whole address.
  const local = url.replace(/^https?:\/\/[^/?#]*/i, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return { path: path.startsWith('/') ? path : `/${path}`, query: mark < 0 ? '' : local.slice(mark + 1) };
}

/** A configured header takes the place of the function's own: API Gateway ignores CORS headers of the integration. */
function send(
  response: ServerResponse,
  answer: ApiResponse,
  extra: readonly (readonly [string, string])[] = [],
): void {
  const replaced = new Set(extra.map(([name]) => name.toLowerCase()).filter((name) => name !== 'vary'));
  const headers = [...answer.headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...extra];
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  const hasBody = answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, [
    ...headers.flat(),
    ...(hasBody ? ['Content-Length', String(body.length)] : []),
  ]);
  endAtOnce(response, hasBody ? body : undefined);
}
