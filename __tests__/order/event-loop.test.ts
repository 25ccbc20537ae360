import { expect, it } from '@jest/globals';
import { nextTurn } from '../../src/order/event-loop.ts';

it('gives callers a turn each, so that what arrives meanwhile is handled between any two of them', async () => {
  const happened: string[] = [];
  const lane = async (name: string) => {
    for (let piece = 1; piece <= 2; piece++) {
      await nextTurn();
      happened.push(`${name}${piece}`);
      setImmediate(() => happened.push('arrived'));
    }
  };
  await Promise.all([lane('a'), lane('b')]);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const pieces = happened.filter((each) => each !== 'arrived');
  expect(pieces).toEqual(['a1', 'b1', 'a2', 'b2']);
  // Nobody works twice before what arrived after the first piece was seen.
  expect(happened.slice(0, happened.indexOf('a2'))).toContain('arrived');
});
