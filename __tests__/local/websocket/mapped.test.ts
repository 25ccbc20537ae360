/** WebSocket APIs whose integrations map messages: to services of AWS, and to functions. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/template/types.ts';
import { until } from '../../support/eventually.ts';
import {
  type Asked,
  type Chat,
  chat,
  endpoint,
  HELLO,
  opened,
  refused,
  response,
  routed,
  said,
  stopAll,
  twoWay,
  uri,
} from './chat.ts';

/** An emulator, which answers with the status that a message asks for. */
let emulator: { readonly url: string; readonly asked: Asked[] };
beforeEach(async () => {
  emulator = await endpoint(({ body }) => ({ status: body.includes('refuse') ? 400 : 200 }));
});
afterEach(stopAll);

const withEmulator = (resources: object): Promise<Chat> =>
  chat(resources, {
    remote: {
      url: emulator.url,
      make: false,
      region: 'us-east-1',
      credentials: { accessKeyId: 'mine', secretAccessKey: 'secret' },
    },
  });

describe('a service of AWS', () => {
  it('gets what the template of a message makes', async () => {
    const api = await withEmulator({
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
      ...twoWay('Say'),
      ...response('Say', '$default', { ResponseTemplates: { $default: '{"sent": $input.json("$.id")}' } }),
    });
    const client = await opened(api, '/prod?user=me', { 'X-Own': 'mine' });
    expect(await said(client, '{"kind": "a&b"}')).toBe('{"sent": 7}');
    const [{ url, headers, body } = {} as Asked] = emulator.asked;
    expect(url).toBe('/123456789012/jobs?kind=a%26b');
    const { Id, ...form } = Object.fromEntries(new URLSearchParams(body.toString()));
    expect(form).toEqual({ Action: 'SendMessage', MessageBody: '{"kind":"a&b"}', Type: 'MESSAGE', Who: '' });
    expect(headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'x-connection': Id,
      authorization: expect.stringMatching(/Credential=mine\/\d{8}\/us-east-1\/sqs\/aws4_request/),
    });
    expect(Id).toMatch(/=$/);
    expect(headers).not.toHaveProperty('x-own');
  });

  it('hears of a client that comes and goes', async () => {
    const action = (name: string, key: string) =>
      routed(name, key, {
        IntegrationUri: uri(`dynamodb:action/${name}`),
        RequestTemplates: {
          $default:
            '{"id": "$context.connectionId", "type": "$context.eventType", "who": "$input.params("user") $input.params("x-own")"}',
        },
      });
    const api = await withEmulator({
      ...action('PutItem', '$connect'),
      ...action('DeleteItem', '$disconnect'),
    });
    (await opened(api, '/prod?user=me', { 'X-Own': 'mine' })).close();
    await until(() => emulator.asked.length === 2);
    const told = emulator.asked.map(({ headers, body }) => [
      headers['x-amz-target'],
      JSON.parse(body.toString()),
    ]);
    const { id } = JSON.parse(emulator.asked[0]?.body.toString() ?? '{}');
    expect(told).toEqual([
      ['DynamoDB_20120810.PutItem', { id, type: 'CONNECT', who: 'me mine' }],
      ['DynamoDB_20120810.DeleteItem', { id, type: 'DISCONNECT', who: ' ' }],
    ]);
  });

  it('refuses a client', async () => {
    const RequestTemplates = { $default: 'refuse' };
    const integration = { IntegrationUri: uri('dynamodb:action/PutItem'), RequestTemplates };
    expect(await refused(await withEmulator(routed('Come', '$connect', integration)))).toEqual([
      400,
      { message: 'Bad Request' },
    ]);
  });
});

it('chooses templates by the message, and answers by the status', async () => {
  const api = await withEmulator({
    ...routed('Say', '$default', {
      IntegrationUri: uri('states:action/StartExecution'),
      TemplateSelectionExpression: '${request.body.kind-of}',
      RequestTemplates: { bad: 'refuse', good: 'take' },
    }),
    ...twoWay('Say'),
    ...response('Say', '$default'),
    ...response('Say', '/4\\d\\d/', {
      TemplateSelectionExpression: '${request.body.kind-of}-${integration.response.statuscode}',
      ResponseTemplates: { 'bad-400': 'refused' },
    }),
  });
  const client = await opened(api);
  expect(await said(client, '{"kind-of": "good"}')).toBe('{"id": 7}');
  expect(await said(client, '{"kind-of": "bad"}')).toBe('refused');
  expect(api.warnings).toEqual(['Chat $default: 400: refused']);
  expect(await said(client, '{"kind-of": "none"}')).toBe('{"id": 7}');
  expect(emulator.asked.map(({ body }) => body.toString())).toEqual([
    'take',
    'refuse',
    '{"kind-of": "none"}',
  ]);
});

describe('a function', () => {
  const says = (more: object = {}, key = '$default') =>
    routed('Say', key, {
      IntegrationUri: uri(HELLO),
      RequestTemplates: { 'application/json': '{"said": $input.json("$.text")}' },
      ...more,
    });

  it('gets what a template makes', async () => {
    const api = await chat({ ...says(), ...twoWay('Say') });
    expect(await said(await opened(api), '{"text": "hi"}')).toBe('got {"said":"hi"}');
  });

  /** Source: Amazon API Gateway Developer Guide, "Integration response selection expressions". */
  it('answers by the message of its error', async () => {
    const api = await chat(
      {
        ...says(),
        ...twoWay('Say'),
        ...response('Say', '/no .*/', {
          ResponseTemplates: { $default: 'refused: $input.path("$.errorMessage")' },
        }),
        ...response('Say', '$default', { ResponseTemplates: { $default: 'other' } }),
      },
      { answers: ({ said: text }) => (text === 'hi' ? '{}' : { errorMessage: String(text) }) },
    );
    const client = await opened(api);
    expect(await said(client, '{"text": "no such room"}')).toBe('refused: no such room');
    expect(await said(client, '{"text": "broken"}')).toBe('other');
    expect(await said(client, '{"text": "hi"}')).toBe('other');
  });

  it('refuses a client as it fails, whatever is answered', async () => {
    const api = await chat(
      { ...says({}, '$connect'), ...response('Say', '$default') },
      { answers: () => ({ errorMessage: 'no' }) },
    );
    expect(await refused(api)).toEqual([502, { message: 'Bad Gateway' }]);
  });

  it('is not waited for where it is called asynchronously', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const api = await chat(
      {
        ...says({
          RequestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" },
          TimeoutInMillis: 1,
        }),
        ...twoWay('Say'),
        ...response('Say', '$default', { ResponseTemplates: { $default: 'taken' } }),
      },
      { answers: () => promise },
    );
    const client = await opened(api);
    for (const text of ['a', 'b', 'c']) expect(await said(client, JSON.stringify({ text }))).toBe('taken');
    expect(api.warnings).toEqual([]);
    resolve('');
  });

  it('takes JSON only', async () => {
    const api = await chat(says({ RequestTemplates: { $default: 'no JSON' } }));
    expect(JSON.parse(await said(await opened(api), '{}'))).toMatchObject({
      message: 'Could not parse request body into json',
    });
    expect(api.warnings).toEqual(['Chat $default: what the function would get is no JSON: no JSON']);
  });

  it('has as long as its integration says', async () => {
    const proxy = { IntegrationType: 'AWS_PROXY', IntegrationUri: uri(HELLO), TimeoutInMillis: 50 };
    const { promise, resolve } = Promise.withResolvers<string>();
    const api = await chat(routed('Say', '$default', proxy), { answers: () => promise });
    expect(JSON.parse(await said(await opened(api), '{}'))).toMatchObject({
      message: 'Endpoint request timed out',
    });
    resolve('');
  });

  it('is found by the variables of its stage', async () => {
    const IntegrationUri = `arn:aws:apigateway:us-east-1:${HELLO.replace('Hello', '${stageVariables.fn}')}`;
    const api = await chat(
      {
        ...routed('Say', '$default', { IntegrationType: 'AWS_PROXY', IntegrationUri }),
        ...twoWay('Say'),
        Stage: {
          Type: 'AWS::ApiGatewayV2::Stage',
          Properties: { ApiId: { Ref: 'Chat' }, StageName: 'prod', StageVariables: { fn: 'Hello' } },
        },
      },
      { answers: () => '{"statusCode": 200, "body": "hi"}' },
    );
    expect(await said(await opened(api), '{}')).toBe('hi');
  });
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
    'Unsupported Media Type',
  ],
  [
    'another service',
    { IntegrationUri: uri('glue:action/StartJobRun') },
    'not emulated: integrations with glue',
  ],
  [
    'a network that is not here',
    { IntegrationType: 'HTTP', ConnectionType: 'VPC_LINK', IntegrationUri: 'http://x' },
    'not emulated: a VPC link leads into a network that is not here',
  ],
])('says what is missing: %s', async (_, integration, why, message = 'Internal server error') => {
  const api = await chat(routed('Say', '$default', integration));
  expect(JSON.parse(await said(await opened(api), '{}'))).toMatchObject({ message });
  expect(api.warnings).toEqual([expect.stringContaining(`Chat $default: ${why}`)]);
});

it('takes messages without a template where it has no template at all', async () => {
  const integration = (RequestTemplates: JsonObject): JsonObject => ({
    IntegrationUri: uri('sqs:path/1/jobs'),
    PassthroughBehavior: 'WHEN_NO_TEMPLATES',
    TemplateSelectionExpression: 'x',
    RequestTemplates,
  });
  const api = await withEmulator({
    ...routed('Say', 'say', integration({})),
    ...twoWay('Say'),
    ...routed('Other', 'other', integration({ y: '' })),
  });
  const client = await opened(api);
  expect(await said(client, '{"action": "say"}')).toBe('{"id": 7}');
  expect(JSON.parse(await said(client, '{"action": "other"}'))).toMatchObject({
    message: 'Unsupported Media Type',
  });
});
