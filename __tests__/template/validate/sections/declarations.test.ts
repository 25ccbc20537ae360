import { describe, expect, it } from '@jest/globals';
import { problemLine } from '../../../../src/problem.ts';
import { parseTemplate } from '../../../../src/template/read/parse.ts';
import { validateTemplate } from '../../../../src/template/validate/index.ts';

const queue = 'Resources:\n  Queue: { Type: AWS::SQS::Queue }\n';
const check = (text: string): string[] =>
  validateTemplate(parseTemplate(`${queue}${text}\n`, 't.yaml')).map(problemLine);
const parameter = (declared: string): string => `Parameters:\n  P: { ${declared} }`;

describe('what CloudFormation would refuse', () => {
  it.each([
    [
      'no Value',
      'Outputs:\n  O: { Description: x }',
      /^O: the output has no Value \(t.yaml:4:3\)\. Add one\.$/,
    ],
    ['an output that is no map', 'Outputs:\n  O: text', /^O: an output has to be a map \(t.yaml:4:3\)/],
    ['a bad logical ID of an output', 'Outputs:\n  my-o: { Value: 1 }', /^my-o: a logical ID has letters/],
    [
      'one export twice',
      'Outputs:\n  A: { Value: 1, Export: { Name: x } }\n  B: { Value: 2, Export: { Name: x } }',
      /^B: the export "x" is that of output A, too \(t.yaml:5:18\)\. Give it another name/,
    ],
    [
      'an output that is a list',
      'Outputs:\n  O: { Value: [a, b] }',
      /^O: Value has to come to a text \(t.yaml:4:8\)\. .*Fn::Join/,
    ],
    [
      'an output that is described by a function',
      'Outputs:\n  O: { Value: a, Description: !Sub b }',
      /^O: Description has to be a text \(t.yaml:4:18\)\. Write it without functions\.$/,
    ],
    ['an output that is a map', 'Outputs:\n  O: { Value: { a: b } }', /^O: Value has to come to a text/],
    [
      'an export without a map',
      'Outputs:\n  O: { Value: a, Export: x }',
      /^O: Export has to be a map with a Name/,
    ],
    [
      'an export without a name',
      'Outputs:\n  O: { Value: a, Export: {} }',
      /^O: Export has to be a map with/,
    ],
    [
      'a default that is called',
      parameter('Type: String, Default: !Ref AWS::Region'),
      /^P: Default has to be a text, without functions \(t.yaml:4:22\)/,
    ],
    [
      'a default in a list',
      parameter('Type: CommaDelimitedList, Default: [a]'),
      /^P: Default has to be a text/,
    ],
    ['one allowed value', parameter('Type: String, AllowedValues: a'), /^P: AllowedValues has to be a list/],
    ['a parameter that is no map', 'Parameters:\n  P: String', /^P: a parameter has to be a map/],
    ['no type', parameter('Default: x'), /^P: the parameter has no Type/],
    ['an unknown type', parameter('Type: string'), /^P: unknown parameter type "string" \(t.yaml:4:8\)/],
    ['an unknown list', parameter('Type: List<Text>'), /^P: unknown parameter type "List<Text>"/],
    [
      'a default that is not allowed',
      parameter('Type: String, Default: c, AllowedValues: [a, b]'),
      /^P: the default "c" is not allowed \(t.yaml:4:22\)/,
    ],
    [
      'an item of a default that is not allowed',
      parameter('Type: CommaDelimitedList, Default: "a,c", AllowedValues: [a, b]'),
      /^P: the default "a,c" is not allowed/,
    ],
    ['a default that is no number', parameter('Type: Number, Default: x'), /"x" is not a number/],
    ['a default below', parameter('Type: Number, Default: 1, MinValue: 2'), /is less than MinValue 2/],
    ['a default above', parameter('Type: Number, Default: 3, MaxValue: 2'), /is more than MaxValue 2/],
    ['a short default', parameter('Type: String, Default: a, MinLength: 2'), /is shorter than MinLength 2/],
    ['a long default', parameter('Type: String, Default: abc, MaxLength: 2'), /is longer than MaxLength 2/],
    [
      'a default that matches in part',
      parameter('Type: String, Default: ab1, AllowedPattern: "[a-z]+"'),
      /"ab1" does not match AllowedPattern \[a-z\]\+/,
    ],
    [
      'a secret default',
      parameter('Type: String, NoEcho: true, Default: canary, MaxLength: 2'),
      /^P: its default is/,
    ],
    ['conditions that are no map', 'Conditions: [A]', /^Conditions has to be a map \(t.yaml:3:1\)/],
    [
      'conditions in a circle',
      'Conditions:\n  A: !Condition B\n  B: !Not [!Or [!Condition A, !Equals [a, b]]]',
      /^A: conditions are made of one another in a circle: A -> B -> A \(t.yaml:4:3\)/,
    ],
    ['a mapping that is no map', 'Mappings:\n  M: text', /^M: a mapping has to be a map of maps/],
    ['an entry that is no map', 'Mappings:\n  M: { a: 1 }', /^M: the entry "a" .*\(t.yaml:4:8\)/],
    ['maps too deep', 'Mappings:\n  M: { a: { b: { c: 1 } } }', /^M: the value of "b" .*\(t.yaml:4:13\)/],
    ['a description that is computed', 'Description: !Sub x', /^Description has to be a text \(t.yaml:3:1\)/],
    ['a long description', `Description: ${'é'.repeat(513)}`, /^Description has 1026 bytes/],
    [
      'another version',
      'AWSTemplateFormatVersion: 2012-10-17',
      /^unknown AWSTemplateFormatVersion "2012-10-17"/,
    ],
  ])('%s', (_, text, says) => {
    const lines = check(text);
    expect(lines).toEqual([expect.stringMatching(says)]);
    expect(lines.join()).not.toContain('canary');
  });
});

describe('what is fine', () => {
  it.each([
    [
      'one export under conditions',
      'Conditions: { C: !Equals [a, b] }\nOutputs:\n  A: { Condition: C, Value: 1, Export: { Name: x } }\n  B: { Value: 2, Export: { Name: x } }',
    ],
    [
      'outputs that are looped over',
      'Transform: AWS::LanguageExtensions\nOutputs:\n  Fn::ForEach::O: [X, [a], { "O${X}": { Value: !Ref X } }]',
    ],
    [
      'whatever a macro makes',
      'Transform: Mine\nOutputs: { a-b: x }\nParameters: { P: x }\nMappings: { M: x }',
    ],
    [
      'whatever another transform makes',
      'Transform: AWS::New\nOutputs: { a-b: x }\nConditions: { A: !Condition A }',
    ],
    ...[
      'List<AWS::EC2::Subnet::Id>',
      'List<Number>',
      'AWS::EC2::KeyPair::KeyName',
      'AWS::SSM::Parameter::Name',
      'AWS::SSM::Parameter::Value<List<AWS::EC2::Image::Id>>',
    ].map((type) => [type, parameter(`Type: "${type}"`)]),
    [
      'a default in SSM',
      parameter('Type: "AWS::SSM::Parameter::Value<String>", Default: /x, AllowedPattern: "[a-z]"'),
    ],
    ['yes and true', parameter('Type: String, Default: yes, AllowedValues: [true, false]')],
    ['yes, which may be true', parameter('Type: String, Default: yes, MinLength: 4')],
    ['numbers', parameter('Type: Number, Default: "1.0", AllowedValues: [1, 2], MinValue: "1"')],
    ['a list of numbers', parameter('Type: List<Number>, Default: "1, 2"')],
    ['an empty list', parameter('Type: CommaDelimitedList, Default: "", AllowedValues: [a]')],
    ['several values as one', parameter('Type: CommaDelimitedList, Default: "a,b", AllowedValues: ["a,b"]')],
    ['a dynamic reference', parameter('Type: String, Default: "{{resolve:ssm:x}}", MaxLength: 3')],
    ['a date as the version', 'AWSTemplateFormatVersion: 2010-09-09'],
    ['lists in a mapping', 'Mappings:\n  M: { a: { b: [1, 2], c: 1, d: true } }'],
    [
      'what comes to a text in outputs',
      'Outputs:\n  A: { Value: 1 }\n  B: { Value: !Join ["", [a]] }\n  C: { Value: true, Export: { Name: !Sub x } }\n  D: { Value: "" }',
    ],
    ['conditions of conditions', 'Conditions:\n  A: !Equals [a, b]\n  B: !And [!Condition A, !Condition A]'],
  ])('%s', (_, text) => {
    expect(check(text)).toEqual([]);
  });
});
