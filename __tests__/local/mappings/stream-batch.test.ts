import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createActivity } from '../../../src/local/activity.ts';
import { createApis } from '../../../src/local/aws-api/apis.ts';
import { deliver } from '../../../src/local/mappings/stream-batch.ts';
import type { StreamRecord } from '../../../src/local/mappings/stream-client.ts';
import { tumbling } from '../../../src/local/mappings/tumbling.ts';
import { createTargets, type ServiceContext } from '../../../src/local/service/part.ts';
import { EMPTY_PLAN, type MappingPlan, type StreamSettings } from '../../../src/local/service/plan.ts';
import { localFunction, type TestHost, testHost } from '../functions.ts';

/** Counts in the state of its window; fails for `bad`, and reports `sour`. */
const code = `
exports.handler = async ({ Records, state, isFinalInvokeForWindow }) => {
  const names = Records.map(({ name }) => name);
  if (names.includes('bad')) throw new Error('bad');
  const sour = Records.find(({ name }) => name === 'sour');
  const count = (state?.count ?? 0) + names.length;
  return { batchItemFailures: sour ? [{ itemIdentifier: sour.sequence }] : [], state: { count }, isFinalInvokeForWindow };
};`;
const fn = localFunction({
  logicalId: 'Counts',
  handler: 'index.handler',
  code: { kind: 'inline', text: code },
});
const arn = 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks';
const settings: StreamSettings = {
  start: 'LATEST',
  bisect: false,
  maximumAge: -1,
  retries: 1,
  parallel: 1,
  tumblingWindow: 0,
  failureArn: 'arn:aws:test:us-east-1:123456789012:failed',
};

let host: TestHost;
let sent: string[];
let calls: (readonly string[])[];
let context: ServiceContext;
beforeAll(() => {
  host = testHost([fn]);
});
afterAll(() => host.stop());

function target(over: Partial<StreamSettings> = {}, partial = false) {
  sent = [];
  calls = [];
  const activity = createActivity();
  const targets = createTargets();
  targets.add('test', async (_, body) => void sent.push(body));
  const called = {
    ...host,
    invoke: (...[which, payload, options]: Parameters<TestHost['invoke']>) => {
      calls.push(JSON.parse(payload.toString()).Records.map(({ name }: { name: string }) => name));
      return host.invoke(which, payload, options);
    },
  };
  context = {
    plan: EMPTY_PLAN,
    host: called,
    activity,
    endpoint: '',
    region: 'us-east-1',
    account: '123456789012',
    apis: createApis(),
    targets,
    allowUnverifiedIam: false,
    remote: undefined,
    waits: 'real',
    warn: () => undefined,
  };
  const plan: MappingPlan = {
    id: 'FromClicks',
    kind: 'kinesis',
    sourceArn: arn,
    functionArn: '',
    enabled: true,
    batchSize: 10,
    window: 0,
    partial,
    filters: [],
  };
  const { signal } = new AbortController();
  const own = { ...settings, ...over };
  return { plan, settings: own, fn, qualifier: undefined, shard: 'shard-0', arn, context, signal };
}

const records = (...names: string[]): StreamRecord[] =>
  names.map((name, at) => ({
    sequence: `${at}`,
    arrived: Date.now(),
    key: name,
    event: { name, sequence: `${at}` },
    filtered: {},
  }));

describe('a batch of a stream', () => {
  it('is given up after its retries, with where it was', async () => {
    await deliver(records('a', 'bad'), target());
    expect(calls).toEqual([
      ['a', 'bad'],
      ['a', 'bad'],
    ]);
    expect(sent.map((body) => JSON.parse(body))).toEqual([
      expect.objectContaining({
        requestContext: expect.objectContaining({
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 2,
        }),
        KinesisBatchInfo: expect.objectContaining({
          shardId: 'shard-0',
          batchSize: 2,
          startSequenceNumber: '0',
        }),
      }),
    ]);
  });

  it('is split until what fails is alone', async () => {
    await deliver(records('a', 'b', 'c', 'bad'), target({ bisect: true, retries: 0 }));
    expect(calls).toEqual([['a', 'b', 'c', 'bad'], ['a', 'b'], ['c', 'bad'], ['c'], ['bad']]);
    expect(sent).toHaveLength(1);
  });

  it('is given up alone where its destination takes nothing', async () => {
    const failureArn = 'arn:aws:nobody:us-east-1:123456789012:failed';
    await deliver(records('bad', 'a'), target({ bisect: true, retries: 0, failureArn }));
    expect(calls).toEqual([['bad', 'a'], ['bad'], ['a']]);
  });

  it('goes on with the first that is reported to have failed', async () => {
    await deliver(records('a', 'b', 'sour', 'c'), target({ retries: 0 }, true));
    expect(calls).toEqual([
      ['a', 'b', 'sour', 'c'],
      ['sour', 'c'],
    ]);
    expect(sent).toHaveLength(1);
  });

  it('is given up when it is too old', async () => {
    const old = records('bad').map((record) => ({ ...record, arrived: Date.now() - 120_000 }));
    await deliver(old, target({ maximumAge: 60, retries: -1 }));
    expect(JSON.parse(sent[0] ?? '')).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded' } });
  });
});

/** Source: AWS Lambda Developer Guide, "Aggregation with tumbling windows": the state of one invocation is given to the next. */
it.each<[string, Partial<StreamSettings>, boolean, readonly string[], number]>([
  ['a batch that is split', { bisect: true, retries: 0 }, false, ['a', 'b', 'c', 'bad'], 3],
  ['a batch that is given up', { retries: 0 }, false, ['bad'], 7],
  ['a batch that failed in part', { retries: 0 }, true, ['a', 'sour'], 9],
])('%s loses no state', async (_, over, partial, names, count) => {
  const start = { 3: 0, 7: 7, 9: 7 }[count] ?? 0;
  expect(await deliver(records(...names), target(over, partial), { state: { count: start } })).toMatchObject({
    state: { count },
  });
});

it('a window hands its state on, and ends without records', async () => {
  const over = target({ tumblingWindow: 60 });
  const send = tumbling(over);
  const minutes = (ago: number, ...names: string[]) =>
    records(...names).map((record) => ({ ...record, arrived: Date.now() - ago * 60_000 }));
  await send(minutes(5, 'a', 'b'));
  // The time of the window is over: it ends at once.
  expect(calls).toEqual([['a', 'b'], []]);
  await send(minutes(4, 'c'));
  expect(calls).toEqual([['a', 'b'], [], ['c'], []]);
});
