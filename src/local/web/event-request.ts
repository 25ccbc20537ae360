import { validateHeaderName, validateHeaderValue } from 'node:http';
import { ProblemError } from '../../problem.ts';
import { isObject, type Json, type JsonObject, own, scalarText } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import { METHODS } from './forward.ts';

/** A request that an event describes. */
export interface EventRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** Of a request, and of proxy events. Source: API Gateway developer guide, "Lambda proxy integrations". */
const FIELDS: ReadonlySet<string> = new Set([
  'method',
  'path',
  'headers',
  'body',
  'isBase64Encoded',
  'cookies',
  'httpMethod',
  'multiValueHeaders',
  'multiValueQueryStringParameters',
  'pathParameters',
  'queryStringParameters',
  'rawPath',
  'rawQueryString',
  'requestContext',
  'resource',
  'routeKey',
  'stageVariables',
  'version',
]);

/**
 * Reads the event of a web function: `{ "method", "path", "headers", "body" }`, each with a default, or the proxy event of
 * an API, as functions have it (both formats): the same files serve for both.
 *
 * @throws ProblemError when it is neither
 */
export function eventRequest(payload: string, subject: string): EventRequest {
  const event: Json = payload.trim() === '' ? {} : JSON.parse(payload);
  if (!isObject(event))
    throw new ProblemError({
      subject,
      message: 'the event of a web function is a map',
      next: 'Give {"method": "GET", "path": "/"}, or the proxy event of an API.',
    });
  const { requestContext } = event;
  const http = isObject(requestContext) && isObject(requestContext.http) ? requestContext.http : {};
  const path = scalarText(event.path ?? event.rawPath) || '/';
  const method = (scalarText(event.method ?? event.httpMethod ?? http.method) || 'GET').toUpperCase();
  const headers = headersOf(event);
  const found = [...unknownFields(event), ...unfit(method, path), ...unfitHeaders(headers)];
  if (found.length > 0)
    throw new ProblemError(found.map((message) => ({ subject, message, next: 'Correct the event.' })));
  const body = bodyOf(event);
  const has = (name: string): boolean => headers.some(([each]) => each.toLowerCase() === name);
  return {
    method,
    path: withQuery(path, event),
    headers: [
      ...headers.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name)),
      ...(has('host') ? [] : [['Host', 'localhost'] as const]),
      ...(isObject(event.body) && !has('content-type')
        ? [['Content-Type', 'application/json'] as const]
        : []),
      ...(body.length > 0 || /^(POST|PUT|PATCH)$/.test(method)
        ? [['Content-Length', String(body.length)] as const]
        : []),
    ],
    body,
  };
}

/** A word that is spelled wrong would be another request, whose answer proves nothing. */
const unknownFields = (event: JsonObject): string[] =>
  Object.keys(event)
    .filter((field) => !FIELDS.has(field))
    .map((field) => {
      const meant = closest(field, FIELDS);
      return `a request has no field ${JSON.stringify(field)}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
    });

function unfit(method: string, path: string): string[] {
  return [
    ...(METHODS.has(method)
      ? []
      : [`web functions do not take the method ${JSON.stringify(method)}, but ${[...METHODS].join(', ')}`]),
    ...(/^\/[!-~]*$/.test(path)
      ? []
      : [
          `the path ${JSON.stringify(path)} has to begin with a slash, and characters beyond ASCII have to be encoded`,
        ]),
  ];
}

function unfitHeaders(headers: readonly (readonly [string, string])[]): string[] {
  return headers.flatMap(([name, value]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      return [];
    } catch {
      return [`the header ${JSON.stringify(name)} has a name or a value that HTTP does not allow`];
    }
  });
}

/** A body that is a map or a list is JSON. */
function bodyOf({ body, isBase64Encoded }: JsonObject): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'object') return Buffer.from(JSON.stringify(body));
  return Buffer.from(String(body), isBase64Encoded === true ? 'base64' : 'utf8');
}

function headersOf({ headers, multiValueHeaders, cookies }: JsonObject): [string, string][] {
  const several = listed(multiValueHeaders);
  const names = new Set(several.map(([name]) => name.toLowerCase()));
  return [
    ...several,
    ...listed(headers).filter(([name]) => !names.has(name.toLowerCase())),
    ...(Array.isArray(cookies) && cookies.length > 0
      ? [['Cookie', cookies.map(scalarText).join('; ')] as [string, string]]
      : []),
  ];
}

function withQuery(path: string, event: JsonObject): string {
  const raw = scalarText(own(event, 'rawQueryString'));
  const several = listed(event.multiValueQueryStringParameters);
  const pairs = several.length > 0 ? several : listed(event.queryStringParameters);
  const query = raw || new URLSearchParams(pairs).toString();
  return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

const listed = (map: Json | undefined): [string, string][] =>
  isObject(map)
    ? Object.entries(map).flatMap(([name, value]): [string, string][] =>
        (Array.isArray(value) ? value : [value]).map((each) => [name, scalarText(each)]),
      )
    : [];
