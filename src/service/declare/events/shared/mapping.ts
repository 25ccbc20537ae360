import type { MappingBase, SqsEvent } from '../../../event-types.ts';
import type { Data, Value } from '../../../values.ts';
import { addResource, type Grant, grant } from '../../draft.ts';
import { join } from '../../resources.ts';
import { type EventSourceContext, sourceOf } from './context.ts';

/** Properties of a resource; those that are `undefined` are left out. */
export type Properties = Readonly<Record<string, Data | undefined>>;

/** What one kind of event source has of its own. */
interface Mapping {
  /** What the resources of the event are called. */
  readonly id: string;
  /** Beside those that all mappings have. */
  readonly properties: Properties;
  /** What the function's role needs in order to read the source. */
  readonly grants: readonly Grant[];
}

/** Adds an event source mapping, by which Lambda itself reads a source, and what the function's role needs for it. */
export function addMapping(
  context: EventSourceContext,
  event: MappingBase,
  { id, properties, grants }: Mapping,
): void {
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

/** Properties without those that are `undefined`. */
export const defined = (properties: Properties): Record<string, Data> =>
  Object.fromEntries(
    Object.entries(properties).filter((entry): entry is [string, Data] => entry[1] !== undefined),
  );

/** The function says which records of a batch failed. */
export const PARTIAL = ['ReportBatchItemFailures'];

/** What may be sent to, by the service in its ARN. */
const SENDING: Readonly<Record<string, readonly string[]>> = {
  'AWS::SNS::Topic': ['sns:Publish'],
  'AWS::SQS::Queue': ['sqs:SendMessage'],
  'AWS::S3::Bucket': ['s3:ListBucket', 's3:PutObject'],
};

/** Where records go that cannot be handled, and what the role needs to send them there. */
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

/** How many pollers Lambda keeps for a source. */
export const pollersOf = (pollers: SqsEvent['pollers']): Data | undefined =>
  pollers &&
  defined({
    MinimumPollers: pollers.minimum,
    MaximumPollers: pollers.maximum,
    PollerGroupName: pollers.group,
  });
