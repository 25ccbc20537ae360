/** WebSocket APIs whose integrations lead to endpoints of others, or to mocks; by real clients and a real server. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { JsonObject } from '../../../src/template/types.ts';
import { until } from '../../support/eventually.ts';
import {
  type Asked,
  chat,
  endpoint,
  opened,
  refused,
  response,
  routed,
  said,
  silent,
  stopAll,
  twoWay,
} from './chat.ts';

afterEach(stopAll);

const http = (IntegrationUri: string, more: JsonObject = {}): JsonObject => ({
  IntegrationType: 'HTTP',
  IntegrationUri,
  ...more,
});
const proxy = (IntegrationUri: string, more: JsonObject = {}): JsonObject => ({
  ...http(IntegrationUri, more),
  IntegrationType: 'HTTP_PROXY',
});

describe('HTTP', () => {
  it('sends what is mapped, and answers what is mapped', async () => {
    const { url, asked } = await endpoint();
    const api = await chat({
      ...routed(
        'Say',
        'say',
        http(`${url}/rooms/{room}?fixed=1`, {
          IntegrationMethod: 'PUT',
          TemplateSelectionExpression: '\\$default',
          RequestParameters: {
            'integration.request.path.room': 'route.request.body.meta.room',
            'integration.request.querystring.stage': 'context.stage',
            'integration.request.header.X-Secret': 'stageVariables.secret',
            'integration.request.header.X-Static': "'it is'",
            'integration.request.header.X-User': 'route.request.querystring.user',
            'integration.request.header.X-Own': 'route.request.header.X-Own',
          },
          RequestTemplates: { $default: '{"said": $input.json("$.text")}' },
        }),
      ),
      ...twoWay('Say'),
      ...response('Say', '$default', {
        TemplateSelectionExpression: '\\$default',
        ResponseTemplates: { $default: '{"kept": $input.json("$.id")}' },
      }),
    });
    const client = await opened(api, '/prod?user=me', { 'X-Own': 'mine' });
    const message = { action: 'say', text: 'hi', meta: { room: 'a/b' } };
    expect(await said(client, JSON.stringify(message))).toBe('{"kept": 7}');
    const [{ method, url: path, headers, body } = {} as Asked] = asked;
    expect([method, path, body.toString()]).toEqual([
      'PUT',
      '/rooms/a%2Fb?fixed=1&stage=prod',
      '{"said": "hi"}',
    ]);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-secret': 's3',
      'x-static': 'it is',
      'user-agent': 'AmazonAPIGateway_chat000000',
      'x-amzn-apigateway-api-id': 'chat000000',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-/),
    });
    // What a client says as it comes is not said again with each message.
    expect(headers).not.toHaveProperty('x-user');
    expect(headers).not.toHaveProperty('x-own');
  });

  it('is told what a client says as it comes, where that is mapped', async () => {
    const { url, asked } = await endpoint();
    const api = await chat(
      routed(
        'Come',
        '$connect',
        http(url, {
          RequestParameters: {
            'integration.request.header.authToken': 'route.request.querystring.authToken',
            'integration.request.querystring.own': 'route.request.header.X-Own',
            'integration.request.querystring.tags': 'route.request.multivaluequerystring.tag',
            'integration.request.header.X-Body': 'route.request.body.text',
          },
        }),
      ),
    );
    await opened(api, '/prod?authToken=t0?&tag=a&tag=b', { 'X-Own': 'mine' });
    const [{ url: path, headers } = {} as Asked] = asked;
    expect(path).toBe('/?own=mine&tags=a%2Cb');
    expect(headers).toMatchObject({ authtoken: 't0?' });
    expect(headers).not.toHaveProperty('x-own');
    expect(headers).not.toHaveProperty('x-body');
  });

  it.each([
    ['/2\\d\\d/', 201, 'good'],
    ['/4\\d\\d/', 404, 'bad'],
    ['$default', 500, 'other'],
  ])('answers by %s', async (_, status, says) => {
    const { url } = await endpoint(() => ({ status, headers: { 'X-Kind': 'k' } }));
    const with_ = (template: string): JsonObject => ({
      TemplateSelectionExpression: '${integration.response.header.x-kind}',
      ResponseTemplates: { k: template },
    });
    const api = await chat({
      ...routed('Say', '$default', http(url)),
      ...twoWay('Say'),
      ...response('Say', '/2\\d\\d/', with_('good')),
      ...response('Say', '/4\\d\\d/', with_('bad')),
      ...response('Say', '$default', with_('other')),
    });
    expect(await said(await opened(api), '{}')).toBe(says);
  });

  /** Source: Amazon API Gateway Developer Guide, "Binary media types for WebSocket APIs in API Gateway". */
  it('converts messages to bytes, and bytes to text', async () => {
    const bytes = Buffer.from([0, 255, 1]);
    const { url, asked } = await endpoint(({ body }) => ({ body }));
    const api = await chat({
      ...routed(
        'Say',
        '$default',
        http(url, {
          ContentHandlingStrategy: 'CONVERT_TO_BINARY',
          RequestTemplates: { $default: '$input.path("$.bytes")' },
        }),
      ),
      ...twoWay('Say'),
      ...response('Say', '$default', {
        ContentHandlingStrategy: 'CONVERT_TO_TEXT',
        ResponseTemplates: { $default: '{"bytes": "$input.body"}' },
      }),
    });
    const message = JSON.stringify({ bytes: bytes.toString('base64') });
    expect(JSON.parse(await said(await opened(api), message))).toEqual({ bytes: bytes.toString('base64') });
    expect(asked[0]?.body).toEqual(bytes);
  });
});

describe('HTTP_PROXY', () => {
  it('passes messages on as they are, and answers as they are', async () => {
    const { url, asked } = await endpoint(() => ({ status: 400, body: 'no JSON' }));
    const api = await chat({
      ...routed(
        'Say',
        '$default',
        proxy(`${url}/say`, {
          RequestParameters: { 'integration.request.header.connectionId': 'context.connectionId' },
          RequestTemplates: { $default: 'never' },
        }),
      ),
      ...twoWay('Say'),
      ...response('Say', '$default', { ResponseTemplates: { $default: 'never' } }),
    });
    expect(await said(await opened(api), 'hello')).toBe('no JSON');
    const [{ method, url: path, headers, body } = {} as Asked] = asked;
    expect([method, path, body.toString()]).toEqual(['POST', '/say', 'hello']);
    expect(headers).toMatchObject({
      'user-agent': 'AmazonAPIGateway_chat000000',
      connectionid: expect.stringMatching(/=$/),
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-/),
    });
    expect(api.warnings).toEqual(['Chat $default: 400: no JSON']);
  });

  it('hears of a client that comes and goes, and chooses its subprotocol', async () => {
    const { url, asked } = await endpoint(() => ({ headers: { 'Sec-WebSocket-Protocol': 'two' } }));
    const api = await chat({
      ...routed('Come', '$connect', proxy(`${url}/come`)),
      ...twoWay('Come'),
      ...routed('Go', '$disconnect', proxy(`${url}/go`)),
      ...twoWay('Go'),
    });
    const headers = { 'X-Own': 'mine' };
    const client = new WebSocket(`${api.url}/prod?user=me`, ['one', 'two'], { headers });
    await new Promise((done, fail) => client.on('open', done).on('error', fail));
    expect(client.protocol).toBe('two');
    client.close();
    await until(() => asked.length === 2);
    expect(asked.map(({ url: path }) => path)).toEqual(['/come', '/go']);
    expect(asked[0]?.headers).toMatchObject({ 'x-own': 'mine', 'sec-websocket-version': '13' });
    expect(asked[1]?.headers).not.toHaveProperty('x-own');
  });

  it.each([
    [401, 'Unauthorized'],
    [503, 'Service Unavailable'],
    [302, 'Found'],
  ])('refuses a client with %s', async (status, message) => {
    const { url } = await endpoint(() => ({ status }));
    const api = await chat(routed('Come', '$connect', proxy(url)));
    expect(await refused(api)).toEqual([status, { message }]);
  });
});

describe('an endpoint that gives no answer', () => {
  it('is told, and refuses a client', async () => {
    const api = await chat({
      ...routed('Come', '$connect', http('http://127.0.0.1:1')),
      ...twoWay('Come'),
    });
    expect(await refused(api)).toEqual([504, { message: 'Network error communicating with endpoint' }]);
    expect(api.warnings).toEqual([
      expect.stringMatching(/^Chat \$connect: POST http:\/\/127\.0\.0\.1:1\/ gave no answer: /),
    ]);
  });

  it('has as long as its integration says', async () => {
    const api = await chat(routed('Say', '$default', proxy(await silent(), { TimeoutInMillis: 50 })));
    const { message, connectionId, requestId } = JSON.parse(await said(await opened(api), '{}'));
    expect(message).toBe('Endpoint request timed out');
    expect([connectionId, requestId]).toEqual([expect.any(String), expect.any(String)]);
  });
});

describe('MOCK', () => {
  it('answers by the status that its template gives', async () => {
    const api = await chat({
      ...routed('Ping', '$default', {
        IntegrationType: 'MOCK',
        TemplateSelectionExpression: '\\$default',
        RequestTemplates: { $default: '{"statusCode": $input.json("$.status")}' },
      }),
      ...twoWay('Ping'),
      ...response('Ping', '$default', {
        ResponseTemplates: { $default: '{"other": "$context.connectionId"}' },
      }),
      ...response('Ping', '/200/', { ResponseTemplates: { '200': 'pong' } }),
      ...response('Ping', '404', {
        TemplateSelectionExpression: '${request.body.kind}',
        ResponseTemplates: { say: 'no such room' },
      }),
    });
    const client = await opened(api);
    expect(await said(client, '{"status": 200}')).toBe('pong');
    expect(await said(client, '{"status": 404, "kind": "say"}')).toBe('no such room');
    expect(JSON.parse(await said(client, '{"status": 500}'))).toEqual({ other: expect.stringMatching(/=$/) });
  });

  it('lets clients in by its status', async () => {
    const mock = (template?: string) =>
      routed('Come', '$connect', {
        IntegrationType: 'MOCK',
        ...(template !== undefined && { RequestTemplates: { $default: template } }),
      });
    await opened(await chat(mock()));
    await opened(await chat(mock('{"statusCode": 200}')));
    expect(await refused(await chat(mock('{"statusCode": 403}')))).toEqual([403, { message: 'Forbidden' }]);
    const wrong = await chat(mock('{}'));
    expect(await refused(wrong)).toEqual([500, { message: 'Internal server error' }]);
    expect(wrong.warnings).toEqual([
      'Chat $connect: the request template of a mock must give {"statusCode": 200}',
    ]);
  });
});
