import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { nodeFrames } from '../../../src/local/profile/node.ts';
import { pythonFrames } from '../../../src/local/profile/python.ts';
import { writtenProfile } from '../../../src/local/profile/written.ts';

const node = (id: number, functionName: string, children: number[] = [], url = '') => ({
  id,
  children,
  callFrame: { functionName, url, lineNumber: 9 },
});

it('adds up the samples of Node.js, without the time in which it waited', () => {
  const frames = nodeFrames({
    nodes: [
      node(1, '(root)', [2, 5]),
      node(2, 'handler', [3, 4], 'file:///task/index.js'),
      node(3, 'price', [], 'file:///task/index.js'),
      node(4, 'never'),
      node(5, '(idle)'),
    ],
    samples: [2, 3, 3, 5, 2],
    timeDeltas: [0, 10, 20, 30, 400],
  });
  expect(frames).toEqual({
    name: 'all',
    place: '',
    self: 0,
    total: 60,
    children: [
      {
        name: 'handler',
        place: '/task/index.js:10',
        self: 10,
        total: 60,
        children: [{ name: 'price', place: '/task/index.js:10', self: 50, total: 50, children: [] }],
      },
    ],
  });
  expect(nodeFrames({ nodes: [] }).total).toBe(0);
});

it('divides the calls of Python by who made them', () => {
  const fn = (name: string, self: number, total: number, callers: { at: number; total: number }[]) => ({
    file: '/task/index.py',
    line: 3,
    name,
    self,
    total,
    callers,
  });
  const frames = pythonFrames({
    functions: [
      fn('handler', 0.001, 0.01, []),
      fn('one', 0.001, 0.003, [{ at: 0, total: 0.003 }]),
      fn('two', 0, 0.006, [{ at: 0, total: 0.006 }]),
      // Both call it, and it calls itself.
      fn('deep', 0.008, 0.008, [
        { at: 1, total: 0.002 },
        { at: 2, total: 0.006 },
        { at: 3, total: 0.004 },
      ]),
    ],
  });
  const [handler] = frames.children;
  expect(frames.total).toBe(10_000);
  expect(handler).toMatchObject({ name: 'handler', place: '/task/index.py:3', self: 1000, total: 10_000 });
  expect(handler?.children.map(({ name, self, total }) => [name, self, total])).toEqual([
    ['one', 1000, 3000],
    ['two', 0, 6000],
  ]);
  expect(handler?.children[1]?.children).toEqual([
    { name: 'deep', place: '/task/index.py:3', self: 6000, total: 6000, children: [] },
  ]);
});

it('says so where the invocation left no profile', async () => {
  const profiler = writtenProfile('node', join(import.meta.dirname, 'nowhere.json'));
  expect(await profiler.measured()).toEqual({
    notes: ['There is no profile: the invocation did not come to its end.'],
  });
});
