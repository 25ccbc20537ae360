import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import type { QueuePlan } from '../service/plan.ts';
import type { Queue } from './queue.ts';

/** What a queue is where nothing is said of it. Source: Amazon SQS API Reference, `CreateQueue`. */
export const QUEUE_DEFAULTS = {
  fifo: false,
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  visibilityTimeout: 30,
  delay: 0,
  retention: 345_600,
  receiveWait: 0,
  maximumSize: 1_048_576,
} as const satisfies Omit<QueuePlan, 'name' | 'arn'>;

/** What properties of a queue say, which its template and the API call the same but for two. */
export function changeOf(properties: JsonObject): Partial<QueuePlan> {
  const numbers = {
    visibilityTimeout: properties.VisibilityTimeout,
    delay: properties.DelaySeconds,
    retention: properties.MessageRetentionPeriod,
    receiveWait: properties.ReceiveMessageWaitTimeSeconds ?? properties.ReceiveMessageWaitTime,
    maximumSize: properties.MaximumMessageSize,
  };
  const redrive = redriveOf(properties.RedrivePolicy);
  return {
    ...Object.fromEntries(
      Object.entries(numbers)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, Number(value)]),
    ),
    ...(properties.FifoQueue !== undefined && { fifo: isTrue(properties.FifoQueue) }),
    ...(properties.ContentBasedDeduplication !== undefined && {
      contentBasedDeduplication: isTrue(properties.ContentBasedDeduplication),
    }),
    ...(properties.DeduplicationScope !== undefined && {
      deduplicationScope: properties.DeduplicationScope === 'messageGroup' ? 'messageGroup' : 'queue',
    }),
    // An empty policy takes it away.
    ...(properties.RedrivePolicy !== undefined && { redrive }),
    ...(KEPT.some((name) => properties[name] !== undefined) && { kept: keptOf(properties) }),
  };
}

/** Attributes that nothing here goes by, and that are told as they were given. */
const KEPT = [
  'Policy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  'RedriveAllowPolicy',
  'FifoThroughputLimit',
];

const keptOf = (properties: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = properties[name];
      return value === undefined ? [] : [[name, isObject(value) ? JSON.stringify(value) : text(value)]];
    }),
  );

const isTrue = (value: Json): boolean => text(value) === 'true';

function redriveOf(value: Json | undefined): QueuePlan['redrive'] {
  const policy = typeof value === 'string' && value !== '' ? mapOf(JSON.parse(value)) : mapOf(value);
  if (policy.deadLetterTargetArn === undefined) return undefined;
  return {
    deadLetterArn: text(policy.deadLetterTargetArn),
    maxReceiveCount: Number(policy.maxReceiveCount ?? 10),
  };
}

/** Those of a queue that are asked for, as the API writes them. */
export function attributesOf(queue: Queue, asked: Json | undefined): JsonObject {
  const { plan } = queue;
  const counts = queue.counts();
  const all: Record<string, string> = {
    QueueArn: plan.arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.hidden),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: String(Math.floor(queue.created / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.changed / 1000)),
    VisibilityTimeout: String(plan.visibilityTimeout),
    DelaySeconds: String(plan.delay),
    MessageRetentionPeriod: String(plan.retention),
    MaximumMessageSize: String(plan.maximumSize),
    ReceiveMessageWaitTimeSeconds: String(plan.receiveWait),
    ...(plan.fifo && {
      FifoQueue: 'true',
      ContentBasedDeduplication: String(plan.contentBasedDeduplication),
      DeduplicationScope: plan.deduplicationScope,
      FifoThroughputLimit: 'perQueue',
    }),
    ...(plan.kept?.KmsMasterKeyId === undefined && { SqsManagedSseEnabled: 'true' }),
    // What is empty has been taken away.
    ...Object.fromEntries(Object.entries(plan.kept ?? {}).filter(([, value]) => value !== '')),
    ...(plan.redrive && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: plan.redrive.deadLetterArn,
        maxReceiveCount: plan.redrive.maxReceiveCount,
      }),
    }),
  };
  const names = Array.isArray(asked) ? asked.map(text) : [];
  if (names.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
