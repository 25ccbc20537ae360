import { randomUUID } from 'node:crypto';
import type { Json } from '../../template/types.ts';
import { findByReference, isMissing } from '../functions/reference.ts';
import type { InvokeResult } from '../invoke.ts';
import { reportedFailures } from '../mappings/partial.ts';
import { localQueue } from '../mappings/queue-client.ts';
import { queueRecord } from '../mappings/queue-event.ts';
import { type BatchOutcome, pollQueue } from '../mappings/queue-poller.ts';
import type { QueuesPart } from '../queues/index.ts';
import type { ReceivedMessage } from '../queues/message.ts';
import { messageOf } from '../service/dead-letters.ts';
import type { Delivery, ServiceContext, ServicePart } from '../service/part.ts';
import type { PipePlan } from '../service/plan.ts';
import { pipeInput, pipeText } from './template.ts';

/** The pipes of a service, from its queues. */
export function pipesPart(context: ServiceContext, queues: QueuesPart): ServicePart {
  const ending = new AbortController();
  return {
    name: 'pipes',
    async begin() {
      for (const pipe of context.plan.pipes) {
        if (!pipe.enabled) continue;
        const queue = queues.of(pipe.sourceArn);
        if (!queue) {
          context.warn(`${pipe.name}: there is no queue ${pipe.sourceArn} here`);
          continue;
        }
        const reader = {
          plan: { ...pipe, id: pipe.name },
          queue: localQueue(queue),
          handle: (batch: readonly ReceivedMessage[]) => pass(pipe, batch, context),
        };
        void pollQueue(reader, context, ending.signal);
      }
    },
    stop: async () => ending.abort(),
  };
}

/** Messages as events, enriched and sent to the target. Where that fails, they come again. */
async function pass(
  pipe: PipePlan,
  batch: readonly ReceivedMessage[],
  context: ServiceContext,
): Promise<BatchOutcome> {
  const { enrichment, target } = pipe;
  const ids = batch.map(({ id }) => id);
  const traceId = batch.map(({ system }) => system.AWSTraceHeader).find((each) => each !== undefined);
  const delivery: Delivery = {
    cause: { kind: 'pipe', source: pipe.name, ids },
    ...(traceId !== undefined && { traceId }),
  };
  try {
    let events: Json[] = batch.map((message) => queueRecord(message, pipe.sourceArn));
    if (enrichment) {
      const given = events.map((event) => pipeInput(enrichment.template, event, pipe));
      const result = await invoked(enrichment.arn, given, { delivery, context });
      if (result.kind !== 'success') return outcomeOf(result);
      const answer: Json = JSON.parse(result.payload.toString() || 'null');
      events = Array.isArray(answer) ? answer : isNothing(answer) ? [] : [answer];
    }
    // An enrichment without an answer ends it.
    if (events.length === 0) return new Set();
    const sent = events.map((event) => ({ event, input: pipeInput(target.template, event, pipe) }));
    if (target.arn.split(':')[2] === 'lambda' && target.waits) {
      const inputs = sent.map(({ input }) => input);
      const result = await invoked(target.arn, inputs, { delivery, context });
      return result.kind === 'success' ? reportedFailures(result.payload.toString(), ids) : outcomeOf(result);
    }
    const failed = await send(pipe, sent, { delivery, context });
    if (failed.length === 0) return new Set();
    // Who enriches may make several of one, or one of several.
    return enrichment ? 'all' : new Set(failed.flatMap((index) => ids[index] ?? []));
  } catch (error) {
    context.warn(`${pipe.name}: ${messageOf(error)}`);
    return 'all';
  }
}

const outcomeOf = ({ kind }: InvokeResult): BatchOutcome => (kind === 'throttled' ? 'throttled' : 'all');

/** Nothing, or an empty text or map. */
const isNothing = (answer: Json): boolean =>
  answer === null || answer === '' || (typeof answer === 'object' && Object.keys(answer).length === 0);

interface Sending {
  readonly delivery: Delivery;
  readonly context: ServiceContext;
}

async function invoked(
  arn: string,
  events: readonly Json[],
  { delivery, context }: Sending,
): Promise<InvokeResult> {
  const found = findByReference(context.host.functions, arn, null);
  if (isMissing(found)) throw new Error(found.message);
  const { cause, traceId } = delivery;
  return context.host.invoke(found.fn, JSON.stringify(events), {
    cause,
    ...(found.qualifier !== undefined && { qualifier: found.qualifier }),
    ...(traceId !== undefined && { traceId }),
  });
}

/**
 * Functions and state machines get all events at once, others one after the other.
 *
 * @returns the places of those that were not taken
 */
async function send(
  { name, target }: PipePlan,
  sent: readonly { readonly event: Json; readonly input: Json }[],
  { delivery, context }: Sending,
): Promise<readonly number[]> {
  const [, , service = ''] = target.arn.split(':');
  if (service === 'lambda' || service === 'states') {
    await context.targets.send(target.arn, JSON.stringify(sent.map(({ input }) => input)), delivery);
    return [];
  }
  const failed: number[] = [];
  for (const [index, each] of sent.entries())
    await sendOne({ name, target }, each, { delivery, context }).catch((error: unknown) => {
      context.warn(`${name}: ${messageOf(error)}`);
      failed.push(index);
    });
  return failed;
}

async function sendOne(
  { name, target }: Pick<PipePlan, 'name' | 'target'>,
  { event, input }: { readonly event: Json; readonly input: Json },
  { delivery, context }: Sending,
): Promise<void> {
  const [groupId, deduplicationId, source, detailType] = [
    target.groupId,
    target.deduplicationId,
    target.source,
    target.detailType,
  ].map((parameter) => parameter && pipeText(parameter, event));
  const body =
    target.arn.split(':')[2] === 'events'
      ? busEvent({ source: source ?? `Pipe ${name}`, detailType }, input, context)
      : textOf(input);
  await context.targets.send(target.arn, body, {
    ...delivery,
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
  });
}

const textOf = (event: Json): string => (typeof event === 'string' ? event : JSON.stringify(event));

function busEvent(
  {
    source,
    detailType = 'Event from aws:sqs',
  }: { readonly source: string; readonly detailType: string | undefined },
  detail: Json,
  { account, region }: ServiceContext,
): string {
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account,
    time: `${new Date().toISOString().slice(0, 19)}Z`,
    region,
    resources: [],
    detail,
  });
}
