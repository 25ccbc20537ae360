import { describe, expect, it } from '@jest/globals';
import { planOf } from '../../../src/local/service/read/index.ts';
import { localIds } from '../../../src/local/service/read/local-ids.ts';
import type { JsonObject, Template } from '../../../src/template/types.ts';

const options = { stackName: 'orders', region: 'eu-central-1', account: '123456789012' };
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;
const read = (Resources: JsonObject, more: JsonObject = {}) => {
  const template: Template = { ...more, Resources };
  return planOf(template, { ...options, physicalIds: localIds([template], options) });
};
const of = (Type: string, Properties: JsonObject = {}, more: JsonObject = {}) => ({
  Type,
  Properties,
  ...more,
});
const get = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const work = of('AWS::Lambda::Function', { FunctionName: 'work' });

describe('the plan of a template', () => {
  it('knows functions whose names are made of others by what they are called', () => {
    const { afterwards, logSubscriptions } = read({
      Work: of('AWS::Lambda::Function', { FunctionName: { 'Fn::Sub': '${AWS::StackName}-work' } }),
      Config: of('AWS::Lambda::EventInvokeConfig', {
        FunctionName: { Ref: 'Work' },
        DestinationConfig: { OnFailure: { Destination: arn('sqs', 'failed') } },
      }),
      Lines: of('AWS::Logs::SubscriptionFilter', {
        LogGroupName: { 'Fn::Sub': '/aws/lambda/${Work}' },
        DestinationArn: arn('lambda', 'function:read'),
        FilterPattern: '',
      }),
    });
    expect(afterwards).toEqual([
      expect.objectContaining({ functionArn: arn('lambda', 'function:orders-work') }),
    ]);
    expect(logSubscriptions).toEqual([
      expect.objectContaining({ functionArns: [arn('lambda', 'function:orders-work')] }),
    ]);
  });

  it('does without rules and subscriptions whose patterns AWS refuses, and says so', () => {
    const { rules, subscriptions, left } = read({
      Alone: of('AWS::Events::Rule', { EventPattern: { source: 'shop' }, Targets: [] }),
      Text: of('AWS::Events::Rule', { EventPattern: '{"source":', Targets: [] }),
      Filtered: of('AWS::SNS::Subscription', {
        Protocol: 'sqs',
        Endpoint: arn('sqs', 'a'),
        FilterPolicy: { kind: [{ begins: 'a' }] },
      }),
    });
    expect([rules, subscriptions]).toEqual([[], []]);
    expect(left).toEqual([
      expect.stringContaining('Filtered: AWS refuses its pattern: "kind": there is no operator begins'),
      'Alone: AWS refuses its pattern: "source": it has to be a list or a map',
      'Text: AWS refuses its pattern: it is no JSON',
    ]);
  });

  it('has global tables, as AWS CDK makes them, with their streams', () => {
    const { tables, mappings } = read({
      Work: work,
      Orders: of('AWS::DynamoDB::GlobalTable', {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Replicas: [{ Region: { Ref: 'AWS::Region' } }],
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      }),
      FromOrders: of('AWS::Lambda::EventSourceMapping', {
        FunctionName: get('Work'),
        EventSourceArn: get('Orders', 'StreamArn'),
        StartingPosition: 'LATEST',
      }),
    });
    expect(tables).toEqual([
      {
        kind: 'dynamodb',
        name: 'orders-Orders',
        properties: {
          TableName: 'orders-Orders',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        },
      },
    ]);
    expect(mappings).toEqual([
      expect.objectContaining({
        kind: 'dynamodb',
        sourceArn: arn('dynamodb', 'table/orders-Orders/stream/latest'),
      }),
    ]);
  });

  it('tells of schedules whose target is not here', () => {
    const Target = { Arn: 'arn:aws:scheduler:::aws-sdk:ec2:stopInstances', RoleArn: 'arn:role' };
    const { schedules, left } = read({
      Stop: of('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 day)', Target }),
    });
    expect(schedules).toEqual([]);
    expect(left).toEqual(['target arn:aws:scheduler:::aws-sdk:ec2:stopInstances of Stop']);
  });

  it('has queues under their names, and what they say', () => {
    const { queues } = read({
      Jobs: of('AWS::SQS::Queue', {
        VisibilityTimeout: '60',
        RedrivePolicy: { deadLetterTargetArn: get('Dead'), maxReceiveCount: 3 },
      }),
      Dead: of('AWS::SQS::Queue', { QueueName: { 'Fn::Sub': '${AWS::StackName}-dead' } }),
      Ordered: of('AWS::SQS::Queue', { FifoQueue: true }),
    });
    expect(queues).toEqual([
      expect.objectContaining({
        name: 'orders-Jobs',
        arn: arn('sqs', 'orders-Jobs'),
        visibilityTimeout: 60,
        redrive: { deadLetterArn: arn('sqs', 'orders-dead'), maxReceiveCount: 3 },
      }),
      expect.objectContaining({ name: 'orders-dead', fifo: false }),
      expect.objectContaining({ name: 'orders-Ordered.fifo', fifo: true }),
    ]);
  });

  it('leaves out what a condition does', () => {
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const queue = of('AWS::SQS::Queue', {}, { Condition: 'Never' });
    expect(read({ Jobs: queue }, { Conditions }).queues).toEqual([]);
  });

  it('has mappings of queues and streams, and tells of others', () => {
    const mapping = (EventSourceArn: JsonObject | string, more: JsonObject = {}) =>
      of('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'Work' }, EventSourceArn, ...more });
    const { mappings, left } = read({
      Work: work,
      Jobs: of('AWS::SQS::Queue'),
      Orders: of('AWS::DynamoDB::Table', { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }),
      FromJobs: mapping(get('Jobs'), {
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
        FilterCriteria: { Filters: [{ Pattern: '{"body":["a"]}' }] },
      }),
      FromOrders: mapping(get('Orders', 'StreamArn'), {
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: get('Jobs') } },
      }),
      FromKafka: mapping(arn('kafka', 'cluster/one')),
    });
    expect(mappings).toEqual([
      expect.objectContaining({
        id: 'FromJobs',
        kind: 'queue',
        sourceArn: arn('sqs', 'orders-Jobs'),
        functionArn: arn('lambda', 'function:work'),
        batchSize: 10,
        partial: true,
        maximumConcurrency: 2,
        filters: [{ body: ['a'] }],
      }),
      expect.objectContaining({
        id: 'FromOrders',
        kind: 'dynamodb',
        sourceArn: arn('dynamodb', 'table/orders-Orders/stream/latest'),
        batchSize: 100,
        stream: expect.objectContaining({
          start: 'TRIM_HORIZON',
          bisect: true,
          retries: 1,
          failureArn: arn('sqs', 'orders-Jobs'),
        }),
      }),
    ]);
    expect(left).toEqual([expect.stringContaining('FromKafka')]);
  });

  it('has subscriptions of topics, by themselves and in the topic', () => {
    const { subscriptions, left } = read({
      Work: work,
      Jobs: of('AWS::SQS::Queue'),
      News: of('AWS::SNS::Topic', { Subscription: [{ Protocol: 'sqs', Endpoint: get('Jobs') }] }),
      Hears: of('AWS::SNS::Subscription', {
        TopicArn: { Ref: 'News' },
        Protocol: 'lambda',
        Endpoint: get('Work'),
        FilterPolicy: '{"kind":["a"]}',
        FilterPolicyScope: 'MessageBody',
      }),
      Mail: of('AWS::SNS::Subscription', {
        TopicArn: { Ref: 'News' },
        Protocol: 'email',
        Endpoint: 'somebody@example.com',
      }),
    });
    const topicArn = arn('sns', 'orders-News');
    expect(subscriptions).toEqual([
      expect.objectContaining({ topicArn, protocol: 'sqs', endpoint: arn('sqs', 'orders-Jobs') }),
      expect.objectContaining({
        topicArn,
        endpoint: arn('lambda', 'function:work'),
        filter: { kind: ['a'] },
        filterScope: 'MessageBody',
      }),
    ]);
    expect(left).toEqual([expect.stringContaining('email')]);
  });

  it('has what buckets tell, by themselves and by custom resources of ours and of AWS CDK', () => {
    const { buckets } = read({
      Work: work,
      Photos: of('AWS::S3::Bucket', { BucketName: 'photos' }),
      Ours: of('Custom::SpartaBucketNotification', {
        BucketName: { Ref: 'Photos' },
        Functions: [{ Arn: get('Work'), Events: ['s3:ObjectCreated:*'], Suffix: '.jpg' }],
      }),
      Cdk: of('Custom::S3BucketNotifications', {
        BucketName: 'of-others',
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [
            {
              Events: ['s3:ObjectRemoved:*'],
              LambdaFunctionArn: get('Work'),
              Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } },
            },
          ],
        },
      }),
    });
    const target = arn('lambda', 'function:work');
    expect(buckets).toEqual([
      {
        name: 'photos',
        eventBridge: false,
        notifications: [{ id: 'Ours', event: 's3:ObjectCreated:*', arn: target, prefix: '', suffix: '.jpg' }],
      },
      {
        name: 'of-others',
        eventBridge: false,
        notifications: [{ id: 'Cdk', event: 's3:ObjectRemoved:*', arn: target, prefix: 'in/', suffix: '' }],
      },
    ]);
  });

  it('has WebSocket APIs with their routes, whose functions stand in addresses', () => {
    const { webSockets } = read({
      Work: work,
      Chat: of('AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET', Name: 'chat' }),
      Http: of('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
      Integration: of('AWS::ApiGatewayV2::Integration', {
        ApiId: { Ref: 'Chat' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: {
          'Fn::Sub':
            'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations',
        },
      }),
      Say: of('AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'Chat' },
        RouteKey: 'say',
        Target: { 'Fn::Sub': 'integrations/${Integration}' },
      }),
      Answer: of('AWS::ApiGatewayV2::RouteResponse', {
        ApiId: { Ref: 'Chat' },
        RouteId: { Ref: 'Say' },
        RouteResponseKey: '$default',
      }),
      Mapped: of('AWS::ApiGatewayV2::Integration', {
        ApiId: { Ref: 'Chat' },
        IntegrationType: 'AWS',
        IntegrationUri: { 'Fn::Sub': '${Work.Arn}/invocations' },
      }),
      Ask: of('AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'Chat' },
        RouteKey: 'ask',
        Target: { 'Fn::Sub': 'integrations/${Mapped}' },
      }),
      Stage: of('AWS::ApiGatewayV2::Stage', { ApiId: { Ref: 'Chat' }, StageName: 'prod' }),
    });
    expect(webSockets).toEqual([
      expect.objectContaining({
        logicalId: 'Chat',
        stage: 'prod',
        selection: '$request.body.action',
        routes: [
          { key: 'say', target: { kind: 'function', arn: arn('lambda', 'function:work') }, answers: true },
          {
            key: 'ask',
            target: {
              kind: 'mapped',
              to: { kind: 'function', arn: arn('lambda', 'function:work') },
              templates: {},
              passthrough: 'WHEN_NO_MATCH',
              responses: [],
            },
            answers: false,
          },
        ],
      }),
    ]);
  });

  it('tells of routes that would answer with a response, and have none', () => {
    const { webSockets, left } = read({
      Chat: of('AWS::ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }),
      Say: of('AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'Chat' },
        RouteKey: 'say',
        RouteResponseSelectionExpression: '$default',
      }),
    });
    expect(webSockets[0]?.routes).toMatchObject([{ key: 'say', answers: false }]);
    expect(left).toEqual([
      'answers of Say: it has RouteResponseSelectionExpression, and no AWS::ApiGatewayV2::RouteResponse, without which API Gateway sends none: add one',
    ]);
  });

  it('has subscriptions to logs of its functions, and tells of others', () => {
    const filter = (LogGroupName: JsonObject | string) =>
      of('AWS::Logs::SubscriptionFilter', {
        LogGroupName,
        FilterPattern: 'ERROR',
        DestinationArn: get('Work'),
      });
    const { logSubscriptions, left } = read({
      Work: work,
      Own: of('AWS::Lambda::Function', {
        FunctionName: 'own',
        LoggingConfig: { LogGroup: { Ref: 'Group' } },
      }),
      Group: of('AWS::Logs::LogGroup', { LogGroupName: '/orders' }),
      ByName: filter({ 'Fn::Sub': '/aws/lambda/${Work}' }),
      OfGroup: filter({ Ref: 'Group' }),
      Others: filter('/elsewhere'),
    });
    expect(logSubscriptions.map(({ logGroup, functionArns }) => [logGroup, functionArns])).toEqual([
      ['/aws/lambda/work', [arn('lambda', 'function:work')]],
      ['/orders', [arn('lambda', 'function:own')]],
    ]);
    expect(left).toEqual(['Others: no function here writes to the log group /elsewhere']);
  });

  it('has pipes from queues and rules of IoT, and tells of what of them is not here', () => {
    const pipe = (more: JsonObject) =>
      of('AWS::Pipes::Pipe', { Source: get('Jobs'), Target: get('Work'), ...more });
    const rule = (Sql: string, Actions: JsonObject[]) =>
      of('AWS::IoT::TopicRule', { TopicRulePayload: { Sql, Actions } });
    const { pipes, topicRules, left } = read({
      Work: work,
      Jobs: of('AWS::SQS::Queue'),
      Plain: pipe({ TargetParameters: { LambdaFunctionParameters: { InvocationType: 'FIRE_AND_FORGET' } } }),
      Stopped: pipe({ DesiredState: 'STOPPED', Enrichment: get('Work') }),
      Stream: pipe({ Source: 'arn:aws:kinesis:eu-central-1:1:stream/s' }),
      Enriched: pipe({ Enrichment: 'arn:aws:events:eu-central-1:1:api-destination/d' }),
      Hot: rule("SELECT * FROM 'a/#'", [
        { Lambda: { FunctionArn: get('Work') } },
        { Sqs: { QueueUrl: { Ref: 'Jobs' } } },
        { Kafka: {} },
      ]),
      Strange: rule("SELECT aws_lambda('x') FROM 'a'", []),
    });
    expect(pipes.map(({ name, enabled, target: { waits } }) => [name, enabled, waits])).toEqual([
      ['Plain', true, false],
      ['Stopped', false, true],
    ]);
    expect(topicRules.map(({ actions }) => actions)).toEqual([
      [{ arn: arn('lambda', 'function:work') }, { arn: arn('sqs', 'orders-Jobs') }],
    ]);
    expect(left).toEqual([
      'Stream: only pipes from queues are served',
      'Enriched: only functions enrich what passes through a pipe',
      'Hot: the action Kafka',
      expect.stringMatching(/^Strange: the function aws_lambda is not served here/),
    ]);
  });

  it('reads nothing whose filters cannot be read: all that it leaves out would come through', () => {
    const Filters = [{ Pattern: '{"body": {"kind": ["a"]}}' }, { Pattern: '{"body": {"kind": "b"' }];
    const { mappings, pipes, left } = read({
      Work: work,
      Jobs: of('AWS::SQS::Queue'),
      Mapping: of('AWS::Lambda::EventSourceMapping', {
        FunctionName: { Ref: 'Work' },
        EventSourceArn: get('Jobs'),
        FilterCriteria: { Filters },
      }),
      Pipe: of('AWS::Pipes::Pipe', {
        Source: get('Jobs'),
        Target: get('Work'),
        SourceParameters: { FilterCriteria: { Filters } },
      }),
    });
    expect([mappings, pipes]).toEqual([[], []]);
    expect(left).toEqual(
      ['Mapping', 'Pipe'].map((id) => `${id}: its filter is no JSON ({"body": {"kind": "b")`),
    );
  });
});
