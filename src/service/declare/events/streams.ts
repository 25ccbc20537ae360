import type { DynamoDbEvent, KinesisEvent, StreamBase } from '../../event-types.ts';
import type { Data } from '../../values.ts';
import { type EventMarshaller, eventId, sourceOf } from './shared/context.ts';
import { failureDestination, map, PARTIAL, type Properties } from './shared/mapping.ts';

const streamProperties = (event: StreamBase, destination: Data | undefined): Properties => ({
  StartingPosition: event.start ?? 'LATEST',
  FunctionResponseTypes: event.partialBatch ? PARTIAL : undefined,
  DestinationConfig: destination,
  MaximumRecordAgeInSeconds: event.maxAge,
  MaximumRetryAttempts: event.retries,
  BisectBatchOnFunctionError: event.bisect,
  ParallelizationFactor: event.parallelization,
  TumblingWindowInSeconds: event.tumblingWindow,
});

export const dynamodb: EventMarshaller<DynamoDbEvent> = (event, context) => {
  const { draft, path } = context;
  const stream = sourceOf(context, 'table', event.table, [
    'AWS::DynamoDB::Table',
    'AWS::DynamoDB::GlobalTable',
  ]);
  if (!stream) return;
  if (typeof event.table === 'string' && stream.id !== undefined) {
    if (draft.resources.get(stream.id)?.Properties?.StreamSpecification === undefined) {
      draft.faults.push({
        path: [...path, 'table'],
        message: `the table ${stream.id} has no stream`,
        next: `Give resources.${stream.id} a StreamSpecification.`,
      });
    }
  }
  const failed = failureDestination(context, event.onFailure);
  const properties = { EventSourceArn: stream.arn, ...streamProperties(event, failed.properties) };
  map(context, event, eventId(context, event, 'Stream', event.table, stream.id), properties, [
    {
      actions: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      resources: [stream.arn],
    },
    ...failed.grants,
  ]);
};

export const kinesis: EventMarshaller<KinesisEvent> = (event, context) => {
  const { draft } = context;
  const types = ['AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer'];
  const source = sourceOf(context, 'stream', event.stream, types);
  if (!source) return;
  const consumed = source.id === undefined ? undefined : draft.resources.get(source.id);
  const isConsumer =
    consumed?.Type === 'AWS::Kinesis::StreamConsumer' || /\/consumer\//.test(String(event.stream));
  // A consumer's ARN begins with that of its stream.
  const stream =
    consumed?.Properties?.StreamARN ??
    (isConsumer ? String(event.stream).replace(/\/consumer\/.*$/, '') : source.arn);
  const failed = failureDestination(context, event.onFailure);
  const properties = {
    EventSourceArn: source.arn,
    ...streamProperties(event, failed.properties),
    StartingPositionTimestamp: event.startTimestamp,
  };
  map(context, event, eventId(context, event, 'Stream', event.stream, source.id), properties, [
    {
      actions: [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      resources: [stream],
    },
    ...(isConsumer
      ? [{ actions: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'], resources: [source.arn] }]
      : []),
    ...failed.grants,
  ]);
};
