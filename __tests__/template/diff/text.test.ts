import { expect, test } from '@jest/globals';
import { textDiff } from '../../../src/template/diff/text.ts';

const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const without = (...gone: readonly string[]) => before.filter((line) => !gone.includes(line));

test.each<[what: string, after: readonly string[], lines: readonly string[]]>([
  ['a line less has its place', without('e'), ['  c', '  d', '- e', '  f', '  g']],
  ['lines less in two places', without('b', 'h'), ['  a', '- b', '  ...', '  f', '  g', '- h']],
  ['the first line less', without('a'), ['- a', '  b', '  c']],
  ['the last line less', without('h'), ['  f', '  g', '- h']],
  ['a line more', [...before.slice(0, 4), 'new', ...before.slice(4)], ['  c', '  d', '+ new', '  e', '  f']],
  ['another line, and one less', ['a', 'B', ...before.slice(3)], ['  a', '- b', '+ B', '- c', '  d', '  e']],
  ['one less, then one more', [...without('b'), 'i'], ['  a', '- b', '  ...', '  g', '  h', '+ i']],
  ['all new', ['x'], ['- a', '+ x', ...before.slice(1).map((line) => `- ${line}`)]],
])('%s', (_what, after, lines) => {
  expect(textDiff(before, after)).toEqual(lines);
});
