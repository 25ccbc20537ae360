/** The same handlers by our host and by AWS's library for tests of durable functions: the same operations happen to them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryEvent } from '../../../src/local/durable/types.ts';
import type { Json } from '../../../src/template/types.ts';
import { localFunction, type TestHost, testHost } from '../functions.ts';
import { type DurableCode, durableCode, durableFunction } from './sdk.ts';

/** Cases of `fixtures/cases.mjs`, with their events. The library skips no timeouts of callbacks. */
const EVENTS: Readonly<Record<string, object>> = {
  steps: { number: 1 },
  wait: {},
  retry: {},
  fails: {},
  caught: {},
  child: {},
  parallel: {},
  map: { items: [1, 2, 3] },
  condition: {},
  approval: {},
  chained: { word: 'hello' },
  chainedFails: {},
  large: {},
  many: { count: 20 },
};

const INPUTS = Object.fromEntries(
  Object.entries(EVENTS).map(([name, event]) => [name, { case: name, ...event }]),
);

interface Told {
  readonly status: string;
  readonly result?: Json;
  readonly error?: string;
  readonly type?: string;
  readonly events: readonly HistoryEvent[];
}

let code: DurableCode | undefined;
let host: TestHost | undefined;
let theirs: Readonly<Record<string, Told>>;

beforeAll(async () => {
  const made = await durableCode();
  code = made;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(made.node, 'theirs.mjs'), JSON.stringify(INPUTS)],
    {
      timeout: 240_000,
      maxBuffer: 64 * 1024 * 1024,
      env: { PATH: process.env.PATH, AWS_REGION: 'us-east-1' },
    },
  );
  theirs = JSON.parse(stdout);
  const functions = ['handler', 'steps', 'fails'].map((name) => durableFunction(made, name));
  const plain = localFunction({
    logicalId: 'plain',
    handler: 'cases.plain',
    code: { kind: 'directory', path: made.node },
  });
  host = testHost([...functions, plain], { durable: { waits: 'skip' } });
});
afterAll(async () => {
  await host?.stop();
  code?.remove();
});

async function ours(name: string): Promise<Told> {
  const [fn] = host?.functions ?? [];
  if (!host || !fn) throw new Error(name);
  const result = await host.invoke(fn, JSON.stringify(INPUTS[name]), {
    callbacks: { approval: { result: 'yes' } },
  });
  if (result.kind === 'throttled' || !result.execution) throw new Error(result.kind);
  const { status, events } = result.execution;
  const answer = JSON.parse(result.payload.toString());
  return status === 'SUCCEEDED'
    ? { status, result: answer, events }
    : { status, error: answer.errorMessage, type: answer.errorType, events };
}

/** It leaves the start of other functions empty. Ids and times differ from run to run; the order of what happens side by side may, too. */
function plainEvents(events: readonly HistoryEvent[]): readonly string[] {
  const ids = new Map<string, string>();
  for (const { Id, Name, EventType, ParentId } of events) {
    if (Id === undefined || ids.has(Id)) continue;
    const parent = ParentId === undefined ? '' : `${ids.get(ParentId)}/`;
    ids.set(Id, `${parent}${Name ?? EventType.replace(/Started|Succeeded|Failed/, '')}`);
  }
  return (
    events
      // It may stay in one invocation while it skips a wait.
      .filter(({ EventType }) => EventType !== 'InvocationCompleted')
      .map(({ EventType, Id, SubType = '', ...rest }) => {
        const details = JSON.stringify(
          EventType === 'ChainedInvokeStarted' ? undefined : plain(rest[`${EventType}Details`]),
        );
        return `${EventType} ${ids.get(Id ?? '') ?? ''} ${SubType} ${details}`;
      })
      .toSorted()
  );
}

const DIFFERENT = new Set([
  'ScheduledEndTimestamp',
  'StartTimestamp',
  'EndTimestamp',
  'RequestId',
  'CallbackId',
  'StackTrace',
  // Theirs leaves these empty: the library knows no timeout, and not which type an error has.
  'ExecutionTimeout',
  'ErrorType',
  // It counts attempts before they are over.
  'CurrentAttempt',
]);
/** Without what is different, or empty on one side. */
function plain(value: unknown): unknown {
  if (typeof value === 'string' && value.length > 1000) return `${value.length} characters`;
  if (typeof value !== 'object' || value === null) return value === '' ? undefined : (value ?? undefined);
  const kept = Object.entries(value)
    .filter(([key]) => !DIFFERENT.has(key))
    .map(([key, inner]) => [key, plain(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

describe("our host and AWS's library", () => {
  it.each(Object.keys(INPUTS))('have the same history of %s', async (name) => {
    const [mine, other] = [await ours(name), theirs[name]];
    if (!other) throw new Error(name);
    const { events, ...outcome } = mine;
    const { events: expected, ...expectedOutcome } = other;
    expect(outcome).toEqual(expectedOutcome);
    expect(plainEvents(events)).toEqual(plainEvents(expected));
  });
});
