import { describe, expect, it } from '@jest/globals';
import { executionTable, tableLines } from '../../../src/local/durable/table.ts';
import type { DurableOperation, ExecutionRecord } from '../../../src/local/durable/types.ts';
import type { InvokeResult } from '../../../src/local/invoke.ts';
import { evaluateSmokeTest, parseSmokeTest } from '../../../src/local/smoke.ts';
import type { Json } from '../../../src/template/types.ts';

const at = (Id: string, over: Partial<DurableOperation>): DurableOperation => ({
  Id,
  Type: 'STEP',
  Status: 'SUCCEEDED',
  StartTimestamp: 1000,
  EndTimestamp: 1500,
  ...over,
});

const execution: ExecutionRecord = {
  arn: 'arn',
  name: 'order-42',
  functionId: 'Orders',
  functionArn: 'arn',
  version: '$LATEST',
  input: '{}',
  startedAt: 1000,
  endedAt: 1000 + 86_405_000,
  timeout: 240_000,
  skipped: 0,
  status: 'FAILED',
  error: { ErrorType: 'Refused', ErrorMessage: 'no stock' },
  heartbeats: {},
  operations: [
    at('0', { Type: 'EXECUTION' }),
    at('1', { Name: 'reserve', StepDetails: { Attempt: 3, Result: '{"item":7}' } }),
    at('2', { Name: 'cool-down', Type: 'WAIT', EndTimestamp: 86_401_000 }),
    at('3', { Name: 'ship', Type: 'CONTEXT', SubType: 'ParallelBranch', ContextDetails: { Error: {} } }),
    at('4', {
      Name: 'label',
      ParentId: '3',
      Status: 'FAILED',
      EndTimestamp: 1600,
      StepDetails: { Attempt: 1, Error: { ErrorType: 'StepError', ErrorMessage: 'no printer' } },
    }),
    at('5', { Name: 'pay', Type: 'CALLBACK', Status: 'STARTED', CallbackDetails: { CallbackId: 'c' } }),
  ].map((each, index) => (index === 5 ? { ...each, EndTimestamp: undefined } : each)) as DurableOperation[],
  events: [
    {
      EventId: 1,
      EventType: 'WaitStarted',
      EventTimestamp: 0,
      Id: '2',
      WaitStartedDetails: { Duration: 86_400 },
    },
    { EventId: 2, EventType: 'InvocationCompleted', EventTimestamp: 0 },
  ],
};

const result: InvokeResult = {
  kind: 'function-error',
  payload: Buffer.from('{}'),
  error: { errorType: 'Refused', errorMessage: 'no stock' },
  requestId: 'r',
  executedVersion: '$LATEST',
  logs: '',
  report: { durationMs: 1, billedMs: 1, memorySizeMb: 128, maxMemoryMb: 1, status: 'error' },
  execution,
};

const failuresOf = (expected: Json, of: InvokeResult = result): readonly string[] =>
  evaluateSmokeTest(parseSmokeTest('events/Orders/a.json', JSON.stringify({ expect: expected })), of)
    .failures;

describe('expectations of durable functions', () => {
  it.each<[string, Json]>([
    ['its status', { status: 'FAILED' }],
    ['steps by name', { status: 'FAILED', steps: { reserve: 'SUCCEEDED', label: 'FAILED', pay: 'STARTED' } }],
    [
      'names within others',
      { status: 'FAILED', steps: { 'ship/label': { status: 'FAILED', errorType: 'StepError' } } },
    ],
    ['attempts and results', { status: 'FAILED', steps: { reserve: { attempts: 3, result: { item: 7 } } } }],
    ['steps in their order', { status: 'FAILED', steps: ['reserve'] }],
    ['waits in their order', { status: 'FAILED', waits: [86_400] }],
    ['waits by name', { status: 'FAILED', waits: { 'cool-down': 86_400 } }],
    ['an error type', { errorType: 'Refused', waits: [86_400] }],
  ])('take %s', (_, expected) => {
    expect(failuresOf(expected)).toEqual([]);
  });

  it('tell everything that is not so', () => {
    expect(
      failuresOf({
        status: 'SUCCEEDED',
        steps: { reserve: { attempts: 1, result: { item: 8 } }, bill: 'SUCCEEDED', label: 'SUCCEEDED' },
        waits: { 'cool-down': 60, later: 1 },
      }),
    ).toEqual([
      'status: expected SUCCEEDED, got FAILED (Refused: no stock)',
      'steps.reserve: attempts: expected 1, got 3',
      'steps.reserve.result.item: expected 8, got 7',
      'steps.bill: there was no such operation; there was reserve, cool-down, ship, label, pay',
      'steps.label: status: expected SUCCEEDED, got FAILED',
      'waits.cool-down: expected 60 s, got 86400 s',
      'waits.later: there was no such wait; there was cool-down',
    ]);
    expect(failuresOf({ status: 'FAILED', steps: ['reserve', 'label'], waits: [1, 2] })).toEqual([
      'steps: expected reserve, label, got reserve',
      'waits: expected 1, 2, got 86400',
    ]);
  });

  it('are nothing for other functions', () => {
    const { execution: _, ...plain } = result;
    expect(failuresOf({ status: 'FAILED', steps: [] }, plain as InvokeResult)).toEqual([
      'status, steps and waits are told of durable functions that run here, and this was none',
    ]);
  });

  it('tell answers that nothing asked for', () => {
    const callbacks = { pay: { result: 1 }, payment: { result: 1 } };
    const test = parseSmokeTest(
      'events/Orders/a.json',
      JSON.stringify({ callbacks, payload: {}, expect: { status: 'FAILED' } }),
    );
    expect(evaluateSmokeTest(test, result).failures).toEqual([
      'callbacks.payment: nothing waited for it; there was pay',
    ]);
  });

  it.each<[Json, RegExp]>([
    [
      { expect: { status: 'DONE' } },
      /expect\.status is "DONE".*Write a number, or the status of an execution/,
    ],
    [{ expect: { steps: 'reserve' } }, /expect\.steps is "reserve"/],
    [{ expect: { steps: { reserve: 'DONE' } } }, /expect\.steps is \{"reserve":"DONE"\}/],
    [{ expect: { steps: { reserve: { tries: 1 } } } }, /expect\.steps is/],
    [{ expect: { waits: { a: '1' } } }, /expect\.waits is .*Write a list of seconds/],
    [{ callbacks: { pay: 'yes' }, payload: {} }, /callbacks is .*Write a map of names to \{ "result"/],
  ])('are refused as %j', (content, message) => {
    expect(() => parseSmokeTest('events/Orders/a.json', JSON.stringify(content))).toThrow(message);
  });

  it('come with answers to callbacks: text as it is, anything else as JSON', () => {
    const callbacks = {
      a: { result: 'yes' },
      b: { result: { ok: true } },
      c: { error: { type: 'Refused', message: 'no' } },
    };
    expect(
      parseSmokeTest('events/Orders/a.json', JSON.stringify({ payload: {}, callbacks })).callbacks,
    ).toEqual({
      a: { result: 'yes' },
      b: { result: '{"ok":true}' },
      c: { error: { ErrorType: 'Refused', ErrorMessage: 'no' } },
    });
  });
});

it('an execution is a table', () => {
  const table = executionTable(execution);
  expect([table.title, ...tableLines(table)]).toEqual([
    'Execution order-42 of Orders: FAILED after 1d 5s, 1 invocation',
    'after  operation  kind             status     took',
    '0s     reserve    step             SUCCEEDED  0.5s  3 attempts',
    '0s     cool-down  wait 1d          SUCCEEDED  1d',
    '0s     ship       parallel branch  SUCCEEDED  0.5s',
    '0s       label    step             FAILED     0.6s  StepError: no printer',
    '0s     pay        callback         STARTED          id c',
  ]);
});
