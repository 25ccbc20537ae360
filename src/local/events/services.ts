import { gzipSync } from 'node:zlib';
import type { JsonObject } from '../../template/types.ts';
import { account, arn, region, requestId, seconds, time } from './constants.ts';

/** S3 notification; `name` as S3 writes it: `ObjectCreated:Put`. */
export const s3 = (name: string) => (): JsonObject => ({
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: time,
      eventName: name,
      userIdentity: { principalId: 'EXAMPLE' },
      requestParameters: { sourceIPAddress: '192.0.2.1' },
      responseElements: {
        'x-amz-request-id': 'EXAMPLE123456789',
        'x-amz-id-2': 'EXAMPLE123/5678abcdefghijklambdaisawesome',
      },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'orders',
        bucket: {
          name: 'amzn-s3-demo-bucket',
          ownerIdentity: { principalId: 'EXAMPLE' },
          arn: 'arn:aws:s3:::amzn-s3-demo-bucket',
        },
        object: {
          key: 'orders/42.json',
          size: 1024,
          eTag: '0123456789abcdef0123456789abcdef',
          sequencer: '0A1B2C3D4E5F678901',
        },
      },
    },
  ],
});

export const eventBridge = (): JsonObject => ({
  version: '0',
  id: requestId,
  'detail-type': 'OrderPlaced',
  source: 'com.example.orders',
  account,
  time: '2026-01-15T10:30:00Z',
  region,
  resources: [],
  detail: { id: 42 },
});

export const schedule = (): JsonObject => ({
  ...eventBridge(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  resources: [arn('events', 'rule/orders')],
  detail: {},
});

/** Subscription to a log group: the data is gzipped JSON in base64. */
export const logs = (): JsonObject => ({
  awslogs: {
    data: gzipSync(
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        owner: account,
        logGroup: '/aws/lambda/orders',
        logStream: '2026/01/15/[$LATEST]0123456789abcdef',
        subscriptionFilters: ['orders'],
        logEvents: [
          {
            id: '31953106606966983378809025079804211143289615424298221568',
            timestamp: seconds * 1000,
            message: 'ERROR order 42 failed',
          },
        ],
      }),
    ).toString('base64'),
  },
});

/** What a rule `SELECT *, topic(2) AS device FROM 'devices/+/state'` makes of a message. */
export const iot = (): JsonObject => ({ temperature: 21.5, device: 'example', timestamp: seconds * 1000 });

export const ses = (): JsonObject => ({
  Records: [
    {
      eventSource: 'aws:ses',
      eventVersion: '1.0',
      ses: {
        mail: {
          timestamp: time,
          source: 'sender@example.com',
          messageId: 'o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1',
          destination: ['orders@example.com'],
          headersTruncated: false,
          headers: [{ name: 'Subject', value: 'Order 42' }],
          commonHeaders: {
            returnPath: 'sender@example.com',
            from: ['Sender <sender@example.com>'],
            date: 'Thu, 15 Jan 2026 10:30:00 +0000',
            to: ['orders@example.com'],
            messageId: '<0123456789example.com>',
            subject: 'Order 42',
          },
        },
        receipt: {
          timestamp: time,
          processingTimeMillis: 574,
          recipients: ['orders@example.com'],
          spamVerdict: { status: 'PASS' },
          virusVerdict: { status: 'PASS' },
          spfVerdict: { status: 'PASS' },
          dkimVerdict: { status: 'PASS' },
          dmarcVerdict: { status: 'PASS' },
          action: { type: 'Lambda', invocationType: 'Event', functionArn: arn('lambda', 'function:orders') },
        },
      },
    },
  ],
});

export const codeCommit = (): JsonObject => ({
  Records: [
    {
      awsRegion: region,
      codecommit: {
        references: [{ commit: '5c4ef1049f1d27deadbeeff313e0730018be182b', ref: 'refs/heads/main' }],
      },
      customData: '',
      eventId: requestId,
      eventName: 'ReferenceChanges',
      eventPartNumber: 1,
      eventSource: 'aws:codecommit',
      eventSourceARN: arn('codecommit', 'orders'),
      eventTime: time,
      eventTotalParts: 1,
      eventTriggerConfigId: requestId,
      eventTriggerName: 'orders',
      eventVersion: '1.0',
      userIdentityARN: `arn:aws:iam::${account}:user/example`,
    },
  ],
});

/** CloudFormation custom resource. */
export const cloudFormation = (): JsonObject => ({
  RequestType: 'Create',
  ServiceToken: arn('lambda', 'function:orders'),
  ResponseURL: 'https://example.com/response',
  StackId: arn('cloudformation', `stack/orders/${requestId}`),
  RequestId: requestId,
  ResourceType: 'Custom::Orders',
  LogicalResourceId: 'Orders',
  ResourceProperties: { ServiceToken: arn('lambda', 'function:orders') },
});
