import type { ServiceContext, ServicePart } from '../service/part.ts';
import type { QueuePlan } from '../service/plan.ts';
import { queuesApi } from './api.ts';
import { QUEUE_DEFAULTS } from './attributes.ts';
import { queueProblem } from './check-attributes.ts';
import type { Queues } from './context.ts';
import { createQueue, type Queue } from './queue.ts';

/** Queues in memory, and what of them others use. */
export interface QueuesPart extends ServicePart {
  /** By its ARN. */
  of(arn: string): Queue | undefined;
}

/** The queues of a service, answering SDK clients and taking what is sent to their ARNs. */
export function queuesPart({
  plan,
  activity,
  apis,
  targets,
  endpoint,
  region,
  account,
  warn,
}: ServiceContext): QueuesPart {
  type Made = ReturnType<typeof createQueue>;
  const byArn = new Map<string, Made>();
  const make = (each: QueuePlan): Made => {
    const made = createQueue(each, (arn, message) => {
      const dead = byArn.get(arn);
      dead?.take(message);
      if (!dead)
        warn(`${each.name}: message ${message.id} is gone: its dead letter queue ${arn} is not here`);
      activity.publish({
        kind: 'noted',
        at: Date.now(),
        source: each.name,
        text: `message ${message.id} was received ${made.plan.redrive?.maxReceiveCount} times and ${dead ? 'goes to the dead letter queue' : 'is gone'}`,
      });
    });
    byArn.set(each.arn, made);
    return made;
  };
  for (const each of plan.queues) make(each);

  const queues: Queues = {
    of: (arn) => byArn.get(arn),
    take: (queue, message) => byArn.get(queue.plan.arn)?.take(message),
    all: () => [...byArn.values()],
    named: (name) => [...byArn.values()].find((each) => each.plan.name === name),
    urlOf: ({ plan: { name } }) => `${endpoint}/${account}/${name}`,
    create: (given) =>
      make({ ...QUEUE_DEFAULTS, arn: `arn:aws:sqs:${region}:${account}:${given.name}`, ...given }),
    remove: (queue) => {
      byArn.delete(queue.plan.arn);
      queue.close();
    },
    send(queue, message) {
      const sent = queue.send(message);
      activity.publish({
        kind: 'arrived',
        at: Date.now(),
        service: 'queue',
        to: queue.plan.name,
        id: sent.id,
        body: message.body,
        ...(message.trace !== undefined && { traceId: message.trace }),
      });
      return sent;
    },
  };
  apis.add('sqs', queuesApi(queues));
  targets.add('sqs', async (arn, body, { traceId, groupId, deduplicationId, attributes }) => {
    const queue = byArn.get(arn);
    if (!queue) throw new Error(`there is no queue ${arn} here`);
    queues.send(queue, {
      body,
      ...(attributes && { attributes }),
      ...(traceId !== undefined && { trace: traceId }),
      ...(groupId !== undefined && { groupId }),
      ...(deduplicationId !== undefined && { deduplicationId }),
    });
  });
  return {
    name: 'queues',
    of: (arn) => byArn.get(arn),
    async begin() {
      for (const queue of byArn.values()) {
        const problem = queueProblem(queue, queues.of);
        if (problem !== undefined) warn(`${queue.plan.name}: AWS refuses this queue: ${problem}`);
      }
    },
    stop: async () => {
      for (const queue of byArn.values()) queue.close();
      byArn.clear();
    },
  };
}
