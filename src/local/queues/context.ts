import type { JsonObject } from '../../template/types.ts';
import { text } from '../functions/resolve.ts';
import type { QueuePlan } from '../service/plan.ts';
import type { NewMessage } from './message.ts';
import { type Queue, QueueError, type TakenMessage } from './queue.ts';

/** The queues that calls are about. */
export interface Queues {
  all(): readonly Queue[];
  /** By its name. */
  named(name: string): Queue | undefined;
  /** By its ARN. */
  of(arn: string): Queue | undefined;
  /** Sends, and tells of it. */
  send(queue: Queue, message: NewMessage): { readonly id: string; readonly sequence?: string };
  /** Puts in what comes from another queue. */
  take(queue: Queue, message: TakenMessage): void;
  create(plan: Partial<QueuePlan> & { readonly name: string }): Queue;
  urlOf(queue: Queue): string;
  remove(queue: Queue): void;
}

/** One action of the API. */
export type QueueAction = (input: JsonObject, context: QueueCall) => Promise<JsonObject> | JsonObject;

/** What actions know of a call. */
export interface QueueCall {
  readonly queues: Queues;
  /** Of the call. */
  readonly trace: string | undefined;
  readonly gone: AbortSignal;
}

/** @throws QueueError where no queue has this name */
export function known(queues: Queues, name: string): Queue {
  const queue = queues.named(name);
  if (queue) return queue;
  throw new QueueError('QueueDoesNotExist', `The specified queue does not exist: ${name}`);
}

/** @throws QueueError where there is no queue at this URL */
export const queueOf = ({ QueueUrl }: JsonObject, { queues }: QueueCall): Queue =>
  known(
    queues,
    text(QueueUrl ?? '')
      .split('/')
      .at(-1) ?? '',
  );
