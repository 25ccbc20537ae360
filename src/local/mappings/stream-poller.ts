import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { LocalFunction } from '../functions/function.ts';
import { matches } from '../patterns/match.ts';
import type { RemoteEndpoint, ServiceContext } from '../service/part.ts';
import type { MappingPlan, StreamSettings } from '../service/plan.ts';
import { inEvents } from './in-events.ts';
import { RemoteError } from './remote-call.ts';
import { type BatchTarget, deliver } from './stream-batch.ts';
import { type StreamClient, type StreamRecord, streamClient } from './stream-client.ts';
import { tumbling } from './tumbling.ts';

/** What one mapping of a stream reads and calls. */
export interface StreamMapping {
  readonly plan: MappingPlan;
  readonly fn: LocalFunction;
  readonly qualifier: string | undefined;
  readonly remote: RemoteEndpoint;
}

/** Milliseconds between two reads of a shard without records, and between two looks for new shards. */
const IDLE = 200;
const SHARDS = 5_000;
const FAILED = 1_000;

const DEFAULTS: StreamSettings = {
  start: 'LATEST',
  bisect: false,
  maximumAge: -1,
  retries: -1,
  parallel: 1,
  tumblingWindow: 0,
};

/** Reads every shard of a stream until the signal is aborted, those that come later from their beginning. */
export async function pollStream(
  mapping: StreamMapping,
  context: ServiceContext,
  signal: AbortSignal,
): Promise<void> {
  const { plan, remote } = mapping;
  const settings = plan.stream ?? DEFAULTS;
  const reading = new Set<string>();
  let client: StreamClient | undefined;
  let { start } = settings;
  while (!signal.aborted) {
    let next = SHARDS;
    try {
      client ??= await streamClient(plan, remote, signal);
      for (const shard of await client.shards()) {
        if (reading.has(shard)) continue;
        const target: BatchTarget = { ...mapping, settings, shard, arn: client.arn, context, signal };
        const iterator = await client.iterator(shard, start);
        reading.add(shard);
        void readShard(client, iterator, target);
      }
      start = 'TRIM_HORIZON';
    } catch (error) {
      if (!signal.aborted)
        context.warn(`${plan.id}: ${error instanceof Error ? error.message : String(error)}`);
      next = FAILED;
    }
    await pause(next, undefined, { signal }).catch(() => undefined);
  }
}

async function readShard(client: StreamClient, first: string, target: BatchTarget): Promise<void> {
  const { plan, settings, shard, signal, context } = target;
  const send =
    settings.tumblingWindow > 0 ? tumbling(target) : (batch: readonly StreamRecord[]) => lanes(batch, target);
  let iterator: string | undefined = first;
  let batch: StreamRecord[] = [];
  let end = 0;
  let last: string | undefined;
  while (!signal.aborted) {
    try {
      const read: Awaited<ReturnType<StreamClient['records']>> =
        iterator === undefined
          ? { records: [] }
          : await client.records(shard, iterator, Math.max(1, plan.batchSize - batch.length));
      iterator = read.next;
      last = read.records.at(-1)?.sequence ?? last;
      const taken = read.records.filter((record) => takes(plan, record));
      if (batch.length === 0 && taken.length > 0) end = Date.now() + 1000 * plan.window;
      batch.push(...taken);
      const isFull = batch.length >= plan.batchSize;
      if (isFull || Date.now() >= end || iterator === undefined) {
        const sent = batch;
        batch = [];
        // Windows end without records as well.
        for (const each of inEvents(sent, ({ event }) => event)) await send(each);
        if (sent.length === 0 && settings.tumblingWindow > 0) await send(sent);
      }
      if (iterator === undefined && settings.tumblingWindow === 0) return;
      if (read.records.length === 0) await pause(IDLE, undefined, { signal }).catch(() => undefined);
    } catch (error) {
      if (signal.aborted) return;
      // A batch may take longer than the five minutes for which an iterator can be used.
      if (error instanceof RemoteError && error.code === 'ExpiredIteratorException') {
        const again = await client
          .iterator(shard, last === undefined ? settings.start : { after: last })
          .catch(() => undefined);
        iterator = again ?? iterator;
        if (again !== undefined) continue;
      }
      context.warn(`${plan.id}: ${error instanceof Error ? error.message : String(error)}`);
      await pause(FAILED, undefined, { signal }).catch(() => undefined);
    }
  }
}

const takes = ({ filters }: MappingPlan, { filtered }: StreamRecord): boolean =>
  filters.length === 0 || filters.some((filter) => matches(filter, filtered));

/** Several batches of a shard at a time; what has the same key stays in order. */
async function lanes(records: readonly StreamRecord[], target: BatchTarget): Promise<void> {
  const { parallel } = target.settings;
  const byLane = Map.groupBy(records, ({ key }) =>
    parallel === 1 ? 0 : (createHash('md5').update(key).digest()[0] ?? 0) % parallel,
  );
  await Promise.all([...byLane.values()].map((each) => deliver(each, target)));
}
