import type { LocalFunction } from '../functions/function.ts';
import type { InvokeResult } from '../invoke.ts';
import type { ReceivedMessage } from '../queues/message.ts';
import type { ServiceContext } from '../service/part.ts';
import type { MappingPlan } from '../service/plan.ts';
import { reportedFailures } from './partial.ts';
import { queueRecord } from './queue-event.ts';
import type { BatchOutcome } from './queue-poller.ts';

/** The function of an event source mapping. */
export interface MappedFunction {
  readonly plan: MappingPlan;
  readonly fn: LocalFunction;
  readonly qualifier: string | undefined;
}

/** Calls a function with the messages of a queue. */
export async function callWithBatch(
  { plan, fn, qualifier }: MappedFunction,
  batch: readonly ReceivedMessage[],
  { host }: ServiceContext,
): Promise<BatchOutcome> {
  const Records = batch.map((message) => queueRecord(message, plan.sourceArn));
  const traceId = batch.map(({ system }) => system.AWSTraceHeader).find((each) => each !== undefined);
  const ids = batch.map(({ id }) => id);
  const source = plan.sourceArn.split(':').at(-1) ?? '';
  const result = await host.invoke(fn, JSON.stringify({ Records }), {
    cause: { kind: 'queue', source, ids },
    ...(qualifier !== undefined && { qualifier }),
    ...(traceId !== undefined && { traceId }),
  });
  return failedOf(result, plan, ids);
}

function failedOf(result: InvokeResult, { partial }: MappingPlan, ids: readonly string[]): BatchOutcome {
  if (result.kind === 'throttled') return 'throttled';
  if (result.kind === 'function-error') return 'all';
  return partial ? reportedFailures(result.payload.toString(), ids) : new Set();
}
