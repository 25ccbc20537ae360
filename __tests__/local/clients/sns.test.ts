/** Topics as the SDK's client sees them. Refusals as AWS answers them: recorded in localstack/localstack (`test_sns.snapshot.json`). */
import {
  CreateTopicCommand,
  type CreateTopicCommandInput,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  type SubscribeCommandInput,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queueArn, queuePlan, refusal, served } from './served.ts';

const topicArn = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;
const TopicArn = topicArn('news');

let service: Awaited<ReturnType<typeof served>>;
let sns: SNSClient;
let sqs: SQSClient;
beforeAll(async () => {
  service = await served({
    queues: ['raw', 'dead', 'full', 'late', 'ordered.fifo'].map((name) => queuePlan(name)),
    topics: [
      {
        name: 'news',
        arn: TopicArn,
        fifo: false,
        contentBasedDeduplication: false,
        deduplicatesGroups: false,
      },
    ],
  });
  sns = new SNSClient(service.settings);
  sqs = new SQSClient(service.settings);
});
afterAll(async () => {
  sns.destroy();
  sqs.destroy();
  await service.stop();
});

const create = (input: CreateTopicCommandInput) => sns.send(new CreateTopicCommand(input));
const attributes = async (name: string) =>
  (await sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn(name) }))).Attributes;
const subscribe = async (queue: string, more: Partial<SubscribeCommandInput> = {}) =>
  (await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn(queue), ...more })))
    .SubscriptionArn;
const publish = (more: Partial<PublishCommandInput>) =>
  sns.send(new PublishCommand({ TopicArn, Message: 'a', ...more }));
const received = async (name: string) =>
  (await sqs.send(new ReceiveMessageCommand({ QueueUrl: service.queueUrl(name), MaxNumberOfMessages: 10 })))
    .Messages ?? [];

describe('topics', () => {
  it.each<readonly [CreateTopicCommandInput]>([
    [{ Name: 'a b' }],
    [{ Name: 'a.fifo' }],
    [{ Name: 'a', Attributes: { FifoTopic: 'true' } }],
    [{ Name: 'a'.repeat(257) }],
  ])('are not called %j', async (input) => {
    expect(await refusal(create(input))).toBe('InvalidParameterException: Invalid parameter: Topic Name');
  });

  it('keep what they are made with, are the same again, and go', async () => {
    const input = {
      Name: 'made.fifo',
      Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true', DisplayName: 'Made' },
      Tags: [{ Key: 'team', Value: 'a' }],
    };
    const { TopicArn: arn } = await create(input);
    expect(await attributes('made.fifo')).toEqual({
      TopicArn: topicArn('made.fifo'),
      Owner: '123456789012',
      DisplayName: 'Made',
      FifoTopic: 'true',
      ContentBasedDeduplication: 'true',
      FifoThroughputScope: 'Topic',
      SubscriptionsConfirmed: '0',
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
    });
    expect((await create(input)).TopicArn).toBe(arn);
    expect(
      await refusal(create({ ...input, Attributes: { FifoTopic: 'true', DisplayName: 'x' } })),
    ).toContain('Topic already exists with different attributes');
    expect(await refusal(create({ ...input, Tags: [{ Key: 'team', Value: 'b' }] }))).toContain(
      'Topic already exists with different tags',
    );
    for (let times = 0; times < 2; times++) await sns.send(new DeleteTopicCommand({ TopicArn: arn }));
    expect(await refusal(attributes('made.fifo'))).toBe('NotFoundException: Topic does not exist');
  });

  it('take other attributes, and no unknown ones', async () => {
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
    await set('DisplayName', 'News');
    expect(await attributes('news')).toMatchObject({ DisplayName: 'News' });
    expect(await refusal(set('Bogus', '1'))).toContain('AttributeName: Bogus');
    expect(await refusal(set('ContentBasedDeduplication', 'true'))).toContain('ContentBasedDeduplication');
    expect(await refusal(create({ Name: 'b', Attributes: { Bogus: '1' } }))).toContain(
      'AttributeName: Bogus',
    );
  });

  it('have tags', async () => {
    const ResourceArn = TopicArn;
    const Tags = ['a', 'b', 'c'].map((Key) => ({ Key, Value: `${Key}1` }));
    await sns.send(new TagResourceCommand({ ResourceArn, Tags }));
    await sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a', 'c'] }));
    expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual([
      { Key: 'b', Value: 'b1' },
    ]);
  });

  it('have ARNs', async () => {
    expect(await refusal(publish({ TopicArn: 'news' }))).toBe(
      'InvalidParameterException: Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
    );
    expect(await refusal(publish({ TopicArn: undefined, PhoneNumber: '+15551234567' }))).toContain(
      'Messages to phones are not sent from here',
    );
  });
});

describe('subscriptions', () => {
  const policy = (value: unknown, more: Record<string, string> = {}) => ({
    Attributes: { FilterPolicy: typeof value === 'string' ? value : JSON.stringify(value), ...more },
  });
  const body = { FilterPolicyScope: 'MessageBody' };
  it.each<readonly [string, Partial<SubscribeCommandInput>, string]>([
    ['raw', { Protocol: 'test' }, 'Amazon SNS does not support this protocol string: test'],
    ['raw', { Protocol: 'email', Endpoint: 'a@b.c' }, 'subscriptions by email are not served here'],
    ['raw', { Endpoint: 'http://127.0.0.1/123456789012/raw' }, 'Invalid parameter: SQS endpoint ARN'],
    ['ordered.fifo', {}, 'FIFO SQS Queues can not be subscribed to standard SNS topics'],
    [
      'raw',
      { Attributes: { RawMessageDelivery: 'wrong' } },
      'Attributes Reason: RawMessageDelivery: Invalid value [wrong]. Must be true or false.',
    ],
    [
      'raw',
      { Attributes: { RedrivePolicy: '{"deadLetterTargetArn":"dead"}' } },
      'RedrivePolicy: deadLetterTargetArn is an invalid arn',
    ],
    ['raw', { Attributes: { Bogus: '1' } }, 'Attributes Reason: AttributeName'],
    ['raw', policy('{bad'), 'FilterPolicy: failed to parse JSON.'],
    ['raw', policy({ a: [{ wrong: 1 }] }), 'FilterPolicy: "a": there is no operator wrong'],
    ['raw', policy({ a: [] }), 'FilterPolicy: "a": Empty arrays are not allowed'],
    [
      'raw',
      policy({ a: { b: ['c'] } }),
      'Filter policy scope MessageAttributes does not support nested filter policy',
    ],
    [
      'raw',
      policy({ a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: { f: ['1'], g: ['1'] } }, body),
      'Filter policy can not have more than 5 keys',
    ],
    [
      'raw',
      policy({ a: Array.from({ length: 151 }, (_, at) => at) }),
      'FilterPolicy: Filter policy is too complex',
    ],
    [
      'raw',
      policy({ a: [{ 'anything-but': { suffix: 'x' } }] }),
      'FilterPolicy: Unsupported anything-but pattern: suffix',
    ],
  ])('of %s are refused with %j', async (queue, more, words) => {
    expect(await refusal(subscribe(queue, more))).toContain(words);
  });

  /** 3 values at depth 2, 4 at depth 1 and 7 at depth 1: 168, of which 150 are allowed. */
  it('may have policies of 150 combinations', async () => {
    const values = (length: number) => Array.from({ length }, (_, at) => at);
    const given = (last: number) => policy({ a: { b: values(3) }, c: values(5), d: values(last) }, body);
    expect(await refusal(subscribe('full', given(6)))).toContain('too complex');
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: await subscribe('full', given(5)) }));
  });

  it('are listed with their attributes, change them, and end', async () => {
    const SubscriptionArn = await subscribe('raw', {
      Attributes: {
        FilterPolicy: '{"kind": ["new"]}',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }),
      },
    });
    const told = async () =>
      (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;
    expect(await told()).toMatchObject({
      Endpoint: queueArn('raw'),
      RawMessageDelivery: 'false',
      FilterPolicy: '{"kind":["new"]}',
      FilterPolicyScope: 'MessageAttributes',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }),
    });
    expect(await subscribe('raw', { Attributes: { FilterPolicy: '{"kind":["new"]}' } })).toBe(
      SubscriptionArn,
    );
    expect(await refusal(subscribe('raw', { Attributes: { RawMessageDelivery: 'true' } }))).toContain(
      'Subscription already exists with different attributes',
    );
    const listed = {
      SubscriptionArn,
      Owner: '123456789012',
      Protocol: 'sqs',
      Endpoint: queueArn('raw'),
      TopicArn,
    };
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions).toEqual([listed]);
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([
      listed,
    ]);
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
    await publish({ Message: 'no attribute' });
    await set('FilterPolicyScope', 'MessageBody');
    await set('FilterPolicy', '{"a":{"b":["c"]}}');
    expect(await refusal(set('FilterPolicyScope', 'MessageAttributes'))).toContain('nested');
    await set('RawMessageDelivery', 'true');
    await publish({ Message: '{"a":{"b":"c"}}' });
    await publish({ Message: '{"a":{"b":"d"}}' });
    await set('FilterPolicy', '{}');
    expect(await told()).not.toHaveProperty('FilterPolicy');
    await publish({ Message: 'all' });
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await publish({ Message: 'too late' });
    expect((await received('raw')).map(({ Body }) => Body)).toEqual(['{"a":{"b":"c"}}', 'all']);
    expect(await refusal(told())).toBe('NotFoundException: Subscription does not exist');
  });

  /** Source: Amazon SNS Developer Guide, "Amazon SNS raw message delivery". */
  it('that are raw give up a message with more than 10 attributes', async () => {
    await subscribe('late', {
      Attributes: {
        RawMessageDelivery: 'true',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead') }),
      },
    });
    const named = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`a${at}`, { DataType: 'String', StringValue: 'x' }]),
      );
    await publish({ Message: 'ten', MessageAttributes: named(10) });
    await publish({ Message: 'eleven', MessageAttributes: named(11) });
    expect((await received('late')).map(({ Body }) => Body)).toEqual(['ten']);
    expect((await received('dead')).map(({ Body }) => Body)).toEqual(['eleven']);
  });
});

describe('messages', () => {
  const text = (StringValue: string, DataType = 'String') => ({ a: { DataType, StringValue } });
  it.each<readonly [Partial<PublishCommandInput>, string]>([
    [{ Subject: '' }, 'InvalidParameterException: Invalid parameter: Subject'],
    [{ Subject: 'a\nb' }, 'InvalidParameterException: Invalid parameter: Subject'],
    [{ Subject: 'a'.repeat(101) }, 'InvalidParameterException: Invalid parameter: Subject'],
    [
      { MessageDeduplicationId: 'a' },
      'MessageDeduplicationId parameter that is not valid for this topic type',
    ],
    [{ MessageGroupId: 'a b' }, 'MessageGroupId can only include'],
    [
      { MessageAttributes: text('') },
      "InvalidParameterValueException: The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
    ],
    [{ MessageAttributes: text('x', 'Number') }, "Could not cast message attribute 'a' value to number."],
    [
      { MessageAttributes: text('x', 'Other') },
      'the set of supported type prefixes is Binary, Number, and String.',
    ],
    [
      { MessageAttributes: text('x', 'Binary') },
      "The message attribute 'a' with type 'Binary' must use field 'Binary'.",
    ],
    [
      { MessageAttributes: { '.a': { DataType: 'String', StringValue: 'x' } } },
      "Invalid message attribute name starting with character '.' was found.",
    ],
    [
      { MessageAttributes: { 'a^b': { DataType: 'String', StringValue: 'x' } } },
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name.",
    ],
  ])('%j are refused', async (more, words) => {
    expect(await refusal(publish(more))).toContain(words);
  });

  it('of a batch have ids that AWS takes', async () => {
    const batch = (Id: string) =>
      sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id, Message: 'a' }] }));
    expect(await refusal(batch('message.id'))).toBe(
      'InvalidBatchEntryIdException: The Id of a batch entry in the batch request contains an impermissible character: message.id',
    );
    expect(await refusal(batch('a'.repeat(81)))).toContain('is too long: a');
  });
});
