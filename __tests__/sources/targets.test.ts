import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ProblemError, problemLine } from '../../src/problem.ts';
import { loadTargets } from '../../src/sources/targets.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'targets-')));
});
afterEach(() => rm(root, { recursive: true }));

/** What is wrong with a file of targets. */
async function wrong(name: string, text: string): Promise<readonly string[]> {
  await writeFile(join(root, name), text);
  return loadTargets({ root, allowOutside: false }, root, name).then(
    () => [],
    (error: unknown) => (error instanceof ProblemError ? error.problems.map(problemLine) : [String(error)]),
  );
}

it('says which targets name a file of parameters that is not there, and where', async () => {
  const text = `targets:
  - name: dev
    stage: dev
    parameters: dev.json
  - name: prod
    stage: prod
    parameters: [dev.json, '{stage}.json']
`;
  expect(await wrong('targets.yml', text)).toEqual([
    'targets dev, prod: parameters: there is no file dev.json (targets.yml:4:5). Give the path of a file, relative to that of the targets.',
    'target prod: parameters: there is no file prod.json (targets.yml:7:5). Give the path of a file, relative to that of the targets.',
  ]);
});

it('names the defaults where they name the file, and lines of a list', async () => {
  const defaults = 'defaults:\n  parameters: ../all.json\ntargets:\n  - name: dev\n';
  expect(await wrong('targets.yml', defaults)).toEqual([
    expect.stringMatching(/^target dev: parameters: there is no file \.\.\/all\.json \(targets\.yml:2:3\)/),
  ]);
  const list = '- name: dev\n- name: prod\n  stage: prod\n  parameters: prod.json\n';
  expect(await wrong('list.yml', list)).toEqual([
    expect.stringMatching(/^target prod: .* \(list\.yml:4:3\)/),
  ]);
});
