import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { workspace } from '../../src/packaging/workspace/workspace.ts';
import { loadTemplate } from '../../src/sources/template.ts';

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'sam-output-')));
  for (const folder of ['asset.abc', '.aws-sam/build/Fn', '.aws-sam/build/Child/Inner'])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, 'child.json'), 'the template before it was built');
  await writeFile(join(root, '.aws-sam/build/template.yaml'), OUTPUT);
  await writeFile(join(root, '.aws-sam/build/Child/template.yaml'), CHILD);
});
afterAll(() => rm(root, { recursive: true }));

/** As `sam build` of SAM CLI 1.170 leaves a template of AWS CDK. */
const OUTPUT = `Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: { Code: Fn, Handler: index.handler, Runtime: python3.11, Role: "arn:aws:iam::123456789012:role/x" }
    Metadata:
      SamNormalized: true
      SamResourceId: Fn
      aws:asset:is-bundled: false
      aws:asset:path: ../../asset.abc
      aws:asset:property: Code
      aws:cdk:path: App/Fn/Resource
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: Child/template.yaml }
    Metadata:
      SamNormalized: true
      aws:asset:path: ../../child.json
      aws:asset:property: TemplateURL
`;
const CHILD = `Resources:
  Inner:
    Type: AWS::Lambda::LayerVersion
    Properties: { Content: Inner }
    Metadata:
      SamNormalized: true
      aws:asset:path: ../../../asset.abc
      aws:asset:property: Content
`;

it('packages what sam build has built, in nested stacks too', async () => {
  const path = join(root, '.aws-sam/build/template.yaml');
  const source = { path, stackName: 'x', parameters: {}, tags: {} };
  const { draft, warnings } = await loadTemplate(workspace(root, false), source);
  expect(warnings).toEqual([]);
  expect(draft.local.map((each) => each.path).sort()).toEqual([
    join(root, '.aws-sam/build/Child/Inner'),
    join(root, '.aws-sam/build/Fn'),
  ]);
  expect(draft.nested.map(({ template }) => template.file)).toEqual(['.aws-sam/build/Child/template.yaml']);
});
