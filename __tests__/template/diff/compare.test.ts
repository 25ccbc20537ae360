import { expect, it } from '@jest/globals';
import { compareTemplates } from '../../../src/template/diff/compare.ts';
import type { Template } from '../../../src/template/types.ts';

const known = (template: object, values: Record<string, string> = {}) => ({
  template: template as Template,
  known: values,
});
const topic = (condition?: string) => ({
  Type: 'AWS::SNS::Topic',
  ...(condition && { Condition: condition }),
});
const Conditions = { Here: { 'Fn::Equals': ['a', 'a'] }, There: { 'Fn::Equals': ['b', 'b'] } };

it('tells that a resource depends on another condition, although nothing happens to it now', () => {
  const before = known({
    Conditions,
    Resources: { A: topic(), B: topic('Here'), C: topic('Here'), D: topic('Here') },
  });
  const after = known({
    Conditions,
    Resources: { A: topic('Here'), B: topic('There'), C: topic(), D: topic('Here') },
  });
  const { diff } = compareTemplates(before, after);
  expect(diff.resources).toEqual([]);
  expect(diff.other).toEqual([
    { section: 'Resources', name: 'A.Condition', before: undefined, after: 'Here' },
    { section: 'Resources', name: 'B.Condition', before: 'Here', after: 'There' },
    { section: 'Resources', name: 'C.Condition', before: 'Here', after: undefined },
  ]);
});

it('tells a resource that comes or goes by its condition as that alone', () => {
  const never = { Here: { 'Fn::Equals': ['a', 'b'] } };
  const before = known({ Conditions: never, Resources: { A: topic(), B: topic('Here') } });
  const after = known({ Conditions: never, Resources: { A: topic('Here'), B: topic() } });
  const { diff } = compareTemplates(before, after);
  expect(diff.other).toEqual([]);
  expect(diff.resources.map(({ kind, logicalId }) => `${kind} ${logicalId}`)).toEqual([
    'removed A',
    'added B',
  ]);
});
