/** WebSocket APIs of one logical ID in several stacks: each is at its own address, for clients and backends. */
import { afterEach, expect, it } from '@jest/globals';
import type { StackAssembly } from '../../../src/assembly/types.ts';
import { stacksHere } from '../../../src/local/functions/from-assembly.ts';
import { webSocketLines } from '../../../src/local/service/overview.ts';
import { EMPTY_PLAN, type WebSocketPlan } from '../../../src/local/service/plan.ts';
import { joinedPlans } from '../../../src/local/service/read/index.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { callApi } from '../service-context.ts';
import { type Chat, opened, refused, said, serve, stopAll } from './chat.ts';

afterEach(stopAll);

const api = (Name: string) => ({
  Type: 'AWS::ApiGatewayV2::Api',
  Properties: { Name, ProtocolType: 'WEBSOCKET' },
});
const stage = (ApiId: string, StageName: string) => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { ApiId: { Ref: ApiId }, StageName },
});
const document = (Resources: object) => parseTemplate(JSON.stringify({ Resources }), 'app/template.json');
const stack = (id: string, StageName: string): StackAssembly => ({
  id,
  stackName: id.toLowerCase(),
  template: document({
    Chat: api(`${id} chat`),
    Stage: stage('Chat', StageName),
    Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'x' } },
  }),
  nested: [
    {
      id: 'Child',
      template: document({ Chat: api(`${id} child`), Stage: stage('Chat', 'live') }),
      targets: [],
    },
  ],
  assets: [],
  parameters: {},
  tags: {},
  dependsOn: [],
});

async function plansOf(...stacks: StackAssembly[]): Promise<readonly WebSocketPlan[]> {
  const here = await stacksHere(
    { source: 'cdk', stacks },
    {
      root: '/repository',
      region: undefined,
      deployed: new Map(),
      environment: {},
      whole: true,
      warn: () => undefined,
    },
  );
  return joinedPlans(here.map(({ plan }) => plan)).webSockets;
}

/** The API that clients of a path reach: what they are told by it names it. */
async function reached(chat: Chat, path: string): Promise<string | undefined> {
  const client = await opened(chat, path);
  const { connectionId } = JSON.parse(await said(client, '{}'));
  const found = [...(await placesOf(chat, connectionId))];
  client.close();
  return found.join(' ');
}

/** At which of the addresses of all APIs a backend finds a connection. */
async function placesOf({ context }: Chat, id: string): Promise<string[]> {
  const found: string[] = [];
  for (const place of ['/Orders/Chat', '/Orders/Child/Chat', '/Shop/Chat', '/prod', '/test', '/live']) {
    const path = `${place}/@connections/${encodeURIComponent(id)}`;
    const { status } = await callApi(context, 'execute-api', { method: 'GET', path });
    if (status === 200) found.push(place);
  }
  return found;
}

it('shows an address for each, and takes clients and backends there', async () => {
  const webSockets = await plansOf(stack('Orders', 'prod'), stack('Shop', 'test'));
  expect(webSocketLines({ ...EMPTY_PLAN, webSockets }, 'http://127.0.0.1:3000')).toEqual([
    'WebSocket Orders chat: ws://127.0.0.1:3000/Orders/Chat',
    'WebSocket Orders child: ws://127.0.0.1:3000/Orders/Child/Chat',
    'WebSocket Shop chat: ws://127.0.0.1:3000/Shop/Chat',
    'WebSocket Shop child: ws://127.0.0.1:3000/Shop/Child/Chat',
  ]);
  const chat = await serve(webSockets, { answers: () => '{}' });
  expect(await reached(chat, '/Orders/Chat')).toBe('/Orders/Chat /prod');
  expect(await reached(chat, '/Orders/Chat/prod?a=/Shop/Chat')).toBe('/Orders/Chat /prod');
  expect(await reached(chat, '/Orders/Child/Chat')).toBe('/Orders/Child/Chat /live');
  expect(await reached(chat, '/Shop/Chat/test')).toBe('/Shop/Chat /test');
  // One has this stage, two have that one.
  expect(await reached(chat, '/test')).toBe('/Shop/Chat /test');
  expect(await refused(chat, '/live')).toEqual([403, { message: 'Forbidden' }]);
  expect(await refused(chat, '/Chat')).toEqual([403, { message: 'Forbidden' }]);
  expect(chat.warnings).toEqual(
    ['/live', '/Chat'].map(
      (path) =>
        `no WebSocket API is at ${path}: they are at /Orders/Chat, /Orders/Child/Chat, /Shop/Chat, /Shop/Child/Chat`,
    ),
  );
});

it('tells one that is called so alone by its logical ID', async () => {
  const only = { ...stack('Orders', 'prod'), nested: [] };
  const [first] = await plansOf(only);
  const other: WebSocketPlan = {
    logicalId: 'Orders',
    place: 'Shop/',
    id: 'orders0000',
    name: 'orders',
    stage: 'prod',
    stageVariables: {},
    selection: '$request.body.action',
    routes: [],
  };
  if (!first) throw new Error('there is no API');
  const webSockets = [other, { ...first, place: 'Orders/' }, { ...first, place: 'Shop/' }];
  const chat = await serve(webSockets, { answers: () => '{}' });
  // Both begin with `/Orders`: the longer name is meant.
  expect(await reached(chat, '/Orders/Chat')).toBe('/Orders/Chat /prod');
});
