import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { workspace } from '../../src/packaging/workspace/workspace.ts';
import { problemLine } from '../../src/problem.ts';
import { loadTemplate } from '../../src/sources/template.ts';
import { editTemplate } from '../../src/template/write/edit.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twice-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function load(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const space = workspace(folder, false);
  const path = join(space.root, Object.keys(files)[0] ?? '');
  const { draft, warnings } = await loadTemplate(space, { path, stackName: 's', parameters: {}, tags: {} });
  return { draft, told: warnings.map(problemLine) };
}

const YAML = `Resources:
  Q:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: 5
      DelaySeconds: 9
`;
const JSON_TEXT = `{ "Resources": { "Q": { "Type": "AWS::SQS::Queue",
  "Properties": { "DelaySeconds": 5,
    "DelaySeconds": 9 } } } }
`;

describe('a key that stands in its map once more is told, and the last one is deployed', () => {
  it.each([
    ['a.yaml', YAML, 'a.yaml:6:7'],
    ['a.json', JSON_TEXT, 'a.json:3:5'],
  ])('in %s', async (name, text, place) => {
    const { draft, told } = await load({ [name]: text });
    expect(told).toEqual([
      `the key "DelaySeconds" stands here once more, and CloudFormation takes the last one (${place}). Remove one of them.`,
    ]);
    expect(draft.template.template.Resources.Q).toMatchObject({ Properties: { DelaySeconds: 9 } });
    expect(draft.template.text).toBe(text);
  });

  it('once in a nested template, however often that is named', async () => {
    const stack = '{ Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: b.yaml } }';
    const { told } = await load({ 'a.yaml': `Resources:\n  A: ${stack}\n  B: ${stack}\n`, 'b.yaml': YAML });
    expect(told).toEqual([expect.stringContaining('(b.yaml:6:7)')]);
  });

  it('as a resource, a section, in brackets', async () => {
    const text = `Outputs: { A: { Value: 1, Value: 2 } }
Resources:
  Q: { Type: AWS::SNS::Topic }
  Q: { Type: AWS::SQS::Queue }
Outputs: { B: { Value: 1 } }
`;
    const { draft, told } = await load({ 'a.yaml': text });
    expect(told.map((line) => line.replace(/ stands.*\(/, ' (').replace(/\).*/, ')'))).toEqual([
      'the key "Value" (a.yaml:1:27)',
      'the key "Q" (a.yaml:4:3)',
      'the key "Outputs" (a.yaml:5:1)',
    ]);
    expect(draft.template.template).toMatchObject({
      Outputs: { B: { Value: 1 } },
      Resources: { Q: { Type: 'AWS::SQS::Queue' } },
    });
  });

  it.each([
    ['a.yaml', YAML],
    ['a.json', JSON_TEXT],
  ])('what is put into its place in %s goes to the last one', async (name, text) => {
    const { draft } = await load({ [name]: text });
    const edited = editTemplate(draft.template, [
      { path: ['Resources', 'Q', 'Properties', 'DelaySeconds'], value: 3 },
    ]);
    expect(edited.template.Resources.Q).toMatchObject({ Properties: { DelaySeconds: 3 } });
  });
});

it.each([
  ['one key in two maps', 'Resources:\n  A: { Type: AWS::SQS::Queue }\n  B: { Type: AWS::SQS::Queue }\n'],
  [
    'a key that a merge brings, too',
    'Resources:\n  A: &a { Type: AWS::SQS::Queue, Description: x }\n  B: { <<: *a, Description: y }\n',
  ],
])('nothing is told of %s', async (_, text) => {
  expect((await load({ 'a.yaml': text })).told).toEqual([]);
});
