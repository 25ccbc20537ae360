import { expect, it } from '@jest/globals';
import { inEvents } from '../../../src/local/mappings/in-events.ts';

/** Source: AWS Lambda Developer Guide, "Batching behavior": records of queues and streams, in their order. */
it('records are put into as many events as they need', () => {
  const records = [1, 2, 3].map((at) => ({ at, data: 'x'.repeat(3_000_000) }));
  const small = [4, 5].map((at) => ({ at, data: 'x' }));
  const sizes = (some: readonly { readonly at: number }[]) => some.map(({ at }) => at);
  expect(inEvents([...records, ...small], (each) => each).map(sizes)).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  // What is larger than an event has one of its own.
  expect(inEvents([{ at: 1, data: 'x'.repeat(7_000_000) }, ...small], (each) => each).map(sizes)).toEqual([
    [1],
    [4, 5],
  ]);
  expect(inEvents([], (each: never) => each)).toEqual([]);
});
