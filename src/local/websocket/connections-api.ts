import { CallError, json, jsonError } from '../aws-api/answer.ts';
import type { AwsApi } from '../aws-api/types.ts';
import { placesOf, type WebSocketNames } from './addresses.ts';
import type { Connection } from './event.ts';

/** A connection that is open, as others deal with it. */
export interface OpenConnection extends Connection {
  /** Fulfilled when it is on its way. */
  send(data: Buffer): Promise<void>;
  close(): void;
}

/** Bytes. Source: Amazon API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API". */
export const MESSAGE_LIMIT = 128 * 1024;

/** The management API of WebSocket APIs: `/<stage>/@connections/<id>`, and below the names of several. */
export const connectionsApi =
  (find: (id: string) => OpenConnection | undefined, names: WebSocketNames): AwsApi =>
  async ({ method, path, body }) => {
    const [, before = '', written = ''] = /^(.*)\/@connections\/([^/]+)$/.exec(path) ?? [];
    const place = before.slice(1).split('/').map(decoded).join('/');
    const connection = find(decoded(written));
    // The address that `start` tells has no stage in it. Another one is nowhere in AWS, so it is not here either.
    if (connection && !placesOf(connection.api, names).includes(place))
      return jsonError(
        new CallError('ForbiddenException', `Forbidden: ${place} is no stage of the API`, 403),
      );
    if (!connection) return jsonError(new CallError('GoneException', 'The connection is gone', 410));
    switch (method) {
      case 'POST':
        if (body.length > MESSAGE_LIMIT)
          return jsonError(new CallError('PayloadTooLargeException', 'Message too long', 413));
        try {
          await connection.send(body);
        } catch {
          // It is closing: nothing reaches it any more.
          return jsonError(new CallError('GoneException', 'The connection is gone', 410));
        }
        return json({});
      case 'GET': {
        const { connectedAt, lastActiveAt, request } = connection;
        return json({
          connectedAt: new Date(connectedAt).toISOString(),
          identity: {
            sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
            userAgent: request.headers['user-agent'] ?? '',
          },
          lastActiveAt: new Date(lastActiveAt).toISOString(),
        });
      }
      case 'DELETE':
        connection.close();
        return { status: 204, headers: {}, body: '' };
      default:
        return jsonError(new CallError('ForbiddenException', 'Forbidden', 403));
    }
  };

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
