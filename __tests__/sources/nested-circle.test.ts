import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { workspace } from '../../src/packaging/workspace/workspace.ts';
import { ProblemError, problemLine } from '../../src/problem.ts';
import { loadTemplate } from '../../src/sources/template.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nested-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const naming = (...files: readonly string[]): string =>
  `Resources:\n  T: { Type: AWS::SNS::Topic }\n${files
    .map(
      (file, n) => `  N${n}: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./${file} } }\n`,
    )
    .join('')}`;

async function load(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const space = workspace(folder, false);
  const source = { path: join(space.root, 'a.yaml'), stackName: 's', parameters: {}, tags: {} };
  return loadTemplate(space, source).then(
    ({ draft }) => draft.nested.map(({ id }) => id),
    (error: unknown) => (error instanceof ProblemError ? error.problems.map(problemLine) : [String(error)]),
  );
}

it('templates that name one another are told once, by name', async () => {
  expect(await load({ 'a.yaml': naming('b.yaml', 'b.yaml'), 'b.yaml': naming('a.yaml', 'a.yaml') })).toEqual([
    'N0: nested templates name one another in a circle: a.yaml -> b.yaml -> a.yaml (b.yaml:3:57). Remove one of these references.',
  ]);
});

it('a circle below the root, and one of a template alone', async () => {
  const lines = await load({
    'a.yaml': naming('b.yaml', 'c.yaml'),
    'b.yaml': naming('b.yaml'),
    'c.yaml': naming('d.yaml'),
    'd.yaml': naming('c.yaml'),
  });
  expect(lines.map((line) => line.replace(/.*circle: | \(.*/g, ''))).toEqual([
    'b.yaml -> b.yaml',
    'c.yaml -> d.yaml -> c.yaml',
  ]);
});

it('one template in several places is no circle', async () => {
  const files = { 'a.yaml': naming('b.yaml', 'c.yaml'), 'b.yaml': naming('c.yaml'), 'c.yaml': naming() };
  expect(await load(files)).toEqual(['N0', 'N0/N0', 'N1']);
});

it('what is wrong with a template that is named twice is told once', async () => {
  const wrong = 'Resources:\n  A: { Type: T, DependsOn: Missing }\n';
  const files = { 'a.yaml': naming('b.yaml', 'b.yaml'), 'b.yaml': wrong };
  expect(await load(files)).toEqual([expect.stringContaining('DependsOn names "Missing"')]);
});
