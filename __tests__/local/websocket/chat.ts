import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
import type { ServiceContext } from '../../../src/local/service/part.ts';
import { planOf } from '../../../src/local/service/read/index.ts';
import { webSocketsPart } from '../../../src/local/websocket/index.ts';
import type { JsonObject, Template } from '../../../src/template/types.ts';
import { localFunction } from '../functions.ts';
import { serviceContext } from '../service-context.ts';

export const ref = (name: string) => ({ Ref: name });

/** Within the partition and region of the stack. */
export const uri = (rest: string) => ({ 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:${rest}` });

/** The function that is here. */
export const HELLO =
  'lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:Hello/invocations';

/** A route and its integration. */
export const routed = (
  name: string,
  RouteKey: string,
  integration: JsonObject,
  route: JsonObject = {},
): JsonObject => ({
  [`${name}Integration`]: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { ApiId: ref('Chat'), IntegrationMethod: 'POST', IntegrationType: 'AWS', ...integration },
  },
  [name]: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Chat'),
      RouteKey,
      Target: { 'Fn::Sub': `integrations/\${${name}Integration}` },
      ...route,
    },
  },
});

/** A route that answers. */
export const twoWay = (name: string): JsonObject => ({
  [`${name}Answer`]: {
    Type: 'AWS::ApiGatewayV2::RouteResponse',
    Properties: { ApiId: ref('Chat'), RouteId: ref(name), RouteResponseKey: '$default' },
  },
});

/** An integration response of a route. */
export const response = (name: string, key: string, more: JsonObject = {}): JsonObject => ({
  [`${name}Response${key.replace(/\W/g, '')}`]: {
    Type: 'AWS::ApiGatewayV2::IntegrationResponse',
    Properties: {
      ApiId: ref('Chat'),
      IntegrationId: ref(`${name}Integration`),
      IntegrationResponseKey: key,
      ...more,
    },
  },
});

export interface Chat {
  /** `ws://127.0.0.1:<port>` */
  readonly url: string;
  readonly warnings: readonly string[];
  readonly context: ServiceContext;
}

const stops: (() => Promise<unknown>)[] = [];

/** Ends what a test started. */
export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0)) await stop();
}

function listening(server: Server): Promise<string> {
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done(`127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
}

/** What functions answer to an event: a text, or why they fail. */
export type Answers = (event: JsonObject) => string | { readonly errorMessage: string } | Promise<string>;

/** The WebSocket API of a template, and what its function answers. */
export async function chat(
  resources: object,
  {
    answers = (event) => `got ${JSON.stringify(event)}`,
    ...given
  }: Partial<ServiceContext> & { readonly answers?: Answers } = {},
): Promise<Chat> {
  const template = {
    Resources: {
      Chat: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: {
          Name: 'chat',
          ProtocolType: 'WEBSOCKET',
          RouteSelectionExpression: '$request.body.action',
        },
      },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: { ApiId: ref('Chat'), StageName: 'prod', StageVariables: { secret: 's3' } },
      },
      ...resources,
    },
  } as unknown as Template;
  const { webSockets } = planOf(template, { physicalIds: { Hello: 'Hello' } });
  return serve(webSockets, { answers, ...given });
}

/** Serves WebSocket APIs. */
export async function serve(
  webSockets: ServiceContext['plan']['webSockets'],
  { answers, ...given }: Partial<ServiceContext> & { readonly answers: Answers },
): Promise<Chat> {
  const host = {
    functions: [localFunction()],
    async invoke(_: unknown, payload: string) {
      const answer = await answers(JSON.parse(payload));
      return (typeof answer === 'string'
        ? { kind: 'success', payload: Buffer.from(answer) }
        : {
            kind: 'function-error',
            error: answer,
            payload: Buffer.from(JSON.stringify(answer)),
          }) as unknown as InvokeResult;
    },
  } as unknown as FunctionHost;
  const { context, warnings } = serviceContext({ webSockets }, host);
  const whole = { ...context, ...given };
  const part = webSocketsPart(whole);
  stops.push(() => part.stop());
  const url = `ws://${await listening(createServer().on('upgrade', part.upgrade))}`;
  return { url, warnings, context: whole };
}

/** A client that is connected; fails where it is refused. */
export async function opened(
  { url }: Chat,
  path = '/prod',
  headers: Record<string, string> = {},
): Promise<WebSocket> {
  const client = new WebSocket(`${url}${path}`, { headers });
  await new Promise<void>((done, fail) => client.on('open', done).on('error', fail));
  return client;
}

/** What refuses a client. */
export const refused = ({ url }: Chat, path = '/prod') =>
  new Promise<readonly [number | undefined, unknown]>((done, fail) => {
    const client = new WebSocket(`${url}${path}`);
    client.on('open', () => fail(new Error('it was let in')));
    client.on('unexpected-response', (_, answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => done([answer.statusCode, JSON.parse(Buffer.concat(chunks).toString())]));
    });
  });

/** What a client hears of a message. */
export const said = (client: WebSocket, message: string): Promise<string> =>
  new Promise((done) => {
    client.once('message', (data) => done(data.toString()));
    client.send(message);
  });

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A server that keeps what it is asked, and answers `{"id": 7}` unless it is told otherwise. */
export async function endpoint(
  answers: (asked: Asked) => {
    readonly status?: number;
    readonly headers?: Record<string, string | string[]>;
    readonly body?: string | Buffer;
  } = () => ({}),
) {
  const asked: Asked[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks) };
      asked.push(one);
      const { status = 200, headers: given = {}, body = '{"id": 7}' } = answers(one);
      reply.writeHead(status, given).end(body);
    });
  });
  return { url: `http://${await listening(server)}`, asked };
}

/** The address of a server that never answers. */
export const silent = async (): Promise<string> => `http://${await listening(createServer(() => {}))}`;
