import { matches } from '../patterns/match.ts';
import type { ReceivedMessage } from '../queues/message.ts';
import type { ServiceContext } from '../service/part.ts';
import type { MappingPlan } from '../service/plan.ts';
import { EVENT_LIMIT, inEvents } from './in-events.ts';
import type { QueueClient } from './queue-client.ts';
import { filteredRecord, queueRecord } from './queue-event.ts';

/** What is read of a queue, and who gets it. */
export interface QueueReader {
  readonly plan: Pick<
    MappingPlan,
    'id' | 'sourceArn' | 'batchSize' | 'window' | 'filters' | 'maximumConcurrency'
  >;
  readonly queue: QueueClient;
  /** Handles a batch. Whoever throttles it gets it again, as long as nobody else does. */
  handle(batch: readonly ReceivedMessage[]): Promise<BatchOutcome>;
}

/** The ids of messages that failed. */
export type BatchOutcome = ReadonlySet<string> | 'all' | 'throttled';

/** Source: AWS Lambda Developer Guide, "Lambda event source mappings": where a mapping says nothing. */
const LOOPS = 5;
/** One call of SQS gives so many at most. */
const MOST = 10;
const LONG_POLL = 20;
/** Milliseconds until a throttled batch is tried again. */
const THROTTLED = 1000;

/**
 * Reads a queue until the signal is aborted: gathers batches, leaves out what no filter takes, passes them on and
 * deletes what went well. What failed is shown again when its visibility timeout is over, as SQS does.
 */
export async function pollQueue(
  reader: QueueReader,
  context: ServiceContext,
  signal: AbortSignal,
): Promise<void> {
  const loops = reader.plan.maximumConcurrency ?? LOOPS;
  await Promise.all(Array.from({ length: loops }, () => loop(reader, context, signal)));
}

async function loop(reader: QueueReader, context: ServiceContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const batch = await gather(reader, signal);
      if (batch.length === 0) continue;
      const taken = await filtered(reader, batch);
      for (const event of inEvents(taken, (each) => queueRecord(each, reader.plan.sourceArn)))
        if (!signal.aborted) await handle(reader, event, { context, signal });
    } catch (error) {
      if (signal.aborted) return;
      context.warn(`${reader.plan.id}: ${error instanceof Error ? error.message : String(error)}`);
      await pause(1000, signal);
    }
  }
}

/** A batch: full, or what came within the window. */
async function gather({ plan, queue }: QueueReader, signal: AbortSignal): Promise<ReceivedMessage[]> {
  const batch = [...(await queue.receive(Math.min(MOST, plan.batchSize), LONG_POLL, signal))];
  if (batch.length === 0) return batch;
  const end = Date.now() + 1000 * plan.window;
  const sizeOf = () => batch.reduce((size, { body }) => size + Buffer.byteLength(body), 0);
  while (batch.length < plan.batchSize && sizeOf() < EVENT_LIMIT) {
    const left = (end - Date.now()) / 1000;
    if (left <= 0 && plan.window > 0) break;
    const more = await queue.receive(
      Math.min(MOST, plan.batchSize - batch.length),
      Math.max(0, left),
      signal,
    );
    if (more.length === 0) break;
    batch.push(...more);
  }
  return batch;
}

/** What no filter takes is gone, as it is for Lambda. */
async function filtered(
  { plan, queue }: QueueReader,
  batch: readonly ReceivedMessage[],
): Promise<readonly ReceivedMessage[]> {
  if (plan.filters.length === 0) return batch;
  const takes = (message: ReceivedMessage): boolean => {
    const record = filteredRecord(queueRecord(message, plan.sourceArn), 'body');
    return plan.filters.some((filter) => matches(filter, record));
  };
  const { taken = [], left = [] } = Object.groupBy(batch, (each) => (takes(each) ? 'taken' : 'left'));
  if (left.length > 0) await queue.remove(left);
  return taken;
}

async function handle(
  { plan, queue, handle: pass }: QueueReader,
  batch: readonly ReceivedMessage[],
  { context: { activity }, signal }: { readonly context: ServiceContext; readonly signal: AbortSignal },
): Promise<void> {
  const received = Date.now();
  let failed = await pass(batch);
  if (failed === 'throttled') {
    // Giving it back would count it as received again, and lead it to the dead letter queue within seconds. Source: AWS
    // Lambda Developer Guide, "Backoff strategy for failed invocations" of SQS.
    const end = received + 1000 * ((await queue.visibility()) - plan.window);
    do {
      await pause(THROTTLED, signal);
      if (signal.aborted || Date.now() >= end) return;
      failed = await pass(batch);
    } while (failed === 'throttled');
  }
  const done = batch.filter(({ id }) => isDone(failed, id));
  if (done.length > 0) await queue.remove(done);
  if (done.length === batch.length) return;
  activity.publish({
    kind: 'noted',
    at: Date.now(),
    source: plan.sourceArn.split(':').at(-1) ?? '',
    text: `${batch.length - done.length} of ${batch.length} messages failed, and come again`,
  });
}

const isDone = (failed: BatchOutcome, id: string): boolean => typeof failed !== 'string' && !failed.has(id);

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(timer);
}
