import type { Json, JsonObject } from '../../template/types.ts';
import { attributesMd5, md5, type ReceivedMessage } from '../queues/message.ts';

/** A message as functions get it. Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS". */
export function queueRecord(message: ReceivedMessage, arn: string): JsonObject {
  const digest = attributesMd5(message.attributes);
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: { ...message.system },
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
        name,
        {
          ...(StringValue !== undefined && { stringValue: StringValue }),
          ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    ),
    ...(digest !== undefined && { md5OfMessageAttributes: digest }),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: arn.split(':')[3] ?? '',
  };
}

/** A record as filters see it: the body is what its JSON says, where it is a map. */
export function filteredRecord(record: JsonObject, key: string): JsonObject {
  const body = record[key];
  if (typeof body !== 'string') return record;
  try {
    const parsed: Json = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? { ...record, [key]: parsed } : record;
  } catch {
    return record;
  }
}
