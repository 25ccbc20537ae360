import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
import type { WebSocketPlan } from '../../../src/local/service/plan.ts';
import { webSocketsPart } from '../../../src/local/websocket/index.ts';
import { localFunction } from '../functions.ts';
import { serviceContext } from '../service-context.ts';

const api = (place: string): WebSocketPlan => ({
  logicalId: 'Chat',
  place,
  id: `id-${place.toLowerCase().replace('/', '')}`,
  name: 'chat',
  stage: 'prod',
  stageVariables: {},
  selection: '$request.body.action',
  routes: [
    {
      key: '$default',
      target: { kind: 'function', arn: 'arn:aws:lambda:us-east-1:123456789012:function:Hello' },
      answers: true,
    },
  ],
});

it.each([
  ['/One/Chat', 'id-one'],
  ['/Two/Chat', 'id-two'],
  ['/Two/Chat/prod?a=b', 'id-two'],
  ['/id-two', 'id-two'],
  ['/Three/Chat', undefined],
])('finds the API of two by one logical ID: %s', async (path, id) => {
  const host = {
    functions: [localFunction()],
    invoke: async (_: unknown, payload: string) =>
      ({
        kind: 'success',
        payload: Buffer.from(JSON.stringify({ body: JSON.parse(payload).requestContext.apiId })),
      }) as unknown as InvokeResult,
  } as unknown as FunctionHost;
  const { context } = serviceContext({ webSockets: [api('One/'), api('Two/')] }, host);
  const part = webSocketsPart(context);
  const server = createServer().on('upgrade', part.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  try {
    const answer = await new Promise<string | undefined>((resolve) => {
      client.on('open', () => client.send('x'));
      client.on('message', (message) => resolve(String(message)));
      client.on('error', () => resolve(undefined));
    });
    expect(answer).toBe(id);
  } finally {
    client.close();
    await part.stop();
    server.closeAllConnections();
    server.close();
  }
});
