import { expect, it } from '@jest/globals';
import { problemLine } from '../../../src/problem.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { unmadeProblems } from '../../../src/template/validate/unmade.ts';

const check = (written: string, values: Record<string, string> = { Stage: 'dev' }, more = ''): string[] => {
  const text = `Parameters: { Stage: { Type: String } }
Conditions: { IsProd: !Equals [!Ref Stage, prod], IsDev: !Not [!Condition IsProd] }
Resources:
  Q: { Type: AWS::SQS::Queue, Condition: IsProd }
${written}${more}`;
  return unmadeProblems(parseTemplate(text, 't.yaml'), values).map(problemLine);
};
const topic = (name: string, more = ''): string =>
  `  T: { Type: AWS::SNS::Topic, ${more}Properties: { TopicName: ${name} } }\n`;
const says = (id: string, next: string) =>
  `${id}: refers to Q, which is not made: its condition IsProd is false (${next}). Put the reference into !If with that condition, or give what refers to it the same condition.`;

it.each([
  ['!Ref Q', 't.yaml:5:45'],
  ['!GetAtt Q.QueueName', 't.yaml:5:45'],
  ['!Sub "${Q}"', 't.yaml:5:45'],
  ['!Sub ["${a}", { a: !GetAtt Q.Arn }]', 't.yaml:5:72'],
  ['!If [IsDev, !Ref Q, x]', 't.yaml:5:68'],
])('what is made refers to what is not: %s', (written, place) => {
  expect(check(topic(written))).toEqual([says('T', place)]);
  expect(check(topic(written), { Stage: 'prod' })).toEqual([]);
  expect(check(topic(written), {})).toEqual([]);
});

it('so does an output', () => {
  expect(check('Outputs:\n  O: { Value: !Ref Q }\n')).toEqual([says('O', 't.yaml:6:8')]);
  expect(check('Outputs:\n  O: { Value: !Ref Q, Condition: IsProd }\n')).toEqual([]);
});

it.each([
  topic('!If [IsProd, !Ref Q, x]'),
  topic('!Sub ["${Q}", { Q: x }]'),
  topic('!Ref Q', 'Condition: IsProd, '),
  topic('x', 'DependsOn: Q, '),
])('nothing is said of %s', (written) => {
  expect(check(written)).toEqual([]);
});

it('of SAM only what it takes over for sure is told', () => {
  const made = (property: string): string[] =>
    check(
      `  F: { Type: AWS::Serverless::Function, Properties: { ${property} } }\n`,
      undefined,
      'Transform: AWS::Serverless-2016-10-31\n',
    );
  expect(made('Environment: { Variables: { A: !Ref Q } }')).toEqual([says('F', 't.yaml:5:83')]);
  expect(made('Events: { E: { Type: SQS, Properties: { Queue: !GetAtt Q.Arn } } }')).toEqual([]);
});
