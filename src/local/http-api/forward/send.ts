import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { readBody } from '../../server/read-body.ts';
import type { PassedHeaders } from './types.ts';

/** A request to an endpoint. */
export interface EndpointRequest {
  readonly origin: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: PassedHeaders;
  readonly body: Buffer;
}

/** What the endpoint answered. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: PassedHeaders;
  readonly body: Buffer;
}

/** Why it answered nothing. */
export type Unanswered = { readonly failed: 'late' | 'network'; readonly why: string };

/** What API Gateway takes from an integration. */
const LARGEST = 10 * 1024 * 1024;

/** What belongs to a connection, and not to the message. Source: RFC 9110, "Connection". */
const OF_CONNECTIONS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Headers without those of one connection. */
export const withoutConnection = (headers: PassedHeaders): PassedHeaders =>
  headers.filter(([name]) => !OF_CONNECTIONS.has(name.toLowerCase()));

/**
 * Sends a request as it is: redirects are not followed, and the path is not made shorter.
 *
 * @throws Error when it has characters that no request has
 */
export function sendTo(
  { origin, method, path, headers, body }: EndpointRequest,
  timeout: number,
): Promise<EndpointAnswer | Unanswered> {
  const { promise, resolve } = Promise.withResolvers<EndpointAnswer | Unanswered>();
  const fail = (why: string): void => resolve({ failed: 'network', why });
  const { hostname, host, port, protocol } = new URL(origin);
  const sent = (protocol === 'https:' ? secure : plain)(
    {
      // Brackets are of the URL, not of the address.
      hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      method,
      path,
      headers: [...headers.flat(), 'Host', host, ...lengthOf(method, body)],
    },
    (response) => {
      readBody(response, LARGEST).then(
        (read) =>
          read === undefined
            ? fail(`its answer is larger than ${LARGEST / 1024 / 1024} MB`)
            : resolve({
                status: response.statusCode ?? 502,
                headers: pairs(response.rawHeaders),
                body: read,
              }),
        (error: Error) => fail(error.message),
      );
    },
  );
  const timer = setTimeout(() => {
    resolve({ failed: 'late', why: `it took longer than ${timeout / 1000} s` });
    sent.destroy();
  }, timeout);
  sent.once('error', (error: NodeJS.ErrnoException) =>
    fail(error.message || (error.code ?? 'no connection')),
  );
  sent.end(body);
  return promise.finally(() => clearTimeout(timer));
}

/** Node knows no length where headers are a list. */
const lengthOf = (method: string, body: Buffer): string[] =>
  body.length > 0 || !['GET', 'HEAD', 'OPTIONS'].includes(method)
    ? ['Content-Length', String(body.length)]
    : [];

const pairs = (raw: readonly string[]): PassedHeaders =>
  raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
