import { describe, expect, it } from '@jest/globals';
import { missing, overview } from '../../src/commands/local/serve-request.ts';
import { routesOf } from '../../src/local/http-api/routes/index.ts';
import type { ServeRequest } from '../../src/local/server/serve.ts';
import { webSocketLines } from '../../src/local/service/overview.ts';
import { EMPTY_PLAN, type ServicePlan, type WebSocketPlan } from '../../src/local/service/plan.ts';
import type { JsonObject } from '../../src/template/types.ts';
import { samExpanded } from './http-api/apis.ts';

const lines = (Resources: JsonObject): string[] =>
  overview({
    front: {
      kind: 'api',
      routes: routesOf(samExpanded({ Transform: 'AWS::Serverless-2016-10-31', Resources })),
    },
    functions: [],
  } as unknown as ServeRequest);

const withUrl = (more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  Properties: {
    Runtime: 'nodejs22.x',
    Handler: 'i.h',
    InlineCode: 'x',
    FunctionUrlConfig: { AuthType: 'NONE' },
    ...more,
  },
});

it('says which addresses there are, each with what comes before it', () => {
  expect(lines({ U: withUrl() })).toEqual(['ANY    /* -> U']);
  const events = { Get: { Type: 'HttpApi', Properties: { Method: 'GET', Path: '/x' } } };
  expect(lines({ U: withUrl(), F: withUrl({ Events: events }) }).toSorted()).toEqual([
    'ANY    /FUrl/* -> F',
    'ANY    /UUrl/* -> U',
    'GET    /ServerlessHttpApi/x -> F',
  ]);
});

it('says which requests leave this machine, and for where', () => {
  const integration = (type: string, uri: string) => ({
    get: {
      'x-amazon-apigateway-integration': {
        type,
        uri,
        httpMethod: 'GET',
      },
    },
  });
  const paths = {
    '/pets': integration('HTTP_PROXY', 'https://pets.example/v2?fixed=1'),
    '/mapped': integration('HTTP', 'https://pets.example'),
    '/any': integration('HTTP_PROXY', 'https://{host}/v2'),
  };
  const Api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: { openapi: '3.0.1', paths } } };
  expect(lines({ Api })).toEqual([
    'GET    /pets -> https://pets.example/v2?fixed=1 (passed on)',
    'GET    /mapped -> https://pets.example (passed on), mapped',
    'GET    /any -> not emulated: its address is not known here: https://{host}/v2',
  ]);
});

describe('of a whole service', () => {
  const plan: ServicePlan = {
    ...EMPTY_PLAN,
    tables: [
      { kind: 'dynamodb', name: 'shop-Orders', properties: {} },
      { kind: 'kinesis', name: 'shop-Clicks', properties: {} },
    ],
    buckets: [{ name: 'shop-pictures', eventBridge: false, notifications: [] }],
  };
  const missingOf = (more: object = {}, host: object = {}): string[] =>
    missing({
      front: { kind: 'all', routes: [], allowUnverifiedIam: false, plan, ...more },
      host,
    } as unknown as ServeRequest);

  it('says what functions would not find here, and what to do about it', () => {
    const next = 'name an emulator that has it in the input backend';
    expect(missingOf()).toEqual([
      `not here: the table shop-Orders: ${next}`,
      `not here: the stream shop-Clicks: ${next}`,
      `not here: the bucket shop-pictures: ${next}`,
    ]);
  });

  it('says nothing of it where an emulator has it, or AWS may be meant', () => {
    expect(missingOf({ remote: { url: 'http://127.0.0.1:4566' } })).toEqual([]);
    expect(missingOf({}, { credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })).toEqual([]);
  });

  it('says where WebSocket APIs are: of several, each below its logical ID', () => {
    const api = (logicalId: string): WebSocketPlan => ({
      logicalId,
      id: logicalId,
      name: `shop-${logicalId}`,
      stage: 'live',
      stageVariables: {},
      selection: '$request.body.action',
      routes: [],
    });
    const url = 'http://127.0.0.1:3000';
    expect(webSocketLines({ ...EMPTY_PLAN, webSockets: [api('Chat')] }, url)).toEqual([
      'WebSocket shop-Chat: ws://127.0.0.1:3000',
    ]);
    expect(webSocketLines({ ...EMPTY_PLAN, webSockets: [api('Chat'), api('News')] }, url)).toEqual([
      'WebSocket shop-Chat: ws://127.0.0.1:3000/Chat',
      'WebSocket shop-News: ws://127.0.0.1:3000/News',
    ]);
  });
});
