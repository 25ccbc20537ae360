/** APIs of `start` whose integrations are other services of AWS, without a function between. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeWorkspace, runAction, runPost, type StepResult } from '../support/runner.ts';
import { clientsOf } from '../support/service-cases.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const ref = (id: string) => ({ Ref: id });
const role = 'arn:aws:iam::123456789012:role/calls';

/** Passes on what it finds in the queue `jobs`. */
const code = `
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
const sqs = new SQSClient({});
exports.handler = async ({ Records }) => {
  for (const { body, messageAttributes } of Records)
    await sqs.send(new SendMessageCommand({ QueueUrl: process.env.RESULTS, MessageBody: JSON.stringify({ body, messageAttributes }) }));
};
`;

const machine = (Type: string, more: object = {}) => ({
  Type: 'AWS::Serverless::StateMachine',
  Properties: {
    Type,
    Role: role,
    Definition: {
      StartAt: 'Tell',
      States: {
        Tell: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Parameters: { QueueUrl: '${Results}', 'MessageBody.$': '$' },
          ResultPath: null,
          End: true,
        },
      },
    },
    DefinitionSubstitutions: { Results: ref('Results') },
    ...more,
  },
});

const method = (path: string, Integration: object) => ({
  [`${path}Path`]: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: ref('Rest'), ParentId: { 'Fn::GetAtt': 'Rest.RootResourceId' }, PathPart: path },
  },
  [`${path}Method`]: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('Rest'),
      ResourceId: ref(`${path}Path`),
      HttpMethod: 'POST',
      AuthorizationType: 'NONE',
      Integration: { Type: 'AWS', IntegrationHttpMethod: 'POST', Credentials: role, ...Integration },
    },
  },
});

const form = (template: string) => ({
  RequestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
  RequestTemplates: { 'application/json': { 'Fn::Sub': template } },
});

const action = (path: string, IntegrationSubtype: string, RequestParameters: object) => ({
  [`${path}Route`]: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Http'),
      RouteKey: `POST /${path}`,
      Target: { 'Fn::Sub': `integrations/\${${path}Integration}` },
    },
  },
  [`${path}Integration`]: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: ref('Http'),
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype,
      PayloadFormatVersion: '1.0',
      CredentialsArn: role,
      RequestParameters,
    },
  },
});

const TEMPLATE = {
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: {
    Results: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'results' } },
    Jobs: { Type: 'AWS::SQS::Queue', Properties: {} },
    News: { Type: 'AWS::SNS::Topic', Properties: {} },
    FromNews: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: ref('News'),
        Protocol: 'sqs',
        Endpoint: arn('Results'),
        RawMessageDelivery: true,
      },
    },
    Shop: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    FromShop: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: ref('Shop'),
        EventPattern: { source: ['http'] },
        Targets: [{ Id: 'results', Arn: arn('Results') }],
      },
    },
    Works: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        InlineCode: code,
        Environment: { Variables: { RESULTS: ref('Results') } },
        Events: { Jobs: { Type: 'SQS', Properties: { Queue: arn('Jobs') } } },
      },
    },
    Orders: machine('STANDARD', {
      Name: 'orders',
      Events: {
        Post: { Type: 'Api', Properties: { Path: '/orders', Method: 'post' } },
        Mended: {
          Type: 'Api',
          Properties: { Path: '/mended', Method: 'post', UnescapeMappingTemplate: true },
        },
      },
    }),
    Quick: machine('EXPRESS'),
    Rest: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'rest' } },
    ...method('jobs', {
      Uri: {
        'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${Jobs.QueueName}',
      },
      ...form(
        'Action=SendMessage&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Name=kind&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=job',
      ),
      IntegrationResponses: [
        {
          StatusCode: '202',
          ResponseTemplates: {
            'application/json': '{"id": $input.json("$.SendMessageResponse.SendMessageResult.MessageId")}',
          },
        },
      ],
    }),
    ...method('nowhere', {
      Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/nowhere' },
      ...form('Action=SendMessage&MessageBody=x'),
      IntegrationResponses: [
        { StatusCode: '200' },
        {
          StatusCode: '500',
          SelectionPattern: '[45]..',
          ResponseTemplates: { 'application/json': '{"code": $input.json("$.Error.Code")}' },
        },
      ],
    }),
    ...method('news', {
      Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:sns:action/Publish' },
      ...form('TopicArn=$util.urlEncode("${News}")&Message=$util.urlEncode($input.body)'),
      IntegrationResponses: [{ StatusCode: '200' }],
    }),
    ...method('items', {
      Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/PutItem' },
      IntegrationResponses: [{ StatusCode: '200' }],
    }),
    Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'http', ProtocolType: 'HTTP' } },
    ...action('message', 'SQS-SendMessage', { QueueUrl: ref('Jobs'), MessageBody: '$request.body.text' }),
    ...action('event', 'EventBridge-PutEvents', {
      EventBusName: ref('Shop'),
      Source: 'http',
      DetailType: 'asked',
      Detail: '$request.body',
    }),
    ...action('quick', 'StepFunctions-StartSyncExecution', {
      StateMachineArn: ref('Quick'),
      Input: '$request.body',
    }),
  },
};

let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
let temp: string;
let started: StepResult;
let clients: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  workspace = await makeWorkspace({ 'template.json': JSON.stringify(TEMPLATE) });
  temp = await realpath(await mkdtemp(join(tmpdir(), 'integrations-')));
  started = await runAction({
    workspace: workspace.path,
    inputs: {
      command: 'start',
      'stack-name': 'shop',
      env: `NODE_PATH=${resolve(import.meta.dirname, '../../node_modules')}`,
    },
    env: { RUNNER_TEMP: temp },
  });
  expect([started.errors, started.exitCode]).toEqual([[], 0]);
  const { endpoint = '' } = started.outputs;
  clients = clientsOf({ endpoint, chat: endpoint, rest: endpoint, http: endpoint, account: '123456789012' });
});
afterAll(async () => {
  clients?.close();
  await runPost({ workspace: workspace.path, env: { RUNNER_TEMP: temp } }, started);
  await workspace.remove();
  await rm(temp, { recursive: true, force: true });
});

async function post(path: string, body: unknown): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${started.outputs.endpoint}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

it('starts the state machine of an event of SAM', async () => {
  expect(started.stdout).toContain('states:action/StartExecution, mapped');
  const { status, text } = await post('/orders', { order: 'of "Mary"' });
  expect([status, JSON.parse(text)]).toEqual([
    200,
    {
      executionArn: expect.stringMatching(/^arn:aws:states:us-east-1:123456789012:execution:orders:/),
      startDate: expect.any(Number),
    },
  ]);
  await clients.message('results', ({ order }) => order === 'of "Mary"');
  // An apostrophe that is escaped is no JSON, in AWS neither: SAM has a property that mends it.
  expect((await post('/orders', { order: "Mary's" })).status).toBe(400);
  expect((await post('/mended', { order: "Mary's" })).status).toBe(200);
  await clients.message('results', ({ order }) => order === "Mary's");
});

it('sends a form to a queue that a function reads', async () => {
  const { status, text } = await post('/jobs', { job: 'one & two' });
  expect([status, JSON.parse(text)]).toEqual([202, { id: expect.stringMatching(/^[\w-]{36}$/) }]);
  const heard = await clients.message('results', ({ body }) => body === '{"job":"one & two"}');
  expect(heard).toMatchObject({ messageAttributes: { kind: { stringValue: 'job' } } });
  const refused = await post('/nowhere', {});
  expect([refused.status, JSON.parse(refused.text)]).toEqual([
    500,
    { code: 'AWS.SimpleQueueService.NonExistentQueue' },
  ]);
});

it('publishes to a topic', async () => {
  const { status, text } = await post('/news', { news: 1 });
  expect([status, JSON.parse(text)]).toEqual([
    200,
    {
      PublishResponse: {
        PublishResult: { MessageId: expect.any(String), SequenceNumber: null },
        ResponseMetadata: { RequestId: expect.any(String) },
      },
    },
  ]);
  await clients.message('results', ({ news }) => news === 1);
});

it('carries out actions of HTTP APIs', async () => {
  const message = await post('/message', { text: 'of http' });
  expect(message).toEqual({ status: 200, text: expect.stringMatching(/<MessageId>[\w-]{36}<\/MessageId>/) });
  await clients.message('results', ({ body }) => body === 'of http');
  const event = await post('/event', { id: 5 });
  expect([event.status, JSON.parse(event.text)]).toMatchObject([200, { FailedEntryCount: 0 }]);
  expect(await clients.message('results', (each) => each['detail-type'] === 'asked')).toMatchObject({
    source: 'http',
    detail: { id: 5 },
  });
  const execution = await post('/quick', { quick: true });
  expect([execution.status, JSON.parse(execution.text)]).toMatchObject([
    200,
    { status: 'SUCCEEDED', output: '{"quick":true}' },
  ]);
});

it('says which service is not there', async () => {
  const { status, text } = await post('/items', {});
  expect([status, JSON.parse(text).message]).toEqual([
    501,
    expect.stringContaining('dynamodb:action/PutItem: nothing of dynamodb is here'),
  ]);
});

it('is not emulated without the services', async () => {
  const env = { RUNNER_TEMP: await realpath(await mkdtemp(join(tmpdir(), 'integrations-'))) };
  const alone = await runAction({ workspace: workspace.path, inputs: { command: 'start-api' }, env });
  try {
    const why = 'not emulated: states:action/StartExecution wants the services that start serves';
    expect([alone.errors, alone.exitCode, alone.stdout]).toEqual([[], 0, expect.stringContaining(why)]);
    const answer = await fetch(`${alone.outputs.endpoint}/orders`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(501);
  } finally {
    await runPost({ workspace: workspace.path, env }, alone);
    await rm(env.RUNNER_TEMP, { recursive: true, force: true });
  }
});

it.each(['start', 'start-api'])('needs no function: %s', async (command) => {
  const env = { RUNNER_TEMP: await realpath(await mkdtemp(join(tmpdir(), 'integrations-'))) };
  const plain = await makeWorkspace({
    'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      DefinitionBody:
        Fn::Transform: {Name: AWS::Include, Parameters: {Location: api.yaml}}
`,
    'api.yaml': `
openapi: 3.0.1
paths:
  /jobs:
    post:
      x-amazon-apigateway-integration:
        type: aws_proxy
        integrationSubtype: SQS-SendMessage
        payloadFormatVersion: "1.0"
        requestParameters: {QueueUrl: {Ref: Jobs}, MessageBody: $request.body.text}
`,
  });
  const alone = await runAction({ workspace: plain.path, inputs: { command, 'stack-name': 'jobs' }, env });
  try {
    expect([alone.errors, alone.exitCode]).toEqual([[], 0]);
    const answers = ['{"text": "hi"}', '{}'].map(async (body) => {
      const { status } = await fetch(`${alone.outputs.endpoint}/jobs`, { method: 'POST', body });
      return status;
    });
    // What start-api does not have is told, with what has it.
    expect(await Promise.all(answers)).toEqual(command === 'start' ? [200, 400] : [501, 501]);
  } finally {
    await runPost({ workspace: plain.path, env }, alone);
    await plain.remove();
    await rm(env.RUNNER_TEMP, { recursive: true, force: true });
  }
});
