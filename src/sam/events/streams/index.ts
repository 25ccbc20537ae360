import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { type PropertyTable, propertyTable } from '../../checks/property-table.ts';
import type { Build } from '../../context.ts';
import { inlinePolicy } from '../../iam/documents.ts';
import { awsPolicy } from '../../iam/managed-policies.ts';
import { isCall } from '../../intrinsics.ts';
import { given, sameData, truthy } from '../../python/values.ts';
import { generated, passedOf } from '../../resource.ts';
import type { Generated } from '../../types.ts';
import { refuseEvent } from '../refuse.ts';
import { nameOf } from '../target.ts';
import type { EventSource, FunctionTarget, SamEvent } from '../types.ts';

/** What Lambda polls. */
export interface Stream {
  /** Properties besides those of all streams. */
  readonly own: Readonly<Record<string, string>>;
  /** The property that has its ARN. */
  readonly arn?: string;
  /** What the mapping has in addition. */
  readonly more?: (event: SamEvent) => Generated['properties'];
  /** The managed policy that the role gets. */
  readonly managed?: string;
  /** Inline policies that the role gets. */
  readonly policies?: (event: SamEvent, build: Build) => readonly JsonObject[];
}

/** Properties that the mapping has under the same name. */
const SAME = {
  StartingPosition: 'any',
  StartingPositionTimestamp: 'any',
  BatchSize: 'int',
  Enabled: 'bool',
  MaximumBatchingWindowInSeconds: 'int',
  MaximumRetryAttempts: 'int',
  BisectBatchOnFunctionError: 'bool',
  MaximumRecordAgeInSeconds: 'int',
  ParallelizationFactor: 'int',
  Topics: 'list',
  Queues: 'list',
  SourceAccessConfigurations: 'list',
  TumblingWindowInSeconds: 'int',
  FunctionResponseTypes: 'list',
  FilterCriteria: 'map',
  KmsKeyArn: 'any',
  ScalingConfig: 'map',
  ProvisionedPollerConfig: 'map',
  MetricsConfig: 'map',
  LoggingConfig: 'map',
};

/** Properties that become something else. */
const OTHER = {
  DestinationConfig: 'map',
  SecretsManagerKmsKeyId: 'string',
  KafkaBootstrapServers: 'list',
  ConsumerGroupId: 'string',
  SchemaRegistryConfig: 'map',
};

const table = (stream: Stream): PropertyTable => propertyTable({ ...SAME, ...OTHER, ...stream.own });

/** A kind of event that Lambda polls. */
export const polled = (stream: Stream): EventSource<FunctionTarget> => ({
  properties: table(stream),
  generate: (event, to, build) => eventSourceMapping(stream, event, { ...to, build }),
});

export const SQS: Stream = {
  own: { Queue: 'any!' },
  arn: 'Queue',
  managed: 'service-role/AWSLambdaSQSQueueExecutionRole',
};
export const KINESIS: Stream = {
  own: { Stream: 'any!', StartingPosition: 'any!' },
  arn: 'Stream',
  managed: 'service-role/AWSLambdaKinesisExecutionRole',
};
export const DYNAMODB: Stream = {
  own: { Stream: 'any!', StartingPosition: 'any!' },
  arn: 'Stream',
  managed: 'service-role/AWSLambdaDynamoDBExecutionRole',
};

/** The mapping of a stream to a function; the function's role gets what it needs for it. */
export function eventSourceMapping(
  stream: Stream,
  event: SamEvent,
  { target, role, build }: FunctionTarget & { readonly build: Build },
): Generated[] {
  const { properties, logicalId } = event;
  const kept: Record<string, Json | undefined> = {};
  for (const name in SAME) if (given(properties[name])) kept[name] = properties[name];
  checkFilter(event);
  const { KafkaBootstrapServers } = properties;
  const destination = destinationPolicy(event);
  const mapping = generated(logicalId, 'AWS::Lambda::EventSourceMapping', {
    attributes: passedOf(target),
    properties: {
      ...kept,
      FunctionName: nameOf(target),
      EventSourceArn: stream.arn === undefined ? undefined : properties[stream.arn],
      SelfManagedEventSource: truthy(KafkaBootstrapServers)
        ? { Endpoints: { KafkaBootstrapServers } }
        : undefined,
      ...kafkaConfig(event),
      DestinationConfig: truthy(properties.DestinationConfig) ? properties.DestinationConfig : undefined,
      ...stream.more?.(event),
    },
  });
  allow(stream, event, { role, build });
  if (destination) addInline(role, [destination]);
  return [mapping];
}

function checkFilter(event: SamEvent): void {
  const { FilterCriteria } = event.properties;
  if (!truthy(FilterCriteria) || isCall(FilterCriteria) || !isObject(FilterCriteria)) return;
  const [only, ...more] = Object.keys(FilterCriteria);
  if (only !== 'Filters' || more.length > 0)
    refuseEvent(event, ['FilterCriteria'], 'FilterCriteria takes Filters and nothing else');
}

/** Kinds of Kafka, each with the property that has their settings. */
const KAFKA: Readonly<Record<string, string>> = {
  MSK: 'AmazonManagedKafkaEventSourceConfig',
  SelfManagedKafka: 'SelfManagedKafkaEventSourceConfig',
};

function kafkaConfig(event: SamEvent): Generated['properties'] {
  const { ConsumerGroupId, SchemaRegistryConfig } = event.properties;
  const property = Object.hasOwn(KAFKA, event.type) ? KAFKA[event.type] : undefined;
  if (property === undefined) {
    if (truthy(ConsumerGroupId))
      refuseEvent(event, ['ConsumerGroupId'], `events of ${event.type} have no ConsumerGroupId`);
    return {};
  }
  const settings: JsonObject = {
    ...(truthy(ConsumerGroupId) && { ConsumerGroupId }),
    ...(truthy(SchemaRegistryConfig) && { SchemaRegistryConfig }),
  };
  return Object.keys(settings).length > 0 ? { [property]: settings } : {};
}

const DESTINATIONS = ['SQS', 'SNS', 'S3', 'Kafka'];

/** What the role needs for the destination of failed records; the destination's `Type` is SAM's alone and goes. */
function destinationPolicy(event: SamEvent): JsonObject | undefined {
  const { DestinationConfig } = event.properties;
  if (!truthy(DestinationConfig) || !isObject(DestinationConfig)) return undefined;
  const path = ['DestinationConfig', 'OnFailure'];
  const { OnFailure } = DestinationConfig;
  if (!isObject(OnFailure)) return refuseEvent(event, path, 'DestinationConfig needs OnFailure, as a map');
  const { Type, Destination = null } = OnFailure;
  if (!truthy(Type)) return undefined;
  delete OnFailure.Type;
  if (typeof Type !== 'string' || !DESTINATIONS.includes(Type))
    return refuseEvent(
      event,
      [...path, 'Type'],
      `Type of a destination has to be one of ${DESTINATIONS.join(', ')}`,
    );
  const id = event.logicalId;
  if (Type === 'SQS') return inlinePolicy(`${id}SQSPolicy`, ['sqs:SendMessage', Destination]);
  if (Type === 'SNS') return inlinePolicy(`${id}SNSPolicy`, ['sns:publish', Destination]);
  if (Type === 'S3')
    return inlinePolicy(
      `${id}S3Policy`,
      ['s3:PutObject', { 'Fn::Join': ['/', [Destination, '*']] }],
      ['s3:ListBucket', Destination],
    );
  return undefined;
}

function allow(
  stream: Stream,
  event: SamEvent,
  { role, build }: { readonly role: Generated; readonly build: Build },
): void {
  if (stream.managed !== undefined) {
    const arn = awsPolicy(stream.managed, build);
    const managed = role.properties.ManagedPolicyArns;
    if (Array.isArray(managed) && !managed.includes(arn)) managed.push(arn);
  }
  addInline(role, stream.policies?.(event, build) ?? []);
}

/** Adds inline policies to a role, unless it has one of the same content. */
function addInline(role: Generated, policies: readonly JsonObject[]): void {
  if (policies.length === 0) return;
  role.properties.Policies ??= [];
  const list = role.properties.Policies as Json[];
  for (const policy of policies) {
    const isThere = list.some(
      (other) => isObject(other) && sameData(other.PolicyDocument, policy.PolicyDocument),
    );
    if (!isThere) list.push(policy);
  }
}
