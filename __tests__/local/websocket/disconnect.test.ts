import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
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

/** What the function of `$disconnect` is told of a connection that ends like that. */
async function toldOf(end: (client: WebSocket, id: string, context: Context) => unknown, idle = 600_000) {
  const heard = Promise.withResolvers<{ disconnectStatusCode: number; disconnectReason: string }>();
  const opened = Promise.withResolvers<string>();
  const host = {
    functions: [localFunction()],
    async invoke(_: unknown, payload: string) {
      const { requestContext } = JSON.parse(payload);
      if (requestContext.eventType === 'DISCONNECT') heard.resolve(requestContext);
      else opened.resolve(requestContext.connectionId);
      return { kind: 'success', payload: Buffer.from('{"statusCode":200}') } as unknown as InvokeResult;
    },
  } as unknown as FunctionHost;
  const target = { kind: 'function', arn: 'arn:aws:lambda:us-east-1:123456789012:function:Hello' } as const;
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
          routes: ['$connect', '$disconnect'].map((key) => ({ key, target, answers: false })),
        },
      ],
    },
    host,
  );
  part = webSocketsPart(context, { idle, longest: 7_200_000 });
  server = createServer().on('upgrade', part.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/prod`);
  await new Promise((resolve) => client.on('open', resolve));
  await end(client, await opened.promise, context);
  const { disconnectStatusCode, disconnectReason } = await heard.promise;
  return [disconnectStatusCode, disconnectReason];
}
type Context = ReturnType<typeof serviceContext>['context'];

/** Source: events that API Gateway sent, as they stand in public repositories. */
it.each<[string, Parameters<typeof toldOf>, readonly [number, string]]>([
  ['the client says why', [(client) => client.close(4000, 'bye')], [4000, 'bye']],
  ['the client says nothing', [(client) => client.close()], [1005, 'Client-side close frame status not set']],
  ['nobody writes', [() => undefined, 1], [1001, 'Going away']],
  [
    'the service ends it',
    [
      (_, id, context) =>
        callApi(context, 'execute-api', { method: 'DELETE', path: `/prod/@connections/${id}` }),
    ],
    [1000, 'Connection Closed Normally'],
  ],
])('%s', async (_, given, told) => {
  expect(await toldOf(...given)).toEqual(told);
});
