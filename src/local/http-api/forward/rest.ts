import type { JsonObject } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import { type ApiRequest, apiId, headerOf } from '../request.ts';
import type { ApiResponse } from '../response.ts';
import { answerPayload, clientPayload, isBinaryType, requestPayload, toBinary } from '../rest/content.ts';
import { javaText } from '../rest/vtl/java.ts';
import { type Overrides, valueAt } from '../rest/vtl/variables.ts';
import { sourceValue } from '../sources.ts';
import { type EndpointAnswer, type EndpointRequest, withoutConnection } from './send.ts';
import type { ContentHandling, HttpEndpoint, PassedHeaders, Payload } from './types.ts';

/** What the mappings of a REST API make of a request. */
export interface RestMapped {
  readonly request: ApiRequest;
  readonly authorizer: JsonObject | undefined;
  readonly endpoint: HttpEndpoint;
  /** What a service gets where nothing else is mapped. */
  readonly headers?: PassedHeaders;
}

/**
 * A request as a proxy integration (`HTTP_PROXY`) of a REST API passes it on.
 *
 * @throws Error where its body is to become binary, and cannot
 */
export const proxied = (
  { request, authorizer, endpoint }: RestMapped,
  handling: ContentHandling | undefined,
): EndpointRequest =>
  forwarded(
    { request, authorizer, endpoint },
    {
      headers: [
        ...withoutConnection(request.headers).filter(
          ([name]) => name.toLowerCase() !== 'x-amzn-apigateway-api-id',
        ),
        apiHeader(request),
      ],
      query: request.query,
      body: Buffer.from(toBinary(requestPayload(request, handling), handling)),
    },
  );

/** A request as an integration with mapping templates (`HTTP`) sends it: only what is mapped. */
export function mapped(given: RestMapped, body: Payload, overrides: Overrides | undefined): EndpointRequest {
  const { headers = [], request } = given;
  const type = NO_BODY.includes(request.method) ? undefined : headerOf(request, 'content-type');
  const isGiven = headers.some(([name]) => name === 'Content-Type');
  return forwarded(given, {
    headers: [
      ...(isGiven || type === undefined ? [] : [['Content-Type', type] as const]),
      ...headers,
      ...(given.headers ? [] : [apiHeader(request)]),
      ['Accept', 'application/json'],
      ['User-Agent', `AmazonAPIGateway_${apiId(request.route.api.logicalId)}`],
      ['X-Amzn-Trace-Id', headerOf(request, 'x-amzn-trace-id') ?? ''],
    ],
    query: '',
    body: Buffer.from(body),
    ...(overrides && { overrides: overrides.requestOverride }),
  });
}

/** Endpoints are told which API asks. */
const apiHeader = ({ route }: ApiRequest) =>
  ['X-Amzn-Apigateway-Api-Id', apiId(route.api.logicalId)] as const;

/** Requests whose type is not passed on. */
const NO_BODY = ['GET', 'HEAD', 'OPTIONS'];

/** Headers that no integration may map, and those that one with a service may not. Seen at AWS by LocalStack. */
const OWN_HEADERS = ['content-length', 'transfer-encoding', 'x-amzn-trace-id', 'x-amzn-apigateway-api-id'];
const OWN_OF_SERVICES = ['authorization', 'connection', 'expect', 'proxy-authenticate', 'te'];

/** What goes on before parameters are mapped. */
interface Base {
  readonly headers: PassedHeaders;
  readonly query: string;
  readonly body: Buffer;
  /** Of a template: they win over what is mapped. */
  readonly overrides?: Overrides['requestOverride'];
}

function forwarded(
  { request, authorizer, endpoint, headers: ofService }: RestMapped,
  base: Base,
): EndpointRequest {
  const parts = {
    header: new Map<string, string>(),
    querystring: new Map<string, string>(),
    path: new Map<string, string>(),
  };
  for (const [name, source] of Object.entries(endpoint.parameters)) {
    const [, part, key] = /^integration\.request\.(header|querystring|path)\.(.+)$/i.exec(name) ?? [];
    if (part === undefined || key === undefined) continue;
    const value =
      part === 'path' ? pathValue(source, request, authorizer) : mappedValue(source, request, authorizer);
    if (value === undefined) continue;
    const isOwn = [...OWN_HEADERS, ...(ofService ? OWN_OF_SERVICES : [])].includes(key.toLowerCase());
    if (isOwn && part.toLowerCase() === 'header')
      throw new Error(`it maps the header ${key}, which API Gateway sets itself: remove ${name}`);
    parts[part.toLowerCase() as keyof typeof parts].set(key, value);
  }
  for (const [part, changes] of Object.entries(base.overrides ?? {}) as [keyof typeof parts, object][])
    for (const [key, value] of Object.entries(changes))
      parts[part].set(key, part === 'path' ? encodeURIComponent(javaText(value)) : javaText(value));
  const set = new Set([...parts.header.keys()].map((name) => name.toLowerCase()));
  return {
    origin: endpoint.origin,
    method: endpoint.method === 'ANY' ? request.method : endpoint.method,
    path: pathAndQuery(
      endpoint.path.replace(/\{(\w+)\+?\}/g, (whole, name: string) => {
        const value = parts.path.get(name);
        if (value === undefined) throw new Error(`nothing is mapped to ${whole} of its address`);
        return value;
      }),
      [endpoint.query, withParameters(base.query, parts.querystring)],
    ),
    headers: [
      ...base.headers.filter(([name]) => !set.has(name.toLowerCase())),
      ...withoutConnection([...parts.header]),
    ],
    body: base.body,
  };
}

/** A query with other values for some of its names; as it was sent where it has no others. */
function withParameters(query: string, others: ReadonlyMap<string, string>): string {
  if (others.size === 0) return query;
  const kept = [...new URLSearchParams(query)].filter(([name]) => !others.has(name));
  return String(new URLSearchParams([...kept, ...others]));
}

/** A parameter of the path as it was sent, so that what was one step of it stays one; else encoded. */
function pathValue(
  source: string,
  request: ApiRequest,
  authorizer: JsonObject | undefined,
): string | undefined {
  const [, name] = /^method\.request\.path\.(.+)$/.exec(source) ?? [];
  if (name !== undefined) return request.parameters[name];
  const value = mappedValue(source, request, authorizer);
  return value === undefined ? undefined : encodeURIComponent(value);
}

function mappedValue(
  source: string,
  request: ApiRequest,
  authorizer: JsonObject | undefined,
): string | undefined {
  const [whole, path] = /^method\.request\.body(?:\.(.+))?$/.exec(source) ?? [];
  if (whole === undefined) return sourceValue(source, request, authorizer);
  if (path === undefined) return request.body.toString();
  const value = valueAt(request.body.toString(), `$.${path}`);
  return value === '' ? undefined : text(value);
}

/** A path and its queries, as far as there are any. */
export const pathAndQuery = (path: string, queries: readonly string[]): string => {
  const query = queries.filter((each) => each !== '').join('&');
  return `${path === '' ? '/' : path}${query === '' ? '' : `?${query}`}`;
};

/** Headers that API Gateway has itself: those of the integration get another name. */
const REMAPPED = ['connection', 'content-length', 'date', 'server', 'www-authenticate'];

/**
 * An answer as a proxy integration of a REST API passes it back.
 *
 * @throws Error where its body is to become binary, and cannot
 */
export function passedBack({ status, headers, body }: EndpointAnswer, request: ApiRequest): ApiResponse {
  const remapped = headers.flatMap(([name, value]) =>
    REMAPPED.includes(name.toLowerCase()) ? [[`x-amzn-Remapped-${name}`, value] as const] : [],
  );
  return {
    status,
    headers: [
      ...withoutConnection(headers).filter(([name]) => !REMAPPED.includes(name.toLowerCase())),
      ...remapped,
    ],
    body: proxiedBody({ headers, body }, request),
  };
}

function proxiedBody(
  { headers, body }: Pick<EndpointAnswer, 'headers' | 'body'>,
  request: ApiRequest,
): Payload {
  // What is compressed is no text, whatever its type.
  if (headerOf({ headers }, 'content-encoding') !== undefined) return body;
  const isBinary = isBinaryType(request, headerOf({ headers }, 'content-type'));
  const payload = answerPayload({ body, isBinary }, request, undefined);
  return clientPayload(payload, request, { handling: undefined, isBinary });
}
