import { describe, expect, it } from '@jest/globals';
import { problemLine } from '../../../src/problem.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { validateTemplate } from '../../../src/template/validate/index.ts';

const check = (value: string, { transform = '', type = 'AWS::SQS::Queue' } = {}): string[] => {
  const text = `${transform && `Transform: ${transform}\n`}Parameters: { P: { Type: String }, L: { Type: CommaDelimitedList }, S: { Type: 'AWS::SSM::Parameter::Value<List<String>>' } }
Conditions: { C: !Equals [a, b] }
Mappings: { M: { a: { b: 1 } } }
Resources:
  Q: { Type: ${type} }
  A:
    Type: ${type}
    Properties: { P: ${value} }
`;
  return validateTemplate(parseTemplate(text, 't.yaml')).map(problemLine);
};

describe('a function of another shape', () => {
  it.each([
    ['!Sub { a: b }', /^A: Fn::Sub takes a text, or .*\(t.yaml:8:19\)\. Mend its argument, \{"a":"b"\}\.$/],
    ['!Sub []', /Fn::Sub takes/],
    ['!Sub [a, b]', /Fn::Sub takes/],
    ['!Sub [a, {}, {}]', /Fn::Sub takes/],
    ['!Sub [a, { b: [c] }]', /^A: Fn::Sub takes variables that are texts/],
    ['!Sub [a, { b: { c: d } }]', /^A: Fn::Sub takes variables that are texts/],
    ['!Join [",", !Ref Q]', /^A: Fn::Join takes a list of two: .*list of texts, and Q is none/],
    ['!Join [",", !Ref P]', /^A: Fn::Join takes a list of two: .*list of texts, and P is none/],
    ['!Select [0, !Ref P]', /^A: Fn::Select takes a list of two: .*, and P is none/],
    ['!Select [6, !Cidr [10.0.0.0/16, 6, 8]]', /Fn::Select takes an index .*which ends with 5/],
    ['{ "Fn::Getatt": [Q, Arn] }', /^A: unknown function Fn::Getatt \(t.yaml:8:24\)\. Write Fn::GetAtt if/],
    ['{ "Fn::Nothing like it": x }', /^A: unknown function Fn::Nothing like it \(t.yaml:8:24\)$/],
    ['!GetAtt Q', /^A: Fn::GetAtt takes a resource and an attribute, such as Queue.Arn .*"Q"/],
    ['!GetAtt [Q]', /Fn::GetAtt takes/],
    ['!GetAtt Q.', /Fn::GetAtt takes/],
    ['!GetAtt { a: b }', /Fn::GetAtt takes/],
    ['!Ref [Q]', /^A: Ref takes the name of/],
    ['!Ref { Ref: Q }', /^A: Ref takes the name of/],
    ['!FindInMap [M, a]', /Fn::FindInMap takes a list of three/],
    ['!FindInMap [M, a, b, { DefaultValue: c }]', /a default needs AWS::LanguageExtensions/],
    ['!If [C, a]', /Fn::If takes a list of three/],
    ['!Join ["", a, b]', /Fn::Join takes a list of two/],
    ['!Join ","', /Fn::Join takes a list of two/],
    ['!FindInMap [[M], a, b]', /Fn::FindInMap takes a list of three/],
    ['!If [!Equals [a, a], b, c]', /Fn::If takes a list of three: the name of a condition/],
    ['!Join [!Ref Q, [a]]', /Fn::Join takes a list of two: a delimiter/],
    ['!Join [a, b]', /Fn::Join takes a list of two.*Mend its argument, \["a","b"\]/],
    ['!Join [a, { b: c }]', /Fn::Join takes a list of two/],
    ['!Select [a, [b, c]]', /Fn::Select takes a list of two: an index from 0 and a list/],
    ['!Select [-1, [b, c]]', /Fn::Select takes a list of two: an index from 0/],
    ['!Select [0, b]', /Fn::Select takes a list of two/],
    ['!Select [2, [b, c]]', /Fn::Select takes an index that is in the list, which ends with 1/],
    ['!Select ["0", []]', /Fn::Select takes an index that is in the list, which is empty/],
    ['!Split b', /Fn::Split takes a list of two: a delimiter and a text/],
    ['!Split [b]', /Fn::Split takes a list of two/],
    ['!Split [b, [c]]', /Fn::Split takes a list of two/],
    ['!ImportValue [a]', /Fn::ImportValue takes the name of an export/],
    ['!ImportValue { a: b }', /Fn::ImportValue takes the name of an export/],
    ['!ImportValue { "Fn::GetAtt": [Q, Arn] }', /depends on the resource Q, and has to be known before/],
    ['!ImportValue { Ref: Q }', /depends on the resource Q/],
    ['!ImportValue { "Fn::Sub": "${Q}-a" }', /depends on the resource Q/],
    ['!ImportValue { "Fn::ImportValue": a }', /depends on Fn::ImportValue/],
    ['!ImportValue { "Fn::Select": [0, !GetAZs ""] }', /depends on Fn::GetAZs/],
    ['!Base64 [a]', /Fn::Base64 takes a text/],
    ['!If [true, a, b]', /Fn::If takes a list of three: the name of a condition/],
    ['!Join [",", !Sub a]', /Fn::Join takes a list of two: a delimiter and a list of texts/],
    ['!Join [",", [{ a: b }]]', /Fn::Join takes a list of two: a delimiter and a list of texts/],
    ['!Select [0, !Join [",", [a]]]', /Fn::Select takes a list of two/],
    ['!Select [2, !Split [",", "a,b"]]', /Fn::Select takes an index that is in the list, which ends with 1/],
    ['!FindInMap [M, !If [C, a, b], b]', /Fn::FindInMap takes a list of three.*functions but Ref and/],
    ['!FindInMap [M, { "Fn::Join": ["", [a]] }, b]', /Fn::FindInMap takes a list of three/],
    ['!FindInMap [M, !Ref Q, b]', /Fn::FindInMap depends on the resource Q, and has to be known before/],
    ['!GetAZs [a]', /Fn::GetAZs takes a region/],
    ['!Cidr 10.0.0.0/16', /Fn::Cidr takes a list of an address range/],
    ['!Cidr [10.0.0.0/16]', /Fn::Cidr takes a list/],
    ['!Cidr [10.0.0.0/16, 257, 8]', /Fn::Cidr takes a list of an address range, .*1 to 256/],
    ['!Cidr [10.0.0.0/16, 6, 0]', /Fn::Cidr takes a list/],
    ['[{ a: !Select [0, a, b] }]', /Fn::Select takes a list of two.*Mend its argument, \[0,"a","b"\]/],
  ])('%s', (value, says) => {
    expect(check(value)).toEqual([expect.stringMatching(says)]);
  });

  it('anywhere that CloudFormation resolves it', () => {
    const text =
      'Conditions: { C: !Equals [!Join [a], b] }\nResources:\n  Q: { Type: T, UpdatePolicy: { a: !Select [1] }, Metadata: { a: !Select [1] } }\nOutputs: { O: { Value: !If [C] } }\n';
    expect(validateTemplate(parseTemplate(text, 't.yaml')).map(({ subject }) => subject)).toEqual([
      'C',
      'O',
      'Q',
    ]);
  });

  it.each(['!If [C, a]', '!Join ["", a, b]', '!FindInMap [M, a]', '!Split [a]', '!Select [0]'])(
    '%s with the extensions',
    (value) => {
      expect(check(value, { transform: 'AWS::LanguageExtensions' })).toHaveLength(1);
    },
  );
});

describe('functions that are fine', () => {
  it.each([
    '!Sub x',
    '!Sub [x, { a: b }]',
    '!Sub [{ a: b }, x]',
    '!Sub [x, { a: 1, b: !Ref Q }]',
    '!Join [",", !Ref L]',
    '!Select [0, !Ref S]',
    '!Join [",", !Ref AWS::NotificationARNs]',
    '!Select [5, !Cidr [10.0.0.0/16, 6, 8]]',
    '!Select [9, !Cidr [10.0.0.0/16, !Ref P, 8]]',
    '{ "Fn::GetStackOutput": { StackName: a, OutputName: b } }',
    '!GetAtt Q.Arn',
    '!GetAtt [Q, !Ref AWS::Region]',
    '!If [C, a, !Ref AWS::NoValue]',
    '!Join ["", !GetAZs ""]',
    '!Select [0, !Split [a, b]]',
    '!FindInMap [M, a, b]',
    '!FindInMap [!Ref AWS::Region, a, b]',
    '!Join ["", !Split [",", a]]',
    '!Join [",", [a, !Ref Q, !GetAtt Q.Arn]]',
    '!Select [!Ref AWS::Region, [a]]',
    '!Select ["1", [a, b]]',
    '!Select [0, !GetAZs ""]',
    '!Split [",", !GetAtt Q.Arn]',
    '!Split [",", !ImportValue a]',
    '!ImportValue a',
    '!ImportValue { "Fn::Sub": "${AWS::StackName}-a" }',
    '!ImportValue { "Fn::Join": ["-", [!Ref AWS::Region, a]] }',
    '!Base64 { "Fn::Sub": "a" }',
    '!Join [",", [1, true, !Sub a, !Ref Q]]',
    '!Join [",", !If [C, [a], [b]]]',
    '!Select [1, !Split [",", "a,b"]]',
    '!Select [5, !Split [":", !GetAtt Q.Arn]]',
    '!FindInMap [M, !FindInMap [M, a, b], b]',
    '!GetAZs ""',
    '!GetAZs { Ref: AWS::Region }',
    '!Cidr [10.0.0.0/16, 256]',
    '!Cidr [!GetAtt Q.Cidr, "6", 8]',
    '!Select [0, !Cidr [!Sub a, !Ref AWS::Region, !Ref AWS::Region]]',
    '{ Ref: [a], other: b }',
  ])('%s', (value) => {
    expect(check(value)).toEqual([]);
  });

  it.each([
    '!Join [!Ref Q, !Ref Q]',
    '!Select [{ "Fn::Length": [a] }, [a, b]]',
    '!Ref { Fn::Sub: Q }',
    '!FindInMap [M, a, b, { DefaultValue: c }]',
    '!GetAtt [!Sub Q, Arn]',
    '!FindInMap [M, { "Fn::Join": ["", [a]] }, b]',
  ])('%s with the extensions', (value) => {
    expect(check(value, { transform: 'AWS::LanguageExtensions' })).toEqual([]);
  });

  it.each([
    ['a macro', { transform: 'Mine' }],
    ['SAM', { transform: 'AWS::Serverless-2016-10-31', type: 'AWS::Serverless::Function' }],
  ])('what %s makes of them is not known', (_, around) => {
    expect(check('!Join [a]', around)).toEqual([]);
  });
});

const attribute = (written: string, transform = ''): string[] =>
  validateTemplate(
    parseTemplate(
      `${transform}Resources:\n  Q: { Type: T }\n  A: { ${written.includes('Type:') ? '' : 'Type: T, '}${written} }\n`,
      't.yaml',
    ),
  ).map(problemLine);

it.each([
  ['DependsOn: { a: b }', /^A: DependsOn has to be a logical ID or a list of them \(t.yaml:3:17\)/],
  ['DependsOn: [!Ref Q]', /^A: DependsOn has to be/],
  ['DeletionPolicy: Keep', /^A: unknown DeletionPolicy "Keep" .*Write one of Delete, Retain/],
  ['Type: AWS:SQS::Queue', /^A: "AWS:SQS::Queue" is no type of a resource \(t.yaml:3:8\)\. Write it like/],
  ['Type: AWS::SQS:Queue', /^A: "AWS::SQS:Queue" is no type/],
  ['Type: aws::SQS::Queue', /^A: "aws::SQS::Queue" is no type/],
  ['UpdateReplacePolicy: delete', /^A: unknown UpdateReplacePolicy "delete"/],
  [
    'UpdateReplacePolicy: RetainExceptOnCreate',
    /^A: unknown UpdateReplacePolicy "RetainExceptOnCreate" .*Write one of Delete, Retain/,
  ],
  [
    'Type: AWS::SQS::Queue, DeletionPolicy: Snapshot',
    /^A: AWS::SQS::Queue has no DeletionPolicy "Snapshot" /,
  ],
])('the attribute %s', (written, says) => {
  expect(attribute(written)).toEqual([expect.stringMatching(says)]);
});

it.each([
  ['DependsOn: Q'],
  ['DependsOn: [Q]'],
  ['DependsOn: []'],
  ['DeletionPolicy: RetainExceptOnCreate, UpdateReplacePolicy: Snapshot'],
  ['DeletionPolicy: !Ref AWS::Region'],
  ['Type: AWS::EC2::Volume, DeletionPolicy: Snapshot'],
  ['DependsOn: [!Sub Q]', 'Transform: AWS::LanguageExtensions\n'],
])('the attribute %s is fine', (written, transform = '') => {
  expect(attribute(written, transform)).toEqual([]);
});
