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

it('tells of a changed resource only what changes, and reads what stays in the light of parameters', () => {
  const queue = (delay: number, name: object) => ({
    Type: 'AWS::SQS::Queue',
    Properties: {
      DelaySeconds: delay,
      QueueName: name,
      KmsMasterKeyId: { Ref: 'AWS::NoValue' },
      Tags: [{ Key: 'stage', Value: { Ref: 'Stage' } }],
    },
  });
  const template = (delay: number, name: object = { 'Fn::Sub': '${Stage}-orders' }) => ({
    Parameters: { Stage: { Type: 'String' } },
    Resources: { Queue: queue(delay, name) },
  });
  const compared = (before: object, after: object, stages = ['dev', 'dev']) => {
    const [then = '', now = ''] = stages;
    const pair = [known(before, { Stage: then }), known(after, { Stage: now })] as const;
    const { diff, after: made } = compareTemplates(...pair);
    const paths = diff.resources.flatMap((each) =>
      each.kind === 'changed' ? each.changes.map(({ path }) => path) : [each.kind],
    );
    return { paths, made };
  };
  const { paths, made } = compared(template(1), template(2));
  expect(paths).toEqual(['Properties.DelaySeconds']);
  expect(made.Resources.Queue).not.toHaveProperty('Properties.KmsMasterKeyId');
  // What is written another way and comes to the same is none.
  expect(compared(template(1), template(2, { 'Fn::Join': ['', ['dev', '-orders']] })).paths).toEqual([
    'Properties.DelaySeconds',
  ]);
  expect(compared(template(1), template(2), ['dev', 'prod']).paths.sort()).toEqual([
    'Properties.DelaySeconds',
    'Properties.QueueName',
    'Properties.Tags[0].Value',
  ]);
});
