import { describe, expect, it } from '@jest/globals';
import { problemLine } from '../../../src/problem.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { validateTemplate } from '../../../src/template/validate/index.ts';

const check = (text: string): string[] => validateTemplate(parseTemplate(text, 't.yaml')).map(problemLine);
const queue = 'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n';

describe('what CloudFormation would refuse', () => {
  it.each([
    ['an unknown section', `${queue}Output: {}\n`, /unknown section Output.*4:1.*Write Outputs/],
    ['no resources', 'Resources: {}\n', /Resources is empty/],
    ['no Type', 'Resources:\n  A: { Properties: {} }\n', /A: the resource has no Type \(t.yaml:2:3\)/],
    ['a bad logical ID', 'Resources:\n  my-queue: { Type: AWS::SQS::Queue }\n', /my-queue: a logical ID/],
    ['a resource that is no map', 'Resources:\n  A: text\n', /A: a resource has to be a map/],
    [
      'properties that are no map',
      'Resources:\n  A: { Type: T, Properties: [] }\n',
      /A: Properties has to be a map/,
    ],
    [
      'too many outputs',
      `${queue}Outputs:\n${Array.from({ length: 201 }, (_, n) => `  O${n}: { Value: 1 }\n`).join('')}`,
      /201 outputs; CloudFormation takes 200/,
    ],
    ['a dangling Ref', `${queue}    Properties: { QueueName: !Ref Quue }\n`, /Ref names "Quue".*Write Queue/],
    [
      'a dangling GetAtt',
      `${queue}Outputs:\n  O: { Value: !GetAtt Nothing.Arn }\n`,
      /O: GetAtt names "Nothing"/,
    ],
    [
      'a dangling variable of Sub',
      `${queue}Outputs:\n  O: { Value: !Sub "\${A.Arn}" }\n`,
      /GetAtt names "A"/,
    ],
    ['a dangling DependsOn', `${queue}    DependsOn: Missing\n`, /DependsOn names "Missing"/],
    ['a dangling condition', `${queue}    Condition: IsProd\n`, /Condition names "IsProd"/],
    [
      'a dangling condition of If',
      `${queue}    Properties: { QueueName: !If [Nope, a, b] }\n`,
      /Condition names "Nope"/,
    ],
    [
      'a dangling mapping',
      `${queue}    Properties: { QueueName: !FindInMap [M, a, b] }\n`,
      /FindInMap names "M"/,
    ],
    [
      'a dangling Ref beside what SAM makes',
      `Transform: AWS::Serverless-2016-10-31\n${queue}Outputs:\n  O: { Value: !Ref Quue }\n`,
      /Ref names "Quue".*Write Queue/,
    ],
    [
      'a circle',
      'Resources:\n  A: { Type: T, DependsOn: B }\n  B: { Type: T, DependsOn: C }\n  C: { Type: T, DependsOn: A }\n',
      /in a circle: A -> B -> C -> A/,
    ],
    [
      'the shortest circle',
      'Resources:\n  A: { Type: T, DependsOn: [B, C] }\n  B: { Type: T, DependsOn: C }\n  C: { Type: T, DependsOn: A }\n',
      /in a circle: A -> C -> A/,
    ],
  ])('%s', (_, text, says) => {
    expect(check(text).join('\n')).toMatch(says);
  });
});

it('every circle is told, whatever others there are', () => {
  const text =
    'Resources:\n  A: { Type: T, DependsOn: B }\n  B: { Type: T, DependsOn: [A, C] }\n  C: { Type: T, DependsOn: C }\n';
  expect(check(text).map((line) => line.replace(/.*circle: | \(.*/g, ''))).toEqual(['C -> C', 'A -> B -> A']);
});

describe('what is fine', () => {
  it.each([
    [
      'pseudo parameters',
      `${queue}Outputs:\n  O: { Value: !Sub "\${AWS::Region}-\${!Literal}-\${Queue}" }\n`,
    ],
    ['variables of Sub', `${queue}Outputs:\n  O: { Value: !Sub ["\${x}", { x: 1 }] }\n`],
    [
      'Condition in a policy',
      `${queue}    Properties: { P: { Statement: [{ Condition: { StringEquals: { a: b } } }] } }\n`,
    ],
    [
      'resources that SAM makes',
      `Transform: AWS::Serverless-2016-10-31\n${queue}  Fn: { Type: AWS::Serverless::Function }\nOutputs:\n  O: { Value: !Ref FnRole }\n  A: { Value: !Ref Fn.Alias }\n  R: { Value: !GetAtt ServerlessRestApi.RootResourceId }\n`,
    ],
    [
      'resources that SAM is told the names of',
      `Transform: AWS::Serverless-2016-10-31\n${queue}  Fn: { Type: AWS::Serverless::Function, Properties: { Events: { E: { Type: EventBridgeRule, Properties: { DeadLetterConfig: { Type: SQS, QueueLogicalId: FailedQueue } } } } } }\nOutputs:\n  O: { Value: !GetAtt FailedQueue.Arn }\n`,
    ],
    [
      'resources that a module makes',
      `${queue}  M: { Type: "My::S3::Bucket::MODULE" }\nOutputs:\n  O: { Value: !Ref MBucket }\n`,
    ],
    [
      'variables of loops anywhere',
      `Transform: AWS::LanguageExtensions\n${queue}Outputs:\n  Fn::ForEach::O:\n    - Name\n    - [a]\n    - "O\${Name}": { Value: !Ref Name }\n`,
    ],
    [
      'resources that a macro makes',
      `Transform: [AWS::Serverless-2016-10-31, Mine]\n${queue}Outputs:\n  O: { Value: !Ref Anything }\n`,
    ],
    [
      'resources that SAM loops over',
      `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\nResources:\n  Fn::ForEach::T:\n    - X\n    - [A]\n    - "T\${X}": { Type: AWS::SNS::Topic }\nOutputs:\n  O: { Value: !Ref TA }\n`,
    ],
    [
      'Fn::ForEach',
      `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::T:\n    - X\n    - [A]\n    - "T\${X}": { Type: AWS::SNS::Topic }\n`,
    ],
    ['rules and hooks', `${queue}Rules: {}\nHooks: {}\n`],
  ])('%s', (_, text) => {
    expect(check(text)).toEqual([]);
  });
});

it('reads 500 resources in well under a second', () => {
  const resources = Array.from(
    { length: 500 },
    (_, n) =>
      `  F${n}:\n    Type: AWS::Lambda::Function\n    Properties:\n      Code: ./f\n      Environment: { Variables: { Q: !Ref F${(n + 1) % 500 === 0 ? 0 : 1} } }\n`,
  );
  expect(check(`Resources:\n${resources.join('')}`).join()).toMatch(/circle/);
});
