import { expect, it } from '@jest/globals';
import { wholeLines } from '../../src/text/whole-lines.ts';

function heardOf(pieces: readonly string[]): string[] {
  const heard: string[] = [];
  const lines = wholeLines((text) => heard.push(text));
  for (const piece of pieces) lines.add(piece);
  lines.end();
  return heard;
}

it.each([
  [['counting', ' ', '3', '\n'], ['counting 3\n']],
  [['a\nb\n'], ['a\nb\n']],
  [
    ['a\nb', 'c\nd'],
    ['a\n', 'bc\n', 'd\n'],
  ],
  [
    ['\n', 'a', '\n\n'],
    ['\n', 'a\n\n'],
  ],
  [[''], []],
])('%j is %j', (pieces, lines) => {
  expect(heardOf(pieces)).toEqual(lines);
});

it('does not wait for the end of a line that has none', () => {
  const long = 'x'.repeat(64 * 1024 + 1);
  expect(heardOf([long, 'y\n'])).toEqual([`${long}\n`, 'y\n']);
});
