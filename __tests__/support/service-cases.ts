import { setTimeout as pause } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect } from '@jest/globals';
import { WebSocket } from 'ws';
import { MORE_CASES, MORE_OUTPUTS, MORE_RESOURCES } from './more-cases.ts';

/** A service whose function tells the queue `results` of everything that it is called with. */
const code = `
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require('@aws-sdk/client-apigatewaymanagementapi');
const sqs = new SQSClient({});
exports.handler = async (event) => {
  await sqs.send(new SendMessageCommand({ QueueUrl: process.env.RESULTS, MessageBody: JSON.stringify(event) }));
  const { connectionId, routeKey, domainName, stage, apiId } = event.requestContext ?? {};
  if (routeKey === 'say') {
    const { EMULATOR } = process.env;
    const endpoint = EMULATOR ? EMULATOR + '/_aws/execute-api/' + apiId + '/' + stage : 'https://' + domainName + '/' + stage;
    const client = new ApiGatewayManagementApiClient({ endpoint });
    await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'heard ' + event.body }));
  }
  if (connectionId !== undefined) return { statusCode: 200 };
  if (event.fail === true) throw new Error('as asked');
  const failed = (event.Records ?? []).filter(({ body }) => body?.includes('bad'));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
`;

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const role = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    Policies: [
      {
        PolicyName: 'tell',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['sqs:*', 'execute-api:ManageConnections', 'logs:*'],
              Resource: '*',
            },
          ],
        },
      },
    ],
  },
};
const queue = (QueueName: string, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});
const permission = (Principal: string) => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { FunctionName: { Ref: 'Tell' }, Action: 'lambda:InvokeFunction', Principal },
});
const mapping = (id: string, more: object = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: { Ref: 'Tell' }, EventSourceArn: arn(id), ...more },
});
const route = (RouteKey: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: { Ref: 'Chat' },
    RouteKey,
    Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
  },
});

/** A kind of each event source that works in one process. */
export const SERVICE = {
  // The emulator knows no host names of its APIs, so its address is given.
  Parameters: { Emulator: { Type: 'String', Default: '' } },
  Resources: {
    Role: role,
    Results: queue('results'),
    Dead: queue('dead'),
    Jobs: queue('jobs', {
      VisibilityTimeout: 2,
      RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 2 },
    }),
    Ordered: queue('ordered.fifo', { FifoQueue: true, ContentBasedDeduplication: true }),
    Raw: queue('raw'),
    Done: queue('done'),
    Failed: queue('failed'),
    News: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
    Shop: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    Tell: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'tell',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Timeout: 2,
        Role: arn('Role'),
        Code: { ZipFile: code },
        Environment: { Variables: { RESULTS: { Ref: 'Results' }, EMULATOR: { Ref: 'Emulator' } } },
      },
    },
    Afterwards: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Tell' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: {
          OnSuccess: { Destination: arn('Done') },
          OnFailure: { Destination: arn('Failed') },
        },
      },
    },
    FromJobs: mapping('Jobs', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["job","bad"]}}' }] },
    }),
    FromOrdered: mapping('Ordered', { BatchSize: 2 }),
    FromNews: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'News' },
        Protocol: 'lambda',
        Endpoint: arn('Tell'),
        FilterPolicy: { importance: ['high'] },
      },
    },
    ToRaw: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'News' },
        Protocol: 'sqs',
        Endpoint: arn('Raw'),
        RawMessageDelivery: true,
      },
    },
    RawPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Raw' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: arn('Raw'),
            },
          ],
        },
      },
    },
    ByNews: permission('sns.amazonaws.com'),
    ByRules: permission('events.amazonaws.com'),
    ByChat: permission('apigateway.amazonaws.com'),
    Orders: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { Ref: 'Shop' },
        EventPattern: { source: ['shop.orders'], detail: { amount: [{ numeric: ['>', 10] }] } },
        Targets: [
          {
            Id: 'tell',
            Arn: arn('Tell'),
            InputTransformer: {
              InputPathsMap: { id: '$.detail.id' },
              InputTemplate: '{"order": <id>, "rule": true}',
            },
          },
        ],
      },
    },
    Chat: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'chat',
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: '$request.body.action',
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Chat' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: {
          'Fn::Sub':
            'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Tell.Arn}/invocations',
        },
      },
    },
    Connect: route('$connect'),
    Say: route('say'),
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Chat' }, StageName: 'prod', AutoDeploy: true },
    },
    ...MORE_RESOURCES,
  },
  Outputs: { ChatId: { Value: { Ref: 'Chat' } }, ...MORE_OUTPUTS },
};

/** Where a service answers: here, or deployed. */
export interface ServiceUnderTest {
  readonly endpoint: string;
  /** `ws://...` */
  readonly chat: string;
  /** Of the REST API and the HTTP API, without a slash at the end. */
  readonly rest: string;
  readonly http: string;
  readonly account: string;
}

export interface ServiceCase {
  readonly name: string;
  /** Why the emulator's stack cannot do it. */
  readonly emulator?: string;
  run(clients: Clients): Promise<void>;
}

export type Clients = ReturnType<typeof clientsOf>;

/** Real SDK clients, and what the function told so far. */
export function clientsOf({ endpoint, chat, rest, http, account }: ServiceUnderTest) {
  const settings = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const sqs = new SQSClient(settings);
  const sns = new SNSClient(settings);
  const events = new EventBridgeClient(settings);
  const lambda = new LambdaClient(settings);
  const urlOf = async (QueueName: string) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
  const taken = new Map<string, Record<string, unknown>[]>();

  /** The first message of a queue that is what is looked for; others stay for later. */
  async function message(
    name: string,
    isIt: (body: Record<string, unknown>) => boolean,
  ): Promise<Record<string, unknown>> {
    const QueueUrl = await urlOf(name);
    const before = taken.get(name) ?? [];
    taken.set(name, before);
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
      const at = before.findIndex(isIt);
      const [found] = at < 0 ? [] : before.splice(at, 1);
      if (found) return found;
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }),
      );
      for (const { Body = '', ReceiptHandle } of Messages) {
        before.push(parsed(Body));
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
    throw new Error(`${name} has ${JSON.stringify(before)}`);
  }
  return {
    sqs,
    sns,
    events,
    settings,
    chat,
    rest,
    http,
    account,
    urlOf,
    message,
    invokeLater: (payload: object) =>
      lambda.send(
        new InvokeCommand({
          FunctionName: 'tell',
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify(payload)),
        }),
      ),
    async topic(name: string) {
      const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
      return Topics.find(({ TopicArn }) => TopicArn?.endsWith(`:${name}`))?.TopicArn;
    },
    close() {
      for (const client of [sqs, sns, events, lambda]) client.destroy();
    },
  };
}

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
};

interface Told {
  readonly body?: string;
  readonly eventSource?: string;
  readonly attributes?: Record<string, string>;
  readonly messageAttributes?: object;
  readonly Sns?: { readonly Message: string; readonly Subject: string; readonly MessageAttributes: object };
}
const recordsOf = (event: Record<string, unknown>) => (event.Records ?? []) as readonly Told[];
const hasBody = (text: string) => (event: Record<string, unknown>) =>
  recordsOf(event).some(({ body }) => body?.includes(text));

const isAbout = (id: string) => (record: Record<string, unknown>) =>
  (record.requestPayload as { async?: string })?.async === id;

/** What is sent, and what has to come of it: the same here and where the service is deployed. */
export const SERVICE_CASES: readonly ServiceCase[] = [
  {
    name: 'a message of a queue calls the function, with its attributes',
    async run({ sqs, urlOf, message }) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: await urlOf('jobs'),
          MessageBody: '{"kind":"job","id":"j-1"}',
          MessageAttributes: { colour: { DataType: 'String', StringValue: 'blue' } },
        }),
      );
      const [record] = recordsOf(await message('results', hasBody('j-1')));
      expect(record).toMatchObject({
        eventSource: 'aws:sqs',
        attributes: { ApproximateReceiveCount: '1' },
        messageAttributes: { colour: { stringValue: 'blue', dataType: 'String' } },
      });
    },
  },
  {
    name: 'of a batch, what failed comes again and then goes to the dead letter queue; what no filter takes is gone',
    async run({ sqs, urlOf, message }) {
      await sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: await urlOf('jobs'),
          Entries: [
            { Id: 'a', MessageBody: '{"kind":"other","id":"j-2"}' },
            { Id: 'b', MessageBody: '{"kind":"bad","id":"j-3"}' },
            { Id: 'c', MessageBody: '{"kind":"job","id":"j-4"}' },
          ],
        }),
      );
      expect(await message('dead', ({ id }) => id === 'j-3')).toEqual({ kind: 'bad', id: 'j-3' });
      const again = await message(
        'results',
        (event) => hasBody('j-3')(event) && recordsOf(event)[0]?.attributes?.ApproximateReceiveCount === '2',
      );
      expect(hasBody('j-2')(again)).toBe(false);
    },
  },
  {
    name: 'a FIFO queue keeps the order of a group',
    async run({ sqs, urlOf, message }) {
      const QueueUrl = await urlOf('ordered.fifo');
      for (const text of ['o-1', 'o-2', 'o-3'])
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text, MessageGroupId: 'one' }));
      const order: string[] = [];
      while (order.length < 3) {
        const event = await message('results', hasBody('o-'));
        order.push(...recordsOf(event).map(({ body = '' }) => body));
      }
      expect(order).toEqual(['o-1', 'o-2', 'o-3']);
    },
  },
  {
    name: 'a topic calls the function where the filter policy says so, and its queue always',
    async run({ sns, topic, message }) {
      const TopicArn = await topic('news');
      const publish = (Message: string, importance: string) =>
        sns.send(
          new PublishCommand({
            TopicArn,
            Message,
            Subject: 'News',
            MessageAttributes: { importance: { DataType: 'String', StringValue: importance } },
          }),
        );
      await publish('n-low', 'low');
      await publish('n-high', 'high');
      const [record] = recordsOf(await message('results', (event) => recordsOf(event)[0]?.Sns !== undefined));
      expect(record?.Sns).toMatchObject({
        Message: 'n-high',
        Subject: 'News',
        MessageAttributes: { importance: { Type: 'String', Value: 'high' } },
      });
      await message('raw', ({ text }) => text === 'n-low');
      await message('raw', ({ text }) => text === 'n-high');
    },
  },
  {
    name: 'a rule of a bus takes events by its pattern, and transforms them',
    async run({ events, message }) {
      const entry = (id: string, amount: number) => ({
        EventBusName: 'shop',
        Source: 'shop.orders',
        DetailType: 'taken',
        Detail: JSON.stringify({ id, amount }),
      });
      await events.send(new PutEventsCommand({ Entries: [entry('e-1', 5), entry('e-2', 50)] }));
      expect(await message('results', ({ rule }) => rule === true)).toEqual({ order: 'e-2', rule: true });
    },
  },
  {
    name: 'an asynchronous invocation that failed goes to the destination for failures',
    async run({ invokeLater, message }) {
      await invokeLater({ async: 'a-1', fail: true });
      // The emulator says that it tried three times, always.
      expect(await message('failed', isAbout('a-1'))).toMatchObject({
        requestContext: { condition: 'RetriesExhausted' },
        responsePayload: { errorMessage: 'as asked' },
      });
    },
  },
  {
    name: 'an asynchronous invocation that succeeded goes to the destination for successes',
    emulator: 'it sends failures only',
    async run({ invokeLater, message }) {
      await invokeLater({ async: 'a-2' });
      expect(await message('done', isAbout('a-2'))).toMatchObject({
        version: '1.0',
        requestContext: { condition: 'Success', approximateInvokeCount: 1 },
      });
    },
  },
  {
    name: 'a WebSocket message gets what the function writes to its connection',
    async run({ chat, message }) {
      const socket = new WebSocket(chat);
      const received = new Promise<string>((resolve, reject) => {
        socket.once('message', (data) => resolve(data.toString()));
        socket.once('error', reject);
      });
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      socket.send('{"action":"say","text":"hi"}');
      const answer = await Promise.race([received, pause(20_000, 'nothing', { ref: false })]);
      socket.close();
      expect(answer).toBe('heard {"action":"say","text":"hi"}');
      const context = ({ requestContext }: Record<string, unknown>) =>
        (requestContext ?? {}) as Record<string, unknown>;
      const connect = await message('results', (event) => context(event).routeKey === '$connect');
      expect(context(connect)).toMatchObject({ eventType: 'CONNECT', stage: 'prod' });
    },
  },
  ...MORE_CASES,
];
