import type { JsonObject } from '../../template/types.ts';
import { text } from '../functions/resolve.ts';
import { type ApiRequest, headersOf, traceHeader } from '../http-api/request.ts';
import { splitUrl } from '../server/split-url.ts';
import type { Connection } from './event.ts';

/** Messages have no headers of their own: they count as JSON. */
export const messageHeaders = () => [['Content-Type', 'application/json'], traceHeader()] as const;

/**
 * A message, or the coming or going of a client, as a request of a REST API, whose engine maps it.
 *
 * Headers and a query are only where a client comes. Source: Amazon API Gateway Developer Guide, "Set up data mapping for
 * WebSocket APIs in API Gateway".
 *
 * @param context what a function behind a proxy integration gets as `requestContext`
 */
export function requestOf({ api, request }: Connection, context: JsonObject, body: string): ApiRequest {
  const { query } = splitUrl(request.url ?? '/');
  const comes = context.eventType === 'CONNECT';
  return {
    id: text(context.requestId ?? ''),
    method: 'POST',
    path: '/',
    query: comes ? query : '',
    headers: comes ? headersOf(request) : [],
    body: Buffer.from(body),
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    time: new Date(),
    route: {
      api: {
        kind: 'rest',
        logicalId: api.logicalId,
        stage: api.stage,
        stageVariables: api.stageVariables,
        binaryMediaTypes: [],
      },
      method: 'POST',
      path: '/',
      target: { kind: 'unsupported', reason: 'it is a message' },
      payloadVersion: '1.0',
    },
    parameters: {},
    account: '',
    region: '',
  };
}
