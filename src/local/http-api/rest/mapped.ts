import { type JsonObject, own } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import { mapped } from '../forward/rest.ts';
import type { EndpointAnswer, EndpointRequest } from '../forward/send.ts';
import type { PassedHeaders, Payload } from '../forward/types.ts';
import { type ApiRequest, headerOf } from '../request.ts';
import type { ApiResponse } from '../response.ts';
import { sourceValue } from '../sources.ts';
import { mediaTypeOf } from './check-request.ts';
import {
  answerPayload,
  clientPayload,
  isBinaryType,
  requestPayload,
  textPayload,
  toBinary,
} from './content.ts';
import { refusal } from './refusal.ts';
import { errorMessageIn, isJson, mockStatus, passesThrough } from './selection.ts';
import type { MappedIntegration, MappedResponse } from './types.ts';
import { renderTemplate } from './vtl/engine.ts';
import { javaText } from './vtl/java.ts';
import { type Overrides, templateVariables, valueAt } from './vtl/variables.ts';

/** A request on its way through an integration that is not a proxy. */
export interface MappedExchange {
  readonly request: ApiRequest;
  readonly integration: MappedIntegration;
  readonly authorizer: JsonObject | undefined;
  /** Calls the function; the API's own answer where it gives none. */
  readonly call: (event: string, asynchronous: boolean) => Promise<Buffer | ApiResponse>;
  /** What is sent to a service of AWS. */
  readonly forService: (body: Payload, overrides: Overrides | undefined) => EndpointRequest;
  /** Sends it to an endpoint; the API's own answer where that gives none. */
  readonly send: (sent: EndpointRequest) => Promise<EndpointAnswer | { readonly refused: ApiResponse }>;
  /** Told why the API answers itself. */
  readonly tell: (why: string) => void;
}

/** What the integration answered, before it is mapped. */
interface Answered {
  /** What the patterns of responses are tried on. */
  readonly selection: string;
  readonly body: Buffer;
  /** Of an endpoint. */
  readonly headers?: PassedHeaders;
  /** Of a binary media type. */
  readonly isBinary: boolean;
}

/**
 * Maps a request, calls what is behind it, and maps the answer.
 *
 * Source: API Gateway developer guide, "Data transformations for REST APIs in API Gateway".
 */
export async function answerMapped(exchange: MappedExchange): Promise<ApiResponse> {
  const { request, tell } = exchange;
  const failed = (why: string): ApiResponse => {
    tell(why);
    return refusal({ type: 'API_CONFIGURATION_ERROR', status: 500, message: 'Internal server error' });
  };
  try {
    const sent = requestBody(exchange);
    if (sent === undefined) {
      tell(`no request template for ${mediaTypeOf(request)}`);
      return refusal({ type: 'UNSUPPORTED_MEDIA_TYPE', status: 415, message: 'Unsupported Media Type' });
    }
    const answered = await ask(sent, exchange);
    if (answered === undefined) return failed('the request template of a mock must give {"statusCode": 200}');
    if ('status' in answered) return answered;
    const chosen = chooseResponse(exchange.integration.responses, answered.selection);
    if (!chosen) return failed(`no integration response is for ${JSON.stringify(answered.selection)}`);
    return mapResponse(chosen, answered, { ...exchange, earlier: sent.overrides });
  } catch (error) {
    return failed(`a mapping failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Nothing where the integration does not take what was sent. */
function requestBody({
  request,
  integration: { templates, passthrough, contentHandling },
  authorizer,
}: MappedExchange): { readonly body: Payload; readonly overrides?: Overrides } | undefined {
  const payload = requestPayload(request, contentHandling);
  // An empty template is none.
  const template = own(templates, mediaTypeOf(request)) || undefined;
  if (template !== undefined) {
    const body = textPayload(payload, 'request');
    const { variables, overrides } = templateVariables({ request, authorizer, body });
    return { body: toBinary(renderTemplate(template, variables), contentHandling), overrides };
  }
  return passesThrough({ passthrough, templates }) ? { body: toBinary(payload, contentHandling) } : undefined;
}

/** Nothing where a mock does not say its status. */
async function ask(
  { body: payload, overrides }: { readonly body: Payload; readonly overrides?: Overrides },
  exchange: MappedExchange,
): Promise<Answered | ApiResponse | undefined> {
  const { request, integration, authorizer, call, tell } = exchange;
  const { to, parameters } = integration;
  if (to.kind === 'http' || to.kind === 'service') {
    const sent =
      to.kind === 'http'
        ? mapped({ request, authorizer, endpoint: to.endpoint }, payload, overrides)
        : exchange.forService(payload, overrides);
    const answer = await exchange.send(sent);
    return 'refused' in answer ? answer.refused : answered(answer, request);
  }
  const body = payload.toString();
  if (to.kind === 'mock') {
    const status = mockStatus(body);
    return status === undefined ? undefined : { selection: status, body: Buffer.alloc(0), isBinary: false };
  }
  if (body !== '' && !isJson(body)) {
    tell(`what ${to.logicalId} would get is no JSON: ${body.slice(0, 200)}`);
    const message = 'Could not parse request body into json';
    return refusal({ type: 'DEFAULT_4XX', status: 400, message });
  }
  const [, source] =
    Object.entries(parameters).find(
      ([name]) => name.toLowerCase() === 'integration.request.header.x-amz-invocation-type',
    ) ?? [];
  const asynchronous = source !== undefined && sourceValue(source, request, authorizer) === 'Event';
  const answer = await call(body === '' ? '{}' : body, asynchronous);
  if (!Buffer.isBuffer(answer)) return answer;
  return {
    selection: errorMessageIn(answer.toString()) ?? (asynchronous ? '202' : '200'),
    body: answer,
    isBinary: isBinaryType(request, 'application/json'),
  };
}

const answered = ({ status, headers, body }: EndpointAnswer, request: ApiRequest): Answered => ({
  selection: String(status),
  body,
  headers,
  isBinary: isBinaryType(request, headerOf({ headers }, 'content-type')),
});

/** The first whose pattern is for all of it, or the one without a pattern. */
const chooseResponse = (
  responses: readonly MappedResponse[],
  selection: string,
): MappedResponse | undefined =>
  responses.find(
    ({ pattern }) => pattern !== undefined && new RegExp(`^(?:${pattern})$`, 's').test(selection),
  ) ?? responses.find(({ pattern }) => pattern === undefined);

function mapResponse(
  { status, parameters, templates, contentHandling }: MappedResponse,
  { body: bytes, isBinary, headers: given = [] }: Answered,
  {
    request,
    authorizer,
    earlier,
    integration: { to },
  }: MappedExchange & { readonly earlier: Overrides | undefined },
): ApiResponse {
  const body = bytes.toString();
  const payload = answerPayload({ body: bytes, isBinary }, request, contentHandling);
  const headers = new Map<string, readonly [string, string]>();
  const set = (name: string, value: string): unknown => headers.set(name.toLowerCase(), [name, value]);
  const accepted = (headerOf(request, 'accept') ?? '').split(/[,;]/)[0]?.trim() ?? '';
  const type = [accepted, 'application/json', Object.keys(templates)[0] ?? ''].find((each) =>
    Object.hasOwn(templates, each),
  );
  // Services' own types are not the client's.
  const own = to.kind === 'http' && given.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  set('Content-Type', (type ?? own) || 'application/json');
  for (const [name, source] of Object.entries(parameters)) {
    const [, header] = /^method\.response\.header\.(.+)$/i.exec(name) ?? [];
    const value = header && answerValue(source, { body, headers: given }, { request, authorizer });
    if (header && value !== undefined) set(header, value);
  }
  let written: Payload;
  let changes = earlier?.responseOverride;
  const template = type === undefined ? undefined : templates[type] || undefined;
  if (template === undefined) {
    const isJson = to.kind === 'function';
    written = clientPayload(payload, request, { handling: contentHandling, isBinary, isJson });
  } else {
    const read = textPayload(payload, 'response');
    const input = { request, authorizer, body: read, overrides: earlier };
    const { variables, overrides } = templateVariables(input);
    written = toBinary(renderTemplate(template, variables), contentHandling);
    changes = overrides.responseOverride;
  }
  for (const [name, value] of Object.entries(changes?.header ?? {})) set(name, javaText(value));
  const wanted = Number(changes?.status);
  return {
    status: Number.isInteger(wanted) && wanted >= 100 && wanted < 600 ? wanted : status,
    headers: [...headers.values()].flatMap(passedHeader),
    body: written,
  };
}

/** Headers that API Gateway has itself get another name. Source: LocalStack's tests of integrations, which were run at AWS. */
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
]);

const passedHeader = ([name, value]: readonly [string, string]): (readonly [string, string])[] => {
  const lower = name.toLowerCase();
  if (lower === 'transfer-encoding') return [];
  return [[REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name, value]];
};

/** `integration.response.body.x` and `integration.response.header.x`; else as in requests. */
function answerValue(
  source: string,
  { body, headers = [] }: { readonly body: string; readonly headers?: PassedHeaders },
  { request, authorizer }: Pick<MappedExchange, 'request' | 'authorizer'>,
): string | undefined {
  const [, path] = /^integration\.response\.body(?:\.(.+))?$/.exec(source) ?? [];
  if (path !== undefined) {
    const value = valueAt(body, `$.${path}`);
    return value === '' ? undefined : text(value);
  }
  if (source === 'integration.response.body') return body;
  const [, header] = /^integration\.response\.header\.(.+)$/i.exec(source) ?? [];
  if (header !== undefined) return headers.find(([name]) => name.toLowerCase() === header.toLowerCase())?.[1];
  if (source.startsWith('integration.response.')) return undefined;
  return sourceValue(source, request, authorizer);
}
