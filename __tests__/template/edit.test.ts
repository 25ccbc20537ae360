import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editTemplate, editValue } from '../../src/template/edit.ts';
import { parseTemplate } from '../../src/template/parse.ts';
import type { Json, Template } from '../../src/template/types.ts';

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
  });
});

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
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

describe('for any template', () => {
  it('the text says what the data says, after any edits', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,6}$/), json, { minKeys: 1, maxKeys: 4 }),
        fc.array(
          fc.record({
            key: fc.stringMatching(/^[A-Za-z]{1,6}$/),
            value: fc.option(json, { nil: undefined }),
          }),
          { maxLength: 3 },
        ),
        (resources, edits) => {
          const template = JSON.parse(JSON.stringify({ Resources: resources })) as Template;
          const document = parseTemplate(JSON.stringify(template, undefined, 2), 't.json');
          const list = edits.map(({ key, value }) => ({ path: ['Resources', key], value }));
          expect(editTemplate(document, list).template).toEqual(editValue(document.template, list));
        },
      ),
    );
  });
});
