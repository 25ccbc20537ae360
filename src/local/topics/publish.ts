import { createHash, randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../template/types.ts';
import { matches } from '../patterns/match.ts';
import type { MessageAttributes } from '../queues/message.ts';
import { undelivered } from '../service/dead-letters.ts';
import type { ServiceContext } from '../service/part.ts';
import type { SubscriptionPlan, TopicPlan } from '../service/plan.ts';

/** What is published to a topic. */
export interface Publication {
  readonly message: string;
  readonly subject?: string;
  readonly attributes: MessageAttributes;
  /** `json`: what each protocol gets is a field of the message. */
  readonly structure?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly traceId?: string;
}

/** What publishers are told of a message. */
export interface Receipt {
  readonly id: string;
  /** Of FIFO topics. */
  readonly sequence?: string;
}

/** A message on its way to subscriptions. */
interface Published extends Publication, Receipt {
  readonly topic: TopicPlan;
  readonly time: string;
  readonly deduplicationId: string;
}

/** What FIFO topics have taken. */
export type Taken = Map<string, Receipt & { readonly at: number }>;

/** Source: Amazon SNS Developer Guide, "Amazon SNS raw message delivery": a message with more is discarded as a client-side error. */
const RAW_ATTRIBUTES = 10;

/** Milliseconds for which a FIFO topic remembers what was published. */
const DEDUPLICATION = 300_000;

/**
 * Sends a message to the subscriptions whose filter policies take it; nothing that a FIFO topic has taken already. Source:
 * Amazon SNS API Reference, `Publish`, `MessageDeduplicationId`.
 */
export async function publish(
  topic: TopicPlan,
  publication: Publication,
  {
    subscriptions,
    context,
    taken,
  }: {
    readonly subscriptions: readonly SubscriptionPlan[];
    readonly context: ServiceContext;
    readonly taken: Taken;
  },
): Promise<Receipt> {
  const { activity, targets } = context;
  const now = Date.now();
  const receipt: Receipt = { id: randomUUID(), ...(topic.fifo && { sequence: nextSequence() }) };
  const deduplicationId = deduplicationIdOf(topic, publication, receipt.id);
  if (topic.fifo) {
    for (const [key, { at }] of taken) if (at + DEDUPLICATION < now) taken.delete(key);
    const scope = topic.deduplicatesGroups ? (publication.groupId ?? '') : '';
    const key = [topic.arn, scope, deduplicationId].join('\0');
    const before = taken.get(key);
    if (before) return before;
    taken.set(key, { ...receipt, at: now });
  }
  const published: Published = {
    ...publication,
    ...receipt,
    topic,
    deduplicationId,
    time: new Date(now).toISOString(),
  };
  const { id, traceId, message } = published;
  activity.publish({
    kind: 'arrived',
    at: Date.now(),
    service: 'topic',
    to: topic.name,
    id,
    body: message,
    ...(traceId !== undefined && { traceId }),
  });
  const delivery = {
    cause: { kind: 'topic', source: topic.name, ids: [id] },
    ...(traceId !== undefined && { traceId }),
    ...(publication.groupId !== undefined && { groupId: publication.groupId }),
    ...(topic.fifo && { deduplicationId }),
  } as const;
  for (const each of subscriptions) {
    if (each.topicArn !== topic.arn || !takes(each, published)) continue;
    const [body, attributes] = deliveryTo(each, published);
    const how = { ...delivery, ...(attributes && { attributes }) };
    try {
      if (Object.keys(attributes ?? {}).length > RAW_ATTRIBUTES)
        throw new Error(`SQS takes ${RAW_ATTRIBUTES} attributes of a raw message at most`);
      await targets.send(each.endpoint, body, how);
    } catch (error) {
      await undelivered(context, {
        source: topic.name,
        what: `${each.endpoint} did not take message ${id}`,
        error,
        deadLetterArn: each.deadLetterArn,
        body,
        delivery: how,
      });
    }
  }
  return receipt;
}

let sequences = 0n;
const nextSequence = (): string => String(10_000_000_000_000_000_000n + ++sequences);

/** What tells messages of FIFO topics apart. */
const deduplicationIdOf = (
  { contentBasedDeduplication }: TopicPlan,
  { deduplicationId, message }: Publication,
  id: string,
): string =>
  deduplicationId ?? (contentBasedDeduplication ? createHash('sha256').update(message).digest('hex') : id);

function takes({ filter, filterScope }: SubscriptionPlan, published: Published): boolean {
  if (!filter) return true;
  if (filterScope === 'MessageAttributes') return matches(filter, attributeValues(published.attributes));
  try {
    return matches(filter, JSON.parse(published.message));
  } catch {
    return false;
  }
}

/** Attributes as filter policies see them. */
function attributeValues(attributes: MessageAttributes): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { DataType, StringValue = '' }]): [string, Json][] => {
      if (DataType.startsWith('Number')) return [[name, Number(StringValue)]];
      if (DataType.startsWith('String.Array')) {
        try {
          return [[name, JSON.parse(StringValue)]];
        } catch {
          return [];
        }
      }
      return DataType.startsWith('Binary') ? [] : [[name, StringValue]];
    }),
  );
}

/** What one protocol gets of a message. */
function messageFor({ message, structure }: Published, protocol: string): string {
  if (structure !== 'json') return message;
  try {
    const parsed = JSON.parse(message);
    return String(parsed[protocol] ?? parsed.default);
  } catch {
    return message;
  }
}

/** The same for the same subscription in each run. */
export function subscriptionArn({
  topicArn,
  protocol,
  endpoint,
}: Pick<SubscriptionPlan, 'topicArn' | 'protocol' | 'endpoint'>): string {
  const digest = createHash('sha256').update(`${protocol} ${endpoint}`).digest('hex');
  const id = [0, 8, 12, 16, 20].map((from, at, all) => digest.slice(from, all[at + 1] ?? 32)).join('-');
  return `${topicArn}:${id}`;
}

/** Source: Amazon SNS Developer Guide, "Parsing message formats"; AWS Lambda Developer Guide, "Using AWS Lambda with Amazon SNS". */
function deliveryTo(
  { endpoint, protocol, raw, topicArn }: SubscriptionPlan,
  published: Published,
): readonly [body: string, attributes?: MessageAttributes] {
  const { id, subject, attributes, time, sequence } = published;
  const Message = messageFor(published, protocol);
  if (protocol === 'sqs' && raw) return [Message, attributes];
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue },
    ]),
  );
  const common = {
    Type: 'Notification',
    MessageId: id,
    ...(sequence !== undefined && { SequenceNumber: sequence }),
    TopicArn: topicArn,
    Message,
    Timestamp: time,
    SignatureVersion: '1',
    Signature: 'EXAMPLE',
  };
  const unsubscribe = 'EXAMPLE';
  if (protocol === 'sqs') {
    const envelope = {
      ...common,
      ...(subject !== undefined && { Subject: subject }),
      SigningCertURL: 'EXAMPLE',
      UnsubscribeURL: unsubscribe,
      ...(Object.keys(attributes).length > 0 && { MessageAttributes }),
    };
    return [JSON.stringify(envelope)];
  }
  const Sns = {
    ...common,
    Subject: subject ?? null,
    SigningCertUrl: 'EXAMPLE',
    UnsubscribeUrl: unsubscribe,
    MessageAttributes,
  };
  const record = {
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: subscriptionArn({ topicArn, protocol, endpoint }),
    Sns,
  };
  return [JSON.stringify({ Records: [record] })];
}
