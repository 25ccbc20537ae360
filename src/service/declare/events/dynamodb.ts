import type { DynamoDbEvent } from '../../event-types.ts';
import { type EventMarshaller, eventId, sourceOf } from './shared/context.ts';
import { addMapping, failureDestination } from './shared/mapping.ts';
import { streamProperties } from './shared/stream.ts';

/** The stream of a DynamoDB table. */
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
  addMapping(context, event, {
    id: eventId(context, event, { kind: 'Stream', source: event.table, id: stream.id }),
    properties,
    grants: [
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
    ],
  });
};
