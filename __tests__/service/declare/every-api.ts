import type { Service } from '../../../src/service/types.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-1111-2222-333344445555';

/** A service with every kind of API, and all that each can say. */
export const everyApi: Service = {
  name: 'apis',
  functions: {
    list: { handler: 'list.ts' },
    take: { handler: 'take.ts', version: true, aliases: { live: {} } },
    guard: { handler: 'guard.ts' },
    chat: { handler: 'chat.ts' },
  },
  apis: {
    shop: {
      kind: 'http',
      description: 'Orders',
      routes: {
        'GET /orders': 'list',
        'GET /orders/{id}': { function: 'list', payload: '1.0', timeout: 5000 },
        'POST /orders': {
          function: 'take',
          alias: 'live',
          authorizer: 'people',
          scopes: ['orders.write'],
          throttling: { rate: 5, burst: 10 },
        },
        'DELETE /orders/{id}': { function: 'take', authorizer: 'iam' },
        'GET /internal': { function: 'list', authorizer: 'ours' },
        'GET /members': { function: 'list', authorizer: 'members' },
        $default: { function: 'list', authorizer: 'none' },
      },
      cors: {
        origins: ['https://shop.example.com'],
        methods: ['GET', 'POST'],
        headers: ['Authorization'],
        credentials: true,
        maxAge: 600,
      },
      authorizers: {
        people: { kind: 'jwt', issuer: 'https://login.example.com', audience: ['shop'] },
        ours: { kind: 'lambda', function: 'guard', simple: true, ttl: 60 },
        members: { kind: 'cognito', pool: 'Users', clients: ['client-1'] },
      },
      throttling: { rate: 100, burst: 200 },
      accessLogs: { retention: 7 },
      domain: { name: 'api.example.com', certificate: CERTIFICATE, basePath: 'v1', zone: 'Z0123456789ABC' },
    },
    admin: {
      kind: 'rest',
      routes: {
        'GET /': 'list',
        'GET /orders/{id}': {
          function: 'list',
          authorizer: 'users',
          required: ['querystring.page', 'header.X-Trace'],
        },
        'POST /orders': {
          function: 'take',
          authorizer: 'guard',
          apiKey: true,
          body: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
          throttling: { rate: 1, burst: 2 },
        },
        'ANY /files/{path+}': { function: 'list', authorizer: 'iam', timeout: 10_000 },
      },
      authorizers: {
        users: { kind: 'cognito', pool: 'Users' },
        guard: { kind: 'lambda', function: 'guard', ttl: 0, tokenOnly: true },
      },
      cors: { origins: ['https://shop.example.com'], maxAge: 600 },
      stage: 'live',
      binaryTypes: ['image/png'],
      tracing: true,
      compressFrom: 1024,
      throttling: { rate: 50, burst: 100 },
      accessLogs: true,
      usagePlans: {
        partners: {
          throttling: { rate: 10, burst: 20 },
          quota: { limit: 1000, period: 'DAY' },
          keys: ['acme', 'globex'],
        },
        tests: { keys: ['acme'] },
      },
      domain: { name: 'admin.example.com', certificate: CERTIFICATE },
    },
    chat: {
      kind: 'websocket',
      routes: {
        $connect: 'chat',
        $disconnect: 'chat',
        $default: 'chat',
        say: { function: 'chat', answers: true },
      },
      authorizer: { kind: 'lambda', function: 'guard', sources: ['route.request.querystring.token'] },
      senders: ['chat', 'take'],
      throttling: { rate: 10, burst: 10 },
      accessLogs: true,
      domain: { name: 'chat.example.com', certificate: CERTIFICATE },
    },
  },
  resources: { Users: { Type: 'AWS::Cognito::UserPool' } },
};
