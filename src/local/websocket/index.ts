import { randomBytes, randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { apiNames } from '../http-api/api-names.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import type { WebSocketPlan, WebSocketRoutePlan } from '../service/plan.ts';
import { apiOf } from './addresses.ts';
import { admit } from './authorize.ts';
import { routeCaller } from './call-route.ts';
import { messageProblems } from './check-message.ts';
import { connectionsApi, MESSAGE_LIMIT, type OpenConnection } from './connections-api.ts';
import type { Connection } from './event.ts';
import { selectedKey } from './selection.ts';

/** Why a client may not come in. */
interface Refusal {
  readonly status: number;
  /** What is usual for the status, where there is none. */
  readonly message?: string;
}

export interface WebSocketsPart extends ServicePart {
  /** Takes a connection, or refuses it with a status. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Milliseconds. Source: Amazon API Gateway Developer Guide, "Quotas for configuring and running a WebSocket API". */
export const LIMITS = { idle: 600_000, longest: 7_200_000 };

/** Of clients that say nothing when they close. Source: RFC 6455; the words are those of events of API Gateway. */
const NO_STATUS = 1005;

/** The WebSocket APIs of a service, and the API by which functions write to connections. */
export function webSocketsPart(context: ServiceContext, limits = LIMITS): WebSocketsPart {
  const { plan, activity, apis, warn } = context;
  const names = apiNames(plan.webSockets);
  const nameOf = (api: WebSocketPlan): string => names.get(api) ?? api.logicalId;
  const call = routeCaller(context, nameOf);
  const open = new Map<string, OpenConnection>();
  const protocols = new WeakMap<IncomingMessage, string>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_LIMIT,
    handleProtocols: (_, request) => protocols.get(request) ?? false,
  });
  apis.add(
    'execute-api',
    connectionsApi((id) => open.get(id), names),
  );

  const routeOf = (api: WebSocketPlan, key: string): WebSocketRoutePlan | undefined =>
    api.routes.find((route) => route.key === key);

  /** What refuses a client; `undefined` where it may come in. */
  async function refusal(connection: Connection): Promise<Refusal | undefined> {
    const route = routeOf(connection.api, '$connect');
    const admission = await admit(route, connection, context);
    if (admission.kind === 'refused') return admission;
    if (admission.context) connection.authorizer = admission.context;
    if (!route) return undefined;
    const called = await call(connection, { route, requestId: randomUUID() }, { kind: 'CONNECT' });
    if (called.kind === 'failed') return called;
    if (called.protocol !== undefined) protocols.set(connection.request, called.protocol);
    return called.status >= 200 && called.status < 300 ? undefined : { status: called.status };
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Whoever goes while the function is asked is nobody's failure.
    socket.on('error', () => socket.destroy());
    const api = apiOf(names, request.url ?? '/');
    if (!api) {
      const addresses = [...names.values()].map((name) => `/${name}`);
      warn(`no WebSocket API is at ${request.url}: they are at ${addresses.join(', ')}`);
      refuse(socket, { status: 403 });
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
      .then((refused) => {
        if (refused) refuse(socket, refused);
        else server.handleUpgrade(request, socket, head, (client) => accept(connection, client));
      })
      .catch((error: unknown) => {
        warn(`${nameOf(api)}: ${error instanceof Error ? error.message : String(error)}`);
        refuse(socket, { status: 500, message: 'Internal server error' });
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
      void message(ours, data.toString()).catch((error: unknown) => warn(`${nameOf(api)}: ${String(error)}`));
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
      const step = { kind: 'DISCONNECT', code, reason: told } as const;
      call(connection, { route, requestId: randomUUID() }, step).catch((error: unknown) =>
        warn(`${nameOf(api)}: ${String(error)}`),
      );
    });
  }

  async function message(connection: OpenConnection, body: string): Promise<void> {
    const { api, id } = connection;
    activity.publish({ kind: 'arrived', at: Date.now(), service: 'websocket', to: nameOf(api), id, body });
    const route = routeOf(api, selectedKey(api.selection, body)) ?? routeOf(api, '$default');
    const requestId = randomUUID();
    const problem = (message: string) =>
      connection.send(Buffer.from(JSON.stringify({ message, connectionId: id, requestId })));
    if (!route) return problem('Forbidden');
    const wrong = await messageProblems(body, route.checks, api.models);
    if (wrong.length > 0) {
      warn(`${nameOf(api)} ${route.key}: invalid request body: ${wrong.join(', ')}`);
      return problem('Invalid request body');
    }
    const called = await call(connection, { route, requestId }, { kind: 'MESSAGE', body });
    if (!open.has(id)) return;
    if (called.kind === 'failed') return problem(called.message);
    // Also where it is empty. Seen at AWS: serverless/serverless#6816.
    if (route.answers) await connection.send(Buffer.from(called.body));
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

function refuse(socket: Duplex, { status, message }: Refusal): void {
  const name = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({ message: message ?? name });
  socket.end(
    `HTTP/1.1 ${status} ${name}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
