/** REST and HTTP APIs, logs, pipes, rules of IoT, schedules and state machines of the service of service-cases.ts. */
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect } from '@jest/globals';
import type { Clients, ServiceCase } from './service-cases.ts';

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const ref = (id: string) => ({ Ref: id });
const uri = (id: string) => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`,
});
const assumedBy = (service: string, Action: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      {
        PolicyName: 'send',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: [Action, 'sqs:*'], Resource: '*' }],
        },
      },
    ],
  },
});
const restMethod = (path: string, more: object) => ({
  [`${path}Path`]: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: {
      RestApiId: ref('Rest'),
      ParentId: { 'Fn::GetAtt': ['Rest', 'RootResourceId'] },
      PathPart: path,
    },
  },
  [`${path}Post`]: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: ref('Rest'),
      ResourceId: ref(`${path}Path`),
      HttpMethod: 'POST',
      AuthorizationType: 'NONE',
      ...more,
    },
  },
});
const toMock = (template: string) => ({
  Type: 'MOCK',
  RequestTemplates: { 'application/json': '{"statusCode": 200}' },
  IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': template } }],
});
const MethodResponses = [{ StatusCode: '200' }, { StatusCode: '409' }];

const answering = `
exports.handler = async (event) => {
  if (event.fail) throw new Error('order ' + event.fail + ' is taken');
  const { say } = event.queryStringParameters ?? {};
  if (say !== undefined) console.log(say);
  if (event.version === '2.0') return { path: event.rawPath, id: event.pathParameters?.id };
  return event;
};
`;

/** Resources beside those of service-cases.ts. */
export const MORE_RESOURCES = {
  Answer: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: 'answer',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: arn('Role'),
      Code: { ZipFile: answering },
    },
  },
  ByRest: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: ref('Answer'),
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    },
  },
  Rest: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'orders' } },
  Order: {
    Type: 'AWS::ApiGateway::Model',
    Properties: {
      RestApiId: ref('Rest'),
      Name: 'Order',
      ContentType: 'application/json',
      Schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
    },
  },
  Check: {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: {
      RestApiId: ref('Rest'),
      Name: 'check',
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    },
  },
  ...restMethod('checked', {
    RequestValidatorId: ref('Check'),
    RequestModels: { 'application/json': 'Order' },
    RequestParameters: { 'method.request.querystring.page': true },
    Integration: toMock('{"taken": true}'),
    MethodResponses,
  }),
  ...restMethod('keyed', {
    ApiKeyRequired: true,
    Integration: toMock('{"open": true}'),
    MethodResponses,
  }),
  ...restMethod('mapped', {
    Integration: {
      Type: 'AWS',
      IntegrationHttpMethod: 'POST',
      Uri: uri('Answer'),
      RequestTemplates: {
        'application/json': `#set($order = $input.path('$'))
{"id": "$order.id", "tags": $input.json('$.tags'), "page": "$input.params('page')"#if($order.fail), "fail": "$order.fail"#end}`,
      },
      IntegrationResponses: [
        { StatusCode: '200', ResponseTemplates: { 'application/json': '{"order": $input.json("$")}' } },
        {
          StatusCode: '409',
          SelectionPattern: '.*is taken.*',
          ResponseTemplates: { 'application/json': '{"why": $input.json("$.errorMessage")}' },
        },
      ],
    },
    MethodResponses,
  }),
  Key: {
    Type: 'AWS::ApiGateway::ApiKey',
    DependsOn: ['RestStage'],
    Properties: { Name: 'shop', Enabled: true, Value: 'a-key-of-twenty-characters' },
  },
  Plan: {
    Type: 'AWS::ApiGateway::UsagePlan',
    DependsOn: ['RestStage'],
    Properties: { UsagePlanName: 'shop', ApiStages: [{ ApiId: ref('Rest'), Stage: 'v1' }] },
  },
  PlanKey: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: ref('Key'), KeyType: 'API_KEY', UsagePlanId: ref('Plan') },
  },
  NoKey: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: ref('Rest'),
      ResponseType: 'INVALID_API_KEY',
      StatusCode: '401',
      ResponseTemplates: { 'application/json': '{"no": $context.error.messageString}' },
    },
  },
  RestDeployment: {
    Type: 'AWS::ApiGateway::Deployment',
    DependsOn: ['checkedPost', 'keyedPost', 'mappedPost', 'NoKey'],
    Properties: { RestApiId: ref('Rest') },
  },
  RestStage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: ref('Rest'), StageName: 'v1', DeploymentId: ref('RestDeployment') },
  },
  Http: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'http', ProtocolType: 'HTTP' } },
  HttpIntegration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: ref('Http'),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: arn('Answer'),
      PayloadFormatVersion: '2.0',
    },
  },
  HttpRoute: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Http'),
      RouteKey: 'GET /orders/{id}',
      Target: { 'Fn::Join': ['/', ['integrations', ref('HttpIntegration')]] },
    },
  },
  HttpStage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: ref('Http'), StageName: '$default', AutoDeploy: true },
  },
  AnswerLogs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/answer' } },
  ByLogs: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: ref('Tell'),
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.amazonaws.com',
    },
  },
  Remembered: {
    Type: 'AWS::Logs::SubscriptionFilter',
    DependsOn: ['ByLogs'],
    Properties: {
      LogGroupName: ref('AnswerLogs'),
      FilterName: 'remembered',
      // Lines in text have more than what was written: it is no JSON by itself.
      FilterPattern: '"REMEMBER" "l-"',
      DestinationArn: arn('Tell'),
    },
  },
  Piped: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'piped' } },
  PipeRole: assumedBy('pipes.amazonaws.com', 'lambda:InvokeFunction'),
  Pipe: {
    Type: 'AWS::Pipes::Pipe',
    Properties: {
      Name: 'orders',
      RoleArn: arn('PipeRole'),
      Source: arn('Piped'),
      SourceParameters: {
        FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] },
        SqsQueueParameters: { BatchSize: 1 },
      },
      Enrichment: arn('Answer'),
      EnrichmentParameters: { InputTemplate: '{"order": <$.body.id>}' },
      Target: arn('Done'),
      TargetParameters: { InputTemplate: '{"piped": <$.order>}' },
    },
  },
  IotRole: assumedBy('iot.amazonaws.com', 'sqs:SendMessage'),
  Hot: {
    Type: 'AWS::IoT::TopicRule',
    Properties: {
      RuleName: 'hot',
      TopicRulePayload: {
        Sql: "SELECT *, topic(2) AS device FROM 'devices/+/state' WHERE temperature > 30",
        AwsIotSqlVersion: '2016-03-23',
        Actions: [{ Sqs: { QueueUrl: ref('Done'), RoleArn: arn('IotRole'), UseBase64: false } }],
      },
    },
  },
  ByIot: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: ref('Tell'),
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
    },
  },
  SchedulerRole: assumedBy('scheduler.amazonaws.com', 'lambda:InvokeFunction'),
  MachineRole: assumedBy('states.amazonaws.com', 'lambda:InvokeFunction'),
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'take',
      RoleArn: arn('MachineRole'),
      DefinitionString: {
        'Fn::Sub': JSON.stringify({
          StartAt: 'Ask',
          States: {
            Ask: {
              Type: 'Task',
              Resource: '${Answer.Arn}',
              ResultPath: '$.answer',
              Next: 'Send',
            },
            Send: {
              Type: 'Task',
              Resource: 'arn:aws:states:::sqs:sendMessage',
              Parameters: { QueueUrl: '${Done}', 'MessageBody.$': '$.answer' },
              End: true,
            },
          },
        }),
      },
    },
  },
};

export const MORE_OUTPUTS = { RestId: { Value: ref('Rest') }, HttpId: { Value: ref('Http') } };

const post = async ({ rest }: Clients, path: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${rest}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return [response.status, text === '' ? '' : JSON.parse(text)];
};

const clientOf = ({ settings }: Clients) => settings;

export const MORE_CASES: readonly ServiceCase[] = [
  {
    name: 'a REST API refuses bodies that are not as its model says, and takes others',
    emulator: 'it checks no bodies',
    async run(clients) {
      expect(await post(clients, '/checked?page=1', { id: 7 })).toEqual([
        400,
        { message: 'Invalid request body' },
      ]);
      expect(await post(clients, '/checked?page=1', { id: 'a' })).toEqual([200, { taken: true }]);
    },
  },
  {
    name: 'a REST API asks for the parameters that a method needs',
    emulator: 'it checks no parameters',
    async run(clients) {
      expect(await post(clients, '/checked', { id: 'a' })).toEqual([
        400,
        { message: 'Missing required request parameters: [page]' },
      ]);
    },
  },
  {
    name: 'a REST API takes the key of a usage plan',
    async run(clients) {
      expect(await post(clients, '/keyed', {}, { 'x-api-key': 'a-key-of-twenty-characters' })).toEqual([
        200,
        { open: true },
      ]);
    },
  },
  {
    name: 'a REST API answers in its own words what has no such key',
    async run(clients) {
      for (const key of [[], [['x-api-key', 'another']]])
        expect(await post(clients, '/keyed', {}, Object.fromEntries(key))).toEqual([
          401,
          { no: 'Forbidden' },
        ]);
    },
  },
  {
    name: 'mapping templates make the event of a function, and the answer',
    emulator: 'its templates are for mocks',
    async run(clients) {
      expect(await post(clients, '/mapped?page=2', { id: 'o-1', tags: ['a', 'b'] })).toEqual([
        200,
        { order: { id: 'o-1', tags: ['a', 'b'], page: '2' } },
      ]);
    },
  },
  {
    name: 'the message of an error chooses the answer',
    emulator: 'its templates are for mocks',
    async run(clients) {
      expect(await post(clients, '/mapped', { id: 'o-2', fail: 'o-2' })).toEqual([
        409,
        { why: 'order o-2 is taken' },
      ]);
    },
  },
  {
    name: 'a route of an HTTP API calls the function, with the part of its path',
    async run({ http }) {
      const response = await fetch(`${http}/orders/o-3`);
      expect([response.status, await response.json()]).toEqual([200, { path: '/orders/o-3', id: 'o-3' }]);
    },
  },
  {
    name: 'lines of logs that a filter takes call another function',
    async run({ http, message }) {
      for (const said of ['FORGET l-0', 'REMEMBER l-1'])
        await fetch(`${http}/orders/o-4?say=${encodeURIComponent(said)}`);
      const { awslogs } = (await message('results', (event) => 'awslogs' in event)) as {
        awslogs: { data: string };
      };
      const { gunzipSync } = await import('node:zlib');
      const data = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString());
      expect(data).toMatchObject({ messageType: 'DATA_MESSAGE', logGroup: '/aws/lambda/answer' });
      expect(data.logEvents).toHaveLength(1);
      expect(data.logEvents[0].message).toContain('l-1');
    },
  },
  {
    name: 'a pipe filters what is in its queue, has it enriched, and sends it on',
    emulator: 'its pipes pass all on as it is',
    async run({ sqs, urlOf, message }) {
      const QueueUrl = await urlOf('piped');
      for (const body of [
        { kind: 'other', id: 'p-1' },
        { kind: 'order', id: 'p-2' },
      ])
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
      expect(await message('done', (body) => 'piped' in body)).toEqual({ piped: 'p-2' });
    },
  },
  {
    name: 'a rule of IoT sends messages of topics on, by its SQL',
    async run(clients) {
      const client = new IoTDataPlaneClient(clientOf(clients));
      for (const [device, temperature] of [
        ['d-1', 20],
        ['d-2', 40],
      ] as const)
        await client.send(
          new PublishCommand({
            topic: `devices/${device}/state`,
            payload: Buffer.from(JSON.stringify({ temperature })),
          }),
        );
      client.destroy();
      expect(await clients.message('done', (body) => 'device' in body)).toEqual({
        temperature: 40,
        device: 'd-2',
      });
    },
  },
  {
    name: 'a schedule calls the function at its time',
    async run(clients) {
      const client = new SchedulerClient(clientOf(clients));
      const at = new Date(Date.now() + 2_000).toISOString().slice(0, 19);
      const { account } = clients;
      await client.send(
        new CreateScheduleCommand({
          Name: 'once',
          ScheduleExpression: `at(${at})`,
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: `arn:aws:lambda:us-east-1:${account}:function:tell`,
            RoleArn: `arn:aws:iam::${account}:role/scheduler`,
            Input: '{"scheduled":"s-1"}',
          },
        }),
      );
      client.destroy();
      await clients.message('results', ({ scheduled }) => scheduled === 's-1');
    },
  },
  {
    name: 'a state machine calls a function, and sends what it answered to a queue',
    async run({ settings, account, message }) {
      const response = await fetch(settings.endpoint, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-amz-json-1.0',
          'X-Amz-Target': 'AWSStepFunctions.StartExecution',
          Authorization:
            'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/states/aws4_request, SignedHeaders=host, Signature=00',
        },
        body: JSON.stringify({
          stateMachineArn: `arn:aws:states:us-east-1:${account}:stateMachine:take`,
          input: '{"machine":"m-1"}',
        }),
      });
      expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({})]);
      await message('done', ({ machine }) => machine === 'm-1');
    },
  },
];
