import { expect, it } from '@jest/globals';
import { problemLine } from '../../../src/problem.ts';
import { expand } from '../../../src/sam/expanded.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { validateTemplate } from '../../../src/template/validate/index.ts';
import { madeProblems } from '../../../src/template/validate/made.ts';

/** What is wrong with what SAM makes of a function and more, and nothing else. */
function check(properties: string, more = '', transform = 'AWS::Serverless-2016-10-31'): string[] {
  const document = parseTemplate(
    `Transform: ${transform}
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://bucket/key
      Handler: a.b
      Runtime: nodejs24.x
      ${properties}
${more}`,
    't.yaml',
  );
  expect(validateTemplate(document)).toEqual([]);
  const made = expand({ template: document.template, known: {} });
  if (made.kind !== 'made') throw new Error(JSON.stringify(made));
  return madeProblems(made, document, {}).map(problemLine);
}
const environment = (value: string) => `Environment: { Variables: { A: ${value} } }`;

it.each([
  ['!Join [",", abc]', /^F: Fn::Join takes a list of two: .* \(t\.yaml:9:35\)\. Mend its argument/],
  [
    '{ "Fn::Joyn": [a] }',
    /^F: unknown function Fn::Joyn \(t\.yaml:9:\d+\)\. Write Fn::Join if that is meant\.$/,
  ],
])('functions with wrong arguments that SAM takes over: %s', (value, says) => {
  expect(check(environment(value))).toEqual([expect.stringMatching(says)]);
});

it.each([
  ['DeletionPolicy: Snapshot', 'AWS::DynamoDB::Table has no DeletionPolicy "Snapshot" (t.yaml:12:5)'],
  [
    'UpdateReplacePolicy: Snapshot',
    'AWS::DynamoDB::Table has no UpdateReplacePolicy "Snapshot" (t.yaml:12:5)',
  ],
  ['UpdateReplacePolicy: Keep', 'unknown UpdateReplacePolicy "Keep" (t.yaml:12:5)'],
])('policies that what SAM makes does not have: %s', (policy, says) => {
  const table = `  T:\n    Type: AWS::Serverless::SimpleTable\n    ${policy}\n`;
  expect(check('Timeout: 3', table)).toEqual([expect.stringContaining(`T: ${says}`)]);
});

it.each(['DeletionPolicy: Retain', 'DeletionPolicy: RetainExceptOnCreate', 'UpdateReplacePolicy: Delete'])(
  'policies that it has: %s',
  (policy) => {
    expect(check('Timeout: 3', `  T:\n    Type: AWS::Serverless::SimpleTable\n    ${policy}\n`)).toEqual([]);
  },
);

it('what Globals refer to is told where it is used', () => {
  const globals = `Globals: { Function: { ${environment('!Ref Nothing')} } }\n`;
  expect(check('Timeout: 3', globals)).toEqual([
    'F: Ref names "Nothing", which the template does not declare (t.yaml:5:5)',
  ]);
});

it.each([
  ['!GetAtt FUrl.FunctionUrl', 'GetAtt names "FUrl"'],
  ['!Sub https://${ServerlessRestApi}', 'Ref names "ServerlessRestApi"'],
  ['!Ref FRole', 'Ref names "FRole"'],
])('outputs of what SAM does not make: %s', (value, says) => {
  const output = `Outputs:\n  O:\n    Value: ${value}\n`;
  const problems = check('Role: arn:aws:iam::123456789012:role/x', output);
  expect(problems).toEqual([
    expect.stringContaining(`O: ${says}, which the template does not declare (t.yaml:12:`),
  ]);
});

it('what SAM makes of a resource that a condition leaves out', () => {
  const queue = '  Q: { Type: AWS::SQS::Queue, Condition: Never }\nConditions: { Never: !Equals [a, b] }\n';
  const policy = 'Policies: [{ SQSSendMessagePolicy: { QueueName: !GetAtt Q.QueueName } }]';
  expect(check(policy, queue)).toEqual([
    expect.stringMatching(
      /^F: refers to Q, which is not made: its condition Never is false \(t\.yaml:9:18\)/,
    ),
  ]);
});

it('a function that knows the API which calls it', () => {
  const event = 'Events: { E: { Type: Api, Properties: { Path: /, Method: get } } }';
  const [says, ...more] = check(`${event}\n      ${environment('!Ref ServerlessRestApi')}`);
  expect(says).toMatch(/^F: resources wait for one another in a circle: .*F -> ServerlessRestApi/);
  expect(more).toEqual([]);
  expect(check(`${event}\n      ${environment('!Ref AWS::Region')}`)).toEqual([]);
});

it.each([
  'Policies: [{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "*", Resource: !Sub "${AWS::StackId}" }] }]',
  'AutoPublishAlias: live\n      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 }',
  environment('!Ref FRole'),
])('nothing is said of %s', (properties) => {
  expect(check(properties)).toEqual([]);
});

it('what the extensions compute is left to them', () => {
  const both = '[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]';
  expect(check(environment('!Join [",", !Split [",", !Ref FRole]]'), '', both)).toEqual([]);
  expect(check(environment('{ "Fn::ToJsonString": { a: !Ref FRole } }'), '', both)).toEqual([]);
});

it('more than CloudFormation takes, where transforms make it', () => {
  const topics = Array.from({ length: 498 }, (_, at) => `  T${at}: { Type: AWS::SNS::Topic }\n`).join('');
  expect(check('Timeout: 3', topics)).toEqual([]);
  expect(check('Timeout: 3', `${topics}  More: { Type: AWS::SNS::Topic }\n`)).toEqual([
    'transforms make 501 resources; CloudFormation takes 500 in a template (t.yaml:2:1). Split it into nested stacks.',
  ]);
});
