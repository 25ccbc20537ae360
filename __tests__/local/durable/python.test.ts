/** Durable functions with AWS's SDK for Python. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/template/types.ts';
import { type TestHost, testHost } from '../functions.ts';
import { type DurableCode, durableCode, durableFunction } from './sdk.ts';

/** Each case of `fixtures/cases.py`: its event, its result, and what happens to its operations. */
const CASES: readonly (readonly [name: string, event: object, result: Json, history: string])[] = [
  ['steps', { number: 1 }, { doubled: 4 }, 'StepSucceeded first, StepSucceeded second'],
  [
    'wait',
    {},
    2,
    'StepSucceeded before, WaitStarted cool-down, WaitSucceeded cool-down, StepSucceeded after',
  ],
  ['retry', {}, 'at last', 'StepFailed flaky, StepFailed flaky, StepSucceeded flaky'],
  [
    'child',
    {},
    'ab',
    'ContextStarted inner, StepSucceeded a, WaitStarted pause, WaitSucceeded pause, StepSucceeded b, ContextSucceeded inner',
  ],
  ['parallel', {}, ['long', 'short'], 'WaitSucceeded short, WaitSucceeded long, ContextSucceeded both'],
  ['map', { items: [2, 3] }, [4, 9], 'ContextStarted squares, ContextSucceeded squares'],
  [
    'approval',
    {},
    'yes',
    'ContextStarted approval, CallbackSucceeded approval create callback id, ContextSucceeded approval',
  ],
  [
    'callback_timeout',
    {},
    'CallbackTimeoutError',
    'CallbackTimedOut approval create callback id, ContextFailed approval',
  ],
  ['chained', {}, { doubled: 10 }, 'ChainedInvokeStarted ask, ChainedInvokeSucceeded ask'],
  ['condition', {}, 3, 'StepSucceeded until-three, StepSucceeded until-three, StepSucceeded until-three'],
];

let code: DurableCode | undefined;
let host: TestHost | undefined;
beforeAll(async () => {
  const made = await durableCode();
  code = made;
  const fn = durableFunction(made, 'cases', {
    handler: 'cases.handler',
    runtime: 'python3.13',
    environment: { PYTHONPATH: made.pythonPath },
  });
  host = testHost([fn], { durable: { waits: 'skip' } });
});
afterAll(async () => {
  await host?.stop();
  code?.remove();
});

async function run(name: string, event: object) {
  const [fn] = host?.functions ?? [];
  if (!host || !fn) throw new Error(name);
  const result = await host.invoke(fn, JSON.stringify({ case: name, ...event }), {
    ...(name === 'approval' && { callbacks: { approval: { result: 'yes' } } }),
  });
  if (result.kind === 'throttled') throw new Error(result.kind);
  return result;
}

describe('durable functions in Python', () => {
  it.each(CASES)('%s', async (name, event, result, history) => {
    const { payload, execution, logs } = await run(name, event);
    const answer: Json = JSON.parse(payload.toString());
    expect([answer, execution?.status === 'SUCCEEDED' ? '' : logs]).toEqual([result, '']);
    const happened = (execution?.events ?? []).map(({ EventType, Name }) =>
      `${EventType} ${Name ?? ''}`.trim(),
    );
    const wanted = history.split(', ');
    expect(happened.filter((each) => wanted.includes(each))).toEqual(wanted);
  });

  it('fails', async () => {
    const { execution } = await run('fails', {});
    expect(execution).toMatchObject({
      status: 'FAILED',
      error: { ErrorType: 'ValueError', ErrorMessage: 'out of range' },
    });
  });
});
