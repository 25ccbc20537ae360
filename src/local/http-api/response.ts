import { isObject, type JsonObject } from '../../template/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { mediaTypeMatches } from './media-types.ts';
import { type ApiRequest, headerOf } from './request.ts';
import { fromBase64 } from './rest/content.ts';
import { type GatewayAnswer, refusal } from './rest/refusal.ts';

/** What goes back to the client. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | string;
  /** REST: the API answers itself, and may have words of its own for it. */
  readonly refused?: GatewayAnswer;
}

/** A JSON answer of the gateway itself. */
export function gatewayResponse(
  status: number,
  body: unknown,
  headers: readonly (readonly [string, string])[] = [],
): ApiResponse {
  return { status, headers: [['Content-Type', 'application/json'], ...headers], body: JSON.stringify(body) };
}

/** The gateway's answers to its own failures; each kind of API has its own words. */
export function failureResponse(
  request: Pick<ApiRequest, 'route'>,
  failure: 'function' | 'timeout' | 'throttled' | 'too-large',
): ApiResponse {
  if (request.route.api.kind === 'rest') return refusal(REST_FAILURES[failure]);
  switch (failure) {
    case 'function':
      if (request.route.api.kind === 'url') return gatewayResponse(502, { Message: 'Internal Server Error' });
      return gatewayResponse(500, { message: 'Internal Server Error' });
    case 'timeout':
      return gatewayResponse(503, { message: 'Service Unavailable' });
    case 'throttled':
      return gatewayResponse(429, { message: 'Too Many Requests' });
    case 'too-large':
      return gatewayResponse(413, { message: 'Request Entity Too Large' });
  }
}

const REST_FAILURES: Readonly<Record<'function' | 'timeout' | 'throttled' | 'too-large', GatewayAnswer>> = {
  function: { type: 'INTEGRATION_FAILURE', status: 502, message: 'Internal server error' },
  timeout: { type: 'INTEGRATION_TIMEOUT', status: 504, message: 'Endpoint request timed out' },
  throttled: { type: 'THROTTLED', status: 429, message: 'Too Many Requests' },
  'too-large': { type: 'REQUEST_TOO_LARGE', status: 413, message: 'Request Entity Too Large' },
};

const restKeys = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded', 'cookies'];

/**
 * Translates what a function answered; undefined when the gateway would not accept it.
 *
 * @throws Error where a REST API cannot decode what is said to be Base64
 */
export function functionResponse(request: ApiRequest, payload: Buffer): ApiResponse | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
  if (request.route.payloadVersion === '1.0') return responseV1(request, answer);
  // Format 2.0 infers a response from anything that names no status.
  if (isObject(answer) && answer.statusCode !== undefined)
    return explicit(request, answer, 'text/plain;charset=UTF-8', true);
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return { status: 200, headers: [['Content-Type', 'application/json']], body };
}

function responseV1(request: ApiRequest, answer: unknown): ApiResponse | undefined {
  if (!isObject(answer)) return undefined;
  const { api } = request.route;
  if (api.kind !== 'rest')
    return answer.statusCode === undefined
      ? undefined
      : explicit(request, answer, 'text/plain;charset=UTF-8', true);
  if (Object.keys(answer).some((key) => !restKeys.includes(key))) return undefined;
  const accepted = mediaTypeMatches(api.binaryMediaTypes, headerOf(request, 'accept'));
  return explicit(request, answer, 'application/json', accepted);
}

function explicit(
  request: ApiRequest,
  answer: JsonObject,
  defaultType: string,
  decodes: boolean,
): ApiResponse | undefined {
  const status = Number(answer.statusCode ?? 200);
  if (!Number.isInteger(status) || status < 200 || status > 599) return undefined;
  if (answer.body !== undefined && answer.body !== null && typeof answer.body !== 'string') {
    // HTTP APIs turn any other body into JSON; REST APIs call it malformed.
    if (request.route.api.kind === 'rest') return undefined;
  }
  const headers = responseHeaders(answer);
  if (headers === undefined) return undefined;
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
    headers.push(['Content-Type', defaultType]);
  const body = answer.body ?? '';
  const written = typeof body === 'string' ? body : JSON.stringify(body);
  const decoded = (): Buffer =>
    request.route.api.kind === 'rest' ? fromBase64(written) : Buffer.from(written, 'base64');
  return { status, headers, body: answer.isBase64Encoded === true && decodes ? decoded() : written };
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Connection handling is the server's own. */
const ownHeaders = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'upgrade'];

/** Undefined when one is no legal header. */
export function responseHeaders(answer: JsonObject): [string, string][] | undefined {
  const headers: [string, string][] = [];
  const several = mapOf(answer.multiValueHeaders);
  const lower = new Set(Object.keys(several).map((name) => name.toLowerCase()));
  for (const [name, value] of Object.entries(mapOf(answer.headers))) {
    if (!lower.has(name.toLowerCase())) headers.push([name, text(value)]);
  }
  for (const [name, values] of Object.entries(several)) {
    for (const value of Array.isArray(values) ? values : [values]) headers.push([name, text(value)]);
  }
  for (const cookie of Array.isArray(answer.cookies) ? answer.cookies : [])
    headers.push(['Set-Cookie', text(cookie)]);
  const legal = headers.every(
    ([name, value]) => headerName.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value),
  );
  return legal ? headers.filter(([name]) => !ownHeaders.includes(name.toLowerCase())) : undefined;
}
