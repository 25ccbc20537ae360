import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as rawRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import { startHttpApi } from '../../../src/local/http-api/server.ts';
import { testHost } from '../functions.ts';
import { apiFunctions, type Served, samExpanded, samTemplate, serveTemplate } from './apis.ts';
import { eventProblems } from './event-schema.ts';

const post = (answer: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(answer),
});

const api = (path: string, method: string) => ({ Type: 'Api', Properties: { Path: path, Method: method } });
const http = (path: string, method: string) => ({
  Type: 'HttpApi',
  Properties: { Path: path, Method: method },
});

describe('a REST API', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveTemplate(
      samTemplate(
        {
          Echo: {
            Events: {
              one: api('/orders/{id}', 'get'),
              fixed: api('/orders/new', 'get'),
              rest: api('/files/{proxy+}', 'any'),
              key: {
                Type: 'Api',
                Properties: { Path: '/keyed', Method: 'get', Auth: { ApiKeyRequired: true } },
              },
            },
          },
          Respond: { Events: { respond: api('/respond', 'post') } },
          Fails: { Events: { fails: api('/fails', 'get') } },
        },
        {},
        { Api: { Cors: "'*'", BinaryMediaTypes: ['image~1*'], Variables: { color: 'blue' } } },
      ),
    );
  });
  afterAll(() => served.stop());

  it('sends events in format 1.0', async () => {
    const response = await served.request('/orders/a%20b?x=1&x=2&y=%26', {
      headers: { 'X-Multi': 'a', Accept: 'text/html' },
    });
    const event = await response.json();
    expect(eventProblems('1.0', event)).toEqual([]);
    expect(event).toMatchObject({
      resource: '/orders/{id}',
      path: '/orders/a%20b',
      httpMethod: 'GET',
      headers: { 'X-Multi': 'a', 'X-Forwarded-Proto': 'http' },
      multiValueHeaders: { 'X-Multi': ['a'] },
      queryStringParameters: { x: '2', y: '&' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: ['&'] },
      pathParameters: { id: 'a b' },
      stageVariables: { color: 'blue' },
      requestContext: {
        stage: 'Prod',
        path: '/Prod/orders/a%20b',
        resourcePath: '/orders/{id}',
        httpMethod: 'GET',
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  it('keeps repeated headers apart', async () => {
    const event = await new Promise<{ headers: object; multiValueHeaders: object }>((resolve, reject) => {
      rawRequest(`${served.url}/orders/1`, { headers: { 'X-Multi': ['a', 'b'] } }, (response) => {
        let text = '';
        response.on('data', (data) => {
          text += data;
        });
        response.on('end', () => resolve(JSON.parse(text)));
      })
        .on('error', reject)
        .end();
    });
    expect(event).toMatchObject({
      headers: { 'X-Multi': 'b' },
      multiValueHeaders: { 'X-Multi': ['a', 'b'] },
    });
  });

  it.each([
    ['/orders/new', '/orders/new', null],
    ['/orders/1', '/orders/{id}', { id: '1' }],
    ['/orders/1/', '/orders/{id}', { id: '1' }],
    ['/files/a/b', '/files/{proxy+}', { proxy: 'a/b' }],
  ])('%s is matched by %s', async (path, resource, pathParameters) => {
    expect(await (await served.request(path)).json()).toMatchObject({ resource, pathParameters });
  });

  it.each([
    ['/nowhere', 'GET'],
    ['/orders/1', 'DELETE'],
    ['/files/', 'GET'],
  ])('%s is not found (%s)', async (path, method) => {
    const response = await served.request(path, { method });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
  });

  it('encodes what was declared binary, and decodes it where it is accepted', async () => {
    const event = await (
      await served.request('/files/x', {
        method: 'PUT',
        headers: { 'Content-Type': 'image/png' },
        body: new Uint8Array([255, 0]),
      })
    ).json();
    expect(event).toMatchObject({ body: '/wA=', isBase64Encoded: true });
    const answer = { statusCode: 200, body: '/wA=', isBase64Encoded: true };
    const accepted = await served.request('/respond', post(answer, { Accept: 'image/png' }));
    expect([...new Uint8Array(await accepted.arrayBuffer())]).toEqual([255, 0]);
    expect(await (await served.request('/respond', post(answer, { Accept: 'text/html' }))).text()).toBe(
      '/wA=',
    );
  });

  it('translates responses', async () => {
    const response = await served.request(
      '/respond',
      post({
        statusCode: 201,
        headers: { 'X-One': 1, 'X-Two': 'lost' },
        multiValueHeaders: { 'X-Two': ['a', 'b'], 'Set-Cookie': ['c=1', 'd=2'] },
        body: 'made',
      }),
    );
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-one')).toBe('1');
    expect(response.headers.get('x-two')).toBe('a, b');
    expect(response.headers.getSetCookie()).toEqual(['c=1', 'd=2']);
    expect(await response.text()).toBe('made');
  });

  it.each([
    ['a text', 'text'],
    ['a list', [1]],
    ['null', null],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a status that is none', { statusCode: 'fine' }],
    ['an unknown key', { statusCode: 200, data: 1 }],
    ['an illegal header', { statusCode: 200, headers: { 'a b': 'c' } }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
  ])('calls %s malformed', async (_what, answer) => {
    const response = await served.request('/respond', post(answer));
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ message: 'Internal server error' });
  });

  it('answers 502 for function errors', async () => {
    const failed = await served.request('/fails');
    expect([failed.status, await failed.json()]).toEqual([502, { message: 'Internal server error' }]);
  });

  it('answers 504 after its time limit', async () => {
    const hasty = await serveTemplate(samTemplate({ Slow: { Events: { slow: api('/slow', 'get') } } }), {
      integrationTimeoutMs: 300,
    });
    const late = await hasty.request('/slow');
    expect([late.status, await late.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
    await hasty.stop();
  });

  it('refuses what is larger than a function may get', async () => {
    const response = await served.request('/respond', {
      method: 'POST',
      body: 'x'.repeat(6 * 1024 * 1024 + 1),
    });
    expect(response.status).toBe(413);
  });

  it('answers preflights by the mock method that SAM adds', async () => {
    const response = await served.request('/respond', { method: 'OPTIONS' });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('OPTIONS,POST');
  });

  it('wants the API key where it is required', async () => {
    expect((await served.request('/keyed')).status).toBe(403);
    const event = await (await served.request('/keyed', { headers: { 'X-Api-Key': 'k' } })).json();
    expect(event).toMatchObject({ requestContext: { identity: { apiKey: 'k' } } });
  });
});

describe('an HTTP API', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveTemplate(
      samTemplate(
        {
          Echo: {
            Events: {
              one: http('/orders/{id}', 'get'),
              rest: http('/files/{proxy+}', 'any'),
              old: {
                Type: 'HttpApi',
                Properties: { Path: '/old', Method: 'get', PayloadFormatVersion: '1.0' },
              },
            },
          },
          Respond: { Events: { respond: http('/respond', 'post') } },
          Fails: { Events: { fails: http('/fails', 'get') } },
        },
        {},
        {
          HttpApi: {
            CorsConfiguration: {
              AllowOrigins: ['https://example.com'],
              AllowMethods: ['GET'],
              AllowHeaders: ['x-a'],
              MaxAge: 600,
              AllowCredentials: true,
            },
          },
        },
      ),
    );
  });
  afterAll(() => served.stop());

  it('sends events in format 2.0', async () => {
    const response = await served.request('/orders/a%20b?x=1&x=2', {
      headers: { Cookie: 'a=1; b=2', 'X-Name': 'v' },
    });
    const event = await response.json();
    expect(eventProblems('2.0', event)).toEqual([]);
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /orders/{id}',
      rawPath: '/orders/a b',
      rawQueryString: 'x=1&x=2',
      cookies: ['a=1', 'b=2'],
      headers: { 'x-name': 'v' },
      queryStringParameters: { x: '1,2' },
      pathParameters: { id: 'a b' },
      requestContext: { stage: '$default', http: { method: 'GET', path: '/orders/a b' } },
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('body');
    expect(event).not.toHaveProperty('headers.cookie');
  });

  it('sends format 1.0 where the integration says so', async () => {
    const { version, ...event } = (await (await served.request('/old')).json()) as { version: string };
    expect(version).toBe('1.0');
    expect(eventProblems('1.0', event)).toEqual([]);
  });

  it.each([
    ['text/plain', 'hi', 'hi', false],
    ['application/vnd.api+json', '{}', '{}', false],
    ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
    ['image/png', 'x', 'eA==', true],
  ])('passes a body of %s', async (type, sent, body, isBase64Encoded) => {
    const response = await served.request('/files/x', {
      method: 'PUT',
      headers: { 'Content-Type': type },
      body: sent,
    });
    expect(await response.json()).toMatchObject({ body, isBase64Encoded });
  });

  it.each([
    ['a map without a status', { a: 1 }, 200, 'application/json', '{"a":1}'],
    ['a text', 'hello', 200, 'application/json', 'hello'],
    ['null', null, 200, 'application/json', 'null'],
    ['a status alone', { statusCode: 204 }, 204, 'text/plain;charset=UTF-8', ''],
    [
      'base64',
      { statusCode: 200, body: 'aGk=', isBase64Encoded: true },
      200,
      'text/plain;charset=UTF-8',
      'hi',
    ],
  ])('infers a response from %s', async (_what, answer, status, type, body) => {
    const response = await served.request('/respond', post(answer));
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      status,
      type,
      body,
    ]);
  });

  it('sets cookies', async () => {
    const response = await served.request('/respond', post({ statusCode: 200, cookies: ['a=1', 'b=2'] }));
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('answers 404 and 500 in its own words', async () => {
    const missing = await served.request('/nowhere');
    expect([missing.status, await missing.json()]).toEqual([404, { message: 'Not Found' }]);
    const failed = await served.request('/fails');
    expect([failed.status, await failed.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('answers preflights itself, for allowed origins and methods', async () => {
    const preflight = (origin: string, method: string) =>
      served.request('/orders/1', {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': method },
      });
    const allowed = await preflight('https://example.com', 'GET');
    expect(allowed.status).toBe(204);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': 'https://example.com',
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'x-a',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '600',
    });
    for (const refused of [
      await preflight('https://evil.example', 'GET'),
      await preflight('https://example.com', 'DELETE'),
    ]) {
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('puts its CORS headers in the place of the function’s', async () => {
    const answer = { statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } };
    const response = await served.request('/respond', post(answer, { Origin: 'https://example.com' }));
    expect(response.headers.get('access-control-allow-origin')).toBe('https://example.com');
  });
});

describe('a function URL', () => {
  let served: Served;
  const url = (config: object) => ({ FunctionUrlConfig: { AuthType: 'NONE', ...config } });
  beforeAll(async () => {
    served = await serveTemplate(
      samTemplate({
        Echo: url({}),
        Fails: url({}),
        Stream: url({ InvokeMode: 'RESPONSE_STREAM' }),
        Respond: { FunctionUrlConfig: { AuthType: 'AWS_IAM' } },
      }),
      { tell: (line) => told.push(line) },
    );
  });
  const told: string[] = [];
  afterAll(() => served.stop());

  it('is reached by its name only, where there are several, and says why it answers itself', async () => {
    told.length = 0;
    expect((await served.request('/orders')).status).toBe(404);
    expect((await served.request('/RespondUrl/')).status).toBe(403);
    expect((await served.request('/FailsUrl/')).status).toBe(502);
    expect(told).toEqual([
      'GET /orders: no route for it',
      'GET /RespondUrl/: 403, refused by its authorizer (iam)',
      expect.stringMatching(/^GET \/FailsUrl\/: Fails failed: /),
    ]);
  });

  it('takes every path, which is chosen by its name among several', async () => {
    const event = await (await served.request('/EchoUrl/a%20b/c?d')).json();
    expect(eventProblems('2.0', event)).toEqual([]);
    expect(event).toMatchObject({
      routeKey: '$default',
      rawPath: '/a%20b/c',
      rawQueryString: 'd',
      requestContext: { accountId: 'anonymous' },
    });
  });

  it('answers 502 for function errors', async () => {
    const response = await served.request('/FailsUrl/');
    expect([response.status, await response.json()]).toEqual([502, { Message: 'Internal Server Error' }]);
  });

  it('streams, with the status and headers of the prelude', async () => {
    const plain = await served.request('/StreamUrl/');
    expect([plain.status, await plain.text()]).toEqual([200, 'one two']);
    const response = await served.request('/StreamUrl/?prelude');
    expect([response.status, response.headers.get('x-kind'), await response.text()]).toEqual([
      201,
      'stream',
      'one two',
    ]);
  });

  it('is closed unless it says NONE', async () => {
    const response = await served.request('/RespondUrl/', {
      headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=x' },
    });
    expect([response.status, await response.json()]).toEqual([403, { Message: 'Forbidden' }]);
  });
});

describe('static files', () => {
  let served: Served;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'local-site-'));
    mkdirSync(join(folder, 'site', 'sub'), { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'site', 'index.html'), '<h1>home</h1>');
    writeFileSync(join(folder, 'site', 'sub', 'a b.css'), 'a{}');
    writeFileSync(join(folder, 'site', '.env'), 'secret');
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'site', 'link.txt'));
    served = await serveTemplate(samTemplate({ Echo: { Events: { one: http('/orders', 'get') } } }), {
      static: join(folder, 'site'),
    });
  });
  afterAll(async () => {
    await served.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['/', 'text/html; charset=utf-8', '<h1>home</h1>'],
    ['/sub/a%20b.css', 'text/css; charset=utf-8', 'a{}'],
  ])('answer %s', async (path, type, body) => {
    const response = await served.request(path);
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      type,
      body,
    ]);
  });

  it.each([
    '/..%2fsecret.txt',
    '/sub/..%2f..%2fsecret.txt',
    '/.env',
    '/link.txt',
    '/%00',
    '/%',
    '/sub',
    '/..%5csecret.txt',
  ])('do not answer %s', async (path) => {
    const response = await served.request(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
  });

  it('give way to routes', async () => {
    expect(await (await served.request('/orders')).json()).toMatchObject({ routeKey: 'GET /orders' });
  });
});

describe('two APIs of one logical ID', () => {
  const routesAt = (place: string, fn: string) => {
    const routes = routesOf(samExpanded(samTemplate({ [fn]: { Events: { get: http('/orders', 'get') } } })));
    const placed = new Map(routes.map(({ api: own }) => [own, { ...own, place }]));
    return routes.map((route) => ({ ...route, api: placed.get(route.api) ?? route.api }));
  };

  it('are reached by their stacks and names, of which the paths in their events have none', async () => {
    const host = testHost(apiFunctions);
    const endpoint = await startHttpApi(host, [...routesAt('One/', 'Echo'), ...routesAt('Two/', 'Fails')]);
    try {
      const get = (path: string) => fetch(endpoint.url + path);
      const echoed = await get('/One/ServerlessHttpApi/orders');
      expect(await echoed.json()).toMatchObject({ rawPath: '/orders' });
      expect((await get('/Two/ServerlessHttpApi/orders')).status).toBe(500);
      expect((await get('/ServerlessHttpApi/orders')).status).toBe(404);
      expect((await get('/orders')).status).toBe(200);
    } finally {
      await endpoint.stop();
      await host.stop();
    }
  });
});
