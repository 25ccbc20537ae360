import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { FunctionHost } from '../function-host.ts';
import { findFunction } from '../functions/function.ts';
import { defaultAccount, defaultRegion } from '../functions/resolve.ts';
import type { Endpoint } from '../server/endpoint.ts';
import { listen } from '../server/listen.ts';
import { readBody } from '../server/read-body.ts';
import { endAtOnce } from '../server/respond.ts';
import { splitUrl } from '../server/split-url.ts';
import { apiBelow, apiNames } from './api-names.ts';
import { type AuthorizeOptions, authorize, type Decision } from './authorize.ts';
import type { FindService } from './aws-service/types.ts';
import { callTarget } from './call-target.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { createJwtCheck } from './jwt.ts';
import { matchRoute, type RouteMatch } from './match.ts';
import { type ApiRequest, headerOf, headersOf } from './request.ts';
import { type ApiResponse, failureResponse, gatewayResponse } from './response.ts';
import { checkApiKey } from './rest/api-key.ts';
import { checkRequest } from './rest/check-request.ts';
import { inOwnWords } from './rest/gateway-response.ts';
import { refusal } from './rest/refusal.ts';
import { createUsage, type KeyUsage } from './rest/usage.ts';
import type { Api, Route, RouteTarget } from './route.ts';
import { serveStatic } from './static.ts';

export interface HttpApiOptions {
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Folder whose files answer GET and HEAD where no route matches. */
  readonly static?: string;
  /** Lets requests that claim a SigV4 signature through AWS_IAM routes; the signature itself is not checked. */
  readonly allowUnverifiedIam?: boolean;
  /** How long an integration may take; default 29 s for REST APIs and 30 s for HTTP APIs. Function URLs have no limit. */
  readonly integrationTimeoutMs?: number;
  /** Where integrations find services of AWS; those of none are answered with 501. */
  readonly services?: FindService;
  /** Hears why a request was answered here and not by a function. */
  readonly tell?: (line: string) => void;
}

/** Largest request that API Gateway takes, and that reaches a function: Lambda's own limit is lower. */
const LARGEST = { ofApi: 10 * 1024 * 1024, ofFunction: 6 * 1024 * 1024 };

function largestFor(target: RouteTarget | undefined): number {
  const to = target?.kind === 'mapped' ? target.to.kind : target?.kind;
  return to === undefined || to === 'function' ? LARGEST.ofFunction : LARGEST.ofApi;
}

/** Serves routes over HTTP as API Gateway and function URLs would. Several APIs: each is also below its name. */
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
    names: apiNames(apis.keys()),
    host,
    options,
    usage: createUsage(),
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
  readonly names: ReadonlyMap<Api, string>;
  readonly host: FunctionHost;
  readonly options: HttpApiOptions;
  readonly authorizing: AuthorizeOptions;
  readonly usage: KeyUsage;
}

async function serve(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: ServeContext,
): Promise<void> {
  const { path, query } = splitUrl(incoming.url ?? '/');
  const method = incoming.method ?? 'GET';
  const found = findRoute(context, method, path);
  if (found?.match.route.target.kind === 'web')
    return serveWeb(
      { incoming, response },
      { ...found, query, id: found.match.route.target.logicalId },
      context,
    );
  const largest = largestFor(found?.match.route.target);
  const body = await readBody(incoming, largest);
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
    return send(response, notFound(context.apis, { method, path, query, headers }));
  }
  const { match, rest } = found;
  const { api } = match.route;
  const fn = context.host.functions[0];
  const request: ApiRequest = {
    id: randomUUID(),
    method,
    path: rest,
    query,
    headers,
    body: body ?? Buffer.alloc(0),
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    time: new Date(),
    ...match,
    account: fn?.account ?? defaultAccount,
    region: fn?.region ?? defaultRegion,
  };
  const extra = api.cors && origin !== undefined ? corsHeaders(api.cors, origin) : [];
  const answerWith = (answer: ApiResponse): void => send(response, inOwnWords(answer, request), extra);
  if (body === undefined) {
    const whose = largest === LARGEST.ofFunction ? 'a function may get' : 'an API takes';
    tell(`larger than the ${largest / 1024 / 1024} MB that ${whose}`);
    return answerWith(failureResponse(match, 'too-large'));
  }
  const decision = await admit(request, context);
  if (decision.kind === 'refused') {
    tell(`${decision.response.status}, refused by ${decision.by ?? guardOf(match.route)}`);
    return answerWith(decision.response);
  }
  const exchange = {
    request,
    response,
    authorizer: decision.context,
    extra,
    limit: context.options.integrationTimeoutMs,
    ...(context.options.services && { services: context.options.services }),
    tell,
  };
  const answer = await callTarget(exchange, context.host);
  if (answer) answerWith(answer);
}

/** What may keep a request from its target, one after the other: its authorizer, its key, and what is checked of it. */
async function admit(
  request: ApiRequest,
  { authorizing, usage }: ServeContext,
): Promise<Decision & { readonly by?: string }> {
  const decision = await authorize(request, authorizing);
  if (decision.kind === 'refused') return decision;
  const key = checkApiKey(request, decision.context, usage);
  if (key) return { kind: 'refused', response: key.refused, by: 'its API key' };
  const bad = await checkRequest(request);
  if (!bad) return decision;
  const why = bad.refused?.validation ?? bad.refused?.message ?? '';
  return { kind: 'refused', response: bad, by: `its request validator: ${why}` };
}

/** What stands before a route. */
const guardOf = ({ authorizer }: Route): string =>
  authorizer ? `its authorizer (${authorizer.kind})` : 'the API';

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
  { apis, names }: ServeContext,
  method: string,
  path: string,
): { readonly match: RouteMatch; readonly rest: string } | undefined {
  const prefixed = apiBelow(names, path);
  for (const [api, routes] of apis) {
    if (prefixed ? prefixed.api !== api : apis.size > 1 && takesAll(api)) continue;
    const rest = prefixed?.rest ?? path;
    const match = matchRoute(routes, method, rest);
    if (match) return { match, rest };
  }
  return undefined;
}

/** The API that answers a preflight itself: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
function corsApi({ apis, names }: ServeContext, path: string): Api | undefined {
  const prefixed = apiBelow(names, path);
  if (prefixed) return prefixed.api;
  return [...apis].find(([, routes]) =>
    routes.some((route) => matchRoute([{ ...route, method: 'ANY' }], 'OPTIONS', path)),
  )?.[0];
}

/** REST APIs answer so what a request could also lack: a signature. */
function notFound(
  apis: ReadonlyMap<Api, readonly Route[]>,
  given: Pick<ApiRequest, 'method' | 'path' | 'query' | 'headers'>,
): ApiResponse {
  const [[, [route]] = [undefined, []]] = apis;
  if (route?.api.kind !== 'rest') return gatewayResponse(404, { message: 'Not Found' });
  const message = 'Missing Authentication Token';
  const answer = refusal({ type: 'MISSING_AUTHENTICATION_TOKEN', status: 403, message });
  return inOwnWords(answer, {
    ...given,
    id: randomUUID(),
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    time: new Date(),
    route,
    parameters: {},
    account: defaultAccount,
    region: defaultRegion,
  });
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
