/** What whoever listens hears of executions of durable functions: beginning and end of each, and whose calls are whose. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createActivity, type ExecutionMoved, type Happening } from '../../../src/local/activity.ts';
import { eventually } from '../../support/eventually.ts';
import { testHost } from '../functions.ts';
import { type DurableCode, durableCode, durableFunction } from './sdk.ts';

let code: DurableCode;
beforeAll(async () => {
  code = await durableCode();
});
afterAll(() => code.remove());

const TRACE = 'Root=1-5759e988-bd862e3fe1be46a994272793';

it('tells of an execution by its name, and of the calls of its function with the same trace', async () => {
  const heard: Happening[] = [];
  const activity = createActivity();
  activity.subscribe((happening) => heard.push(happening));
  const host = testHost([durableFunction(code, 'steps')], { activity, durable: { waits: 'skip' } });
  try {
    const [fn] = host.functions;
    if (!fn) throw new Error('there is no function');
    await host.invoke(fn, '{"number":1}', {
      executionName: 'try-1',
      traceId: TRACE,
      cause: { kind: 'queue', source: 'jobs', ids: ['m-1'] },
    });
    const moves = await eventually(async () => {
      const found = heard.filter((each): each is ExecutionMoved => each.kind === 'execution');
      return found.at(-1)?.phase === 'ended' ? found : undefined;
    });
    expect(moves[0]).toMatchObject({
      phase: 'began',
      of: 'steps',
      name: 'try-1',
      input: '{"number":1}',
      traceId: TRACE,
      cause: { kind: 'queue', source: 'jobs' },
    });
    expect(moves.filter(({ phase }) => phase !== 'moved').map(({ phase }) => phase)).toEqual([
      'began',
      'ended',
    ]);
    const view = moves.at(-1)?.view();
    expect(view).toMatchObject({
      parts: 'operations',
      status: 'SUCCEEDED',
      output: '{"second":{"doubled":4}}',
      tookMs: expect.any(Number),
    });
    expect(view?.title).toMatch(/^Execution try-1 of steps: SUCCEEDED after .+, 1 invocation$/);
    expect(view?.rows.map(({ status }) => status)).toEqual(view?.rows.map(() => 'SUCCEEDED'));
    expect(view?.rows.length).toBeGreaterThan(0);
    expect(view?.events.map(({ type }) => type)).toContain('ExecutionSucceeded');
    const calls = heard.flatMap((each) => (each.kind === 'began' ? [each] : []));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      function: 'steps',
      traceId: TRACE,
      cause: { kind: 'durable', source: 'try-1' },
    });
  } finally {
    await host.stop();
  }
});
