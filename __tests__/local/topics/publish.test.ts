import { describe, expect, it } from '@jest/globals';
import type { SubscriptionPlan, TopicPlan } from '../../../src/local/service/plan.ts';
import { topicsPart } from '../../../src/local/topics/index.ts';
import { callApi, KEEPS, REFUSES, serviceContext } from '../service-context.ts';

const arn = 'arn:aws:sns:us-east-1:123456789012:news';
const topic: TopicPlan = {
  name: 'news',
  arn,
  fifo: false,
  contentBasedDeduplication: false,
  deduplicatesGroups: false,
};
const subscription = (endpoint: string, more: Partial<SubscriptionPlan> = {}): SubscriptionPlan => ({
  topicArn: arn,
  protocol: 'sqs',
  endpoint,
  raw: false,
  filterScope: 'MessageAttributes',
  ...more,
});

function news(over: Partial<TopicPlan>, ...subscriptions: readonly SubscriptionPlan[]) {
  const made = serviceContext({ topics: [{ ...topic, ...over }], subscriptions });
  topicsPart(made.context);
  const call = async (Action: string, input: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ Action, TopicArn: arn, ...input }).toString();
    return (await callApi(made.context, 'sns', { body })).body;
  };
  return { ...made, call };
}
const between = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

describe('a topic', () => {
  it('says at the start what AWS refuses of it, and of its subscriptions', async () => {
    const fifoQueue = 'arn:aws:sqs:us-east-1:123456789012:jobs.fifo';
    const begun = async (more: Partial<TopicPlan>, endpoint: string) => {
      const { context, warnings } = serviceContext({
        topics: [{ ...topic, ...more }],
        subscriptions: [subscription(endpoint)],
      });
      await topicsPart(context).begin();
      return warnings;
    };
    expect(await begun({}, fifoQueue.replace('.fifo', ''))).toEqual([]);
    expect(await begun({ name: 'a.fifo', fifo: true }, fifoQueue)).toEqual([]);
    expect(await begun({ name: 'a.fifo' }, fifoQueue)).toEqual([
      'a.fifo: AWS refuses this topic: Invalid parameter: Topic Name',
      expect.stringContaining('FIFO SQS Queues can not be subscribed to standard SNS topics'),
    ]);
  });

  it('does what the query of an integration says, whatever is in its body', async () => {
    const { context, sent } = news({}, subscription(KEEPS, { raw: true }));
    const { body } = await callApi(context, 'sns', {
      query: new URLSearchParams({ Action: 'Publish', TopicArn: arn }),
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=Subscribe&Message=a',
    });
    expect(JSON.parse(body)).toMatchObject({ PublishResponse: { PublishResult: { SequenceNumber: null } } });
    expect(sent).toMatchObject([{ body: 'a' }]);
  });

  it('goes on with others where neither a subscription nor its dead letter queue takes a message', async () => {
    const { call, sent, warnings } = news(
      {},
      subscription(REFUSES),
      subscription(REFUSES, { deadLetterArn: REFUSES }),
      subscription(REFUSES, { deadLetterArn: `${KEEPS}-dead`, raw: true }),
      subscription(KEEPS),
    );
    const answer = await call('Publish', {
      Message: 'a',
      'MessageAttributes.entry.1.Name': 'kind',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': 'new',
    });
    expect(between(answer, 'MessageId')).toMatch(/^[\da-f-]{36}$/);
    expect(sent).toEqual([
      expect.objectContaining({
        arn: `${KEEPS}-dead`,
        body: 'a',
        attributes: { kind: { DataType: 'String', StringValue: 'new' } },
      }),
      expect.objectContaining({ arn: KEEPS, body: expect.stringContaining('"Message":"a"') }),
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/^news: .* did not take message .*: refused$/),
      'news: its dead letter queue did not take what failed: refused',
    ]);
  });

  it('counts attributes as part of a message', async () => {
    const { call } = news({});
    const Message = 'x'.repeat(256 * 1024 - 10);
    expect(await call('Publish', { Message })).toContain('<MessageId>');
    const more = {
      'MessageAttributes.entry.1.Name': 'kind',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': 'new',
    };
    expect(await call('Publish', { Message, ...more })).toContain('Message too long');
  });

  it('refuses a batch that is too large', async () => {
    const { call } = news({});
    const entries = Object.fromEntries(
      [1, 2].flatMap((at) => [
        [`PublishBatchRequestEntries.member.${at}.Id`, `${at}`],
        [`PublishBatchRequestEntries.member.${at}.Message`, 'x'.repeat(140_000)],
      ]),
    );
    expect(await call('PublishBatch', entries)).toContain('<Code>BatchRequestTooLong</Code>');
  });

  it('has who subscribes again once', async () => {
    const { call, sent } = news({}, subscription(KEEPS));
    await call('Subscribe', { Protocol: 'sqs', Endpoint: KEEPS });
    await call('Publish', { Message: 'a' });
    expect(sent).toHaveLength(1);
  });
});

/** Source: Amazon SNS API Reference, `Publish`. */
describe('a FIFO topic', () => {
  const publish = (group: string, id: string) => ({
    Message: 'a',
    MessageGroupId: group,
    MessageDeduplicationId: id,
  });

  it('delivers the same message once, also to standard queues, and numbers what it takes', async () => {
    const { call, sent } = news({ fifo: true }, subscription(KEEPS));
    const first = await call('Publish', publish('one', 'a'));
    const again = await call('Publish', publish('two', 'a'));
    const other = await call('Publish', publish('two', 'b'));
    expect(between(again, 'MessageId')).toBe(between(first, 'MessageId'));
    expect(BigInt(between(other, 'SequenceNumber') ?? 0)).toBeGreaterThan(
      BigInt(between(first, 'SequenceNumber') ?? 0),
    );
    expect(sent.map(({ body }) => JSON.parse(body).SequenceNumber)).toEqual([
      between(first, 'SequenceNumber'),
      between(other, 'SequenceNumber'),
    ]);
  });

  it('looks at its groups alone where it says so', async () => {
    const { call, sent } = news({ fifo: true, deduplicatesGroups: true }, subscription(KEEPS));
    await call('Publish', publish('one', 'a'));
    await call('Publish', publish('two', 'a'));
    await call('Publish', publish('two', 'a'));
    expect(sent.map(({ groupId }) => groupId)).toEqual(['one', 'two']);
  });
});
