import { describe, expect, it } from '@jest/globals';
import { ProblemError, problemLine } from '../../../src/problem.ts';
import { parseDeployed, parseTemplate } from '../../../src/template/read/parse.ts';
import { parseJson } from '../../../src/template/read/parse-json.ts';
import { parseYaml } from '../../../src/template/read/parse-yaml.ts';
import { SHORT_FORM_TAGS } from '../../../src/template/read/short-forms.ts';
import { growth, LINEAR } from '../../support/growth.ts';

const topic = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';

function problemsOf(source: string | Uint8Array, file = 't.yaml'): string[] {
  try {
    parseTemplate(source, file);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.message.split('\n');
  }
}

describe('short forms become long forms', () => {
  it.each([
    ['!Ref A', { Ref: 'A' }],
    ['!GetAtt A.B', { 'Fn::GetAtt': ['A', 'B'] }],
    ['!GetAtt A.Outputs.B', { 'Fn::GetAtt': ['A', 'Outputs.B'] }],
    ['!GetAtt [A, B]', { 'Fn::GetAtt': ['A', 'B'] }],
    ['!Sub "${A}-b"', { 'Fn::Sub': '${A}-b' }],
    ['!Sub ["${x}", { x: !Ref A }]', { 'Fn::Sub': ['${x}', { x: { Ref: 'A' } }] }],
    ['!If [C, 1, !Ref "AWS::NoValue"]', { 'Fn::If': ['C', 1, { Ref: 'AWS::NoValue' }] }],
    ['!Condition C', { Condition: 'C' }],
    ['!Length [1, 2]', { 'Fn::Length': [1, 2] }],
    ['!ToJsonString { a: 1 }', { 'Fn::ToJsonString': { a: 1 } }],
    ['!Base64 012', { 'Fn::Base64': '012' }],
    [
      '!Join ["-", [a, !Select [0, !GetAZs ""]]]',
      { 'Fn::Join': ['-', ['a', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }]] },
    ],
  ])('%s', (text, value) => {
    const { template } = parseTemplate(`${topic}Outputs:\n  O:\n    Value: ${text}\n`, 't.yaml');
    expect(template.Outputs).toEqual({ O: { Value: value } });
  });

  it('knows every function', () => {
    for (const tag of SHORT_FORM_TAGS)
      expect(problemsOf(`${topic}    Metadata: { x: ${tag} y }\n`)).toEqual([]);
  });
});

describe('scalars keep what their author wrote', () => {
  it.each([
    ['0123456789012', '0123456789012'],
    ['123456789012', 123456789012],
    ['12345678901234567890', '12345678901234567890'],
    ['1.10', '1.10'],
    ['1e3', '1e3'],
    ['0x1F', '0x1F'],
    ['2012-10-17', '2012-10-17'],
    ['yes', true],
    ['OFF', false],
    ['"yes"', 'yes'],
    ['y', 'y'],
    ['N', 'N'],
    ['0755', '0755'],
    ['1:30', '1:30'],
    ['true', true],
    ['~', null],
    ['"012"', '012'],
  ])('%s', (text, value) => {
    const { template } = parseTemplate(`${topic}    Metadata: { x: ${text} }\n`, 't.yaml');
    expect(template.Resources.Topic).toMatchObject({ Metadata: { x: value } });
  });

  it('in JSON too', () => {
    const { template } = parseTemplate(
      '{"Resources":{"A":{"Type":"T","x":[1.10,12345678901234567890,7]}}}',
      't.json',
    );
    expect(template.Resources.A).toMatchObject({ x: ['1.10', '12345678901234567890', 7] });
  });
});

describe('YAML as the tools of AWS read it', () => {
  const properties = (text: string) =>
    parseTemplate(`Resources:\n  A:\n    Type: T\n    Properties:\n${text}`, 't.yaml').template.Resources.A;
  it.each([
    [
      'quoted text that goes on in any column',
      '      S: \'{\n        "user": "app"\n      }\'\n      T: "one\n\n  two"\n',
      { S: '{ "user": "app" }', T: 'one\ntwo' },
    ],
    [
      'brackets that close in the column of their key, or before it',
      '      Tags: [{\n        Key: team, Value: blue\n      }]\n      M: {\na: 1,\nb: [2,\n]}\n',
      { Tags: [{ Key: 'team', Value: 'blue' }], M: { a: 1, b: [2] } },
    ],
    ['a list in the column of its key', '      L:\n      - a\n      - b: 1\n', { L: ['a', { b: 1 }] }],
    ['comments, whatever they hold', '      # "{ [\n      a: b # c: [\n      # d\n', { a: 'b' }],
    ['a text over lines', '      a: b\n        c\n\n        d # e\n', { a: 'b c\nd' }],
    ['what is empty', '      a:\n      b: {}\n      c: ""\n      d: []\n', { a: null, b: {}, c: '', d: [] }],
    ['tabs between words', '      a:\tb\tc\t# d\n', { a: 'b\tc' }],
    ['escapes', '      a: "\\x41\\u00e9\\U0001F600\\n\\/\\\n  z"\n', { a: 'Aé😀\n/z' }],
    ['JSON', '      {"a":"b","c":[1,{"d":null}],\n\t"e":true}\n', { a: 'b', c: [1, { d: null }], e: true }],
  ])('%s', (_, text, value) => {
    for (const eol of ['\n', '\r\n'])
      expect(properties(text.replaceAll('\n', eol))).toEqual({ Type: 'T', Properties: value });
  });

  it.each([
    ['|', 'x', 'x'],
    ['|', 'x\n', 'x\n'],
    ['|', 'x\n\n', 'x\n'],
    ['|-', 'x\n', 'x'],
    ['|+', 'x\n\n', 'x\n\n'],
    ['>', 'x\n        y', 'x y'],
    ['|2', '  x\n', '  x\n'],
  ])('a block of text %s ends as its file ends', (mark, text, value) => {
    expect(properties(`      B: ${mark}\n        ${text}`)).toEqual({ Type: 'T', Properties: { B: value } });
  });

  it('of keys that stand in a map twice, the last one counts, and both languages say so', () => {
    const yaml = parseTemplate(
      'Resources:\n  A:\n    Type: T\n    Properties:\n      B: 5\n      B: 9\n',
      't.yaml',
    );
    const json = parseTemplate(
      '{"Resources": {"A": {"Type": "T", "Properties": {"B": 5, "B": 9}}}}',
      't.json',
    );
    for (const { template } of [yaml, json])
      expect(template.Resources.A).toEqual({ Type: 'T', Properties: { B: 9 } });
    expect((yaml.warnings ?? []).map(problemLine)).toEqual([
      'the key "B" stands here once more, and CloudFormation takes the last one (t.yaml:6:7). Remove one of them.',
    ]);
    expect(json.warnings).toMatchObject([{ place: { file: 't.json', line: 1, column: 58 } }]);
    expect(yaml.locate(['Resources', 'A', 'Properties', 'B'])).toMatchObject({ line: 6, column: 7 });
    expect(parseTemplate(topic, 't.yaml').warnings).toEqual([]);
  });

  it('keys are refused twice where the text is no template', () => {
    for (const parse of [
      () => parseYaml('a: 1\na: 2\n', 'f.yaml'),
      () => parseJson('{"a":1,"a":2}', 'f.json'),
    ])
      expect(parse).toThrow(/duplicate key "a"/);
  });

  it.each<[string, string, RegExp]>([
    ['tabs that indent', `${topic}\tMetadata: {}\n`, /a tab cannot indent.*4:1/],
    ['a quote that is open', `${topic}    M: "x\n`, /the quote " is not closed \(t.yaml:4:8\)/],
    ['a bracket that is open', `${topic}    M: [x\n`, /the bracket \[ is not closed \(t.yaml:4:8\)/],
    ['a colon that is missing', `${topic}    M\n    N: 1\n`, /a key with ": " behind it.*"M" \(t.yaml:4:5\)/],
    ['a colon too many', `${topic}    M: a: b\n`, /": " cannot stand in a text here.*4:9/],
    ['a column that fits nothing', `${topic}   M: 1\n`, /indented in no way that fits.*4:4/],
    ['a list where a map goes on', `${topic}    - a\n`, /an item of a list stands where a key.*4:5/],
    ['a text behind another', `${topic}    M: "a" b\n`, /"b" stands behind a value that has ended.*4:12/],
    ['an escape that is none', `${topic}    M: "\\d"\n`, /\\d stands for nothing.*4:9/],
    ['a character that is not printable', `${topic}    M: a\u0007\n`, /U\+0007 is not allowed.*4:9/],
    ['a mark that starts no text', `${topic}    M: @a\n`, /starts with "@" has to be quoted.*4:8/],
  ])('%s cannot be read', (_, text, says) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(says)]);
  });

  it('what is wrong with one resource does not hide what is wrong with the next', () => {
    const text =
      'Resources:\n  A:\n    Type: T\n    M\n  B:\n     - x\n    y: 1\n  C: { Type: T }\nOutputs: [\n';
    expect(problemsOf(text).join('\n')).toMatch(/4:5.*\n.*7:5.*\n.*9:10/);
  });
});

describe('what is deployed', () => {
  it('is taken as it is', () => {
    const text = `${topic}    Metadata: { x: !New::Tag y, __proto__: { a: 1 } }\n    Metadata: !Old z\n`;
    expect(parseDeployed(text, 'the stack').Resources).toMatchObject({ Topic: { Type: 'AWS::SNS::Topic' } });
    expect(parseDeployed('{Resources: {A: {Type: T}}}', 'the stack').Resources).toEqual({ A: { Type: 'T' } });
    expect(parseDeployed('{"Resources":{"A":{"__proto__":1}}}', 'the stack')).toHaveProperty('Resources.A');
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('is not guessed', () => {
    expect(() => parseDeployed('Resources: { A: [ }', 'the stack')).toThrow(ProblemError);
  });
});

describe('what cannot be read', () => {
  it.each<[string, string | Uint8Array, string, RegExp]>([
    [
      'several problems at once',
      `${topic}    A: !Nope x\n    B: !Joi [a]\n  C: { a ]\n`,
      't.yaml',
      /unknown tag !Nope \(t.yaml:4:8\).*unknown tag !Joi \(t.yaml:5:8\).*Write !Join.*bad YAML: "," or "}" is missing here.* line 6 \(t.yaml:6:10\)/s,
    ],
    ['an empty file', '  \n', 't.yaml', /empty/],
    ['invalid UTF-8', Uint8Array.from([0xff, 0xfe, 0x41]), 't.yaml', /binary file/],
    ['NUL bytes', 'a: \0\n', 't.yaml', /binary file/],
    ['a list', '- a\n', 't.yaml', /a template is a map.*a list/],
    ['Resources as a list', 'Resources: []\n', 't.yaml', /Resources has to be a map.*a list.*1:1/],
    ['__proto__', `${topic}    __proto__: { polluted: true }\n`, 't.yaml', /__proto__ is not allowed/],
    [
      '__proto__ in JSON',
      '{"__proto__": {}, "Resources": {"A": {"Type": "T"}}}',
      't.json',
      /__proto__ is not allowed/,
    ],
    ['deep nesting', `Resources: ${'['.repeat(5000)}${']'.repeat(5000)}\n`, 't.yaml', /nested deeper/],
    ['deep JSON', `{"Resources": ${'['.repeat(5000)}${']'.repeat(5000)}}`, 't.json', /nested deeper/],
    ['an alias to nothing', `${topic}    Metadata: *nowhere\n`, 't.yaml', /nowhere/],
    ['an alias to itself', `${topic}    Metadata: &a [*a]\n`, 't.yaml', /\*a contains itself.*4:19/],
    ['two documents', `${topic}---\na: 1\n`, 't.yaml', /several documents.*4:1/],
    ['two tags', `${topic}    Metadata: { x: !Base64 !Sub a }\n`, 't.yaml', /one tag at most.*4:28/],
    [
      'bad syntax beside an unknown tag',
      'Resources:\n  A:\n    Type: !Foo x\n    B: [1\n  C: 1\n',
      't.yaml',
      /unknown tag !Foo.*3:11.*bad YAML.*5:3/s,
    ],
    ['a complex key', `${topic}    ? [a]\n    : b\n`, 't.yaml', /plain text/],
  ])('%s', (_, source, file, says) => {
    expect(problemsOf(source, file).join('\n')).toMatch(says);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is told once, not again for each token that follows', () => {
    const text = `${topic}    A: 'quoted\n    B: "x"\n    C: { D: E }\n    F: 'x' y\n`;
    expect(problemsOf(text).length).toBeLessThanOrEqual(2);
    for (const line of problemsOf(text)) expect(line.length).toBeLessThan(200);
  });

  it('costs no more than reading it, with aliases and anchors by the thousand', () => {
    const many = (length: number) =>
      Array.from({ length }, (_, n) => `a${n}: &a${n} x\nb${n}: *a${n}\n`).join('');
    const work = (size: number) =>
      expect(parseTemplate(many(size) + topic, 't.yaml').template[`b${size - 1}`]).toBe('x');
    expect(growth(work, 1_000)).toBeLessThan(LINEAR);
  });

  it('is told in the same time, however hostile', () => {
    const ten = (n: number) => Array(10).fill(`*a${n}`).join(',');
    const bomb = (length: number) =>
      Array.from({ length }, (_, n) => `a${n}: &a${n} [${n === 0 ? 'x' : ten(n - 1)}]`).join('\n');
    const work = (size: number) =>
      expect(problemsOf(`${bomb(size)}\n${topic}`).join()).toMatch(/more than 200000 values/);
    expect(growth(work, 7)).toBeLessThan(LINEAR);
  });
});

describe('aliases and merge keys', () => {
  const metadata = (text: string) => parseTemplate(`${topic}    Metadata:\n${text}`, 't.yaml').template;
  it.each([
    [
      'a key beside a merge key wins',
      '      d: &d { a: 1, b: 2 }\n      m: { <<: *d, b: 3 }\n',
      { a: 1, b: 3 },
    ],
    [
      'the first of several wins',
      '      x: &x { a: 1 }\n      y: &y { a: 2, b: 2 }\n      m: { <<: [*x, *y] }\n',
      { a: 1, b: 2 },
    ],
    [
      'an anchor that is set again',
      '      x: &x 1\n      y: &y { c: *x }\n      z: &x 2\n      m: { y: *y, x: *x }\n',
      { y: { c: 1 }, x: 2 },
    ],
  ])('%s', (_, text, m) => {
    expect(metadata(text).Resources.Topic).toMatchObject({ Metadata: { m } });
  });
});

it('reads a file that starts with a byte order mark', () => {
  expect(parseTemplate(`\uFEFF${topic}`, 't.yaml').template.Resources).toHaveProperty('Topic');
  expect(parseTemplate('\uFEFF{"Resources":{"A":{"Type":"T"}}}', 't.json').template.Resources).toHaveProperty(
    'A',
  );
});

describe('places', () => {
  const text =
    'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      Tags:\n        - { Key: a, Value: b }\nOutputs:\n  O:\n    Value: !If\n      - C\n      - !Sub\n        - t\n        - x: 1\n      - y\n';
  it.each<[string, (string | number)[], number, number]>([
    ['a resource', ['Resources', 'Topic'], 2, 3],
    ['a property', ['Resources', 'Topic', 'Properties', 'Tags'], 5, 7],
    ['an element', ['Resources', 'Topic', 'Properties', 'Tags', 0, 'Value'], 6, 21],
    ['inside of short forms', ['Outputs', 'O', 'Value', 'Fn::If', 1, 'Fn::Sub', 1, 'x'], 13, 11],
    ['the nearest ancestor', ['Resources', 'Topic', 'Properties', 'Nowhere', 'x'], 4, 5],
  ])('%s', (_, path, line, column) => {
    expect(parseTemplate(text, 't.yaml').locate(path)).toEqual({ file: 't.yaml', line, column });
  });

  it('in JSON', () => {
    const json = '{\n  "Resources": {\n    "A": {"Type": "T"}\n  }\n}';
    expect(parseTemplate(json, 't.json').locate(['Resources', 'A'])).toEqual({
      file: 't.json',
      line: 3,
      column: 5,
    });
  });
});
