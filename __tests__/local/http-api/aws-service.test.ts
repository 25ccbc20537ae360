/** Integrations with services of AWS: what they are sent, and what becomes of their answers. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { withoutServices } from '../../../src/local/http-api/aws-service/without.ts';
import { routesOf } from '../../../src/local/http-api/routes/index.ts';
import { type Served, samExpanded, samTemplate, serveTemplate } from './apis.ts';

/** What the last call of a service was. */
interface Called {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let service: Server;
let url: string;
let called: Called | undefined;
beforeAll(async () => {
  service = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: asked = '', headers } = request;
      called = {
        method,
        url: asked,
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks).toString(),
      };
      const refused = called.body.includes('refuse');
      response.writeHead(refused ? 400 : 200, {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Of-Service': 'yes',
      });
      response.end(JSON.stringify(refused ? { __type: 'Refused' } : { id: 7 }));
    });
  });
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
});
afterAll(() => {
  service.closeAllConnections();
  service.close();
});
let served: Served | undefined;
afterEach(async () => {
  called = undefined;
  await served?.stop();
  served = undefined;
});

const ref = (name: string) => ({ Ref: name });
const uri = (rest: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:${rest}` });

/** A REST API with one method, for `/{bucket}/{key}`. */
const restWith = (integration: object) =>
  samTemplate(
    {},
    {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'calls' } },
      Bucket: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: {
          RestApiId: ref('Api'),
          ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' },
          PathPart: '{bucket}',
        },
      },
      Key: {
        Type: 'AWS::ApiGateway::Resource',
        Properties: { RestApiId: ref('Api'), ParentId: ref('Bucket'), PathPart: '{key}' },
      },
      Method: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId: ref('Api'),
          ResourceId: ref('Key'),
          HttpMethod: 'ANY',
          AuthorizationType: 'NONE',
          Integration: {
            Type: 'AWS',
            IntegrationHttpMethod: 'POST',
            IntegrationResponses: [{ StatusCode: '200' }],
            ...integration,
          },
        },
      },
    },
  );

const httpWith = (integration: object) =>
  samTemplate(
    {},
    {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'calls', ProtocolType: 'HTTP' } },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: ref('Api'),
          IntegrationType: 'AWS_PROXY',
          PayloadFormatVersion: '1.0',
          ...integration,
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: ref('Api'),
          RouteKey: 'POST /{bucket}/{key}',
          Target: { 'Fn::Join': ['/', ['integrations', ref('Integration')]] },
        },
      },
    },
  );

async function answerOf(template: ReturnType<typeof samTemplate>, body: string, services = true) {
  served = await serveTemplate(template, {
    ...(services && { services: (name) => ({ url, accessKeyId: `of-${name}` }) }),
  });
  const answer = await served.request('/a%2Fb/c?topic=news', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Own': 'mine' },
    body,
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
}

const FORM = 'application/x-www-form-urlencoded';
const form = (template: string) => ({
  RequestParameters: { 'integration.request.header.Content-Type': `'${FORM}'` },
  RequestTemplates: { 'application/json': template },
});

/** Integrations of REST APIs, and what the service gets of a body `{"id": 1}`. */
const REST: readonly (readonly [
  to: string,
  more: object,
  sent: Partial<Called> & { readonly type?: string; readonly target?: string },
])[] = [
  [
    'states:action/StartExecution',
    { RequestTemplates: { 'application/json': '{"input": "$util.escapeJavaScript($input.json(\'$\'))"}' } },
    {
      url: '/',
      type: 'application/x-amz-json-1.0',
      target: 'AWSStepFunctions.StartExecution',
      body: '{"input": "{\\"id\\":1}"}',
    },
  ],
  [
    'dynamodb:action/PutItem',
    {},
    { type: 'application/x-amz-json-1.0', target: 'DynamoDB_20120810.PutItem', body: '{"id":1}' },
  ],
  [
    'streams.dynamodb:action/DescribeStream',
    {},
    { url: '/', type: 'application/x-amz-json-1.0', target: 'DynamoDBStreams_20120810.DescribeStream' },
  ],
  [
    'kinesis:action/PutRecord',
    {},
    { type: 'application/x-amz-json-1.1', target: 'Kinesis_20131202.PutRecord' },
  ],
  ['events:action/PutEvents', {}, { type: 'application/x-amz-json-1.1', target: 'AWSEvents.PutEvents' }],
  [
    'events:action/PutEvents',
    {
      RequestParameters: {
        'integration.request.header.X-Amz-Target': "'AWSEvents.TestEventPattern'",
        'integration.request.header.Content-Type': "'application/json'",
      },
    },
    { type: 'application/json', target: 'AWSEvents.TestEventPattern' },
  ],
  [
    'events:path//',
    {
      RequestParameters: {
        'integration.request.header.X-Amz-Target': "'AWSEvents.PutEvents'",
        'integration.request.header.Content-Type': "'application/x-amz-json-1.1'",
      },
    },
    { url: '/', type: 'application/x-amz-json-1.1', target: 'AWSEvents.PutEvents' },
  ],
  [
    'sns:action/Publish',
    {
      RequestParameters: {
        'integration.request.querystring.Message': 'method.request.body.id',
        'integration.request.querystring.Subject': 'method.request.querystring.topic',
      },
    },
    { url: '/?Action=Publish&Message=1&Subject=news', type: FORM },
  ],
  ['sns:action/Publish&TopicArn=one', {}, { url: '/?Action=Publish&TopicArn=one', type: FORM }],
  [
    'sqs:path/123456789012/jobs',
    form('Action=SendMessage&MessageBody=$util.urlEncode($input.body)'),
    {
      url: '/123456789012/jobs',
      type: FORM,
      body: `Action=SendMessage&MessageBody=${encodeURIComponent('{"id":1}')}`,
    },
  ],
  [
    's3:path/{to}/{key}',
    {
      IntegrationHttpMethod: 'PUT',
      RequestParameters: {
        'integration.request.path.to': 'method.request.path.bucket',
        'integration.request.path.key': "'k'",
        'integration.request.header.X-Own': 'method.request.header.X-Own',
      },
    },
    { method: 'PUT', url: '/a%2Fb/k', headers: { 'x-own': 'mine' }, body: '{"id":1}' },
  ],
  ['files.s3:path/key?acl', { IntegrationHttpMethod: 'GET' }, { method: 'GET', url: '/files/key?acl' }],
];

describe('an integration of a REST API with a service of AWS', () => {
  it.each(REST)('sends what it maps to %s %j', async (to, more, { type, target, headers, ...expected }) => {
    expect(await answerOf(restWith({ Uri: uri(to), ...more }), '{"id":1}')).toEqual({
      status: 200,
      type: 'application/json',
      body: '{"id":7}',
    });
    const name = /^(?:\w+\.)?(\w+):/.exec(to)?.[1];
    expect(called).toMatchObject({
      method: 'POST',
      ...expected,
      headers: {
        ...headers,
        ...(type && { 'content-type': type }),
        ...(target && { 'x-amz-target': target }),
        authorization: expect.stringMatching(`Credential=of-${name}/\\d{8}/us-east-1/${name}/aws4_request`),
      },
    });
    // Emulators refuse what is long past.
    const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(called?.headers['x-amz-date'] ?? '') ?? [];
    const sent = `${day?.replace(/(....)(..)/, '$1-$2-')}T${time?.replace(/(..)(..)/, '$1:$2:')}Z`;
    expect(Math.abs(Date.parse(sent) - Date.now())).toBeLessThan(60_000);
    expect(called?.headers['x-own']).toBe(headers?.['x-own']);
    if (!target) expect(called?.headers).not.toHaveProperty('x-amz-target');
  });

  it('chooses the response by the status of the service', async () => {
    const template = restWith({
      Uri: uri('states:action/StartExecution'),
      IntegrationResponses: [
        { StatusCode: '200', ResponseTemplates: { 'application/json': '{"good": $input.path("$.id")}' } },
        {
          StatusCode: '422',
          SelectionPattern: '4\\d{2}',
          ResponseTemplates: { 'application/json': '{"bad": "$input.path("$.__type")"}' },
        },
      ],
    });
    expect(await answerOf(template, '{}')).toMatchObject({ status: 200, body: '{"good": 7}' });
    await served?.stop();
    expect(await answerOf(template, '"refuse"')).toMatchObject({ status: 422, body: '{"bad": "Refused"}' });
  });

  it.each([
    [
      'glue:action/StartJobRun',
      'integrations with glue (arn:aws:apigateway:us-east-1:glue:action/StartJobRun) are not emulated',
    ],
    [
      's3:action/ListBuckets',
      's3 has no actions by name: arn:aws:apigateway:us-east-1:s3:action/ListBuckets',
    ],
    [
      { text: 'arn:aws:apigateway:${AWS::Region}:sns:path//' },
      'nothing replaces ${AWS::Region} in its address, which Fn::Sub would do: arn:aws:apigateway:${AWS::Region}:sns:path//',
    ],
  ])('is not emulated: %s', async (to, why) => {
    const Uri = typeof to === 'string' ? uri(to) : to.text;
    const { status, body } = await answerOf(restWith({ Uri }), '{}');
    expect([status, JSON.parse(body)]).toEqual([501, { message: `Not emulated here: ${why}` }]);
    expect(called).toBeUndefined();
  });

  it('may not map a header that API Gateway sets itself', async () => {
    const RequestParameters = { 'integration.request.header.Authorization': "'mine'" };
    const template = restWith({ Uri: uri('dynamodb:action/PutItem'), RequestParameters });
    expect(await answerOf(template, '{}')).toMatchObject({ status: 500 });
    expect(called).toBeUndefined();
  });

  it('says which service is not here', async () => {
    const { status, body } = await answerOf(restWith({ Uri: uri('dynamodb:action/PutItem') }), '{}', false);
    expect([status, JSON.parse(body).message]).toEqual([
      501,
      'Not emulated here: dynamodb:action/PutItem: nothing of dynamodb is here: name an emulator that has it in the input backend',
    ]);
  });
});

/** Actions of HTTP APIs, and what the service gets of a body `{"id": 1, "more": {"a": "b c"}}`. */
const ACTIONS: readonly (readonly [
  subtype: string,
  parameters: object,
  sent: { readonly url?: string; readonly type: string; readonly target?: string; readonly body: unknown },
])[] = [
  [
    'EventBridge-PutEvents',
    {
      Source: 'shop',
      DetailType: '$request.querystring.topic',
      Detail: '$request.body.more',
      Resources: 'one, two',
      Time: '2026-11-30T00:00:00Z',
      EventBusName: 'bus of $request.path.key.',
    },
    {
      type: 'application/x-amz-json-1.1',
      target: 'AWSEvents.PutEvents',
      body: {
        Entries: [
          {
            Source: 'shop',
            DetailType: 'news',
            Detail: '{"a":"b c"}',
            Resources: ['one', 'two'],
            Time: 1_795_996_800,
            EventBusName: 'bus of c.',
          },
        ],
      },
    },
  ],
  [
    'SQS-SendMessage',
    {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/jobs',
      MessageBody: '$request.body',
      MessageGroupId: 'of ${request.path.key}',
      MessageAttributes: '{"kind": {"DataType": "String", "StringValue": "x"}}',
    },
    {
      url: '/123456789012/jobs',
      type: FORM,
      body: {
        Action: 'SendMessage',
        MessageBody: '{"id": 1, "more": {"a": "b c"}}',
        MessageGroupId: 'of c',
        'MessageAttribute.1.Name': 'kind',
        'MessageAttribute.1.Value.DataType': 'String',
        'MessageAttribute.1.Value.StringValue': 'x',
      },
    },
  ],
  [
    'EventBridge-PutEvents',
    { Source: 'of.$request.path.key-$request.path.key', Resources: '["a,b"]', Time: '1795996800.5' },
    {
      type: 'application/x-amz-json-1.1',
      target: 'AWSEvents.PutEvents',
      body: { Entries: [{ Source: 'of.c-c', Resources: ['a,b'], Time: 1_795_996_800.5 }] },
    },
  ],
  [
    'SQS-ReceiveMessage',
    {
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/jobs',
      AttributeNames: 'SentTimestamp, SenderId',
      MessageAttributeNames: '["All"]',
      MaxNumberOfMessages: '$request.body.id',
    },
    {
      url: '/123456789012/jobs',
      type: FORM,
      body: {
        Action: 'ReceiveMessage',
        MaxNumberOfMessages: '1',
        'AttributeName.1': 'SentTimestamp',
        'AttributeName.2': 'SenderId',
        'MessageAttributeName.1': 'All',
      },
    },
  ],
  [
    'Kinesis-PutRecord',
    {
      StreamName: 'clicks',
      Data: '$request.body.more.a',
      PartitionKey: '$request.querystring.topic',
      Region: 'eu-west-1',
    },
    {
      type: 'application/x-amz-json-1.1',
      target: 'Kinesis_20131202.PutRecord',
      body: { StreamName: 'clicks', Data: 'b c', PartitionKey: 'news' },
    },
  ],
  [
    'StepFunctions-StartSyncExecution',
    { StateMachineArn: 'arn:m', Input: '$request.body', Name: '$request.body.id', Region: 'eu-west-1' },
    {
      type: 'application/x-amz-json-1.0',
      target: 'AWSStepFunctions.StartSyncExecution',
      body: { stateMachineArn: 'arn:m', name: '1', input: '{"id": 1, "more": {"a": "b c"}}' },
    },
  ],
];

describe('an integration of an HTTP API with a service of AWS', () => {
  it.each(ACTIONS)('sends what it maps to %s', async (IntegrationSubtype, RequestParameters, sent) => {
    const answer = await answerOf(
      httpWith({ IntegrationSubtype, RequestParameters }),
      '{"id": 1, "more": {"a": "b c"}}',
    );
    expect(answer).toMatchObject({ status: 200, body: '{"id":7}' });
    const { type, target, body, url: to = '/' } = sent;
    expect(called).toMatchObject({ method: 'POST', url: to });
    expect([called?.headers['content-type'], called?.headers['x-amz-target']]).toEqual([type, target]);
    const told = called?.body ?? '';
    expect(type === FORM ? Object.fromEntries(new URLSearchParams(told)) : JSON.parse(told)).toEqual(body);
  });

  it.each([
    ['123456789012/jobs?Action=PurgeQueue', '/123456789012/jobs'],
    ['/123456789012/two words#x', '/123456789012/two%20words'],
    ['http://elsewhere.example/1/jobs?Action=PurgeQueue', '/1/jobs'],
    ['http://[', '/'],
  ])('has its action from the template, whatever a request says of the queue: %s', async (QueueUrl, to) => {
    const RequestParameters = { QueueUrl: '$request.body.queue', MessageBody: 'x' };
    const template = httpWith({ IntegrationSubtype: 'SQS-SendMessage', RequestParameters });
    expect(await answerOf(template, JSON.stringify({ queue: QueueUrl }))).toMatchObject({ status: 200 });
    expect(called?.url).toBe(to);
    expect(new URLSearchParams(called?.body ?? '').get('Action')).toBe('SendMessage');
  });

  it('passes back what the service refuses', async () => {
    const template = httpWith({
      IntegrationSubtype: 'StepFunctions-StartExecution',
      RequestParameters: { StateMachineArn: 'refuse' },
    });
    expect(await answerOf(template, '{}')).toMatchObject({ status: 400, body: '{"__type":"Refused"}' });
  });

  it('is read from an OpenAPI document', () => {
    const post = { 'x-amazon-apigateway-integration': { integrationSubtype: 'SQS-PurgeQueue' } };
    const [route] = routesOf(
      samTemplate(
        {},
        {
          Api: {
            Type: 'AWS::ApiGatewayV2::Api',
            Properties: { Body: { openapi: '3.0.1', paths: { '/': { post } } } },
          },
        },
      ),
    );
    expect(route?.target).toMatchObject({
      kind: 'service',
      called: { service: 'sqs', subtype: 'SQS-PurgeQueue' },
    });
  });

  it('asks for a configuration', async () => {
    const RequestParameters = {
      Application: 'shop',
      Environment: '$request.path.bucket',
      Configuration: 'flags',
      ClientId: '$request.querystring.topic',
    };
    const template = httpWith({ IntegrationSubtype: 'AppConfig-GetConfiguration', RequestParameters });
    expect(await answerOf(template, '{}')).toMatchObject({ status: 200, body: '{"id":7}' });
    expect(called).toMatchObject({
      method: 'GET',
      url: '/applications/shop/environments/a%2Fb/configurations/flags?client_id=news',
      body: '',
    });
  });

  it.each([
    [
      'AppConfig-GetConfiguration',
      'nothing of appconfig is here: name an emulator that has it in the input backend',
    ],
    [
      'SQS-Other',
      'integrations of type SQS-Other are not emulated: of actions of services there are AppConfig-',
    ],
  ])('is not emulated: %s', async (IntegrationSubtype, why) => {
    const { status, body } = await answerOf(httpWith({ IntegrationSubtype }), '{}', false);
    expect([status, JSON.parse(body).message]).toEqual([501, expect.stringContaining(why)]);
  });

  it.each([
    ['EventBridge-PutEvents', 'Detail', '$request.body.absent'],
    ['EventBridge-PutEvents', 'EventBusName', '$request.header.x-absent'],
    ['EventBridge-PutEvents', 'Source', 'of ${request.querystring.absent}'],
    ['SQS-SendMessage', 'MessageAttributes', '{"a": "${request.header.x-absent}"}'],
  ])('sends nothing without what it maps: %s, %s', async (IntegrationSubtype, name, source) => {
    const template = httpWith({ IntegrationSubtype, RequestParameters: { [name]: source } });
    const { status, body } = await answerOf(template, '{}');
    expect([status, JSON.parse(body).message]).toEqual([
      400,
      expect.stringContaining(`Unable to resolve property ${name} from source ${source}. `),
    ]);
    expect(called).toBeUndefined();
  });

  it.each([
    ['EventBridge-PutEvents', { Time: 'tomorrow 5' }, 'Time is no date, '],
    ['EventBridge-PutEvents', { Time: '2026-13-01' }, 'Time is no date, '],
    ['EventBridge-PutEvents', { Time: '2026-11-30T08:00:00' }, 'Time is no date, '],
    ['EventBridge-PutEvents', { Resources: '["a"' }, 'Resources is no JSON: "[\\"a\\""'],
    ['EventBridge-PutEvents', { Resources: '[1]' }, 'Resources is no list of texts: "[1]"'],
    ['SQS-SendMessage', { MessageAttributes: '{' }, 'MessageAttributes is no JSON: "{"'],
    ['SQS-SendMessage', { MessageAttributes: 'null' }, 'MessageAttributes is no map of attributes'],
    ['SQS-SendMessage', { MessageSystemAttributes: '{"a": "b"}' }, 'MessageSystemAttributes is no map'],
    ['SQS-ReceiveMessage', { AttributeNames: '[' }, 'AttributeNames is no JSON: "["'],
  ])(
    'says which value its action does not take: %s, %j',
    async (IntegrationSubtype, RequestParameters, why) => {
      const { status, body } = await answerOf(httpWith({ IntegrationSubtype, RequestParameters }), '{}');
      expect([status, JSON.parse(body).message]).toEqual([400, expect.stringContaining(why)]);
      expect(called).toBeUndefined();
    },
  );

  it('joins several values of one name with commas', async () => {
    const RequestParameters = {
      QueueUrl: '/1/jobs',
      MessageBody: '$request.header.x-own: $request.querystring.topic',
    };
    served = await serveTemplate(httpWith({ IntegrationSubtype: 'SQS-SendMessage', RequestParameters }), {
      services: () => ({ url, accessKeyId: 'here' }),
    });
    const headers = ['X-Own', 'x', 'x-own', 'y', 'Host', 'api'];
    await new Promise((done) =>
      request(`${served?.url}/a/b?topic=1&topic=2`, { method: 'POST', headers }, done).end(),
    );
    expect(new URLSearchParams(called?.body).get('MessageBody')).toBe('x,y: 1,2');
  });
});

it('has nothing to call where services are not served', () => {
  const templates = [
    restWith({ Uri: uri('sqs:path/1/jobs') }),
    httpWith({ IntegrationSubtype: 'SQS-SendMessage' }),
    restWith({ Type: 'MOCK' }),
  ];
  const routes = templates.flatMap((template) => routesOf(samExpanded(template)));
  expect(
    withoutServices(routes).map(({ target }) => ('reason' in target ? target.reason : target.kind)),
  ).toEqual([
    'sqs:path/1/jobs wants the services that start serves',
    'SQS-SendMessage wants the services that start serves',
    'mapped',
  ]);
});
