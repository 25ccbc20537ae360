/** What routes of WebSocket APIs answer to clients, and what they check of messages. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/template/types.ts';
import {
  type Answers,
  chat,
  endpoint,
  HELLO,
  opened,
  ref,
  refused,
  response,
  routed,
  said,
  stopAll,
  twoWay,
  uri,
} from './chat.ts';

afterEach(stopAll);

const FUNCTION = { IntegrationType: 'AWS_PROXY', IntegrationUri: uri(HELLO) };
const loud = { ResponseTemplates: { $default: 'loud' } };
const answers: Answers = () => '{"statusCode": 200, "body": "loud"}';

/** Source: Amazon API Gateway Developer Guide, "Set up route responses for WebSocket APIs in API Gateway". */
describe('a route answers where it has a response, and only there', () => {
  it.each<[string, (url: string) => JsonObject]>([
    ['AWS_PROXY', () => FUNCTION],
    ['AWS', () => ({ ...FUNCTION, IntegrationType: 'AWS' })],
    ['HTTP', (IntegrationUri) => ({ IntegrationType: 'HTTP', IntegrationUri })],
    ['HTTP_PROXY', (IntegrationUri) => ({ IntegrationType: 'HTTP_PROXY', IntegrationUri })],
    ['MOCK', () => ({ IntegrationType: 'MOCK', RequestTemplates: { $default: '{"statusCode": 200}' } })],
  ])('%s', async (_, integration) => {
    const { url } = await endpoint(() => ({ body: 'loud' }));
    const given = integration(url);
    const api = await chat(
      {
        // A client hears nothing as it comes, whatever the route has.
        ...routed('Come', '$connect', given),
        ...twoWay('Come'),
        ...response('Come', '$default', loud),
        // The expression alone chooses nothing.
        ...routed('Quiet', 'quiet', given, { RouteResponseSelectionExpression: '$default' }),
        ...response('Quiet', '$default', loud),
        ...routed('Loud', 'loud', given),
        ...twoWay('Loud'),
        ...response('Loud', '$default', loud),
      },
      { answers },
    );
    const client = await opened(api);
    const heard: string[] = [];
    client.on('message', (data) => heard.push(data.toString()));
    client.send('{"action": "quiet"}');
    await said(client, '{"action": "nothing"}');
    await said(client, '{"action": "loud"}');
    expect(heard).toEqual([expect.stringContaining('Forbidden'), 'loud']);
  });
});

/** Seen at AWS: serverless/serverless#6816. */
it('answers with an empty message where there is nothing to say', async () => {
  const api = await chat(
    { ...routed('Say', '$default', FUNCTION), ...twoWay('Say') },
    { answers: () => '{"statusCode": 200}' },
  );
  expect(await said(await opened(api), '{}')).toBe('');
});

/** Seen at AWS: middyjs/middy#1219. */
describe('what a function returns', () => {
  it.each([
    ['null'],
    ['"text"'],
    ['{"statusCode": 200, "ConnectionId": "a="}'],
    ['{"statusCode": "ok"}'],
    ['{"statusCode": 200, "body": {"a": 1}}'],
  ])('may be no %s', async (answer) => {
    const api = await chat(
      { ...routed('Say', '$default', FUNCTION), ...routed('Come', '$connect', FUNCTION) },
      { answers: ({ requestContext }) => (isMessage(requestContext) ? answer : '{"statusCode": 200}') },
    );
    const { message } = JSON.parse(await said(await opened(api), '{}'));
    expect(message).toBe('Internal server error');
    expect(api.warnings).toEqual([
      `Chat $default: what the function returned is no response that API Gateway takes, such as {"statusCode": 200}: ${answer}`,
    ]);
    const closed = await chat(routed('Come', '$connect', FUNCTION), { answers: () => answer });
    expect(await refused(closed)).toEqual([502, { message: 'Internal server error' }]);
  });
});

const isMessage = (context: unknown): boolean => JSON.stringify(context).includes('"eventType":"MESSAGE"');

/** Source: Amazon API Gateway Developer Guide, "Request validation for WebSocket APIs in API Gateway". */
describe('a route with models', () => {
  const model = (name: string, Schema: JsonObject): JsonObject => ({
    [name]: {
      Type: 'AWS::ApiGatewayV2::Model',
      Properties: { ApiId: ref('Chat'), Name: name, ContentType: 'application/json', Schema },
    },
  });
  const models = {
    ...model('email', {
      type: 'object',
      required: ['address'],
      properties: { address: { $ref: 'https://apigateway.amazonaws.com/restapis/x/models/address' } },
    }),
    ...model('address', { type: 'string', minLength: 3 }),
  };
  const checked = (RequestModels: JsonObject) => ({
    ...models,
    ...routed('Say', '$default', FUNCTION, {
      ModelSelectionExpression: '${request.body.messageType}',
      RequestModels,
    }),
    ...twoWay('Say'),
  });

  it('refuses messages that are not as the one for them says', async () => {
    let calls = 0;
    const api = await chat(checked({ email: 'email' }), {
      answers: () => {
        calls += 1;
        return '{"statusCode": 200, "body": "sent"}';
      },
    });
    const client = await opened(api);
    const to = (address?: string) => said(client, JSON.stringify({ messageType: 'email', address }));
    expect(JSON.parse(await to())).toEqual({
      message: 'Invalid request body',
      connectionId: expect.stringMatching(/=$/),
      requestId: expect.any(String),
    });
    expect(JSON.parse(await to('a'))).toMatchObject({ message: 'Invalid request body' });
    expect(calls).toBe(0);
    expect(await to('mary@example.com')).toBe('sent');
    expect(api.warnings).toEqual([
      'Chat $default: invalid request body: object has missing required properties (["address"])',
      'Chat $default: invalid request body: string "a" is too short (length: 1, required minimum: 3)',
    ]);
  });

  it('refuses messages that no model is for, unless there is one for all', async () => {
    const strict = await chat(checked({ email: 'email' }), { answers });
    const message = '{"messageType": "call"}';
    expect(JSON.parse(await said(await opened(strict), message))).toMatchObject({
      message: 'Invalid request body',
    });
    expect(strict.warnings).toEqual(['Chat $default: invalid request body: no model is for "call"']);
    const open = await chat(checked({ email: 'email', $default: 'address' }), { answers });
    expect(JSON.parse(await said(await opened(open), message))).toMatchObject({
      message: 'Invalid request body',
    });
    expect(await said(await opened(open), '"hello"')).toBe('loud');
  });

  it('checks nothing without an expression', async () => {
    const api = await chat(
      {
        ...models,
        ...routed('Say', '$default', FUNCTION, { RequestModels: { $default: 'email' } }),
        ...twoWay('Say'),
      },
      { answers },
    );
    expect(await said(await opened(api), '{}')).toBe('loud');
  });
});
