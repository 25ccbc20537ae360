import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeWorkspace, runAction } from '../support/runner.ts';
import { startSilentAws } from '../support/silent-aws.ts';

let aws: Awaited<ReturnType<typeof startSilentAws>>;
beforeAll(async () => {
  aws = await startSilentAws();
});
const made: Awaited<ReturnType<typeof makeWorkspace>>[] = [];
afterAll(async () => {
  await aws.stop();
  for (const each of made) await each.remove();
});

async function folder(files: Record<string, string>): Promise<string> {
  const workspace = await makeWorkspace(files);
  made.push(workspace);
  return workspace.path;
}

const topic = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';
const LOUD = "console.log('RAN OUTSIDE');\nexport default {};\n";

/** A workspace with a template, and a folder beside it with files of somebody else's. */
async function places() {
  const [path, outside] = [await folder({}), await folder({})];
  await writeFile(join(outside, 'template.yaml'), topic);
  await writeFile(join(outside, 'sparta.config.mjs'), LOUD);
  return { path, outside };
}

const run = (workspace: string, inputs: Record<string, string> = {}) =>
  runAction({
    workspace,
    inputs: { 'stack-name': 'orders', noop: 'true', ...inputs },
    env: aws.env,
  });

const errors = (stdout: string): string[] => stdout.match(/^::error.*$/gm) ?? [];

describe('what a run reads', () => {
  it.each(['template.yaml', 'sparta.config.mjs'])(
    'is no %s behind a link out of the workspace',
    async (file) => {
      const { path, outside } = await places();
      await symlink(join(outside, file), join(path, file));
      const { stdout, exitCode } = await run(path);
      expect({ exitCode, errors: errors(stdout) }).toEqual({
        exitCode: 1,
        errors: [expect.stringMatching(/leads out of the workspace/)],
      });
      expect(stdout).not.toContain('RAN OUTSIDE');
    },
  );

  it('may be behind a link within it', async () => {
    const path = await folder({ 'real/template.yaml': topic });
    await symlink('real/template.yaml', join(path, 'template.yaml'));
    const { stdout, exitCode } = await run(path);
    expect({ exitCode, errors: errors(stdout) }).toEqual({ exitCode: 0, errors: [] });
  });

  it('is no go.mod that is a folder', async () => {
    const path = await folder({ 'main.go': 'package main', 'go.mod/x': '' });
    const { stdout, exitCode } = await run(path);
    expect({ exitCode, errors: errors(stdout) }).toEqual({
      exitCode: 1,
      errors: [expect.stringMatching(/nothing to deploy found/)],
    });
  });

  it.each([
    ['outside', /input working-directory: .* leads out of the workspace/],
    ['missing', /input working-directory: there is no file or folder "missing"/],
    ['file', /input working-directory: "file" is no folder/],
  ])('is in no working directory that is %s', async (name, says) => {
    const { path, outside } = await places();
    await writeFile(join(path, 'file'), topic);
    const { stdout, exitCode } = await run(path, {
      'working-directory': name === 'outside' ? outside : name,
    });
    expect({ exitCode, errors: errors(stdout) }).toEqual({
      exitCode: 1,
      errors: [expect.stringMatching(says)],
    });
    expect(stdout).not.toContain('RAN OUTSIDE');
  });

  it('is no pipe', async () => {
    const path = await folder({});
    execFileSync('mkfifo', [join(path, 'pipe')]);
    const { stdout, exitCode } = await run(path, { source: 'pipe' });
    expect({ exitCode, errors: errors(stdout) }).toEqual({
      exitCode: 1,
      errors: [expect.stringMatching(/neither a file nor a folder/)],
    });
  });
});

describe('what a run writes', () => {
  it.each(['.sparta', '.sparta/diff.json', '.sparta/orders', '.sparta/assets/deep'])(
    'goes nowhere through a link in the place of %s',
    async (name) => {
      const { path, outside } = await places();
      await writeFile(join(path, 'template.yaml'), topic);
      await mkdir(join(path, name, '..'), { recursive: true });
      await symlink(name.endsWith('.json') ? join(outside, 'victim.json') : outside, join(path, name));
      await writeFile(join(outside, 'victim.json'), 'mine');
      const before = await readdir(outside);
      const { stdout, exitCode } = await run(path);
      expect({ exitCode, errors: errors(stdout) }).toEqual({
        exitCode: 1,
        errors: [expect.stringMatching(/is a symbolic link, but the run writes there.*gitignore/)],
      });
      expect(await readdir(outside)).toEqual(before);
      expect(await readFile(join(outside, 'victim.json'), 'utf8')).toBe('mine');
    },
  );

  it('goes nowhere through a link beside the services of targets', async () => {
    const { path, outside } = await places();
    await mkdir(join(path, 'services/a'), { recursive: true });
    await writeFile(join(path, 'services/a/template.yaml'), topic);
    await symlink(outside, join(path, '.sparta'));
    const before = await readdir(outside);
    const targets =
      '- { name: a, service: services/a }\n- { name: b, service: services/a, region: us-west-1 }\n';
    for (const target of ['a', '*']) {
      const { stdout, exitCode } = await run(path, { targets, target });
      expect({ exitCode, errors: errors(stdout) }).toEqual({
        exitCode: 1,
        errors: [expect.stringMatching(/\.sparta is a symbolic link, but the run writes there/)],
      });
    }
    expect(await readdir(outside)).toEqual(before);
  });

  it('may have links in what was built', async () => {
    const path = await folder({ 'template.yaml': topic, '.sparta/sam/F/index.js': '' });
    await symlink('index.js', join(path, '.sparta/sam/F/link'));
    const { stdout, exitCode } = await run(path);
    expect({ exitCode, errors: errors(stdout) }).toEqual({ exitCode: 0, errors: [] });
  });

  it('needs a folder', async () => {
    const path = await folder({ 'template.yaml': topic, '.sparta': 'a file' });
    const { stdout, exitCode } = await run(path);
    expect({ exitCode, errors: errors(stdout) }).toEqual({
      exitCode: 1,
      errors: [expect.stringMatching(/\.sparta is no folder, but the run writes there/)],
    });
  });
});
