import { describe, expect, it } from '@jest/globals';
import type { InvokeResult } from '../../src/local/invoke.ts';
import {
  evaluateSmokeTest,
  isSmokeTest,
  parseSmokeTest,
  type SmokeExpectation,
} from '../../src/local/smoke.ts';
import type { Json } from '../../src/template/types.ts';

const common = {
  requestId: 'id',
  executedVersion: '$LATEST',
  logs: '',
  report: { durationMs: 50, billedMs: 50, memorySizeMb: 128, maxMemoryMb: 30, status: 'success' },
} as const;
const success = (value: Json): InvokeResult => ({
  kind: 'success',
  payload: Buffer.from(JSON.stringify(value)),
  contentType: 'application/json',
  ...common,
});
const failure = (errorType: string, errorMessage = 'boom'): InvokeResult => ({
  kind: 'function-error',
  payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
  error: { errorType, errorMessage },
  ...common,
});

describe('parseSmokeTest', () => {
  it.each<[string, object]>([
    ['{"a":1}', { function: 'Hello', payload: { a: 1 }, expected: {} }],
    ['[1]', { function: 'Hello', payload: [1], expected: {} }],
    [
      '{"payload":{"a":1},"expect":{"status":200}}',
      { function: 'Hello', payload: { a: 1 }, expected: { status: 200 } },
    ],
    ['{"function":"Other","event":null}', { function: 'Other', payload: null }],
    ['{"expect":{"errorType":"Error"}}', { payload: {}, expected: { errorType: 'Error' } }],
  ])('reads %s', (text, expected) => {
    expect(parseSmokeTest('events/Hello/one.json', text)).toMatchObject({
      file: 'events/Hello/one.json',
      ...expected,
    });
  });

  it('tells every problem at once, with the file', () => {
    const text =
      '{"payload":1,"event":2,"function":3,"expected":{},"expect":{"status":"200","colour":"red"}}';
    expect(() => parseSmokeTest('events/Hello/one.json', text)).toThrow(
      [
        '"expected" is not known here (events/Hello/one.json). Use function, payload, event, expect, tenant, callbacks.',
        'it has both payload and event (events/Hello/one.json). Remove one of them.',
        'function is 3, not a name (events/Hello/one.json). Write the logical ID of a function.',
        'expect.status is "200" (events/Hello/one.json). Write a number, or the status of an execution: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, STOPPED.',
        'expect.colour is not known here (events/Hello/one.json). Use status, response, maxDurationMs, errorType, steps, waits.',
      ].join('\n'),
    );
    expect(() => parseSmokeTest('one.json', '{')).toThrow(
      /^it is no JSON: .*\(one\.json\)\. Mend the file\.$/,
    );
  });
});

it.each<[Json, boolean]>([
  [{ payload: { a: 1 }, expect: { status: 200 } }, true],
  [{ function: 'Hello', event: null }, true],
  [{ expect: {} }, true],
  [{ event: 'created' }, true],
  [{ $schema: 'x', payload: 1 }, true],
  [{ a: 1 }, false],
  [{ function: 'Hello' }, false],
  [{ event: 'created', id: 1 }, false],
  [{ version: '2.0', payload: {} }, false],
  [[{ payload: 1 }], false],
  ['payload', false],
  [null, false],
])('%j as a file is a smoke test: %s', (content, expected) => {
  expect(isSmokeTest(content)).toBe(expected);
});

describe('evaluateSmokeTest', () => {
  const judge = (expected: SmokeExpectation, result: InvokeResult): readonly string[] =>
    evaluateSmokeTest({ file: 'f', function: 'Hello', payload: {}, expected }, result).failures;

  it.each<[SmokeExpectation, InvokeResult, readonly string[]]>([
    [{}, success(null), []],
    [{}, failure('TypeError'), ['it failed: TypeError: boom']],
    [{ status: 200 }, failure('TypeError'), ['it failed: TypeError: boom']],
    [{ status: 200 }, success({ statusCode: 200 }), []],
    [{ status: 200 }, success({ statusCode: 500 }), ['statusCode: expected 200, got 500']],
    [{ status: 200 }, success('text'), ['statusCode: expected 200, got nothing']],
    [{ errorType: 'TypeError' }, failure('TypeError'), []],
    [{ errorType: 'TypeError' }, failure('Error'), ['error type: expected TypeError, got Error']],
    [{ errorType: 'TypeError' }, success(1), ['error type: expected TypeError, got no error']],
    [{ maxDurationMs: 50 }, success(1), []],
    [{ maxDurationMs: 49 }, success(1), ['it took 50 ms, more than 49 ms']],
    [{ response: { a: { b: [1, { c: 2 }] } } }, success({ a: { b: [1, { c: 2, more: 3 }], x: 1 } }), []],
    [{ response: { a: { b: 1 } } }, success({ a: { b: 2 } }), ['response.a.b: expected 1, got 2']],
    [{ response: { a: [1] } }, success({ a: [1, 2] }), ['response.a: expected 1 items, got [1,2]']],
    [{ response: { body: { ok: true } } }, success({ body: '{"ok":true,"more":1}' }), []],
    [{ response: { body: [1] } }, success({ body: '[1]' }), []],
    [
      { response: { body: { ok: true } } },
      success({ body: 'text' }),
      ['response.body: expected a map, got "text"'],
    ],
    [{ response: null }, success(null), []],
    [{ response: { a: null } }, success({}), ['response.a: expected null, got nothing']],
  ])('%j of %o', (expected, result, failures) => {
    expect(judge(expected, result)).toEqual(failures);
  });

  it('shows no part of a secret where it cuts a long value', () => {
    const test = { file: 'f', function: 'Hello', payload: {}, expected: { response: 'other' } };
    const long = success(`${'x'.repeat(195)}secret-canary`);
    const { failures } = evaluateSmokeTest(test, long, (text) => text.replaceAll('secret-canary', '***'));
    expect(failures.join()).not.toContain('secr');
  });

  it('fails when the function was throttled', () => {
    expect(judge({}, { kind: 'throttled', requestId: 'id' })).toEqual(['the function was throttled']);
  });
});
