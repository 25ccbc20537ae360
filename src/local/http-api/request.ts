import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Route } from './route.ts';

/** A request as events are made of it. */
export interface ApiRequest {
  readonly id: string;
  readonly method: string;
  /** As it was sent, still encoded; without query and without the prefix that chose the API. */
  readonly path: string;
  readonly query: string;
  /** Name as it was sent, and value; in order, with repetitions. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly time: Date;
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
  readonly account: string;
  readonly region: string;
}

export function headersOf(request: IncomingMessage): (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    headers.push([request.rawHeaders[at] ?? '', request.rawHeaders[at + 1] ?? '']);
  }
  const has = (name: string): boolean => headers.some(([each]) => each.toLowerCase() === name);
  // What API Gateway adds on the way.
  if (!has('x-forwarded-for')) headers.push(['X-Forwarded-For', request.socket.remoteAddress ?? '127.0.0.1']);
  if (!has('x-forwarded-port')) headers.push(['X-Forwarded-Port', String(request.socket.localPort ?? 80)]);
  if (!has('x-forwarded-proto')) headers.push(['X-Forwarded-Proto', 'http']);
  if (!has('x-amzn-trace-id')) headers.push(traceHeader());
  return headers;
}

/** What API Gateway tells endpoints to trace requests by. */
export const traceHeader = () =>
  [
    'X-Amzn-Trace-Id',
    `Root=1-${randomUUID().slice(0, 8)}-${randomUUID().replaceAll('-', '').slice(0, 24)}`,
  ] as const;

/** The first value of a header, whatever its spelling. */
export function headerOf(request: Pick<ApiRequest, 'headers'>, name: string): string | undefined {
  return request.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

/** Percent-decoded; as it is when it was not encoded well. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const decodedParameters = (request: ApiRequest): Record<string, string> =>
  Object.fromEntries(Object.entries(request.parameters).map(([name, value]) => [name, decode(value)]));

/** `20/Nov/2026:22:55:15 +0000` */
export function requestTime(time: Date): string {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) (\S+) GMT$/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}

/** ARN of a request for authorizers: `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<METHOD>/<path>`. */
export function executeArn(request: ApiRequest): string {
  const { api } = request.route;
  const path = decode(request.path).replace(/^\//, '');
  return `arn:aws:execute-api:${request.region}:${request.account}:${apiId(api.logicalId)}/${api.stage}/${request.method}/${path}`;
}

/** Ten lower-case characters, the same for the same API. */
export const apiId = (logicalId: string): string =>
  logicalId
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .padEnd(10, '0')
    .slice(0, 10);
