import { expect, it, jest } from '@jest/globals';
import { localQueue } from '../../../src/local/mappings/queue-client.ts';
import { type BatchOutcome, pollQueue } from '../../../src/local/mappings/queue-poller.ts';
import { QUEUE_DEFAULTS } from '../../../src/local/queues/attributes.ts';
import { createQueue } from '../../../src/local/queues/queue.ts';
import { serviceContext } from '../service-context.ts';

const arn = 'arn:aws:sqs:us-east-1:123456789012:jobs';

/** Polls a queue until `handle` has seen `times` batches, which are the ids' counts. */
async function polled(
  bodies: readonly string[],
  times: number,
  outcome: (batch: readonly { readonly body: string }[]) => BatchOutcome,
) {
  const queue = createQueue({ ...QUEUE_DEFAULTS, name: 'jobs', arn }, () => undefined);
  for (const body of bodies) queue.send({ body });
  const seen: { readonly sizes: readonly number[]; readonly received: readonly (string | undefined)[] }[] =
    [];
  const ending = new AbortController();
  const plan = {
    id: 'Mapping',
    sourceArn: arn,
    batchSize: 10,
    window: 0,
    filters: [],
    maximumConcurrency: 1,
  };
  await pollQueue(
    {
      plan,
      queue: localQueue(queue),
      async handle(batch) {
        seen.push({
          sizes: batch.map(({ body }) => body.length),
          received: batch.map(({ system }) => system.ApproximateReceiveCount),
        });
        if (seen.length === times) ending.abort();
        return outcome(batch);
      },
    },
    serviceContext().context,
    ending.signal,
  );
  return { seen, counts: queue.counts() };
}

/** Source: AWS Lambda Developer Guide, "Batching behavior": an event has no more than 6 MB. */
it('an event is no larger than functions take', async () => {
  const { seen } = await polled(Array(10).fill('x'.repeat(1_000_000)), 2, () => new Set());
  expect(seen.map(({ sizes }) => sizes.length)).toEqual([6, 4]);
});

/** Source: AWS Lambda Developer Guide, "Backoff strategy for failed invocations" of SQS. */
it('a throttled batch is tried again without being received again', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  try {
    let tries = 0;
    const { seen, counts } = await polled(['a'], 3, () => {
      if (++tries === 3) return new Set();
      setImmediate(() => jest.advanceTimersByTime(1_000));
      return 'throttled';
    });
    expect(seen.map(({ received }) => received)).toEqual([['1'], ['1'], ['1']]);
    expect(counts).toEqual({ visible: 0, hidden: 0, delayed: 0 });
  } finally {
    jest.useRealTimers();
  }
});
