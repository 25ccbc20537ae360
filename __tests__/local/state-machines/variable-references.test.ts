import { expect, it } from '@jest/globals';
import { variableReferences } from '../../../src/local/state-machines/language/variable-references.ts';
import type { JsonObject } from '../../../src/template/types.ts';

const references = (States: JsonObject, more: JsonObject = {}) =>
  variableReferences({ StartAt: 'A', States, ...more });

it('finds variables in paths, templates and intrinsic functions, each where it is one', () => {
  expect(
    references({
      Set: {
        Type: 'Pass',
        Assign: { a: 1, 'b.$': '$.b', c: '$text' },
        Result: { 'x.$': '$literal' },
        Next: 'Use',
      },
      Use: {
        Type: 'Task',
        Resource: '$resource',
        InputPath: '$a.x[0]',
        ResultPath: '$.result',
        TimeoutSecondsPath: '$limit',
        Parameters: {
          Deep: [{ 'name.$': "States.Format('{} $no', $b, States.Array($$.x, $c.d, $.e))" }],
          FilePath: '$text',
          'Same.$': '$a',
          'Wrong.$': '$bad[',
        },
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'Choose', ResultPath: '$.e', Assign: { 'e.$': '$caught' } },
        ],
        Next: 'Choose',
      },
      Choose: {
        Type: 'Choice',
        Choices: [
          {
            And: [
              { Variable: '$a', StringEquals: '$text' },
              { Variable: '$.x', NumericEqualsPath: '$max' },
            ],
            Next: 'End',
          },
        ],
        Default: 'End',
      },
      End: { Type: 'Succeed' },
    }),
  ).toEqual({ Use: ['a', 'b', 'c', 'caught', 'limit'], Choose: ['a', 'max'] });
});

it('names the states in maps and branches themselves', () => {
  const Pass = (path: string) => ({ Type: 'Pass', InputPath: path, End: true });
  expect(
    references({
      Map: {
        Type: 'Map',
        ItemsPath: '$items',
        ItemBatcher: { MaxItemsPerBatchPath: '$size', BatchInput: { 'shared.$': '$shared' } },
        ItemReader: { ReaderConfig: { MaxItemsPath: '$most' }, Parameters: { 'Key.$': '$key' } },
        ItemProcessor: { StartAt: 'In', States: { In: Pass('$inner') } },
      },
      Both: {
        Type: 'Parallel',
        Branches: [{ States: { One: Pass('$one') } }, { States: { Two: Pass('$.two') } }],
      },
    }),
  ).toEqual({ Map: ['items', 'key', 'most', 'shared', 'size'], In: ['inner'], One: ['one'] });
});

it('finds variables in expressions, and no functions, texts or names of their own', () => {
  expect(
    references(
      {
        Set: {
          Type: 'Pass',
          Assign: { total: 1, list: '{% $states.input.list %}', x: 2, sum: 3 },
          Next: 'Use',
        },
        Use: {
          Type: 'Pass',
          Output: {
            deep: ["{% $sum($map($list, function($x) { $x * $total })) & '$x' /* $x */ %}", 'no $x'],
            bound: '{% ($y := 1; $y + $states.input.total) %}',
          },
          End: true,
        },
        Old: { Type: 'Pass', QueryLanguage: 'JSONPath', InputPath: '$x', End: true },
      },
      { QueryLanguage: 'JSONata' },
    ),
  ).toEqual({ Use: ['list', 'total'], Old: ['x'] });
});
