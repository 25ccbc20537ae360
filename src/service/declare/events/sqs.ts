import type { SqsEvent } from '../../event-types.ts';
import { type EventMarshaller, type EventSourceContext, eventId, sourceOf } from './shared/context.ts';
import { addMapping, PARTIAL, pollersOf } from './shared/mapping.ts';

/** Messages of an SQS queue. */
export const sqs: EventMarshaller<SqsEvent> = (event, context) => {
  const queue = sourceOf(context, 'queue', event.queue, ['AWS::SQS::Queue']);
  if (!queue) return;
  checkVisibility(queue.id, context);
  const properties = {
    EventSourceArn: queue.arn,
    FunctionResponseTypes: event.partialBatch ? PARTIAL : undefined,
    ScalingConfig:
      event.maxConcurrency === undefined ? undefined : { MaximumConcurrency: event.maxConcurrency },
    ProvisionedPollerConfig: pollersOf(event.pollers),
  };
  addMapping(context, event, {
    id: eventId(context, event, { kind: 'Queue', source: event.queue, id: queue.id }),
    properties,
    grants: [
      {
        actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        resources: [queue.arn],
      },
    ],
  });
};

/** Seconds. Sources: CloudFormation, AWS::SQS::Queue; Lambda API reference, default timeout of functions. */
const DEFAULT_VISIBILITY = 30;

const DEFAULT_TIMEOUT = 3;

/** Lambda refuses a queue whose messages may come again while the function is still at work. */
function checkVisibility(queueId: string | undefined, { draft, path, callee }: EventSourceContext): void {
  const queue = queueId === undefined ? undefined : draft.resources.get(queueId);
  const visibility = queue?.Properties?.VisibilityTimeout ?? DEFAULT_VISIBILITY;
  const timeout = draft.service.functions?.[callee.name]?.timeout ?? DEFAULT_TIMEOUT;
  if (queue === undefined || typeof visibility !== 'number' || visibility >= timeout) return;
  draft.faults.push({
    path: [...path, 'queue'],
    message: `messages of ${queueId} are hidden for ${visibility} s, less than the function's timeout of ${timeout} s`,
    next: `Set VisibilityTimeout of the queue to ${timeout * 6}, six times as long, as AWS recommends.`,
  });
}
