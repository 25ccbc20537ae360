import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import type { RemoteEndpoint } from '../service/part.ts';
import type { MappingPlan, StreamSettings } from '../service/plan.ts';
import { callRemote, type RemoteCall } from './remote-call.ts';

/** A record of a stream. */
export interface StreamRecord {
  readonly sequence: string;
  /** Milliseconds since the epoch. */
  readonly arrived: number;
  /** Records with the same key stay in order. */
  readonly key: string;
  /** As functions get it. */
  readonly event: JsonObject;
  /** As filters see it. */
  readonly filtered: JsonObject;
}

/** A stream as an event source mapping needs it. */
export interface StreamClient {
  readonly arn: string;
  shards(): Promise<readonly string[]>;
  iterator(shard: string, start: ShardPosition): Promise<string>;
  /** `next` is absent when a shard is closed and read to its end. */
  records(
    shard: string,
    iterator: string,
    most: number,
  ): Promise<{ readonly records: readonly StreamRecord[]; readonly next?: string }>;
}

/** Where reading begins: as a mapping says, or behind the last record that was read. */
export type ShardPosition = StreamSettings['start'] | { readonly after: string };

type Call = (target: string, input: JsonObject) => Promise<JsonObject>;

/** The stream of a mapping at an endpoint. */
export async function streamClient(
  { kind, sourceArn }: MappingPlan,
  remote: RemoteEndpoint,
  signal: AbortSignal,
): Promise<StreamClient> {
  const call =
    (how: Omit<RemoteCall, 'target' | 'input'>, prefix: string): Call =>
    (target, input) =>
      callRemote(remote, { ...how, target: `${prefix}.${target}`, input }, signal);
  if (kind === 'kinesis')
    return kinesis(sourceArn, call({ service: 'kinesis', version: '1.1' }, 'Kinesis_20131202'));
  const tables = call({ service: 'dynamodb', version: '1.0' }, 'DynamoDB_20120810');
  const streams = call(
    { service: 'dynamodb', host: 'streams.dynamodb', version: '1.0' },
    'DynamoDBStreams_20120810',
  );
  const [, table = ''] = /table\/([^/]+)/.exec(sourceArn) ?? [];
  const { Table } = await tables('DescribeTable', { TableName: table });
  return dynamodb(text(mapOf(Table).LatestStreamArn ?? sourceArn), streams);
}

function kinesis(arn: string, call: Call): StreamClient {
  const name = arn.split('/').at(-1) ?? arn;
  return {
    arn,
    async shards() {
      const { Shards } = await call('ListShards', { StreamName: name });
      return listOf(Shards).map(({ ShardId }) => text(ShardId ?? ''));
    },
    async iterator(shard, start) {
      const position: JsonObject =
        typeof start === 'string' || 'after' in start
          ? positionOf(start, 'StartingSequenceNumber')
          : { ShardIteratorType: 'AT_TIMESTAMP', Timestamp: start.at };
      const answer = await call('GetShardIterator', { StreamName: name, ShardId: shard, ...position });
      return text(answer.ShardIterator ?? '');
    },
    async records(shard, iterator, most) {
      const answer = await call('GetRecords', { ShardIterator: iterator, Limit: most });
      const records = listOf(answer.Records).map((record): StreamRecord => {
        const sequence = text(record.SequenceNumber ?? '');
        const key = text(record.PartitionKey ?? '');
        const data = text(record.Data ?? '');
        const arrived = Number(record.ApproximateArrivalTimestamp ?? Date.now() / 1000);
        const kinesisRecord = {
          kinesisSchemaVersion: '1.0',
          partitionKey: key,
          sequenceNumber: sequence,
          data,
          approximateArrivalTimestamp: arrived,
        };
        return {
          sequence,
          arrived: arrived * 1000,
          key,
          event: {
            kinesis: kinesisRecord,
            eventSource: 'aws:kinesis',
            eventVersion: '1.0',
            eventID: `${shard}:${sequence}`,
            eventName: 'aws:kinesis:record',
            invokeIdentityArn: `arn:aws:iam::${arn.split(':')[4] ?? ''}:role/here`,
            awsRegion: arn.split(':')[3] ?? '',
            eventSourceARN: arn,
          },
          filtered: { ...kinesisRecord, data: decoded(data) },
        };
      });
      return following(records, answer.NextShardIterator);
    },
  };
}

function dynamodb(arn: string, call: Call): StreamClient {
  return {
    arn,
    async shards() {
      const { StreamDescription } = await call('DescribeStream', { StreamArn: arn });
      return listOf(mapOf(StreamDescription).Shards).map(({ ShardId }) => text(ShardId ?? ''));
    },
    async iterator(shard, start) {
      const position = typeof start === 'string' || 'after' in start ? start : 'TRIM_HORIZON';
      const answer = await call('GetShardIterator', {
        StreamArn: arn,
        ShardId: shard,
        ...positionOf(position, 'SequenceNumber'),
      });
      return text(answer.ShardIterator ?? '');
    },
    async records(_, iterator, most) {
      const answer = await call('GetRecords', { ShardIterator: iterator, Limit: Math.min(1000, most) });
      const records = listOf(answer.Records).map((record): StreamRecord => {
        const { SequenceNumber, ApproximateCreationDateTime, Keys } = mapOf(record.dynamodb);
        const event = { ...record, eventSourceARN: arn };
        return {
          sequence: text(SequenceNumber ?? ''),
          arrived: Number(ApproximateCreationDateTime ?? Date.now() / 1000) * 1000,
          key: JSON.stringify(Keys ?? null),
          event,
          filtered: event,
        };
      });
      return following(records, answer.NextShardIterator);
    },
  };
}

/** @param name what the two services call the number of a record */
const positionOf = (start: Exclude<ShardPosition, { readonly at: number }>, name: string): JsonObject =>
  typeof start === 'string'
    ? { ShardIteratorType: start }
    : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', [name]: start.after };

const listOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const following = (records: readonly StreamRecord[], next: Json | undefined) => ({
  records,
  ...(typeof next === 'string' && next !== '' && { next }),
});

/** JSON where it is that. */
function decoded(data: string): Json {
  const written = Buffer.from(data, 'base64').toString();
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}
