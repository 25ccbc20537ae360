import type { Service } from '../../../src/service/types.ts';

const ACCOUNT = 'arn:aws:kafka:us-east-1:123456789012';
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:broker-AbCdEf';

/** A service with every kind of event, and all that each can say. */
export const everyEvent: Service = {
  name: 'events',
  functions: {
    files: {
      handler: 'files.ts',
      events: [
        { kind: 's3', bucket: 'Photos', prefix: 'in/', suffix: '.jpg' },
        { kind: 's3', bucket: 'Photos', name: 'gone', events: ['s3:ObjectRemoved:*'] },
        { kind: 's3', bucket: 'arn:aws:s3:::elsewhere' },
      ],
    },
    messages: {
      handler: 'messages.ts',
      version: true,
      aliases: { live: {} },
      events: [
        {
          kind: 'sns',
          topic: 'Orders',
          filter: { type: ['new'] },
          filterScope: 'MessageBody',
          deadLetter: 'Dead',
        },
        { kind: 'sns', topic: 'arn:aws:sns:eu-west-1:123456789012:news', region: 'eu-west-1', alias: 'live' },
        {
          kind: 'sqs',
          queue: 'Jobs',
          batchSize: 100,
          window: 5,
          filters: [{ body: { kind: ['a'] } }],
          partialBatch: true,
          maxConcurrency: 5,
          metrics: true,
        },
        { kind: 'sqs', queue: 'arn:aws:sqs:us-east-1:123456789012:others', enabled: false },
        { kind: 'ses', recipients: ['shop.example'], scan: true, requireTls: true },
        {
          kind: 'ses',
          name: 'support',
          ruleSet: 'company',
          after: 'first',
          wait: true,
          store: { bucket: 'mails', prefix: 'in/' },
        },
      ],
    },
    streams: {
      handler: 'streams.ts',
      events: [
        {
          kind: 'dynamodb',
          table: 'Table',
          start: 'TRIM_HORIZON',
          partialBatch: true,
          onFailure: 'Dead',
          maxAge: 3600,
          retries: 3,
          bisect: true,
          parallelization: 2,
          batchSize: 10,
          tumblingWindow: 0,
        },
        {
          kind: 'kinesis',
          stream: 'Clicks',
          start: 'AT_TIMESTAMP',
          startTimestamp: 1_700_000_000,
          onFailure: 'Orders',
        },
        { kind: 'kinesis', stream: 'Consumer' },
        { kind: 'kinesis', stream: 'arn:aws:kinesis:us-east-1:123456789012:stream/others' },
        {
          kind: 'msk',
          cluster: `${ACCOUNT}:cluster/main/abc-1`,
          topics: ['orders'],
          consumerGroup: 'shop',
          pollers: { minimum: 1, maximum: 5 },
        },
        {
          kind: 'msk',
          name: 'scram',
          cluster: `${ACCOUNT}:cluster/main/abc-1`,
          topics: ['other'],
          secret: SECRET,
        },
        {
          kind: 'kafka',
          servers: ['broker.example.com:9092'],
          topics: ['orders'],
          secret: SECRET,
          authentication: 'SASL_SCRAM_512_AUTH',
          rootCertificate: SECRET,
          subnets: ['subnet-0123456789abcdef0'],
          securityGroups: ['sg-0123456789abcdef0'],
        },
        {
          kind: 'mq',
          broker: 'arn:aws:mq:us-east-1:123456789012:broker:main:b-1234a5b6-78cd-901e-2fgh-3i45j6k17819',
          queue: 'orders',
          secret: SECRET,
          virtualHost: '/',
        },
        {
          kind: 'documentdb',
          cluster: 'arn:aws:rds:us-east-1:123456789012:cluster:documents',
          database: 'shop',
          collection: 'orders',
          secret: SECRET,
          fullDocument: true,
        },
      ],
    },
    times: {
      handler: 'times.ts',
      events: [
        {
          kind: 'rule',
          schedule: 'rate(5 minutes)',
          input: { a: 1 },
          retries: 2,
          maxAge: 600,
          deadLetter: 'Dead',
        },
        { kind: 'rule', pattern: { source: ['aws.ec2'] }, inputPath: '$.detail', enabled: false },
        {
          kind: 'rule',
          name: 'own-bus',
          bus: 'Bus',
          pattern: { source: ['shop'] },
          inputTransformer: { paths: { id: '$.id' }, template: '"<id>"' },
        },
        {
          kind: 'schedule',
          expression: 'cron(0 9 * * ? *)',
          timezone: 'Europe/Berlin',
          flexibleMinutes: 15,
          startDate: '2030-01-01T00:00:00Z',
          input: { hello: 'world' },
          retries: 1,
          deadLetter: 'Dead',
        },
        { kind: 'iot', sql: "SELECT * FROM 'sensors/+/temperature'", description: 'temperatures' },
        { kind: 'logs', function: 'files', pattern: 'ERROR' },
        { kind: 'logs', group: 'Audit' },
        { kind: 'logs', group: '/elsewhere' },
        { kind: 'codecommit', repository: 'Code', events: ['referenceUpdated'], branches: ['main'] },
        { kind: 'codecommit', repository: 'arn:aws:codecommit:us-east-1:123456789012:others' },
        { kind: 'cognito', pool: 'Users', trigger: 'PreSignUp' },
      ],
    },
    edge: {
      handler: 'edge.ts',
      version: true,
      events: [
        { kind: 'cloudfront', distribution: 'Cdn', on: 'viewer-request' },
        { kind: 'cloudfront', distribution: 'Cdn', on: 'origin-request', path: '/api/*', includeBody: true },
      ],
    },
  },
  resources: {
    Photos: { Type: 'AWS::S3::Bucket' },
    Orders: { Type: 'AWS::SNS::Topic' },
    Jobs: { Type: 'AWS::SQS::Queue' },
    Dead: { Type: 'AWS::SQS::Queue' },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
    },
    Clicks: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } },
    Consumer: {
      Type: 'AWS::Kinesis::StreamConsumer',
      Properties: { ConsumerName: 'shop', StreamARN: { 'Fn::GetAtt': ['Clicks', 'Arn'] } },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    Audit: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } },
    Code: { Type: 'AWS::CodeCommit::Repository', Properties: { RepositoryName: 'code' } },
    Users: {
      Type: 'AWS::Cognito::UserPool',
      Properties: { LambdaConfig: { PostConfirmation: 'arn:aws:lambda:us-east-1:123456789012:function:x' } },
    },
    Cdn: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Origins: [
            {
              Id: 'o',
              DomainName: 'example.com',
              CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'o',
            ViewerProtocolPolicy: 'redirect-to-https',
            CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
          },
          CacheBehaviors: [
            {
              PathPattern: '/api/*',
              TargetOriginId: 'o',
              ViewerProtocolPolicy: 'redirect-to-https',
              CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
            },
          ],
        },
      },
    },
  },
};
