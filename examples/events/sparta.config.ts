import { defineService } from 'sparta-action';

export default defineService({
  name: 'events',
  functions: {
    files: {
      handler: 'src/tell.ts',
      events: [
        { kind: 's3', bucket: 'Photos', prefix: 'in/', suffix: '.jpg' },
        // A bucket of somebody else's: what it tells others stays as it is.
        { kind: 's3', bucket: 'arn:aws:s3:::events-example-uploads' },
      ],
    },
    messages: {
      handler: 'src/tell.ts',
      events: [
        { kind: 'sns', topic: 'News', filter: { kind: ['important'] } },
        { kind: 'sqs', queue: 'Jobs', batchSize: 10, partialBatch: true, maxConcurrency: 5 },
      ],
    },
    times: {
      handler: 'src/tell.ts',
      events: [
        { kind: 'rule', schedule: 'rate(1 hour)', input: { every: 'hour' } },
        { kind: 'rule', name: 'orders', pattern: { source: ['shop.orders'] } },
        {
          kind: 'schedule',
          expression: 'cron(0 9 ? * MON-FRI *)',
          timezone: 'Europe/Berlin',
          flexibleMinutes: 15,
        },
      ],
    },
    changes: {
      handler: 'src/tell.ts',
      events: [{ kind: 'dynamodb', table: 'Orders', start: 'TRIM_HORIZON', retries: 3, onFailure: 'Failed' }],
    },
    audit: { handler: 'src/audit.ts', events: [{ kind: 'logs', function: 'files', pattern: 'ERROR' }] },
  },
  resources: {
    Photos: { Type: 'AWS::S3::Bucket' },
    News: { Type: 'AWS::SNS::Topic' },
    Jobs: { Type: 'AWS::SQS::Queue' },
    Failed: { Type: 'AWS::SQS::Queue' },
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      },
    },
  },
  outputs: {
    Photos: { Value: { Ref: 'Photos' } },
    News: { Value: { Ref: 'News' } },
    Jobs: { Value: { Ref: 'Jobs' } },
    Orders: { Value: { Ref: 'Orders' } },
  },
});
