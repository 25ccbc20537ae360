import type { MappingBase, SqsEvent } from '../../event-types.ts';
import type { Data, Value } from '../../values.ts';
import { addResource, type Grant, grant } from '../draft.ts';
import { join } from '../resources.ts';
import { type EventMarshaller, type EventSourceContext, eventId, sourceOf } from './context.ts';

export type Properties = Readonly<Record<string, Data | undefined>>;

/** Adds the mapping, and to the function's role what it needs. */
export function map(
  context: EventSourceContext,
  event: MappingBase,
  id: string,
  properties: Properties,
  grants: readonly Grant[],
) {
  const { draft, callee } = context;
  grant(draft, callee.name, ...grants);
  const common: Properties = {
    FunctionName: callee.arn,
    Enabled: event.enabled,
    BatchSize: event.batchSize,
    MaximumBatchingWindowInSeconds: event.window,
    FilterCriteria: event.filters && {
      Filters: event.filters.map((pattern) => ({ Pattern: JSON.stringify(pattern) })),
    },
    KmsKeyArn: event.filterKey,
    MetricsConfig: event.metrics ? { Metrics: ['EventCount'] } : undefined,
  };
  const mapping = addResource(draft, `${id}Mapping`, {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: defined({ ...common, ...properties }),
  });
  draft.waiting.set(callee.name, [...(draft.waiting.get(callee.name) ?? []), mapping]);
}

export const defined = (properties: Properties): Record<string, Data> =>
  Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, Data] => entry[1] !== undefined),
  );

export const PARTIAL = ['ReportBatchItemFailures'];

/** What may be sent to, by the service in its ARN. */
const SENDING: Readonly<Record<string, readonly string[]>> = {
  'AWS::SNS::Topic': ['sns:Publish'],
  'AWS::SQS::Queue': ['sqs:SendMessage'],
  'AWS::S3::Bucket': ['s3:ListBucket', 's3:PutObject'],
};

export function failureDestination(context: EventSourceContext, value: Value<string> | undefined) {
  if (value === undefined) return { properties: undefined, grants: [] };
  const found = sourceOf(context, 'onFailure', value, Object.keys(SENDING));
  if (!found) return { properties: undefined, grants: [] };
  const type = found.id === undefined ? typeOfArn(found.arn) : context.draft.resources.get(found.id)?.Type;
  const actions = SENDING[type ?? ''] ?? Object.values(SENDING).flat();
  const resources = actions.includes('s3:PutObject') ? [found.arn, join(found.arn, '/*')] : [found.arn];
  return {
    properties: { OnFailure: { Destination: found.arn } },
    grants: [{ actions, resources }],
  };
}

const typeOfArn = (arn: Data): string | undefined => {
  const service = typeof arn === 'string' ? arn.split(':')[2] : undefined;
  return Object.keys(SENDING).find((type) => type.split('::')[1]?.toLowerCase() === service);
};

export const sqs: EventMarshaller<SqsEvent> = (event, context) => {
  const queue = sourceOf(context, 'queue', event.queue, ['AWS::SQS::Queue']);
  if (!queue) return;
  checkVisibility(queue.id, context);
  const properties = {
    EventSourceArn: queue.arn,
    FunctionResponseTypes: event.partialBatch ? PARTIAL : undefined,
    ScalingConfig:
      event.maxConcurrency === undefined ? undefined : { MaximumConcurrency: event.maxConcurrency },
    ProvisionedPollerConfig: pollersOf(event.pollers),
  };
  map(context, event, eventId(context, event, 'Queue', event.queue, queue.id), properties, [
    {
      actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      resources: [queue.arn],
    },
  ]);
};

/** Seconds. Sources: CloudFormation, AWS::SQS::Queue; Lambda API reference, default timeout of functions. */
const DEFAULT_VISIBILITY = 30;
const DEFAULT_TIMEOUT = 3;

/** Lambda refuses a queue whose messages may come again while the function is still at work. */
function checkVisibility(queueId: string | undefined, { draft, path, callee }: EventSourceContext): void {
  const queue = queueId === undefined ? undefined : draft.resources.get(queueId);
  const visibility = queue?.Properties?.VisibilityTimeout ?? DEFAULT_VISIBILITY;
  const timeout = draft.service.functions?.[callee.name]?.timeout ?? DEFAULT_TIMEOUT;
  if (queue === undefined || typeof visibility !== 'number' || visibility >= timeout) return;
  draft.faults.push({
    path: [...path, 'queue'],
    message: `messages of ${queueId} are hidden for ${visibility} s, less than the function's timeout of ${timeout} s`,
    next: `Set VisibilityTimeout of the queue to ${timeout * 6}, six times as long, as AWS recommends.`,
  });
}

export const pollersOf = (pollers: SqsEvent['pollers']): Data | undefined =>
  pollers && defined({ MinimumPollers: pollers.minimum, MaximumPollers: pollers.maximum });
