/** WebSocket APIs of a stack and of a nested one, by `start` as a step of a workflow, with real clients and endpoints. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { makeWorkspace, runAction, runPost, type StepResult } from '../support/runner.ts';

/** The SDK that Lambda's runtimes bring. */
const NODE_PATH = resolve(import.meta.dirname, '../../node_modules');

const ref = (name: string) => ({ Ref: name });
const of = (type: string, properties: object) => ({
  Type: `AWS::ApiGatewayV2::${type}`,
  Properties: { ApiId: ref('Chat'), ...properties },
});

/** A route that answers, with its integration. */
const route = (
  name: string,
  key: string,
  { route: more = {}, ...integration }: { readonly route?: object; readonly [property: string]: unknown },
) => ({
  [`${name}Integration`]: of('Integration', { IntegrationMethod: 'POST', ...integration }),
  [name]: of('Route', {
    RouteKey: key,
    RouteResponseSelectionExpression: '$default',
    Target: { 'Fn::Sub': `integrations/\${${name}Integration}` },
    ...more,
  }),
  [`${name}Response`]: of('RouteResponse', { RouteId: ref(name), RouteResponseKey: '$default' }),
});

const mock = (says: string) => ({
  ...route('Ping', 'ping', {
    IntegrationType: 'MOCK',
    TemplateSelectionExpression: '200',
    RequestTemplates: { '200': '{"statusCode": 200}' },
  }),
  PingAnswer: of('IntegrationResponse', {
    IntegrationId: ref('PingIntegration'),
    IntegrationResponseKey: '/200/',
    ResponseTemplates: { '200': `{"${says}": "$context.connectionId"}` },
  }),
});

const api = (Name: string, StageName: string) => ({
  Chat: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name, ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
  },
  Stage: of('Stage', { StageName }),
});

/** Writes to the connection that it was called by, as it would in AWS. */
const CODE = `
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi');
exports.handler = async ({ requestContext: { domainName, stage, connectionId } }) => {
  const client = new ApiGatewayManagementApiClient({ endpoint: 'https://' + domainName + '/' + stage });
  await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'written at ' + stage }));
  return { statusCode: 200 };
};`;

const template = (url: string) => ({
  Resources: {
    ...api('chat', 'prod'),
    ...mock('pong'),
    ...route('Come', '$connect', {
      IntegrationType: 'HTTP',
      IntegrationUri: `${url}/come`,
      RequestParameters: {
        'integration.request.header.X-Token': 'route.request.querystring.token',
        'integration.request.header.X-Connection': 'context.connectionId',
      },
    }),
    ...route('Order', 'order', {
      IntegrationType: 'HTTP',
      IntegrationUri: `${url}/orders`,
      TemplateSelectionExpression: '\\$default',
      RequestTemplates: { $default: '{"ordered": $input.json("$.what")}' },
      route: {
        ModelSelectionExpression: '${request.body.action}',
        RequestModels: { order: 'order' },
      },
    }),
    OrderAnswer: of('IntegrationResponse', {
      IntegrationId: ref('OrderIntegration'),
      IntegrationResponseKey: '/2\\d\\d/',
      ResponseTemplates: { $default: '{"taken": $input.json("$.path")}' },
    }),
    OrderModel: of('Model', {
      Name: 'order',
      ContentType: 'application/json',
      Schema: { type: 'object', required: ['what'] },
    }),
    ...route('Pass', '$default', { IntegrationType: 'HTTP_PROXY', IntegrationUri: `${url}/all` }),
    ...route('Tell', 'tell', {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: {
        'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations',
      },
    }),
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::123456789012:role/r',
        Code: { ZipFile: CODE },
      },
    },
    Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './child.json' } },
  },
});

let elsewhere: Server;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
let temp: string;
let started: StepResult;
beforeAll(async () => {
  elsewhere = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/come' && request.headers['x-token'] !== 't0') reply.statusCode = 401;
      reply.end(JSON.stringify({ path: request.url, body: Buffer.concat(chunks).toString() }));
    });
  });
  await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  workspace = await makeWorkspace({
    'template.json': JSON.stringify(template(url)),
    'child.json': JSON.stringify({ Resources: { ...api('inner', 'live'), ...mock('inner') } }),
  });
  temp = await realpath(await mkdtemp(join(tmpdir(), 'start-')));
  started = await runAction({
    workspace: workspace.path,
    inputs: { command: 'start', 'stack-name': 'chat', env: `NODE_PATH=${NODE_PATH}` },
    env: { RUNNER_TEMP: temp },
  });
  expect([started.errors, started.exitCode]).toEqual([[], 0]);
});
afterAll(async () => {
  await runPost({ workspace: workspace.path, env: { RUNNER_TEMP: temp } }, started);
  await workspace.remove();
  await rm(temp, { recursive: true, force: true });
  elsewhere.closeAllConnections();
  elsewhere.close();
});

const address = (path: string): string => `${started.outputs.endpoint?.replace('http', 'ws')}${path}`;

/** A client that is connected, or the status that it is refused with. */
const connected = (path: string) =>
  new Promise<WebSocket | number | undefined>((done, fail) => {
    const client = new WebSocket(address(path));
    client.on('open', () => done(client)).on('error', fail);
    client.on('unexpected-response', (_, reply) => done(reply.statusCode));
  });

async function opened(path: string): Promise<WebSocket> {
  const client = await connected(path);
  if (client instanceof WebSocket) return client;
  throw new Error(`refused with ${client}`);
}

const said = (client: WebSocket, message: unknown) =>
  new Promise<string>((done) => {
    client.once('message', (data) => done(data.toString()));
    client.send(JSON.stringify(message));
  });

describe('start', () => {
  it('says where the APIs are, and where their messages go', () => {
    expect(started.stdout).toContain(`WebSocket chat: ${address('/Chat')}`);
    expect(started.stdout).toContain(`WebSocket inner: ${address('/Child/Chat')}`);
    expect(started.stdout).toMatch(
      /websocket chat order -> http:\/\/127\.0\.0\.1:\d+\/orders \(passed on\), mapped/,
    );
    expect(started.stdout).toContain('websocket inner ping -> mock');
  });

  it('has an endpoint let clients in', async () => {
    expect(await connected('/Chat?token=wrong')).toBe(401);
    (await opened('/Chat?token=t0')).close();
  });

  it('passes messages on, mapped or not, and checks them before', async () => {
    const client = await opened('/Chat?token=t0');
    expect(await said(client, { action: 'order', what: 'tea' })).toBe('{"taken": "/orders"}');
    expect(JSON.parse(await said(client, { action: 'order' }))).toMatchObject({
      message: 'Invalid request body',
    });
    expect(JSON.parse(await said(client, { any: 1 }))).toEqual({ path: '/all', body: '{"any":1}' });
    expect(JSON.parse(await said(client, { action: 'ping' }))).toHaveProperty('pong');
    client.close();
  });

  it('has functions write to the connection by its domain name and stage', async () => {
    const client = await opened('/Chat?token=t0');
    expect(await said(client, { action: 'tell' })).toBe('written at prod');
    client.close();
  });

  it('has an API of the same logical ID in a nested stack, and its connections at the same address', async () => {
    const client = await opened('/Child/Chat');
    const { inner: ConnectionId } = JSON.parse(await said(client, { action: 'ping' }));
    const heard = new Promise<string>((done) => client.once('message', (data) => done(data.toString())));
    const connections = new ApiGatewayManagementApiClient({
      endpoint: `${started.outputs.endpoint}/Child/Chat`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    await connections.send(new PostToConnectionCommand({ ConnectionId, Data: 'hello' }));
    expect(await heard).toBe('hello');
    connections.destroy();
    client.close();
  });
});
