import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../template/types.ts';
import { headersOf, requestTime } from '../http-api/request.ts';
import { splitUrl } from '../server/split-url.ts';
import type { WebSocketPlan } from '../service/plan.ts';

/** A client that is connected, or wants to be. */
export interface Connection {
  readonly id: string;
  readonly api: WebSocketPlan;
  readonly request: IncomingMessage;
  readonly connectedAt: number;
  /** What the authorizer said of the client. */
  authorizer?: JsonObject;
  lastActiveAt: number;
}

export type Step =
  | { readonly kind: 'CONNECT' }
  | { readonly kind: 'MESSAGE'; readonly body: string }
  | { readonly kind: 'DISCONNECT'; readonly code: number; readonly reason: string };

/**
 * What the function of a route gets. Source: Amazon API Gateway Developer Guide, "Set up a WebSocket API integration
 * request in API Gateway" and "Working with API Gateway WebSocket APIs".
 */
export function webSocketEvent(
  { id, api, request, connectedAt, authorizer }: Connection,
  step: Step,
  { routeKey, requestId }: { readonly routeKey: string; readonly requestId: string },
): JsonObject {
  const now = new Date();
  const host = request.headers.host ?? '127.0.0.1';
  return {
    ...(step.kind === 'CONNECT' && handshake(request)),
    ...(step.kind === 'DISCONNECT' && disconnectHeaders(host)),
    requestContext: {
      routeKey,
      ...(authorizer && { authorizer }),
      ...(step.kind === 'MESSAGE' && { messageId: requestId }),
      ...(step.kind === 'DISCONNECT' && {
        disconnectStatusCode: step.code,
        disconnectReason: step.reason,
      }),
      eventType: step.kind,
      extendedRequestId: requestId,
      requestTime: requestTime(now),
      messageDirection: 'IN',
      stage: api.stage,
      connectedAt,
      requestTimeEpoch: now.getTime(),
      identity: {
        ...(request.headers['user-agent'] !== undefined && { userAgent: request.headers['user-agent'] }),
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      },
      requestId,
      domainName: host,
      connectionId: id,
      apiId: api.id,
    },
    ...(Object.keys(api.stageVariables).length > 0 && { stageVariables: { ...api.stageVariables } }),
    ...(step.kind === 'MESSAGE' && { body: step.body }),
    isBase64Encoded: false,
  };
}

/** Headers and query of the request that opens a connection. */
function handshake(request: IncomingMessage): JsonObject {
  const headers = grouped(headersOf(request));
  const { query } = splitUrl(request.url ?? '/');
  const parameters = grouped([...new URLSearchParams(query)]);
  return {
    headers: last(headers),
    multiValueHeaders: headers,
    ...(query !== '' && {
      queryStringParameters: last(parameters),
      multiValueQueryStringParameters: parameters,
    }),
  };
}

const disconnectHeaders = (host: string): JsonObject => {
  const headers = { Host: host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return { headers, multiValueHeaders: lists };
};

function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const found: Record<string, string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    found[name] ??= [];
    found[name].push(value);
  }
  return found;
}

const last = (all: Readonly<Record<string, string[]>>): JsonObject =>
  Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.at(-1) ?? '']));
