import { createHash, randomUUID } from 'node:crypto';
import type { QueuePlan } from '../service/plan.ts';
import { type NewMessage, type ReceivedMessage, sizeOf } from './message.ts';

/** A queue in memory. Fails with {@link QueueError} where SQS does. */
export interface Queue {
  readonly plan: QueuePlan;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly changed: number;
  /** Becomes that of the queue for what is asked later. */
  configure(change: Partial<QueuePlan>): void;
  send(message: NewMessage): { readonly id: string; readonly sequence?: string };
  /** What is there at once, of FIFO queues in the order of groups. */
  receive(most: number, visibility?: number): readonly ReceivedMessage[];
  /** Fulfilled when there may be something to receive, after `seconds` or when the signal is aborted. */
  wait(seconds: number, signal?: AbortSignal): Promise<void>;
  remove(receipt: string): void;
  /** Hides a message for some seconds from now; 0 shows it at once. */
  hide(receipt: string, seconds: number): void;
  /** Of the message of a receipt: hidden since it was received, visible again, received by another, or deleted. */
  stateOf(receipt: string): 'in flight' | 'visible' | 'received again' | 'gone';
  purge(): void;
  /** Takes out what is visible and where `isTaken` says so, with the queue whose dead letter it is. */
  draw(isTaken: (from: string | undefined) => boolean): readonly DrawnMessage[];
  counts(): { readonly visible: number; readonly hidden: number; readonly delayed: number };
  /** Ends every wait. */
  close(): void;
}

export class QueueError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

interface Stored {
  readonly id: string;
  readonly message: NewMessage;
  readonly sent: number;
  readonly sequence: string | undefined;
  readonly deduplicationId: string | undefined;
  /** Queue whose dead letter it is. */
  readonly from: string | undefined;
  visibleAt: number;
  receipt: string | undefined;
  received: number;
  first: number | undefined;
}

/** Milliseconds for which a FIFO queue remembers what was sent. */
const DEDUPLICATION = 300_000;

/** A message that was taken out to be sent to another queue. */
export interface DrawnMessage {
  readonly message: NewMessage;
  readonly from: string | undefined;
}

/** A message that comes from another queue. */
export interface TakenMessage extends NewMessage {
  readonly id: string;
  /** ARN of the queue whose dead letter it is, and when it was sent there. */
  readonly from?: string;
  readonly sent?: number;
}

/** A message that was received too often. */
export interface DeadLetter extends TakenMessage {
  readonly from: string;
  readonly sent: number;
}

/**
 * @param deadLetter takes what was received too often; with the ARN of this queue
 */
export function createQueue(
  declared: QueuePlan,
  deadLetter: (arn: string, message: DeadLetter) => void,
): Queue & { take(message: TakenMessage): void } {
  let plan = declared;
  const created = Date.now();
  let changed = created;
  let messages: Stored[] = [];
  const seen = new Map<string, { readonly at: number; readonly id: string; readonly sequence: string }>();
  const waiting = new Set<() => void>();
  let counter = 0n;

  const wake = (): void => {
    for (const each of [...waiting]) each();
  };

  function add(
    message: NewMessage,
    more: { readonly id: string; readonly from?: string; readonly sent?: number },
  ): Stored {
    const now = Date.now();
    counter += 256n;
    const sequence = plan.fifo ? String(18_850_000_000_000_000_000n + counter) : undefined;
    const stored: Stored = {
      id: more.id,
      message,
      // A dead letter keeps its age. Source: Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS", of standard queues.
      sent: plan.fifo ? now : (more.sent ?? now),
      sequence,
      deduplicationId: deduplicationIdOf(plan, message),
      from: more.from,
      visibleAt: now + 1000 * (plan.fifo ? plan.delay : (message.delay ?? plan.delay)),
      receipt: undefined,
      received: 0,
      first: undefined,
    };
    messages.push(stored);
    wake();
    return stored;
  }

  /** Drops what is too old, and gives to the dead letter queue what was received too often. */
  function tidy(now: number): void {
    const { redrive } = plan;
    messages = messages.filter((stored) => {
      if (stored.sent + 1000 * plan.retention < now) return false;
      if (!redrive || stored.visibleAt > now || stored.received < redrive.maxReceiveCount) return true;
      const { id, sent, deduplicationId } = stored;
      deadLetter(redrive.deadLetterArn, {
        ...stored.message,
        ...(deduplicationId !== undefined && { deduplicationId }),
        delay: 0,
        id,
        sent,
        from: plan.arn,
      });
      return false;
    });
  }

  const found = (receipt: string): Stored | undefined => messages.find((each) => each.receipt === receipt);

  return {
    get plan() {
      return plan;
    },
    created,
    get changed() {
      return changed;
    },
    configure(change) {
      plan = { ...plan, ...change, ...(change.kept && { kept: { ...plan.kept, ...change.kept } }) };
      changed = Date.now();
    },
    send(message) {
      if (sizeOf(message) > plan.maximumSize)
        throw new QueueError(
          'InvalidParameterValue',
          `One or more parameters are invalid. Reason: Message must be shorter than ${plan.maximumSize} bytes.`,
        );
      if (!plan.fifo) return { id: add(message, { id: randomUUID() }).id };
      if (message.groupId === undefined)
        throw new QueueError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
      const key = deduplicationIdOf(plan, message);
      if (key === undefined)
        throw new QueueError(
          'InvalidParameterValue',
          'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
        );
      const scoped = plan.deduplicationScope === 'messageGroup' ? `${message.groupId}\0${key}` : key;
      const now = Date.now();
      for (const [each, { at }] of seen) if (at + DEDUPLICATION < now) seen.delete(each);
      const before = seen.get(scoped);
      if (before) return { id: before.id, sequence: before.sequence };
      const { id, sequence = '' } = add(message, { id: randomUUID() });
      seen.set(scoped, { at: now, id, sequence });
      return { id, sequence };
    },
    take: (message) => void add(message, message),
    receive(most, visibility = plan.visibilityTimeout) {
      const now = Date.now();
      tidy(now);
      // A group waits for what was received of it and is neither deleted nor visible again.
      const locked = new Set<string | undefined>();
      if (plan.fifo)
        for (const each of messages)
          if (each.visibleAt > now && each.received > 0) locked.add(each.message.groupId);
      const taken: Stored[] = [];
      for (const each of messages) {
        if (taken.length >= most) break;
        if (plan.fifo && locked.has(each.message.groupId)) continue;
        // What is delayed holds back what comes after it in its group, and not what was sent before.
        if (each.visibleAt > now) {
          locked.add(each.message.groupId);
          continue;
        }
        taken.push(each);
      }
      for (const each of taken) {
        each.received++;
        each.first ??= now;
        each.receipt = receiptOf(each.id, each.received, plan.arn);
        each.visibleAt = now + 1000 * visibility;
      }
      return taken.map(received);
    },
    async wait(seconds, signal) {
      const now = Date.now();
      const end = now + 1000 * seconds;
      // What is visible and was not received waits for others of its group.
      const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
      const next = hidden.reduce((least, { visibleAt }) => Math.min(least, visibleAt), end);
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, Math.max(1, next - now));
      waiting.add(resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
      if (signal?.aborted) resolve();
      await promise;
      clearTimeout(timer);
      waiting.delete(resolve);
    },
    remove(receipt) {
      messages = messages.filter((each) => each.receipt !== receipt);
      // Others of its group may come now.
      if (plan.fifo) wake();
    },
    hide(receipt, seconds) {
      const stored = found(receipt);
      if (!stored) return;
      stored.visibleAt = Date.now() + 1000 * seconds;
      wake();
    },
    stateOf(receipt) {
      const stored = found(receipt);
      if (!stored) return messages.some(({ id }) => id === receivedId(receipt)) ? 'received again' : 'gone';
      return stored.visibleAt > Date.now() ? 'in flight' : 'visible';
    },
    purge() {
      messages = [];
    },
    draw(isTaken) {
      const now = Date.now();
      tidy(now);
      const { drawn = [], left = [] } = Object.groupBy(messages, (each) =>
        each.visibleAt <= now && isTaken(each.from) ? 'drawn' : 'left',
      );
      messages = left;
      return drawn.map(({ message, from, deduplicationId }) => ({
        message: { ...message, ...(deduplicationId !== undefined && { deduplicationId }), delay: 0 },
        from,
      }));
    },
    counts() {
      const now = Date.now();
      tidy(now);
      const hidden = messages.filter(({ visibleAt }) => visibleAt > now);
      return {
        visible: messages.length - hidden.length,
        hidden: hidden.filter(({ received: times }) => times > 0).length,
        delayed: hidden.filter(({ received: times }) => times === 0).length,
      };
    },
    close: wake,
  };
}

const receiptOf = (id: string, received: number, arn: string): string =>
  Buffer.from(`${id} ${received} ${arn}`).toString('base64');

const receivedId = (receipt: string): string => Buffer.from(receipt, 'base64').toString().split(' ')[0] ?? '';

const deduplicationIdOf = (
  { contentBasedDeduplication }: QueuePlan,
  { deduplicationId, body }: NewMessage,
): string | undefined =>
  deduplicationId ??
  (contentBasedDeduplication ? createHash('sha256').update(body).digest('hex') : undefined);

function received(stored: Stored): ReceivedMessage {
  const { id, message, receipt = '', sent, sequence, deduplicationId, from } = stored;
  return {
    id,
    receipt,
    body: message.body,
    attributes: message.attributes ?? {},
    system: {
      ApproximateReceiveCount: String(stored.received),
      SentTimestamp: String(sent),
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: String(stored.first ?? sent),
      ...(message.groupId !== undefined && { MessageGroupId: message.groupId }),
      ...(sequence !== undefined && { SequenceNumber: sequence }),
      ...(sequence !== undefined &&
        deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
      ...(message.trace !== undefined && { AWSTraceHeader: message.trace }),
      ...(from !== undefined && { DeadLetterQueueSourceArn: from }),
    },
  };
}
