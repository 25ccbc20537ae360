import { expect, test } from '@jest/globals';
import { compareArchives } from '../../../src/packaging/archive/compare-archives.ts';

const file = (name: string, crc = 1, mode = 0o100644) => ({ name, crc, size: 3, mode });

test.each([
  ['nothing', [file('a')], [file('a')], []],
  ['order alone', [file('a'), file('b')], [file('b'), file('a')], []],
  ['an added file', [file('b')], [file('b'), file('a')], ['added a']],
  ['a removed file', [file('a'), file('b')], [file('b')], ['removed a']],
  ['new content', [file('a', 1)], [file('a', 2)], ['changed a']],
  ['a new mode', [file('a')], [file('a', 1, 0o100755)], ['changed a']],
  ['a folder', [], [file('d/'), file('d/a')], ['added d/a']],
  ['names as sorted by code unit', [file('b')], [file('a'), file('B')], ['added B', 'added a', 'removed b']],
])('tells %s', (_what, before, after, expected) => {
  expect(compareArchives(before, after).map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);
});
