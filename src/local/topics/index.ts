import { CallError } from '../aws-api/answer.ts';
import {
  QueryInput,
  queryAnswer,
  queryAnswering,
  queryError,
  queryParameters,
  type XmlValue,
} from '../aws-api/query.ts';
import type { AwsApi } from '../aws-api/types.ts';
import { type MessageAttribute, sizeOf } from '../queues/message.ts';
import { BATCH } from '../queues/refusals.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import type { SubscriptionPlan, TopicPlan } from '../service/plan.ts';
import { type Publication, publish, type Receipt, type Taken } from './publish.ts';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';

interface Topics {
  readonly topics: TopicPlan[];
  readonly subscriptions: SubscriptionPlan[];
  readonly context: ServiceContext;
  readonly taken: Taken;
}

type Action = (input: QueryInput, topics: Topics, trace: string | undefined) => Promise<XmlValue> | XmlValue;

/** Bytes of a message with its attributes, and of all messages of a batch. */
const LIMIT = 256 * 1024;

const ACTIONS: Readonly<Record<string, Action>> = {
  async Publish(input, topics, trace) {
    const topic = topicOf(topics, input.text('TopicArn') ?? input.text('TargetArn') ?? '');
    return receiptOf(await publish(topic, publicationOf(input, topic, trace), topics));
  },
  async PublishBatch(input, topics, trace) {
    const topic = topicOf(topics, input.text('TopicArn') ?? '');
    const Successful: XmlValue[] = [];
    const Failed: XmlValue[] = [];
    for (const entry of batchOf(input.list('PublishBatchRequestEntries.member'))) {
      const Id = entry.text('Id') ?? '';
      try {
        const receipt = await publish(topic, publicationOf(entry, topic, trace), topics);
        Successful.push({ Id, ...receiptOf(receipt) });
      } catch (error) {
        if (!(error instanceof CallError)) throw error;
        Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: 'true' });
      }
    }
    return { Successful, Failed };
  },
  CreateTopic(input, topics) {
    const name = input.text('Name') ?? '';
    const { region, account } = topics.context;
    const arn = `arn:aws:sns:${region}:${account}:${name}`;
    const attributes = attributesOf(input);
    if (!topics.topics.some((each) => each.arn === arn))
      topics.topics.push({
        name,
        arn,
        fifo: name.endsWith('.fifo'),
        contentBasedDeduplication: attributes.get('ContentBasedDeduplication') === 'true',
        deduplicatesGroups: attributes.get('FifoThroughputScope') === 'MessageGroup',
      });
    return { TopicArn: arn };
  },
  ListTopics: (_, { topics }) => ({ Topics: topics.map(({ arn }) => ({ TopicArn: arn })) }),
  GetTopicAttributes(input, topics) {
    const { arn } = topicOf(topics, input.text('TopicArn') ?? '');
    return { Attributes: { entry: { key: 'TopicArn', value: arn } } };
  },
  ListSubscriptionsByTopic(input, topics) {
    const { arn } = topicOf(topics, input.text('TopicArn') ?? '');
    return {
      Subscriptions: topics.subscriptions
        .filter(({ topicArn }) => topicArn === arn)
        .map(({ protocol, endpoint }) => ({
          SubscriptionArn: `${arn}:${endpoint.split(':').at(-1)}`,
          Owner: topics.context.account,
          Protocol: protocol,
          Endpoint: endpoint,
          TopicArn: arn,
        })),
    };
  },
  Subscribe(input, topics) {
    const { arn } = topicOf(topics, input.text('TopicArn') ?? '');
    const endpoint = input.text('Endpoint') ?? '';
    const protocol = input.text('Protocol') ?? '';
    const attributes = attributesOf(input);
    const filter = attributes.get('FilterPolicy');
    const isThere = topics.subscriptions.some(
      (each) => each.topicArn === arn && each.protocol === protocol && each.endpoint === endpoint,
    );
    // Whoever is subscribed already stays so, once.
    if (isThere) return { SubscriptionArn: `${arn}:${endpoint.split(':').at(-1)}` };
    topics.subscriptions.push({
      topicArn: arn,
      protocol,
      endpoint,
      raw: attributes.get('RawMessageDelivery') === 'true',
      ...(filter !== undefined && { filter: JSON.parse(filter) }),
      filterScope:
        attributes.get('FilterPolicyScope') === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
    });
    return { SubscriptionArn: `${arn}:${endpoint.split(':').at(-1)}` };
  },
};

const attributesOf = (input: QueryInput): ReadonlyMap<string | undefined, string> =>
  new Map(
    input.list('Attributes.entry').map((each) => [each.text('key'), each.text('value') ?? ''] as const),
  );

const receiptOf = ({ id, sequence }: Receipt) => ({ MessageId: id, SequenceNumber: sequence });

/** The topics of a service, answering SDK clients and taking what is sent to their ARNs. */
export function topicsPart(context: ServiceContext): ServicePart {
  const topics: Topics = {
    topics: [...context.plan.topics],
    subscriptions: [...context.plan.subscriptions],
    context,
    taken: new Map(),
  };
  context.apis.add('sns', topicsApi(topics));
  context.targets.add(
    'sns',
    async (arn, body, { traceId, groupId, deduplicationId, subject, attributes = {} }) => {
      await publish(
        topicOf(topics, arn),
        {
          message: body,
          attributes,
          ...(subject !== undefined && { subject }),
          ...(traceId !== undefined && { traceId }),
          ...(groupId !== undefined && { groupId }),
          ...(deduplicationId !== undefined && { deduplicationId }),
        },
        topics,
      );
    },
  );
  return { name: 'topics', begin: async () => undefined, stop: async () => undefined };
}

const topicsApi =
  (topics: Topics): AwsApi =>
  async (call) => {
    const values = queryParameters(call);
    const answering = queryAnswering(call, NAMESPACE);
    const name = values.get('Action') ?? '';
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    try {
      if (!action) throw new CallError('InvalidAction', `${name} is not served here`);
      const result = await action(new QueryInput(values), topics, call.headers['x-amzn-trace-id']);
      return queryAnswer(name, result, answering);
    } catch (error) {
      if (error instanceof CallError) return queryError(error, answering);
      throw error;
    }
  };

function topicOf({ topics }: Topics, arn: string): TopicPlan {
  const topic = topics.find((each) => each.arn === arn);
  if (topic) return topic;
  throw new CallError('NotFound', 'Topic does not exist', 404);
}

/** Source: Amazon SNS API Reference, `PublishBatch`, "Errors". */
function batchOf(entries: readonly QueryInput[]): readonly QueryInput[] {
  if (entries.length === 0)
    throw new CallError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > BATCH)
    throw new CallError(
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    );
  if (new Set(entries.map((entry) => entry.text('Id'))).size < entries.length)
    throw new CallError(
      'BatchEntryIdsNotDistinct',
      'Two or more batch entries in the request have the same Id.',
    );
  const size = entries.reduce(
    (sum, entry) => sum + sizeOf({ body: entry.text('Message') ?? '', attributes: messageAttributes(entry) }),
    0,
  );
  if (size > LIMIT)
    throw new CallError(
      'BatchRequestTooLong',
      'The length of all the batch messages put together is more than the limit.',
    );
  return entries;
}

/**
 * What SNS refuses of a message.
 * Source: Amazon SNS API Reference, `Publish`.
 */
function refusalOf(
  { message, attributes, structure, groupId, deduplicationId }: Publication,
  { fifo, contentBasedDeduplication }: TopicPlan,
): string | undefined {
  if (message === '') return 'Empty message';
  if (sizeOf({ body: message, attributes }) > LIMIT) return 'Message too long';
  if (structure === 'json') {
    try {
      if (typeof JSON.parse(message).default !== 'string')
        return 'Message Structure - No default entry in JSON message body';
    } catch {
      return 'Message Structure - JSON message body failed to parse';
    }
  }
  if (fifo && groupId === undefined) return 'The MessageGroupId parameter is required for FIFO topics';
  if (fifo && deduplicationId === undefined && !contentBasedDeduplication)
    return 'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';
  return undefined;
}

const messageAttributes = (input: QueryInput): Publication['attributes'] =>
  Object.fromEntries(
    input.list('MessageAttributes.entry').map((each): [string, MessageAttribute] => {
      const text = each.text('Value.StringValue');
      const binary = each.text('Value.BinaryValue');
      return [
        each.text('Name') ?? '',
        {
          DataType: each.text('Value.DataType') ?? 'String',
          ...(text !== undefined && { StringValue: text }),
          ...(binary !== undefined && { BinaryValue: binary }),
        },
      ];
    }),
  );

function publicationOf(input: QueryInput, topic: TopicPlan, trace: string | undefined): Publication {
  const message = input.text('Message') ?? '';
  const attributes = messageAttributes(input);
  const optional = {
    subject: input.text('Subject'),
    structure: input.text('MessageStructure'),
    groupId: input.text('MessageGroupId'),
    deduplicationId: input.text('MessageDeduplicationId'),
    traceId: trace,
  };
  const publication: Publication = {
    message,
    attributes,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
  const refusal = refusalOf(publication, topic);
  if (refusal !== undefined) throw new CallError('InvalidParameter', `Invalid parameter: ${refusal}`);
  return publication;
}
