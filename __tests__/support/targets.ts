import type { StepResult } from './runner.ts';

/** A function whose code all targets share, and a stack that cannot be made where it is told so. */
export const template = (more: Record<string, object> = {}) =>
  JSON.stringify({
    Parameters: {
      Stage: { Type: 'String', Default: 'none' },
      Break: { Type: 'String', Default: 'no' },
      Size: { Type: 'Number', Default: 128 },
    },
    Conditions: { Breaks: { 'Fn::Equals': [{ Ref: 'Break' }, 'yes'] } },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
      },
      Take: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: 'take',
          Handler: 'index.handler',
          Runtime: 'nodejs22.x',
          MemorySize: { Ref: 'Size' },
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Environment: { Variables: { STAGE: { Ref: 'Stage' } } },
        },
      },
      Broken: {
        Type: 'AWS::CloudFormation::Stack',
        Condition: 'Breaks',
        Properties: { TemplateURL: 'https://s3.us-east-1.amazonaws.com/no-such-bucket/none.json' },
      },
      ...more,
    },
    Outputs: { Function: { Value: { Ref: 'Take' } } },
  });

/** Two stages in two regions, and a canary before them. */
export const targets = (canary: Record<string, string> = {}) => `
defaults:
  stackName: orders-{stage}
  parameters: [shared.json, { Stage: '{stage}' }]
targets:
  - { name: canary, stage: canary, region: us-west-2, parameters: ${JSON.stringify(canary)} }
matrix:
  stage: [dev, prod]
  region: [eu-central-1, us-east-1]
  include:
    - { needs: canary }
    - { stage: prod, parameters: { Size: 256 } }
`;
/** Their names. */
export const NAMES = ['canary', 'dev-eu-central-1', 'dev-us-east-1', 'prod-eu-central-1', 'prod-us-east-1'];

/** The workspace of all that. */
export const files = (more: Record<string, string> = {}) => ({
  'template.json': template(),
  'take/index.js': 'exports.handler = async () => 1;\n',
  'shared.json': '{ "Stage": "overruled" }',
  'sparta.targets.yml': targets(),
  ...more,
});

/** What the output `targets` says. */
export const rows = ({ outputs }: StepResult) =>
  JSON.parse(outputs.targets ?? '[]') as readonly Record<string, unknown>[];

/** What became of each target. */
export const states = (result: StepResult) =>
  Object.fromEntries(rows(result).map(({ name, state }) => [name, state]));

/** The same for all. */
export const all = (state: string) => Object.fromEntries(NAMES.map((name) => [name, state]));
