import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import type { Json } from '../../../src/template/types.ts';
import { editTemplate } from '../../../src/template/write/edit.ts';
import { editValue } from '../../../src/template/write/edit-value.ts';

const yaml = `# Who wrote this
Resources:
  Hello:   # the first
    Type: AWS::Lambda::Function
    Properties:
      Code: ./hello # code
      Role: !GetAtt Role.Arn
      Tags:
        - Key: a
          Value: 'one'
`;

describe('editing', () => {
  it('gives the very same document without edits', () => {
    const document = parseTemplate(yaml, 't.yaml');
    expect(editTemplate(document, [])).toBe(document);
  });

  it('replaces a value and leaves the rest of the text alone', () => {
    const document = parseTemplate(yaml, 't.yaml');
    const value = { S3Bucket: 'b', S3Key: 'k' };
    const edited = editTemplate(document, [{ path: ['Resources', 'Hello', 'Properties', 'Code'], value }]);
    expect(edited.text).toBe(yaml.replace('./hello', JSON.stringify(value)));
    expect(edited.template.Resources.Hello).toMatchObject({ Properties: { Code: value } });
  });

  it('gives other targets what reading their text gives, places included, and keeps the template as it is', () => {
    const text = '{ "Resources": { "A": { "Code": "./a" },\n  "B": { "Code": "./b" } } }';
    const document = parseTemplate(text, 't.json');
    const at = (id: string) => ['Resources', id, 'Code'];
    for (const target of ['one', 'a longer "two"', 'three\n']) {
      const code = (id: string) => ({ S3Bucket: target, S3Key: `${target}/${id}` });
      const edited = editTemplate(
        document,
        ['A', 'B'].map((id) => ({ path: at(id), value: code(id) })),
      );
      const read = parseTemplate(edited.text, 't.json');
      expect(edited.template).toEqual(read.template);
      expect(edited.template.Resources).toEqual({ A: { Code: code('A') }, B: { Code: code('B') } });
      expect(edited.locate(at('B'))).toEqual(read.locate(at('B')));
    }
    expect(document.template.Resources).toEqual({ A: { Code: './a' }, B: { Code: './b' } });
  });

  it('adds and removes keys, and keeps comments and short forms', () => {
    const document = parseTemplate(yaml, 't.yaml');
    const edited = editTemplate(document, [
      { path: ['Resources', 'Hello', 'Properties', 'MemorySize'], value: 256 },
      { path: ['Resources', 'Hello', 'Properties', 'Tags'], value: undefined },
    ]);
    expect(edited.template.Resources.Hello).toEqual({
      Type: 'AWS::Lambda::Function',
      Properties: { Code: './hello', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, MemorySize: 256 },
    });
    expect(edited.text).toContain('# the first');
    expect(edited.text).toContain('!GetAtt');
  });

  const code = ['Resources', 'F', 'Properties', 'Code'];
  const f = 'Resources:\n  F:\n    Type: T # t\n';
  it.each([
    [
      'a block that is followed by comments',
      `${f}    Properties:\n      Code:\n        A: 1\n      # before\n      B: 2 # b\n`,
      `${f}    Properties:\n      Code:\n        {"X":1}\n      # before\n      B: 2 # b\n`,
    ],
    [
      'a key that is missing',
      `${f}    Properties:\n      L:\n      - !Sub "x"\n      T: >-\n        a\n        b\n`,
      `${f}    Properties:\n      "Code": {"X":1}\n      L:\n      - !Sub "x"\n      T: >-\n        a\n        b\n`,
    ],
    [
      'a key that is missing in a flow',
      `${f}    Properties: { B: 2 } # b\n`,
      `${f}    Properties: { "Code": {"X":1}, B: 2 } # b\n`,
    ],
    [
      'a parent that is missing',
      `${f}    Metadata: {}\n`,
      `Resources:\n  F:\n    "Properties": {"Code":{"X":1}}\n    Type: T # t\n    Metadata: {}\n`,
    ],
    [
      'what a merge key brings',
      `M: &m { Code: x }\n${f}    Properties:\n      <<: *m\n`,
      `M: &m { Code: x }\n${f}    Properties:\n      "Code": {"X":1}\n      <<: *m\n`,
    ],
  ])('touches nothing but %s', (_, before, after) => {
    for (const eol of ['\n', '\r\n']) {
      const document = parseTemplate(before.replaceAll('\n', eol), 't.yaml');
      expect(editTemplate(document, [{ path: code, value: { X: 1 } }]).text).toBe(
        after.replaceAll('\n', eol),
      );
    }
  });

  it('adds keys to a map whose first key goes', () => {
    const text = `Resources:\n  L: # l\n    Type: T\n${f.split('\n').slice(1).join('\n')}`;
    const edits = [
      { path: ['Resources', 'L'], value: undefined },
      { path: ['Resources', 'A'], value: { Type: 'A' } },
      { path: ['Resources', 'B'], value: { Type: 'B' } },
    ];
    expect(editTemplate(parseTemplate(text, 't.yaml'), edits).text).toBe(
      'Resources:\n  "A": {"Type":"A"}\n  "B": {"Type":"B"}\n  F:\n    Type: T # t\n',
    );
  });

  it('replaces a value that others repeat by an alias, and not those', () => {
    const document = parseTemplate(`${f}    Properties: { Code: &c ./x, D: *c }\n`, 't.yaml');
    expect(editTemplate(document, [{ path: code, value: 1 }]).template.Resources.F).toMatchObject({
      Properties: { Code: 1, D: './x' },
    });
  });

  it('reaches nothing outside of the template', () => {
    const document = parseTemplate(`${f}    Properties: { A: 1 }\n`, 't.yaml');
    editValue(document.template, [{ path: ['Resources', '__proto__', 'polluted'], value: true }]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('replaces a value that has a tag', () => {
    const document = parseTemplate(yaml, 't.yaml');
    const edited = editTemplate(document, [
      { path: ['Resources', 'Hello', 'Properties', 'Role'], value: 'arn' },
    ]);
    expect(edited.template.Resources.Hello).toMatchObject({ Properties: { Role: 'arn' } });
  });

  it('keeps indentation and order of JSON', () => {
    const json =
      '{\n    "Resources": {\n        "B": {"Type": "T", "x": "old"},\n        "A": {"Type": "T"}\n    }\n}\n';
    const edited = editTemplate(parseTemplate(json, 't.json'), [
      { path: ['Resources', 'B', 'x'], value: ['new'] },
    ]);
    expect(edited.text).toBe(json.replace('"old"', '["new"]'));
    const more = editTemplate(edited, [{ path: ['Resources', 'A', 'Properties', 'y'], value: 1 }]);
    expect(more.text).toBe(edited.text.replace('"A": {', '"A": {"Properties": {"y":1},'));
  });
});

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

/** The package writes YAML 1.2, where these are no line breaks; in YAML 1.1, which templates are, they are. */
const written = (value: unknown): string => stringify(value).replace(/[\u0085\u2028\u2029]/g, 'x');

describe('for any template', () => {
  const name = fc.stringMatching(/^[A-Za-z]{1,6}$/);
  const edit = fc.record({
    path: fc.array(name, { minLength: 1, maxLength: 3 }).map((path) => ['Resources', ...path]),
    value: fc.option(json, { nil: undefined }),
  });
  it.each(['yaml', 'json'])('%s says what the data says, after any edits', (format) => {
    fc.assert(
      fc.property(
        fc.dictionary(name, json, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
        fc.array(edit, { maxLength: 3 }),
        (resources, edits) => {
          const template = { Resources: resources };
          const text = format === 'yaml' ? written(template) : JSON.stringify(template, undefined, 2);
          const document = parseTemplate(text, `t.${format}`);
          const edited = editTemplate(document, edits);
          expect(edited.template).toEqual(editValue(document.template, edits));
          expect(parseTemplate(edited.text, edited.file).template).toEqual(edited.template);
        },
      ),
    );
  });
});

describe('edits of one document', () => {
  const document = parseTemplate(yaml, 'template.yml');
  const at = ['Resources', 'Hello', 'Properties', 'Code'];
  const codeOf = ({ template }: ReturnType<typeof parseTemplate>) => JSON.stringify(template.Resources.Hello);

  it('are made once where they are the same', () => {
    const first = editTemplate(document, [{ path: at, value: 's3://one' }]);
    expect(editTemplate(document, [{ path: [...at], value: 's3://one' }])).toBe(first);
  });

  it('do not get mixed up, however many there are', () => {
    const values = [...Array(20).keys(), ...Array(20).keys()].map((each) => `s3://bucket/${each}`);
    for (const value of values)
      expect(codeOf(editTemplate(document, [{ path: at, value }]))).toContain(`"${value}"`);
    expect(codeOf(editTemplate(document, [{ path: at, value: undefined }]))).not.toContain('Code');
    expect(codeOf(editTemplate(document, [{ path: at, value: null }]))).toContain('"Code":null');
  });
});
