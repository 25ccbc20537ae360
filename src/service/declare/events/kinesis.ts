import type { KinesisEvent } from '../../event-types.ts';
import { type EventMarshaller, eventId, sourceOf } from './shared/context.ts';
import { addMapping, failureDestination } from './shared/mapping.ts';
import { streamProperties } from './shared/stream.ts';

/** A Kinesis stream, or a consumer of one with bandwidth of its own. */
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
  addMapping(context, event, {
    id: eventId(context, event, { kind: 'Stream', source: event.stream, id: source.id }),
    properties,
    grants: [
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
        ? [
            {
              actions: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'],
              resources: [source.arn],
            },
          ]
        : []),
      ...failed.grants,
    ],
  });
};
