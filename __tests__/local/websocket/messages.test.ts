/** What authorizers and routes of WebSocket APIs are told, and what the management API answers, by real clients. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
import type { WebSocketPlan } from '../../../src/local/service/plan.ts';
import { type WebSocketsPart, webSocketsPart } from '../../../src/local/websocket/index.ts';
import { localFunction } from '../functions.ts';
import { callApi, serviceContext } from '../service-context.ts';

let server: Server;
let part: WebSocketsPart;
afterEach(async () => {
  await part.stop();
  server.closeAllConnections();
  server.close();
});

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:Hello';
const target = { kind: 'function', arn } as const;
const policyDocument = {
  Version: '2012-10-17',
  Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: '*' }],
};

interface Told {
  readonly [name: string]: unknown;
  readonly type?: string;
  readonly requestContext: Readonly<Record<string, unknown>>;
}

/** An API whose function answers with its event, and its authorizer with leave. */
async function chat(over: Partial<WebSocketPlan>, identitySources: readonly string[] = []) {
  const told: Told[] = [];
  const host = {
    functions: [localFunction()],
    async invoke(_: unknown, payload: string) {
      const event: Told = JSON.parse(payload);
      told.push(event);
      const answer =
        event.type === 'REQUEST'
          ? { principalId: 'me', policyDocument, context: { admin: true } }
          : { statusCode: 200, body: JSON.stringify(event.requestContext.routeKey) };
      return { kind: 'success', payload: Buffer.from(JSON.stringify(answer)) } as unknown as InvokeResult;
    },
  } as unknown as FunctionHost;
  const authorizer = { kind: 'request', arn, identitySources } as const;
  const { context } = serviceContext(
    {
      webSockets: [
        {
          logicalId: 'Chat',
          id: 'chat',
          name: 'chat',
          stage: 'prod',
          stageVariables: {},
          selection: '$request.body.action',
          routes: [
            { key: '$connect', target, answers: false, authorizer },
            ...['say', 'a/b', '$default'].map((key) => ({ key, target, answers: true })),
          ],
          ...over,
        },
      ],
    },
    host,
  );
  part = webSocketsPart(context);
  server = createServer().on('upgrade', part.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/prod`;
  return { told, context, url };
}

/** A client that is connected, or the status that it was refused with. */
const connected = (url: string) =>
  new Promise<WebSocket | number | undefined>((resolve) => {
    const client = new WebSocket(url);
    client.on('open', () => resolve(client));
    client.on('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode);
    });
  });

async function opened(url: string): Promise<WebSocket> {
  const client = await connected(url);
  if (client instanceof WebSocket) return client;
  throw new Error(`refused with ${client}`);
}

const heard = (client: WebSocket) =>
  new Promise<string>((resolve, reject) => {
    client.once('message', (data) => resolve(data.toString()));
    client.once('close', (code) => reject(new Error(`closed with ${code}`)));
  });

describe('an authorizer', () => {
  /** Source: Amazon API Gateway Developer Guide, "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers". */
  it('is told of no body, and what it says is told to the function', async () => {
    const { url, told } = await chat({}, ['route.request.querystring.token', 'context.identity.sourceIp']);
    await opened(`${url}?token=a?b`);
    const [asked, connect] = told;
    expect(asked).toMatchObject({
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:us-east-1:123456789012:chat/prod/$connect',
      queryStringParameters: { token: 'a?b' },
      requestContext: { eventType: 'CONNECT', routeKey: '$connect' },
    });
    expect(asked).not.toHaveProperty('isBase64Encoded');
    expect(connect).toMatchObject({
      isBase64Encoded: false,
      requestContext: { authorizer: { principalId: 'me', admin: 'true' } },
    });
  });

  it.each(['route.request.querystring.token', 'stageVariables.secret', 'context.identity.user'])(
    'is not asked without %s',
    async (source) => {
      const { url, told } = await chat({}, [source]);
      expect(await connected(url)).toBe(401);
      expect(told).toEqual([]);
    },
  );
});

describe('a message', () => {
  it.each([
    ['$request.body.action', { action: 'say' }, 'say'],
    ['$request.body.message-type', { 'message-type': 'say' }, 'say'],
    ['$request.body.meta.kind', { meta: { kind: 'say' } }, 'say'],
    ['${request.body.one}/${request.body.two-2}', { one: 'a', 'two-2': 'b' }, 'a/b'],
    ['$request.body.action', { action: { say: 1 } }, '$default'],
    ['$request.body.action', ['say'], '$default'],
  ])('goes by %s of %j to %s', async (selection, message, route) => {
    const { url } = await chat({ selection });
    const client = await opened(url);
    const answer = heard(client);
    client.send(JSON.stringify(message));
    expect(JSON.parse(await answer)).toBe(route);
  });
});

describe('@connections', () => {
  it.each([
    ['/prod', 200],
    ['', 200],
    ['/chat', 200],
    ['/Chat', 200],
    ['/test', 403],
  ])('at %s answers %s', async (place, status) => {
    const { url, told, context } = await chat({});
    await opened(url);
    const id = encodeURIComponent(String(told.at(-1)?.requestContext.connectionId));
    const path = `${place}/@connections/${id}`;
    expect((await callApi(context, 'execute-api', { path, body: 'hello' })).status).toBe(status);
  });

  it('sends text, whatever it is given', async () => {
    const { url, told, context } = await chat({});
    const client = await opened(url);
    const answer = heard(client);
    const api = context.apis.of('execute-api');
    const { connectionId } = told.at(-1)?.requestContext ?? {};
    await api?.({
      method: 'POST',
      path: `/prod/@connections/${encodeURIComponent(String(connectionId))}`,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from([0x61, 0xff]),
      gone: new AbortController().signal,
    });
    expect(await answer).toBe('a\uFFFD');
  });

  it('knows no connection of a name that cannot be read', async () => {
    const { context } = await chat({});
    const path = '/prod/@connections/%E0';
    expect((await callApi(context, 'execute-api', { path })).status).toBe(410);
  });
});
