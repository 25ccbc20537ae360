import { CallError } from '../aws-api/answer.ts';
import type { QueryInput, XmlValue } from '../aws-api/query.ts';
import type { TopicPlan } from '../service/plan.ts';
import {
  attributesIn,
  checkedArn,
  invalidParameter,
  type TopicAction,
  type Topics,
  topicOf,
} from './context.ts';

/** Attributes that nothing here goes by. Source: Amazon SNS API Reference, `CreateTopic`. */
const KEPT =
  /^(DeliveryPolicy|DisplayName|Policy|TracingConfig|KmsMasterKeyId|SignatureVersion|ArchivePolicy|DataProtectionPolicy|(HTTP|Firehose|Lambda|Application|SQS)(Success|Failure)Feedback(RoleArn|SampleRate))$/;
const OF_FIFO = ['ContentBasedDeduplication', 'FifoThroughputScope'];
const SCOPES = ['Topic', 'MessageGroup'];

/** Source: Amazon SNS API Reference, `CreateTopic`. */
export const isTopicName = (name: string, isFifo: boolean): boolean =>
  /^[\w-]{1,256}(\.fifo)?$/.test(name) && name.length <= 256 && name.endsWith('.fifo') === isFifo;

/**
 * What callers do with topics, not with messages.
 * Words as AWS answers them, recorded in localstack/localstack (`test_sns.snapshot.json`).
 */
export const TOPIC_ACTIONS: Readonly<Record<string, TopicAction>> = {
  CreateTopic(input, topics) {
    const name = input.text('Name') ?? '';
    const attributes = attributesIn(input);
    const isFifo = attributes.get('FifoTopic') === 'true';
    if (!isTopicName(name, isFifo)) throw invalidParameter('Topic Name');
    const { region, account } = topics.context;
    const arn = `arn:aws:sns:${region}:${account}:${name}`;
    const existing = topics.topics.find((each) => each.arn === arn);
    const bare: TopicPlan = {
      name,
      arn,
      fifo: isFifo,
      contentBasedDeduplication: false,
      deduplicatesGroups: false,
    };
    const tags = tagsIn(input);
    let topic = bare;
    for (const [key, value] of attributes)
      if (key !== 'FifoTopic') topic = changed(topic, [key, value], 'Attributes Reason: ');
    if (!existing) {
      topics.topics.push({ ...topic, tags });
      return { TopicArn: arn };
    }
    const has = told(existing, topics);
    if ([...attributes].some(([key, value]) => has.get(key) !== value))
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    if (Object.entries(tags).some(([key, value]) => existing.tags?.[key] !== value))
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    return { TopicArn: arn };
  },
  DeleteTopic(input, topics) {
    const arn = input.text('TopicArn') ?? '';
    const problem = checkedArn(arn, 'TopicArn');
    if (problem) throw problem;
    topics.topics = topics.topics.filter((each) => each.arn !== arn);
    topics.subscriptions = topics.subscriptions.filter(({ topicArn }) => topicArn !== arn);
    return undefined;
  },
  ListTopics: (_, { topics }) => ({ Topics: topics.map(({ arn }) => ({ TopicArn: arn })) }),
  GetTopicAttributes: (input, topics) => ({
    Attributes: told(topicOf(topics, input.text('TopicArn') ?? ''), topics),
  }),
  SetTopicAttributes(input, topics) {
    const topic = topicOf(topics, input.text('TopicArn') ?? '');
    const name = input.text('AttributeName') ?? '';
    replace(topics, changed(topic, [name, input.text('AttributeValue') ?? ''], ''));
    return undefined;
  },
  TagResource(input, topics) {
    const topic = taggedOf(input, topics);
    replace(topics, { ...topic, tags: { ...topic.tags, ...tagsIn(input) } });
    return {};
  },
  UntagResource(input, topics) {
    const topic = taggedOf(input, topics);
    const gone = input.texts('TagKeys.member');
    const left = Object.entries(topic.tags ?? {}).filter(([key]) => !gone.includes(key));
    replace(topics, { ...topic, tags: Object.fromEntries(left) });
    return {};
  },
  ListTagsForResource: (input, topics) => ({
    Tags: Object.entries(taggedOf(input, topics).tags ?? {}).map(
      ([Key, Value]): XmlValue => ({ Key, Value }),
    ),
  }),
};

function replace(topics: Topics, topic: TopicPlan): void {
  topics.topics = topics.topics.map((each) => (each.arn === topic.arn ? topic : each));
}

function taggedOf(input: QueryInput, { topics }: Topics): TopicPlan {
  const topic = topics.find(({ arn }) => arn === input.text('ResourceArn'));
  if (topic) return topic;
  throw new CallError('ResourceNotFound', 'Resource does not exist', 404);
}

const tagsIn = (input: QueryInput): Readonly<Record<string, string>> =>
  Object.fromEntries(
    input.list('Tags.member').map((each) => [each.text('Key') ?? '', each.text('Value') ?? '']),
  );

/** A topic with another value of an attribute. */
function changed(
  topic: TopicPlan,
  [name, value]: readonly [name: string, value: string],
  before: string,
): TopicPlan {
  if (KEPT.test(name)) return { ...topic, kept: { ...topic.kept, [name]: value } };
  if (!topic.fifo || !OF_FIFO.includes(name)) throw invalidParameter(`${before}AttributeName: ${name}`);
  const isBoolean = name === 'ContentBasedDeduplication';
  if (!(isBoolean ? ['true', 'false'] : SCOPES).includes(value))
    throw invalidParameter(`${before}${name}: Invalid value [${value}].`);
  return isBoolean
    ? { ...topic, contentBasedDeduplication: value === 'true' }
    : { ...topic, deduplicatesGroups: value === 'MessageGroup' };
}

/** The attributes of a topic. */
function told(topic: TopicPlan, { subscriptions, context }: Topics): ReadonlyMap<string, string> {
  const { arn, fifo, kept = {} } = topic;
  const confirmed = subscriptions.filter(({ topicArn }) => topicArn === arn).length;
  return new Map(
    Object.entries({
      TopicArn: arn,
      Owner: context.account,
      DisplayName: '',
      SubscriptionsConfirmed: String(confirmed),
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
      ...(fifo && {
        FifoTopic: 'true',
        ContentBasedDeduplication: String(topic.contentBasedDeduplication),
        FifoThroughputScope: topic.deduplicatesGroups ? 'MessageGroup' : 'Topic',
      }),
      ...kept,
    }),
  );
}
