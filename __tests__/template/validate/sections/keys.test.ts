import { describe, expect, it } from '@jest/globals';
import { problemLine } from '../../../../src/problem.ts';
import { parseTemplate } from '../../../../src/template/read/parse.ts';
import { validateTemplate } from '../../../../src/template/validate/index.ts';
import { skippedKeys } from '../../../../src/template/validate/sections/keys.ts';

const check = (text: string): string[] => validateTemplate(parseTemplate(text, 't.yaml')).map(problemLine);
const queue = 'Resources:\n  Q: { Type: AWS::SQS::Queue }\n';
const resource = (keys: string, type = 'AWS::SQS::Queue') =>
  `Resources:\n  Q:\n    Type: ${type}\n    ${keys}\n`;
const SAM = 'Transform: AWS::Serverless-2016-10-31\n';

describe('a key that CloudFormation does not know', () => {
  it.each([
    [
      'a property one level too high',
      resource('QueueName: a'),
      'Q: unknown key QueueName (t.yaml:4:5). Move it below Properties, or remove it.',
    ],
    ['a slip', resource('Propertys: {}'), /^Q: unknown key Propertys \(t.yaml:4:5\)\. Write Properties if/],
    ['a key of custom resources', resource('Version: 1'), /^Q: unknown key Version/],
    ['a key of SAM without SAM', resource('Connectors: {}'), /^Q: unknown key Connectors/],
    ['beside SAM, too', SAM + resource('QueueName: a'), /^Q: unknown key QueueName \(t.yaml:5:5\)/],
    [
      'of a parameter',
      `${queue}Parameters:\n  P: { Type: String, DefaultValue: a }\n`,
      /^P: unknown key DefaultValue \(t.yaml:4:22\)\. Keys are AllowedPattern, /,
    ],
    [
      'of an output',
      `${queue}Outputs:\n  O: { Value: a, Name: b }\n`,
      /^O: unknown key Name \(t.yaml:4:18\)/,
    ],
    [
      'of an export',
      `${queue}Outputs:\n  O: { Value: a, Export: { Name: b, Value: c } }\n`,
      /^O: unknown key Value \(t.yaml:4:37\)/,
    ],
  ])('%s', (_, text, says) => {
    expect(check(text)).toEqual([typeof says === 'string' ? says : expect.stringMatching(says)]);
  });
});

describe('keys that are fine', () => {
  it.each([
    [
      'all attributes',
      resource(
        'DependsOn: []\n    Condition: C\n    Metadata: { a: 1 }\n    Description: x\n    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n    CreationPolicy: {}\n    UpdatePolicy: {}\n    Properties: {}\nConditions: { C: !Equals [a, b] }',
      ),
    ],
    ['of a custom resource', resource('Version: 1', 'Custom::Thing')],
    ["of SAM's own resources", SAM + resource('Anything: 1', 'AWS::Serverless::Function')],
    ['connectors under SAM', SAM + resource('Connectors: {}')],
    ['whatever a macro takes', `Transform: Mine\n${resource('QueueName: a')}`],
    ['what a fragment brings', resource('Fn::Transform: { Name: AWS::Include }')],
    [
      'of a parameter',
      `${queue}Parameters:\n  P: { Type: String, NoEcho: true, MinLength: 1, ConstraintDescription: x }\n`,
    ],
    ['of an output', `${queue}Outputs:\n  O: { Value: a, Description: b, Export: { Name: c } }\n`],
  ])('%s', (_, text) => {
    expect(check(text)).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    [
      'a parameter that is not alphanumeric',
      `${queue}Parameters: { my-name: { Type: String } }\n`,
      /^my-name: the name of a parameter has letters and digits only, up to 255 \(t.yaml:3:15\)\. Rename it\.$/,
    ],
    [
      'a mapping',
      `${queue}Mappings: { my-map: { a: { b: c } } }\n`,
      /^my-map: the name of a mapping has letters/,
    ],
    [
      'a parameter and a resource of one name',
      `${queue}Parameters: { Q: { Type: String } }\n`,
      /^Q: a parameter and a resource have this name \(t.yaml:3:15\)/,
    ],
  ])('%s', (_, text, says) => {
    expect(check(text)).toEqual([expect.stringMatching(says)]);
  });

  it('that are fine', () => {
    const text = `${queue}Parameters: { Name2: { Type: String } }\nMappings: { M: { us-east-1: { a.b: c } } }\n`;
    expect(check(text)).toEqual([]);
  });
});

describe("a key beside the properties of SAM's own resources, which SAM skips", () => {
  const skipped = (keys: string, top = SAM) =>
    skippedKeys(parseTemplate(top + resource(keys, 'AWS::Serverless::Function'), 't.yaml')).map(problemLine);

  it('is told', () => {
    expect(skipped('Handler: a.b\n    Properties: {}')).toEqual([
      'Q: SAM skips Handler here, one level above its properties (t.yaml:5:5). Move it below Properties, or remove it.',
    ]);
  });

  it.each([
    [
      'of those that it reads',
      SAM,
      'IgnoreGlobals: "*"\n    Connectors: {}\n    DependsOn: []\n    Metadata: {}',
    ],
    ['where SAM has no part in it', '', 'Handler: a.b'],
  ])('is not: %s', (_, top, keys) => {
    expect(skipped(keys, top)).toEqual([]);
  });
});
