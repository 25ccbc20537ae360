import type { JsonObject } from '../../template/types.ts';
import { account, arn, region, requestId, seconds, time } from './constants.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const sqs = (): JsonObject => ({
  Records: [
    {
      messageId: requestId,
      receiptHandle: 'MessageReceiptHandle',
      body: '{"id":42}',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(seconds * 1000),
        SenderId: account,
        ApproximateFirstReceiveTimestamp: String(seconds * 1000 + 1),
      },
      messageAttributes: {},
      md5OfBody: 'b099c3f9a3ebe7cdb1a47d6ef7bef5a4',
      eventSource: 'aws:sqs',
      eventSourceARN: arn('sqs', 'orders'),
      awsRegion: region,
    },
  ],
});

export const sns = (): JsonObject => ({
  Records: [
    {
      EventVersion: '1.0',
      EventSubscriptionArn: `${arn('sns', 'orders')}:${requestId}`,
      EventSource: 'aws:sns',
      Sns: {
        SignatureVersion: '1',
        Timestamp: time,
        Signature: 'EXAMPLE',
        SigningCertUrl: 'EXAMPLE',
        MessageId: requestId,
        Message: '{"id":42}',
        MessageAttributes: {},
        Type: 'Notification',
        UnsubscribeUrl: 'EXAMPLE',
        TopicArn: arn('sns', 'orders'),
        Subject: 'Order',
      },
    },
  ],
});

export const kinesis = (): JsonObject => ({
  Records: [
    {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: '42',
        sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
        data: base64('{"id":42}'),
        approximateArrivalTimestamp: seconds,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: `arn:aws:iam::${account}:role/orders`,
      awsRegion: region,
      eventSourceARN: arn('kinesis', 'stream/orders'),
    },
  ],
});

export const dynamodb = (): JsonObject => ({
  Records: [
    {
      eventID: '1',
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: region,
      dynamodb: {
        ApproximateCreationDateTime: seconds,
        Keys: { Id: { N: '42' } },
        NewImage: { Id: { N: '42' }, State: { S: 'new' } },
        SequenceNumber: '111',
        SizeBytes: 26,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: arn('dynamodb', 'table/orders/stream/2026-01-01T00:00:00.000'),
    },
  ],
});

export const kafka = (): JsonObject => ({
  eventSource: 'aws:kafka',
  eventSourceArn: arn('kafka', `cluster/orders/${requestId}-1`),
  bootstrapServers: `b-1.orders.kafka.${region}.amazonaws.com:9092`,
  records: {
    'orders-0': [
      {
        topic: 'orders',
        partition: 0,
        offset: 15,
        timestamp: seconds * 1000,
        timestampType: 'CREATE_TIME',
        key: base64('42'),
        value: base64('{"id":42}'),
        headers: [],
      },
    ],
  },
});

export const firehose = (): JsonObject => ({
  invocationId: requestId,
  deliveryStreamArn: arn('firehose', 'deliverystream/orders'),
  region,
  records: [
    {
      recordId: '49546986683135544286507457936321625675700192471156785154',
      approximateArrivalTimestamp: seconds * 1000,
      data: base64('{"id":42}'),
    },
  ],
});
