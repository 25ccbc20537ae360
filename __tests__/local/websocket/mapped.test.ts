/** WebSocket APIs whose integrations map messages: to services of AWS, and to functions. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { FunctionHost } from '../../../src/local/function-host.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
import type { ServiceContext } from '../../../src/local/service/part.ts';
import { planOf } from '../../../src/local/service/read/index.ts';
import { type WebSocketsPart, webSocketsPart } from '../../../src/local/websocket/index.ts';
import type { JsonObject, Template } from '../../../src/template/types.ts';
import { until } from '../../support/eventually.ts';
import { localFunction } from '../functions.ts';
import { serviceContext } from '../service-context.ts';

interface Called {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An emulator, which answers with the status that a message asks for. */
let emulator: Server;
let url: string;
const called: Called[] = [];
beforeAll(async () => {
  emulator = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      called.push({ url: request.url ?? '', headers: request.headers as Record<string, string>, body });
      response.writeHead(body.includes('refuse') ? 400 : 200).end('{"id": 7}');
    });
  });
  await new Promise<void>((done) => emulator.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`;
});
afterAll(() => {
  emulator.closeAllConnections();
  emulator.close();
});

let part: WebSocketsPart | undefined;
let front: Server | undefined;
afterEach(async () => {
  await part?.stop();
  front?.closeAllConnections();
  front?.close();
  called.length = 0;
});

const ref = (name: string) => ({ Ref: name });
const routed = (name: string, RouteKey: string, integration: JsonObject, route: JsonObject = {}) => ({
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
const uri = (rest: string) => ({ 'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:${rest}` });
const answered = (name: string, more: JsonObject = {}) => ({
  [`${name}Answer`]: {
    Type: 'AWS::ApiGatewayV2::RouteResponse',
    Properties: { ApiId: ref('Chat'), RouteId: ref(name), RouteResponseKey: '$default' },
  },
  [`${name}Response`]: {
    Type: 'AWS::ApiGatewayV2::IntegrationResponse',
    Properties: {
      ApiId: ref('Chat'),
      IntegrationId: ref(`${name}Integration`),
      IntegrationResponseKey: '$default',
      ...more,
    },
  },
});

interface Connected {
  readonly client: WebSocket;
  readonly warnings: readonly string[];
  /** What the client hears of a message. */
  readonly said: (message: string) => Promise<string>;
}

async function connected(resources: object, given: Partial<ServiceContext> = {}): Promise<Connected> {
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
      ...resources,
    },
  } as unknown as Template;
  const { webSockets } = planOf(template, { physicalIds: { Hello: 'Hello' } });
  const host = {
    functions: [localFunction()],
    invoke: async (_: unknown, payload: string) =>
      ({ kind: 'success', payload: Buffer.from(`got ${payload}`) }) as unknown as InvokeResult,
  } as unknown as FunctionHost;
  const { context, warnings } = serviceContext({ webSockets }, host);
  const credentials = { accessKeyId: 'mine', secretAccessKey: 'secret' };
  const remote = { url, make: false, region: 'us-east-1', credentials };
  part = webSocketsPart({ ...context, remote, ...given });
  front = createServer().on('upgrade', part.upgrade);
  await new Promise<void>((done) => front?.listen(0, '127.0.0.1', done));
  const { port } = front.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}/prod?user=me`, { headers: { 'X-Own': 'mine' } });
  await new Promise<void>((done, fail) => client.on('open', done).on('error', fail));
  const said = (message: string): Promise<string> =>
    new Promise((done) => {
      client.once('message', (data) => done(data.toString()));
      client.send(message);
    });
  return { client, warnings, said };
}

it('sends to a queue what the template of a message makes', async () => {
  const resources = {
    ...routed('Say', '$default', {
      IntegrationUri: uri('sqs:path/123456789012/jobs'),
      TemplateSelectionExpression: '\\$default',
      PassthroughBehavior: 'NEVER',
      RequestParameters: {
        'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
        'integration.request.querystring.kind': 'route.request.body.kind',
        'integration.request.header.X-Connection': 'context.connectionId',
      },
      RequestTemplates: {
        $default:
          'Action=SendMessage&MessageBody=$util.urlEncode($input.json("$"))&Id=$context.connectionId&Type=$context.eventType&Who=$input.params("user")',
      },
    }),
    ...answered('Say', { ResponseTemplates: { $default: '{"sent": $input.json("$.id")}' } }),
  };
  const { said } = await connected(resources);
  expect(await said('{"kind": "a&b"}')).toBe('{"sent": 7}');
  const [{ url: to, headers, body } = { url: '', headers: {} as Called['headers'], body: '' }] = called;
  expect(to).toBe('/123456789012/jobs?kind=a%26b');
  const { Id, ...form } = Object.fromEntries(new URLSearchParams(body));
  expect(form).toEqual({ Action: 'SendMessage', MessageBody: '{"kind":"a&b"}', Type: 'MESSAGE', Who: '' });
  expect(headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    'x-connection': Id,
    authorization: expect.stringMatching(/Credential=mine\/\d{8}\/us-east-1\/sqs\/aws4_request/),
  });
  expect(Id).toMatch(/=$/);
  expect(headers).not.toHaveProperty('x-own');
});

it('carries out an action as a client comes and goes', async () => {
  const action = (name: string, key: string) =>
    routed(name, key, {
      IntegrationUri: uri(`dynamodb:action/${name}`),
      RequestTemplates: {
        $default:
          '{"id": "$context.connectionId", "type": "$context.eventType", "who": "$input.params("user") $input.params("x-own")"}',
      },
    });
  const { client } = await connected({
    ...action('PutItem', '$connect'),
    ...action('DeleteItem', '$disconnect'),
  });
  client.close();
  await until(() => called.length === 2);
  const told = called.map(({ headers, body }) => [headers['x-amz-target'], JSON.parse(body)]);
  const id = JSON.parse(called[0]?.body ?? '{}').id;
  expect(told).toEqual([
    ['DynamoDB_20120810.PutItem', { id, type: 'CONNECT', who: 'me mine' }],
    ['DynamoDB_20120810.DeleteItem', { id, type: 'DISCONNECT', who: ' ' }],
  ]);
});

it('refuses a client that the service refuses', async () => {
  const template = { $default: 'refuse' };
  const integration = { IntegrationUri: uri('dynamodb:action/PutItem'), RequestTemplates: template };
  await expect(connected(routed('Come', '$connect', integration))).rejects.toThrow('400');
});

it('chooses templates by the message, and answers by the status', async () => {
  const resources = {
    ...routed('Say', '$default', {
      IntegrationUri: uri('states:action/StartExecution'),
      TemplateSelectionExpression: '${request.body.kind}',
      RequestTemplates: { bad: 'refuse', good: 'take' },
    }),
    ...answered('Say'),
    Refused: {
      Type: 'AWS::ApiGatewayV2::IntegrationResponse',
      Properties: {
        ApiId: ref('Chat'),
        IntegrationId: ref('SayIntegration'),
        IntegrationResponseKey: '/4\\d\\d/',
        ResponseTemplates: { $default: 'refused' },
      },
    },
  };
  const { said, warnings } = await connected(resources);
  expect(await said('{"kind": "good"}')).toBe('{"id": 7}');
  expect(await said('{"kind": "bad"}')).toBe('refused');
  expect(warnings).toEqual(['Chat $default: 400: refused']);
  expect(await said('{"kind": "none"}')).toBe('{"id": 7}');
  expect(called.map(({ body }) => body)).toEqual(['take', 'refuse', '{"kind": "none"}']);
});

it('calls a function with what a template makes', async () => {
  const resources = {
    ...routed('Say', '$default', {
      IntegrationUri: uri(
        'lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:Hello/invocations',
      ),
      RequestTemplates: { 'application/json': '{"said": $input.json("$.text")}' },
    }),
    ...answered('Say'),
  };
  const { said } = await connected(resources);
  expect(await said('{"text": "hi"}')).toBe('got {"said": "hi"}');
});

it.each([
  [
    'no emulator',
    { IntegrationUri: uri('dynamodb:action/PutItem') },
    'dynamodb:action/PutItem: nothing of dynamodb is here: name an emulator',
  ],
  [
    'no template',
    {
      IntegrationUri: uri('sqs:path/1/jobs'),
      PassthroughBehavior: 'NEVER',
      TemplateSelectionExpression: 'x',
    },
    'no request template is for "x"',
  ],
  [
    'another service',
    { IntegrationUri: uri('glue:action/StartJobRun') },
    'not emulated: integrations with glue',
  ],
  ['an endpoint', { IntegrationType: 'HTTP', IntegrationUri: 'http://x' }, 'not emulated: integration HTTP'],
])('says what is missing: %s', async (_, integration, why) => {
  const { said, warnings } = await connected(routed('Say', '$default', integration), { remote: undefined });
  expect(JSON.parse(await said('{}'))).toMatchObject({ message: 'Internal server error' });
  expect(warnings).toEqual([expect.stringContaining(`Chat $default: ${why}`)]);
});
