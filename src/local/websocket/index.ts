import { randomBytes, randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject, type JsonObject } from '../../template/types.ts';
import { findByReference, isMissing } from '../functions/reference.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { apiNames } from '../http-api/api-names.ts';
import { findService } from '../service/find-service.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import { HERE_ORIGIN } from '../service/places.ts';
import type { MappedWebSocketTarget, WebSocketPlan, WebSocketRoutePlan } from '../service/plan.ts';
import { admit } from './authorize.ts';
import { connectionsApi, MESSAGE_LIMIT, type OpenConnection } from './connections-api.ts';
import { type Connection, type Step, webSocketEvent } from './event.ts';
import type { MappedMessage } from './mapped.ts';

export interface WebSocketsPart extends ServicePart {
  /** Takes a connection, or refuses it with a status. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Milliseconds. Source: Amazon API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API". */
export const LIMITS = { idle: 600_000, longest: 7_200_000 };

/** Of clients that say nothing when they close. Source: RFC 6455; the words are those of events of API Gateway. */
const NO_STATUS = 1005;

/** What came of calling the function of a route. */
type Called =
  | { readonly kind: 'done'; readonly status: number; readonly answer: JsonObject; readonly body: string }
  | { readonly kind: 'failed' };

/** The WebSocket APIs of a service, and the API by which functions write to connections. */
export function webSocketsPart(context: ServiceContext, limits = LIMITS): WebSocketsPart {
  const { plan, host, activity, apis, warn } = context;
  const services = findService(context);
  const open = new Map<string, OpenConnection>();
  const protocols = new WeakMap<IncomingMessage, string>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT,
    handleProtocols: (_, request) => protocols.get(request) ?? false,
  });
  apis.add(
    'execute-api',
    connectionsApi((id) => open.get(id)),
  );

  async function call(connection: Connection, route: WebSocketRoutePlan, step: Step): Promise<Called> {
    const { api, id } = connection;
    if (route.target.kind === 'mock') return { kind: 'done', status: 200, answer: {}, body: '' };
    if (route.target.kind === 'unsupported') {
      warn(`${api.logicalId} ${route.key}: not emulated: ${route.target.reason}`);
      return { kind: 'failed' };
    }
    const requestId = randomUUID();
    const event = webSocketEvent(connection, step, { routeKey: route.key, requestId });
    const invoke = async (arn: string, payload: string): Promise<string | undefined> => {
      const found = findByReference(host.functions, arn, null);
      if (isMissing(found)) {
        warn(`${api.logicalId} ${route.key}: ${found.message}`);
        return undefined;
      }
      const result = await host.invoke(found.fn, payload, {
        cause: { kind: 'websocket', source: `${api.logicalId} ${route.key}`, ids: [id] },
        ...(found.qualifier !== undefined && { qualifier: found.qualifier }),
      });
      return result.kind === 'success' ? result.payload.toString() : undefined;
    };
    if (route.target.kind === 'mapped') {
      const target = placed(route.target);
      const body = step.kind === 'MESSAGE' ? step.body : '';
      return mapped(
        { connection, target, body, context: mapOf(event.requestContext), services, invoke },
        route,
      );
    }
    const returned = await invoke(route.target.arn, JSON.stringify(event));
    if (returned === undefined) return { kind: 'failed' };
    const answer = mapOf(parsed(returned));
    const body = answer.body === undefined ? '' : text(answer.body);
    return { kind: 'done', status: Number(answer.statusCode ?? 200), answer, body };
  }

  /** Queues are named by the URLs that they have here. */
  const placed = (target: MappedWebSocketTarget): MappedWebSocketTarget =>
    JSON.parse(JSON.stringify(target).replaceAll(HERE_ORIGIN, context.endpoint));

  async function mapped(message: MappedMessage, { key }: WebSocketRoutePlan): Promise<Called> {
    const { callMapped } = await import('./mapped.ts');
    const where = `${message.connection.api.logicalId} ${key}`;
    try {
      const called = await callMapped(message);
      if (!called) return { kind: 'failed' };
      if (called.status >= 400) warn(`${where}: ${called.status}: ${called.body.slice(0, 300)}`);
      return { kind: 'done', answer: {}, ...called };
    } catch (error) {
      warn(`${where}: ${error instanceof Error ? error.message : String(error)}`);
      return { kind: 'failed' };
    }
  }

  const routeOf = (api: WebSocketPlan, key: string): WebSocketRoutePlan | undefined =>
    api.routes.find((route) => route.key === key);

  /** The status that refuses a client; `undefined` where it may come in. */
  async function refusal(connection: Connection): Promise<number | undefined> {
    const route = routeOf(connection.api, '$connect');
    const admission = await admit(route, connection, context);
    if (admission.kind === 'refused') return admission.status;
    if (admission.context) connection.authorizer = admission.context;
    if (!route) return undefined;
    const called = await call(connection, route, { kind: 'CONNECT' });
    if (called.kind === 'failed') return 502;
    const chosen = Object.entries(mapOf(called.answer.headers)).find(
      ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
    )?.[1];
    if (chosen !== undefined) protocols.set(connection.request, text(chosen));
    return called.status >= 200 && called.status < 300 ? undefined : called.status;
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Whoever goes while the function is asked is nobody's failure.
    socket.on('error', () => socket.destroy());
    const api = apiOf(plan.webSockets, request.url ?? '/');
    if (!api) {
      refuse(socket, 403);
      return;
    }
    const now = Date.now();
    const connection: Connection = {
      id: `${randomBytes(11).toString('base64url')}=`,
      api,
      request,
      connectedAt: now,
      lastActiveAt: now,
    };
    refusal(connection)
      .then((status) => {
        if (status !== undefined) refuse(socket, status);
        else server.handleUpgrade(request, socket, head, (client) => accept(connection, client));
      })
      .catch((error: unknown) => {
        warn(`${api.logicalId}: ${error instanceof Error ? error.message : String(error)}`);
        refuse(socket, 500);
      });
  }

  function accept(connection: Connection, client: WebSocket): void {
    const { id, api } = connection;
    let why = '';
    const end = (code: number, reason: string): void => {
      why ||= reason;
      client.close(code, reason);
    };
    const bye = (): void => end(1001, 'Going away');
    const idle = setTimeout(bye, limits.idle);
    const longest = setTimeout(bye, limits.longest);
    const active = (): void => {
      connection.lastActiveAt = Date.now();
      idle.refresh();
    };
    const ours: OpenConnection = Object.assign(connection, {
      send: (data: Buffer) =>
        new Promise<void>((resolve, reject) => {
          active();
          // Messages are text: bytes that are none would have the client end the connection.
          client.send(data.toString(), (error) => (error ? reject(error) : resolve()));
        }),
      close: () => end(1000, 'Connection Closed Normally'),
    });
    open.set(id, ours);
    client.on('ping', active);
    client.on('pong', active);
    client.on('error', () => client.terminate());
    client.on('message', (data, isBinary) => {
      active();
      // As API Gateway does: it has text messages only.
      if (isBinary) return end(1003, 'Unsupported data');
      void message(ours, data.toString()).catch((error: unknown) =>
        warn(`${api.logicalId}: ${String(error)}`),
      );
    });
    client.on('close', (code, reason) => {
      clearTimeout(idle);
      clearTimeout(longest);
      // Those that end with this process call nobody.
      if (!open.delete(id)) return;
      const route = routeOf(api, '$disconnect');
      if (!route) return;
      const told =
        reason.toString() || why || (code === NO_STATUS ? 'Client-side close frame status not set' : '');
      call(connection, route, { kind: 'DISCONNECT', code, reason: told }).catch((error: unknown) =>
        warn(`${api.logicalId}: ${String(error)}`),
      );
    });
  }

  async function message(connection: OpenConnection, body: string): Promise<void> {
    const { api, id } = connection;
    activity.publish({ kind: 'arrived', at: Date.now(), service: 'websocket', to: api.logicalId, id, body });
    const route = routeOf(api, selected(api.selection, body)) ?? routeOf(api, '$default');
    const problem = (text: string) =>
      connection.send(
        Buffer.from(JSON.stringify({ message: text, connectionId: id, requestId: randomUUID() })),
      );
    if (!route) return problem('Forbidden');
    const called = await call(connection, route, { kind: 'MESSAGE', body });
    if (!open.has(id)) return;
    if (called.kind === 'failed') return problem('Internal server error');
    if (route.answers && called.body !== '') await connection.send(Buffer.from(called.body));
  }

  return {
    name: 'WebSocket APIs',
    upgrade,
    begin: async () => undefined,
    async stop() {
      open.clear();
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/**
 * The API of a path: `/<logical ID>/<stage>`, with the stack before it where another API is called so, too; with an only one, any
 * path is its.
 */
function apiOf(apis: readonly WebSocketPlan[], url: string): WebSocketPlan | undefined {
  const [path = ''] = url.split('?');
  const [, first = ''] = path.split('/');
  const [only, ...others] = apis;
  const names = apiNames(apis);
  return (
    apis.find((api) => `${path}/`.startsWith(`/${names.get(api)}/`)) ??
    apis.find(({ id }) => id === first) ??
    (others.length === 0 ? only : apis.find(({ stage }) => stage === first))
  );
}

/**
 * The route that a message names: `$request.body.action`, or parts of it joined by text in `${...}`. Source: Amazon API Gateway
 * Developer Guide, "Working with routes for WebSocket APIs".
 */
function selected(expression: string, body: string): string {
  const message = parsed(body);
  const value = (path: string): string => {
    let found: unknown = message;
    for (const name of path.split('.')) found = isObject(found) ? found[name] : undefined;
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  };
  const [, whole] = /^\$request\.body\.([\w.-]+)$/.exec(expression) ?? [];
  if (whole !== undefined) return value(whole);
  return expression
    .replace(/\$\{request\.body\.([\w.-]+)\}/g, (_, path: string) => value(path))
    .replace(/\$request\.body\.([\w.]+)/g, (_, path: string) => value(path));
}

function parsed(text: string): JsonObject[string] {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refuse(socket: Duplex, status: number): void {
  const name = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({ message: status === 502 ? 'Internal server error' : name });
  socket.end(
    `HTTP/1.1 ${status} ${name}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
