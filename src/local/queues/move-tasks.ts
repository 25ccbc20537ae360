import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../template/types.ts';
import { text } from '../functions/resolve.ts';
import type { QueueAction, Queues } from './context.ts';
import { type Queue, QueueError } from './queue.ts';

/** Of each process: tasks are at their end when they are answered. Newest first. */
const tasks = new WeakMap<Queues, JsonObject[]>();

/**
 * Dead letters that are sent back: all at once, with new ids, as new messages.
 * Source: Amazon SQS API Reference, `StartMessageMoveTask`; words as recorded in localstack/localstack.
 */
export const MOVE_TASKS: Readonly<Record<string, QueueAction>> = {
  StartMessageMoveTask({ SourceArn = '', DestinationArn }, { queues }) {
    const source = existing(queues, text(SourceArn), 'SourceArn');
    if (!queues.all().some(({ plan }) => plan.redrive?.deadLetterArn === source.plan.arn))
      throw new QueueError(
        'InvalidParameterValue',
        'Source queue must be configured as a Dead Letter Queue.',
      );
    const destination =
      DestinationArn === undefined ? undefined : existing(queues, text(DestinationArn), 'DestinationArn');
    const { visible } = source.counts();
    const drawn = source.draw((from) => destination !== undefined || queues.of(from ?? '') !== undefined);
    for (const { message, from } of drawn) {
      const to = destination ?? queues.of(from ?? '');
      if (to) queues.take(to, { ...message, id: randomUUID() });
    }
    const TaskHandle = Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: SourceArn })).toString(
      'base64',
    );
    const isDone = drawn.length === visible;
    const task: JsonObject = {
      Status: isDone ? 'COMPLETED' : 'FAILED',
      SourceArn,
      ...(DestinationArn !== undefined && { DestinationArn }),
      ApproximateNumberOfMessagesMoved: drawn.length,
      ApproximateNumberOfMessagesToMove: visible,
      ...(!isDone && { FailureReason: 'CouldNotDetermineMessageSource' }),
      StartedTimestamp: Date.now(),
    };
    tasks.set(queues, [task, ...(tasks.get(queues) ?? [])]);
    return { TaskHandle };
  },
  ListMessageMoveTasks({ SourceArn = '', MaxResults = 1 }, { queues }) {
    existing(queues, text(SourceArn), 'SourceArn');
    const found = (tasks.get(queues) ?? []).filter((task) => task.SourceArn === SourceArn);
    return { Results: found.slice(0, Number(MaxResults)) };
  },
};

function existing(queues: Queues, arn: string, parameter: string): Queue {
  const queue = queues.of(arn);
  if (queue) return queue;
  throw new QueueError(
    'ResourceNotFoundException',
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
  );
}
