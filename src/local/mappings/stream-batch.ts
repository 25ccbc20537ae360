import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonObject } from '../../template/types.ts';
import { functionArn, type LocalFunction } from '../functions/function.ts';
import { mapOf } from '../functions/resolve.ts';
import type { InvokeResult } from '../invoke.ts';
import { messageOf } from '../service/dead-letters.ts';
import type { ServiceContext } from '../service/part.ts';
import type { MappingPlan, StreamSettings } from '../service/plan.ts';
import { reportedFailures } from './partial.ts';
import type { StreamRecord } from './stream-client.ts';

/** Where batches go, and what becomes of those that fail. */
export interface BatchTarget {
  readonly plan: MappingPlan;
  readonly settings: StreamSettings;
  readonly fn: LocalFunction;
  readonly qualifier: string | undefined;
  readonly shard: string;
  readonly arn: string;
  readonly context: ServiceContext;
  readonly signal: AbortSignal;
}

/** Milliseconds between two tries: twice as long each time. */
const BACKOFF = { first: 100, most: 10_000 };

/**
 * Calls a function with records, again and again until it takes them, they are too old or were tried often enough: then
 * they go to the destination for failures. Source: AWS Lambda Developer Guide, "Retain discarded batch records".
 *
 * @param given what the event has beside the records; its state is handed on where a batch is split
 * @returns what the function answered last; where it never did, the state as it was
 */
export async function deliver(
  records: readonly StreamRecord[],
  target: BatchTarget,
  given: JsonObject = {},
): Promise<JsonObject> {
  const { settings, signal, plan } = target;
  let more = given;
  let left = records;
  let tries = 0;
  for (let wait = BACKOFF.first; !signal.aborted; wait = Math.min(BACKOFF.most, wait * 2)) {
    const result = await call(left, target, more);
    if (signal.aborted) break;
    if (result.kind !== 'throttled') {
      tries++;
      const failedAt = firstFailure(result, left, plan);
      if (failedAt === undefined)
        return mapOf(result.kind === 'success' ? parsed(result.payload.toString()) : {});
      // What went well before the first failure is not sent again.
      if (failedAt > 0) {
        left = left.slice(failedAt);
        tries = 0;
        if (result.kind === 'success') more = handedOn(more, mapOf(parsed(result.payload.toString())));
      } else if (settings.bisect && left.length > 1) {
        const middle = Math.floor(left.length / 2);
        const first = await deliver(left.slice(0, middle), target, more);
        return deliver(left.slice(middle), target, handedOn(more, first));
      }
      const tooOld =
        settings.maximumAge > 0 && (left[0]?.arrived ?? 0) + 1000 * settings.maximumAge < Date.now();
      if (tooOld || (settings.retries >= 0 && tries > settings.retries)) {
        await giveUp(left, target, { result, tries, tooOld });
        return stateOf(more);
      }
    }
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
  return stateOf(more);
}

/** What the next event has beside its records, where the last one was answered. */
const handedOn = (more: JsonObject, { state }: JsonObject): JsonObject =>
  more.state === undefined || state === undefined ? more : { ...more, state };

const stateOf = ({ state }: JsonObject): JsonObject => (state === undefined ? {} : { state });

function call(
  records: readonly StreamRecord[],
  { fn, qualifier, plan, context }: BatchTarget,
  more: JsonObject,
): Promise<InvokeResult> {
  const event = { Records: records.map((record) => record.event), ...more };
  return context.host.invoke(fn, JSON.stringify(event), {
    cause: { kind: 'stream', source: nameOf(plan), ids: records.map(({ sequence }) => sequence) },
    ...(qualifier !== undefined && { qualifier }),
  });
}

/** Where the first record is that failed. */
function firstFailure(
  result: Exclude<InvokeResult, { readonly kind: 'throttled' }>,
  records: readonly StreamRecord[],
  { partial }: MappingPlan,
): number | undefined {
  if (result.kind === 'function-error') return 0;
  if (!partial) return undefined;
  const sequences = records.map(({ sequence }) => sequence);
  const failed = reportedFailures(result.payload.toString(), sequences);
  if (failed === 'all') return 0;
  const at = sequences.findIndex((sequence) => failed.has(sequence));
  return at < 0 ? undefined : at;
}

async function giveUp(
  records: readonly StreamRecord[],
  { settings, plan, fn, shard, arn, context }: BatchTarget,
  {
    result,
    tries,
    tooOld,
  }: {
    readonly result: Exclude<InvokeResult, { readonly kind: 'throttled' }>;
    readonly tries: number;
    readonly tooOld: boolean;
  },
): Promise<void> {
  const source = nameOf(plan);
  context.activity.publish({
    kind: 'noted',
    at: Date.now(),
    source,
    text: `${records.length} records are given up: ${tooOld ? 'they are too old' : `tried ${tries} times`}`,
  });
  if (settings.failureArn === undefined) return;
  const time = (record: StreamRecord | undefined) => new Date(record?.arrived ?? 0).toISOString();
  const info = {
    shardId: shard,
    startSequenceNumber: records[0]?.sequence,
    endSequenceNumber: records.at(-1)?.sequence,
    approximateArrivalOfFirstRecord: time(records[0]),
    approximateArrivalOfLastRecord: time(records.at(-1)),
    batchSize: records.length,
    streamArn: arn,
  };
  const body = {
    requestContext: {
      requestId: result.requestId,
      functionArn: functionArn(fn),
      condition: tooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
      approximateInvokeCount: tries,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: result.executedVersion,
      functionError: 'Unhandled',
    },
    version: '1.0',
    timestamp: new Date().toISOString(),
    [plan.kind === 'kinesis' ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: info,
  };
  try {
    await context.targets.send(settings.failureArn, JSON.stringify(body), {
      cause: { kind: 'destination', source, ids: [randomUUID()] },
    });
  } catch (error) {
    // Other records go on.
    context.warn(`${plan.id}: the destination did not take what failed: ${messageOf(error)}`);
  }
}

/** Of the table or the stream. */
const nameOf = ({ sourceArn }: MappingPlan): string =>
  sourceArn.split(':').at(-1)?.split('/')[1] ?? sourceArn;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
