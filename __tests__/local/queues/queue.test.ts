import { describe, expect, it, jest } from '@jest/globals';
import { QUEUE_DEFAULTS } from '../../../src/local/queues/attributes.ts';
import { createQueue } from '../../../src/local/queues/queue.ts';
import type { QueuePlan } from '../../../src/local/service/plan.ts';

const plan = (over: Partial<QueuePlan> = {}): QueuePlan => ({
  ...QUEUE_DEFAULTS,
  name: 'jobs',
  arn: 'arn:aws:sqs:us-east-1:123456789012:jobs',
  ...over,
});
const queue = (over: Partial<QueuePlan> = {}) => createQueue(plan(over), () => undefined);
const fifo = (over: Partial<QueuePlan> = {}) =>
  queue({ fifo: true, contentBasedDeduplication: true, ...over });

describe('a queue', () => {
  it('hides what was received, until it is shown again or deleted', () => {
    const jobs = queue();
    jobs.send({ body: 'one' });
    const [first] = jobs.receive(10);
    expect(first?.system.ApproximateReceiveCount).toBe('1');
    expect(jobs.receive(10)).toEqual([]);
    expect(jobs.counts()).toEqual({ visible: 0, hidden: 1, delayed: 0 });
    jobs.hide(first?.receipt ?? '', 0);
    const [again] = jobs.receive(10);
    expect(again).toMatchObject({ id: first?.id, body: 'one', system: { ApproximateReceiveCount: '2' } });
    jobs.remove(again?.receipt ?? '');
    expect(jobs.counts()).toEqual({ visible: 0, hidden: 0, delayed: 0 });
  });

  it('waits for a message, no longer than it was told', async () => {
    const jobs = queue();
    const waiting = jobs.wait(20);
    jobs.send({ body: 'one' });
    await waiting;
    expect(jobs.receive(1)).toHaveLength(1);
    const ended = new AbortController();
    const aborted = jobs.wait(20, ended.signal);
    ended.abort();
    await aborted;
  });

  it('gives what was received too often to its dead letter queue, once', () => {
    const dead: unknown[] = [];
    const redrive = { deadLetterArn: 'arn:dead', maxReceiveCount: 2 };
    const jobs = createQueue(plan({ redrive, visibilityTimeout: 0 }), (arn, message) => {
      dead.push([arn, message.body, message.from]);
    });
    jobs.send({ body: 'bad' });
    expect(
      [jobs.receive(1), jobs.receive(1), jobs.receive(1), jobs.receive(1)].map((each) => each.length),
    ).toEqual([1, 1, 0, 0]);
    expect(dead).toEqual([['arn:dead', 'bad', jobs.plan.arn]]);
  });

  /** Source: Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS". */
  it('keeps the time and the name of a dead letter', () => {
    const dead = queue();
    const redrive = { deadLetterArn: 'arn:dead', maxReceiveCount: 1 };
    const jobs = createQueue(plan({ redrive, visibilityTimeout: 0 }), (_, message) => dead.take(message));
    jobs.send({ body: 'bad' });
    const [bad] = jobs.receive(1);
    jobs.receive(1);
    expect(dead.receive(1)).toEqual([
      expect.objectContaining({
        id: bad?.id,
        system: expect.objectContaining({
          SentTimestamp: bad?.system.SentTimestamp,
          DeadLetterQueueSourceArn: jobs.plan.arn,
        }),
      }),
    ]);
  });

  it('delays', () => {
    const jobs = queue();
    jobs.send({ body: 'later', delay: 900 });
    expect(jobs.receive(1)).toEqual([]);
    expect(jobs.counts()).toEqual({ visible: 0, hidden: 0, delayed: 1 });
  });

  it('refuses what is too large', () => {
    expect(() => queue({ maximumSize: 3 }).send({ body: 'four' })).toThrow(/shorter than 3 bytes/);
  });
});

describe('a FIFO queue', () => {
  it('keeps the order of each group, and holds a group back while one of it is in flight', () => {
    const jobs = fifo();
    for (const [groupId, body] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
      ['a', 'a3'],
    ] as const)
      jobs.send({ body, groupId });
    const [a1, a2] = jobs.receive(2);
    expect([a1?.body, a2?.body]).toEqual(['a1', 'a2']);
    expect(jobs.receive(10).map(({ body }) => body)).toEqual(['b1']);
    jobs.remove(a1?.receipt ?? '');
    expect(jobs.receive(10)).toEqual([]);
    jobs.hide(a2?.receipt ?? '', 0);
    expect(jobs.receive(10).map(({ body }) => body)).toEqual(['a2', 'a3']);
  });

  it('delays each message by itself, in the order of its group', () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    try {
      const jobs = fifo({ delay: 5 });
      jobs.send({ body: 'a1', groupId: 'a' });
      jest.advanceTimersByTime(3_000);
      jobs.send({ body: 'a2', groupId: 'a' });
      jobs.send({ body: 'b1', groupId: 'b' });
      jest.advanceTimersByTime(2_000);
      const [a1, ...others] = jobs.receive(10);
      expect([a1?.body, others]).toEqual(['a1', []]);
      jest.advanceTimersByTime(3_000);
      expect(jobs.receive(10).map(({ body }) => body)).toEqual(['b1']);
      jobs.remove(a1?.receipt ?? '');
      expect(jobs.receive(10).map(({ body }) => body)).toEqual(['a2']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('takes the same message once', () => {
    const jobs = fifo();
    const first = jobs.send({ body: 'same', groupId: 'a' });
    expect(jobs.send({ body: 'same', groupId: 'b' })).toEqual(first);
    expect(jobs.send({ body: 'same', groupId: 'b', deduplicationId: 'other' })).not.toEqual(first);
    expect(jobs.receive(10)).toHaveLength(2);
    const groups = fifo({ deduplicationScope: 'messageGroup' });
    groups.send({ body: 'same', groupId: 'a' });
    groups.send({ body: 'same', groupId: 'b' });
    expect(groups.receive(10)).toHaveLength(2);
  });

  it('wants a group, and a way to tell messages apart', () => {
    expect(() => fifo().send({ body: 'one' })).toThrow(/MessageGroupId/);
    expect(() => fifo({ contentBasedDeduplication: false }).send({ body: 'one', groupId: 'a' })).toThrow(
      /ContentBasedDeduplication/,
    );
  });
});
