import { describe, expect, it } from '@jest/globals';
import { callIntrinsic } from '../../../src/local/state-machines/language/intrinsics.ts';
import { PathError, readPath, writePath } from '../../../src/local/state-machines/language/path.ts';
import type { Json } from '../../../src/template/types.ts';

const input: Json = {
  name: 'a',
  'odd key': { "it's": 1 },
  list: [{ n: 1, tag: 'x' }, { n: 2, tag: 'y' }, { n: 3 }],
  deep: { n: 4, more: [5, 6, 7] },
  none: null,
};
const roots = {
  input,
  context: { Execution: { Name: 'run' } },
  variable: (name: string) => (name === 'known' ? { x: [1, 2] } : undefined),
};
const read = (path: string): Json => readPath(path, roots);

describe('readPath', () => {
  it.each<[string, Json]>([
    ['$', input],
    ['$.name', 'a'],
    ['$.none', null],
    ["$['odd key']['it\\'s']", 1],
    ['$.list[1].n', 2],
    ['$.list[-1].n', 3],
    ['$.list[*].n', [1, 2, 3]],
    ['$.list[0:2].n', [1, 2]],
    ['$.list[0,2].n', [1, 3]],
    ['$..n', [4, 1, 2, 3]],
    ['$.list[?(@.n > 1)].n', [2, 3]],
    ["$.list[?(@.tag == 'x' || @.n == 3)].n", [1, 3]],
    ['$.list[?(@.tag)].n', [1, 2]],
    ['$.list[?(!(@.tag))].n', [3]],
    ['$.list[?(@.tag =~ /[xz]/i)].n', [1]],
    ['$.list[?(@.n in [1, 3])].n', [1, 3]],
    ['$.deep.more.length()', 3],
    ['$.deep.more.max()', 7],
    ['$.list[?(@.n > 9)]', []],
    ['$$.Execution.Name', 'run'],
    ['$known.x[0]', 1],
  ])('%s', (path, expected) => {
    const found = read(path);
    expect(Array.isArray(found) && path.includes('..') ? [...found].sort() : found).toEqual(
      Array.isArray(expected) && path.includes('..') ? [...expected].sort() : expected,
    );
  });

  it.each([
    ['$.nothing', "No results for path: $['nothing']"],
    ['$.nothing.at.all', "Missing property in path $['nothing']"],
    ['$.list[9]', "Index out of bounds when evaluating path $['list'][9]"],
    ['$unknown', 'There is no variable $unknown'],
  ])('%s leads nowhere', (path, message) => {
    expect(() => read(path)).toThrow(new PathError(message));
  });

  it.each(['name', '$.', '$.a[', '$.a[?(@.b >)]', '$.a b'])('%s is no path', (path) => {
    expect(() => read(path)).toThrow(SyntaxError);
  });
});

describe('writePath', () => {
  it('makes what is missing on the way, and leaves the rest as it was', () => {
    expect(writePath('$.a.b', { a: { c: 1 }, d: 2 }, 3)).toEqual({ a: { b: 3, c: 1 }, d: 2 });
    expect(writePath('$.x.y', {}, 1)).toEqual({ x: { y: 1 } });
    expect(writePath('$', { a: 1 }, [2])).toEqual([2]);
    expect(writePath('$.a[1]', { a: [1, 2] }, 9)).toEqual({ a: [1, 9] });
  });

  it('does not write into texts and numbers', () => {
    expect(() => writePath('$.a.b', { a: 'text' }, 1)).toThrow(PathError);
  });
});

describe('callIntrinsic', () => {
  it.each<[string, Json]>([
    ["States.Format('{} is {}, \\{\\}', $.name, $.list[0].n)", 'a is 1, {}'],
    ["States.Format('it\\'s {}', States.Array(1, 'b', null))", `it's [1,"b",null]`],
    ["States.StringToJson('[1, 2]')", [1, 2]],
    ['States.JsonToString($.deep.more)', '[5,6,7]'],
    ['States.ArrayPartition(States.ArrayRange(1, 5, 2), 2)', [[1, 3], [5]]],
    ['States.ArrayContains($.deep.more, 6)', true],
    ['States.ArrayGetItem($.deep.more, 1)', 6],
    ['States.ArrayLength($.deep.more)', 3],
    ["States.ArrayUnique(States.Array(1, '1', 1))", [1, '1']],
    ["States.Base64Decode(States.Base64Encode('ä'))", 'ä'],
    ["States.Hash('input', 'SHA-1')", '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'],
    ['States.JsonMerge($.deep, $.list[0], false)', { n: 1, more: [5, 6, 7], tag: 'x' }],
    ['States.MathAdd(1, -3)', -2],
    ["States.StringSplit('1,2;3', ',;')", ['1', '2', '3']],
  ])('%s', (text, expected) => {
    expect(callIntrinsic(text, roots)).toEqual(expected);
  });

  it('draws the same number of the same seed', () => {
    const draw = () => callIntrinsic('States.MathRandom(1, 1000000, 7)', roots);
    expect(draw()).toBe(draw());
  });

  it.each(["States.Format('{}')", 'States.ArrayLength(1)', 'States.JsonMerge($.deep, $.deep, true)'])(
    '%s is refused',
    (text) => {
      expect(() => callIntrinsic(text, roots)).toThrow();
    },
  );
});
