/** Expressions of state machines that do not come to an end. */
import { describe, expect, it } from '@jest/globals';
import { openEvaluator } from '../../../src/local/state-machines/language/evaluation.ts';
import { alone, run } from './machine.ts';

const BACKTRACKING = `$match("${'a'.repeat(60)}b", /^(a+)+$/)`;
const ENDLESS = '($again := function($n) { $again($n + 1) + 1 }; $again(1))';

describe('an expression', () => {
  it.each([
    ['a regular expression that tries everything', BACKTRACKING],
    ['a recursion without an end', ENDLESS],
  ])('that is %s is given up, while this process goes on', async (_, expression) => {
    const evaluate = openEvaluator(0.5);
    let turns = 0;
    const turning = setInterval(() => turns++, 10);
    const result = evaluate({ expression, bindings: {} });
    expect(await result).toEqual({
      kind: 'failed',
      reason: expect.stringMatching(/takes longer|needs more/),
    });
    clearInterval(turning);
    expect(turns).toBeGreaterThan(1);
    // The next one has a thread of its own.
    expect(await openEvaluator()({ expression: '1 + 1', bindings: {} })).toEqual({
      kind: 'value',
      json: '2',
    });
  });

  it('is evaluated after one that was given up', async () => {
    const evaluate = openEvaluator(2);
    const [first, second] = await Promise.all([
      evaluate({ expression: BACKTRACKING, bindings: {} }),
      evaluate({ expression: '$n + 1', bindings: { n: 1 } }),
    ]);
    expect(first.kind).toBe('failed');
    expect(second).toEqual({ kind: 'value', json: '2' });
  });

  it('fails its state', async () => {
    const state = {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Output: `{% ${BACKTRACKING} %}`,
    };
    const failed = await run(alone(state));
    expect(failed).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(failed.cause).toContain(
      "specified for the field 'Output' threw an error during evaluation. It takes longer",
    );
  });
});
