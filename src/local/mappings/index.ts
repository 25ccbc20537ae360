import { findByReference, isMissing } from '../functions/reference.ts';
import type { QueuesPart } from '../queues/index.ts';
import type { ServiceContext, ServicePart } from '../service/part.ts';
import type { MappingPlan } from '../service/plan.ts';
import { callWithBatch } from './call-with-batch.ts';
import { localQueue, type QueueClient } from './queue-client.ts';
import { pollQueue, type QueueReader } from './queue-poller.ts';

/** The event source mappings of a service. */
export function mappingsPart(context: ServiceContext, queues: QueuesPart | undefined): ServicePart {
  const ending = new AbortController();
  const loops: Promise<void>[] = [];

  async function queueOf({ sourceArn }: MappingPlan): Promise<QueueClient | undefined> {
    const queue = queues?.of(sourceArn);
    if (queue) return localQueue(queue);
    if (!context.remote) return undefined;
    const { remoteQueue } = await import('./remote-queue.ts');
    return remoteQueue(sourceArn, context.remote);
  }

  async function begin(plan: MappingPlan): Promise<void> {
    const found = findByReference(context.host.functions, plan.functionArn, null);
    if (isMissing(found)) return context.warn(`${plan.id}: ${found.message}`);
    const { fn, qualifier } = found;
    if (plan.kind === 'queue') {
      const queue = await queueOf(plan);
      if (!queue) return context.warn(`${plan.id}: there is no queue ${plan.sourceArn} here`);
      const reader: QueueReader = {
        plan,
        queue,
        handle: (batch) => callWithBatch({ plan, fn, qualifier }, batch, context),
      };
      loops.push(pollQueue(reader, context, ending.signal));
      return;
    }
    if (!context.remote)
      return context.warn(
        `${plan.id}: streams are read from an emulator or from AWS only: name one in the input backend`,
      );
    const { pollStream } = await import('./stream-poller.ts');
    loops.push(pollStream({ plan, fn, qualifier, remote: context.remote }, context, ending.signal));
  }

  return {
    name: 'event source mappings',
    async begin() {
      for (const plan of context.plan.mappings) if (plan.enabled) await begin(plan);
    },
    async stop() {
      ending.abort();
      // Functions that still run are ended by their host.
      void Promise.allSettled(loops);
    },
  };
}
