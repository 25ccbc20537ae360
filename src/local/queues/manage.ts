import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { mapOf, text } from '../functions/resolve.ts';
import { attributesOf, changeOf } from './attributes.ts';
import { checkAsked, checkAttributes, checkName } from './check-attributes.ts';
import { known, type QueueAction, type QueueCall, queueOf } from './context.ts';
import { MOVE_TASKS } from './move-tasks.ts';
import { type Queue, QueueError } from './queue.ts';

/** What callers do with queues, not with messages. */
export const MANAGE: Readonly<Record<string, QueueAction>> = {
  ...MOVE_TASKS,
  GetQueueUrl: (input, { queues }) => ({
    QueueUrl: queues.urlOf(known(queues, text(input.QueueName ?? ''))),
  }),
  GetQueueAttributes(input, context) {
    checkAsked(input.AttributeNames, 'queue');
    return { Attributes: attributesOf(queueOf(input, context), input.AttributeNames) };
  },
  SetQueueAttributes(input, context) {
    const queue = queueOf(input, context);
    const attributes = mapOf(input.Attributes);
    checkAttributes(attributes, { isFifo: queue.plan.fifo, existing: queue, of: context.queues.of });
    queue.configure(changeOf(attributes));
    return {};
  },
  CreateQueue: (input, context) => ({ QueueUrl: context.queues.urlOf(created(input, context)) }),
  DeleteQueue(input, context) {
    context.queues.remove(queueOf(input, context));
    return {};
  },
  ListQueues({ QueueNamePrefix = '', ...input }, { queues }) {
    const found = queues.all().filter(({ plan }) => plan.name.startsWith(text(QueueNamePrefix)));
    const { items, more } = page(found, input);
    return { QueueUrls: items.map((queue) => queues.urlOf(queue)), ...more };
  },
  ListDeadLetterSourceQueues(input, context) {
    const { queues } = context;
    const { arn } = queueOf(input, context).plan;
    const { items, more } = page(
      queues.all().filter(({ plan }) => plan.redrive?.deadLetterArn === arn),
      input,
    );
    return { queueUrls: items.map((queue) => queues.urlOf(queue)), ...more };
  },
  PurgeQueue(input, context) {
    queueOf(input, context).purge();
    return {};
  },
  TagQueue(input, context) {
    const queue = queueOf(input, context);
    queue.configure({ tags: { ...queue.plan.tags, ...textsOf(input.Tags) } });
    return {};
  },
  UntagQueue(input, context) {
    const queue = queueOf(input, context);
    const gone = Array.isArray(input.TagKeys) ? input.TagKeys.map(text) : [];
    const left = Object.entries(queue.plan.tags ?? {}).filter(([key]) => !gone.includes(key));
    queue.configure({ tags: Object.fromEntries(left) });
    return {};
  },
  ListQueueTags: (input, context) => ({ Tags: { ...queueOf(input, context).plan.tags } }),
};

const textsOf = (value: Json | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(mapOf(value)).map(([key, each]) => [key, text(each)]));

/** The queue of this name and these attributes; made where there is none. */
function created(input: JsonObject, { queues }: QueueCall): Queue {
  const name = text(input.QueueName ?? '');
  const attributes = mapOf(input.Attributes);
  const isFifo = text(attributes.FifoQueue ?? '') === 'true';
  const existing = queues.named(name);
  checkName(name, isFifo);
  checkAttributes(attributes, { isFifo, of: queues.of });
  if (!existing) return queues.create({ name, ...changeOf(attributes), tags: textsOf(input.tags) });
  const has = attributesOf(existing, ['All']);
  const other = Object.entries(attributes).find(([key, value]) => !isSame(text(value), text(has[key] ?? '')));
  if (other)
    throw new QueueError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${other[0]}`,
    );
  return existing;
}

/** Policies are the same however their JSON is written. */
function isSame(given: string, has: string): boolean {
  const [one, other] = [policyOf(given), policyOf(has)];
  return given === has || (one !== undefined && one === other);
}

/** A policy in one way of writing; counts in it may be texts. */
function policyOf(written: string): string | undefined {
  try {
    const policy: Json = JSON.parse(written);
    if (!isObject(policy)) return undefined;
    const entries = Object.entries(policy).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(entries, (_, each: unknown) => (typeof each === 'number' ? String(each) : each));
  } catch {
    return undefined;
  }
}

/** A page of a list. The token is where the next one begins. Source: Amazon SQS API Reference, `ListQueues`. */
function page(
  all: readonly Queue[],
  { MaxResults, NextToken }: JsonObject,
): { readonly items: readonly Queue[]; readonly more: JsonObject } {
  const start = NextToken === undefined ? 0 : Number(text(NextToken));
  if (!Number.isInteger(start) || start < 0)
    throw new QueueError('InvalidParameterValue', 'Invalid or expired next token.');
  const most = Number(MaxResults ?? 1000);
  if (!(most >= 1 && most <= 1000))
    throw new QueueError(
      'InvalidParameterValue',
      `Value for parameter MaxResults is invalid. Reason: MaxResults must be an integer between 1 and 1000.`,
    );
  const end = start + most;
  return {
    items: all.slice(start, end),
    // Without a size, there is one page.
    more: MaxResults !== undefined && end < all.length ? { NextToken: String(end) } : {},
  };
}
