import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServiceContext, ServicePart } from './part.ts';

/** The parts that a plan asks for. */
export interface Parts {
  /** In the order in which they begin: what is sent to is there before what sends. */
  readonly parts: readonly ServicePart[];
  /** Takes connections that want to be WebSockets. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Answers S3's clients. */
  readonly storage?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Makes the parts that a plan has something for; nothing else is loaded. */
export async function partsOf(context: ServiceContext): Promise<Parts> {
  const { plan } = context;
  const parts: ServicePart[] = [];
  const { queuesPart } = await import('../queues/index.ts');
  const queues = queuesPart(context);
  parts.push(queues);
  if (plan.topics.length > 0) {
    const { topicsPart } = await import('../topics/index.ts');
    parts.push(topicsPart(context));
  }
  // Every account has a bus, which functions may write to.
  const { busesPart } = await import('../buses/index.ts');
  const buses = busesPart(context);
  parts.push(buses);
  if (plan.mappings.length > 0) {
    const { mappingsPart } = await import('../mappings/index.ts');
    parts.push(mappingsPart(context, queues));
  }
  if (plan.machines.length > 0) {
    const { machinesPart } = await import('../state-machines/part.ts');
    parts.push(machinesPart(context));
  }
  if (plan.logSubscriptions.length > 0) {
    const { logsPart } = await import('../logs/index.ts');
    parts.push(logsPart(context));
  }
  if (plan.pipes.length > 0) {
    const { pipesPart } = await import('../pipes/index.ts');
    parts.push(pipesPart(context, queues));
  }
  if (plan.topicRules.length > 0) {
    const { topicRulesPart } = await import('../iot/index.ts');
    parts.push(topicRulesPart(context));
  }
  const storage = await storageOf(context);
  if (plan.webSockets.length === 0) return { parts, ...storage };
  const { webSocketsPart } = await import('../websocket/index.ts');
  const webSockets = webSocketsPart(context);
  return { parts: [...parts, webSockets], upgrade: webSockets.upgrade, ...storage };
}

/** Buckets are an emulator's: here is who tells of what happens in them. */
async function storageOf(context: ServiceContext): Promise<Pick<Parts, 'storage'>> {
  const { plan, remote } = context;
  if (plan.buckets.length === 0) return {};
  if (remote?.url === undefined) {
    for (const { name, notifications } of plan.buckets)
      if (notifications.length > 0)
        context.warn(`bucket ${name}: S3 is served by an emulator only: name one in the input backend`);
    return {};
  }
  const { bucketsProxy } = await import('../buckets/index.ts');
  return { storage: bucketsProxy(context, remote) };
}
