import { describe, expect, it } from '@jest/globals';
import { problemLine } from '../../../src/problem.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import { validateTemplate } from '../../../src/template/validate/index.ts';
import { lookupProblems } from '../../../src/template/validate/lookups.ts';

const read = (text: string) => parseTemplate(text, 't.yaml');
const check = (text: string): string[] => validateTemplate(read(text)).map(problemLine);
const properties = (written: string, type = 'AWS::SQS::Queue') =>
  `Resources:\n  Q:\n    Type: ${type}\n    Properties:${written}\n`;

describe('null', () => {
  it.each([
    [
      'in a property',
      properties('\n      QueueName:'),
      'Q: Properties.QueueName is empty; CloudFormation takes no null (t.yaml:5:7). Give it a value, or remove it.',
    ],
    ['in a list', properties('\n      Tags:\n        -'), /^Q: Properties.Tags.0 is empty/],
    ['in an argument', properties(' { A: !Join ["", [null]] }'), /^Q: Properties.A.Fn::Join.1.0 is empty/],
    ['instead of all properties', properties(''), /^Q: Properties is empty/],
    ['in an output', `${properties(' {}')}Outputs:\n  O: { Value: }\n`, /^O: Value is empty.*\(t.yaml:6:8\)/],
    [
      'as the default of a parameter',
      `${properties(' {}')}Parameters:\n  P: { Type: String, Default: }\n`,
      /^P: Default is empty; CloudFormation takes no null \(t.yaml:6:22\)/,
    ],
    ['in a mapping', `${properties(' {}')}Mappings:\n  M: { a: { b: } }\n`, /^M: a.b is empty/],
    [
      'beside SAM',
      `Transform: AWS::Serverless-2016-10-31\n${properties(' { QueueName: ~ }')}`,
      /^Q: Properties.QueueName is empty/,
    ],
  ])('%s', (_, text, says) => {
    expect(check(text)).toEqual([typeof says === 'string' ? says : expect.stringMatching(says)]);
  });

  it.each([
    [
      "below SAM's own resources",
      `Transform: AWS::Serverless-2016-10-31\n${properties(' { Definition: { ResultPath: null } }', 'AWS::Serverless::StateMachine')}`,
    ],
    [
      'that the language extensions leave out',
      `Transform: AWS::LanguageExtensions\n${properties(' { A: null }')}`,
    ],
    ['that a macro may leave out', `Transform: Mine\n${properties(' { A: null }')}`],
    ['in metadata', `${properties(' {}')}    Metadata: { a: null }\nMetadata: { b: null }\n`],
    ['as a text', properties(' { A: "null", B: "", C: !GetAZs }')],
  ])('%s is fine', (_, text) => {
    expect(check(text)).toEqual([]);
  });
});

it.each([
  ['!GetAtt Q.Arn', /^O: the name of the export depends on the resource Q, and has to be known before/],
  ['!Sub "${Q}"', /^O: the name of the export depends on the resource Q/],
  ['!ImportValue a', /^O: the name of the export depends on Fn::ImportValue/],
])('an export cannot be called %s', (name, says) => {
  const text = `${properties(' {}')}Outputs:\n  O: { Value: a, Export: { Name: ${name} } }\n`;
  expect(check(text)).toEqual([expect.stringMatching(says)]);
});

it('an export may be called after parameters and the stack', () => {
  const text = `${properties(' {}')}Parameters: { P: { Type: String } }\nOutputs:\n  O: { Value: a, Export: { Name: !Sub "\${AWS::StackName}-\${P}" } }\n`;
  expect(check(text)).toEqual([]);
});

describe('keys of mappings', () => {
  const template = (written: string, more = '') =>
    `Parameters: { Stage: { Type: String, Default: dev } }
Mappings:
  M:
    dev: { Size: 1 }
    prod: { Size: 2, Name: orders }
Conditions: { IsProd: !Equals [!Ref Stage, prod], Never: !Equals [a, b] }
Resources:
  Q:
    Type: AWS::SQS::Queue
    ${more}
    Properties: { A: ${written} }
`;
  const resolve = (text: string, values: Record<string, string>) =>
    lookupProblems(read(text), values).map(problemLine);

  it.each([
    [
      '!FindInMap [M, stage, Size]',
      /^Q: the mapping M has no key "stage" \(t.yaml:11:19\)\. Keys are dev, prod\./,
    ],
    ['!FindInMap [M, dev, size]', /^Q: the mapping M.dev has no key "size".*Write Size if that is meant/],
    ['!FindInMap [M, dev, Name]', /^Q: the mapping M.dev has no key "Name"/],
    ['!FindInMap [M, !Ref Stage, Nmae]', /^Q: the mapping M has no key "Nmae"/],
  ])('that are written out and not there: %s', (written, says) => {
    expect(check(template(written))).toEqual([expect.stringMatching(says)]);
  });

  it.each([
    ['!FindInMap [M, !Ref Stage, Size]', { Stage: 'test' }, ['the mapping M has no key "test"']],
    ['!FindInMap [M, !Ref Stage, Name]', { Stage: 'dev' }, ['the mapping M.dev has no key "Name"']],
    ['!If [IsProd, !FindInMap [M, !Ref Stage, Name], x]', { Stage: 'prod' }, []],
    ['!If [IsProd, !FindInMap [M, !Ref Stage, Name], x]', { Stage: 'dev' }, []],
    ['!If [IsProd, x, !FindInMap [M, !Ref Stage, Name]]', { Stage: 'dev' }, ['M.dev has no key "Name"']],
    ['!FindInMap [M, !Ref AWS::Region, Size]', { Stage: 'dev' }, []],
    ['!FindInMap [M, !Ref Stage, Size]', {}, []],
  ])('with values of parameters: %s %j', (written, values, says) => {
    expect(check(template(written))).toEqual([]);
    expect(resolve(template(written), values)).toEqual(says.map((each) => expect.stringContaining(each)));
  });

  it('with the region', () => {
    const text = template('!FindInMap [M, !Ref AWS::Region, Size]');
    expect(resolve(text, { 'AWS::Region': 'eu-west-1' })).toEqual([
      expect.stringContaining('the mapping M has no key "eu-west-1"'),
    ]);
  });

  it('are not asked for where a condition leaves the resource out, or may', () => {
    const written = '!FindInMap [M, !Ref Stage, Size]';
    expect(resolve(template(written, 'Condition: Never'), { Stage: 'test' })).toEqual([]);
    expect(resolve(template(written, 'Condition: IsProd'), { Stage: 'prod' })).toEqual([]);
  });

  it('may lack where there is a default', () => {
    const text = `Transform: AWS::LanguageExtensions\n${template('!FindInMap [M, nowhere, Size, { DefaultValue: 3 }]')}`;
    expect(check(text)).toEqual([]);
    expect(resolve(text, { Stage: 'test' })).toEqual([]);
  });

  it.each([
    [
      '!Select [2, !Ref Zones]',
      { Zones: 'a,b' },
      ['Fn::Select takes an index that is in the list, which ends with 1'],
    ],
    ['!Select [!Ref Index, [a, b]]', { Index: '2' }, ['Fn::Select takes an index']],
    ['!Select [1, !Ref Zones]', { Zones: 'a,b' }, []],
    ['!Select [!Ref Index, [a, !Ref AWS::Region, c]]', { Index: '2' }, []],
    ['!Select [7, !Ref Zones]', {}, []],
    ['!If [IsProd, !Select [1, !Ref Zones], x]', { Zones: 'a', Stage: 'dev' }, []],
  ])('and items of lists: %s %j', (written, values, says) => {
    const text = template(written).replace(
      'Stage: {',
      'Zones: { Type: CommaDelimitedList }, Index: { Type: Number }, Stage: {',
    );
    expect(check(text)).toEqual([]);
    expect(resolve(text, values)).toEqual(says.map((each) => expect.stringContaining(each)));
  });
});
