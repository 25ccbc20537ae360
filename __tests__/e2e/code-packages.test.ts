import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { pullRequestEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

let aws: Emulator;
let github: GitHubServer;
beforeAll(async () => {
  aws = await startEmulator();
  github = await startGitHub();
});
afterAll(async () => {
  await github.stop();
  await aws.stop();
});

const manifest = (name: string, version: string, more: object = {}): string =>
  JSON.stringify({ name, version, license: 'MIT', ...more });

it('shows in the comment which packages of the code are other ones than those that are deployed', async () => {
  const workspace = await makeWorkspace({
    'template.yaml': [
      'Transform: AWS::Serverless-2016-10-31',
      'Resources:',
      '  Orders:',
      '    Type: AWS::Serverless::Function',
      '    Properties: { CodeUri: code, Handler: index.handler, Runtime: nodejs24.x }',
      '',
    ].join('\n'),
    'code/index.mjs': 'export const handler = async () => 1;\n',
    'code/node_modules/uuid/package.json': manifest('uuid', '11.0.0'),
    'code/node_modules/same/package.json': manifest('same', '1.0.0'),
  });
  const run = (more: object = {}) =>
    runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'orders', 'github-token': 'token-canary' },
      env: { ...aws.env, GITHUB_API_URL: github.url },
      ...more,
    });
  expect((await run()).exitCode).toBe(0);
  const modules = join(workspace.path, 'code', 'node_modules');
  await writeFile(join(modules, 'uuid', 'package.json'), manifest('uuid', '12.0.0'));
  await mkdir(join(modules, 'native'));
  const native = manifest('native', '3.1.0', { scripts: { install: 'x' } });
  await writeFile(join(modules, 'native', 'package.json'), native);
  const event = pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) });
  const preview = await run({ event });
  const comment = github.comments.get(7)?.at(-1)?.body ?? '';
  await workspace.remove();
  expect(preview.exitCode).toBe(0);
  expect(comment).toContain(
    '- Orders: the package native 3.1.0 is new and runs a program of its own when it is installed',
  );
  expect(comment).toMatch(
    /Orders · packages in its code.*\+ native 3\.1\.0 · MIT · .*\n! uuid 11\.0\.0 → 12\.0\.0 · MIT/s,
  );
  expect(comment).not.toContain('same 1.0.0');
});

it('shows what lock files change where no archive tells it: what a bundler made small', async () => {
  const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });
  const workspace = await makeWorkspace({
    'template.yaml': 'Resources:\n  News: { Type: AWS::SNS::Topic }\n',
    'app/package-lock.json': lock({ '': {}, 'node_modules/uuid': { version: '11.0.0', license: 'MIT' } }),
  });
  const git = async (...args: string[]) =>
    (
      await promisify(execFile)('git', ['-c', 'user.email=a@b.c', '-c', 'user.name=A', ...args], {
        cwd: workspace.path,
      })
    ).stdout;
  await git('init', '--quiet');
  await git('add', '-A');
  await git('commit', '--quiet', '-m', 'base');
  const baseSha = (await git('rev-parse', 'HEAD')).trim();
  const native = { version: '3.1.0', hasInstallScript: true };
  const packages = {
    'node_modules/uuid': { version: '12.0.0', license: 'MIT' },
    'node_modules/native': native,
  };
  await writeFile(join(workspace.path, 'app', 'package-lock.json'), lock(packages));
  const preview = await runAction({
    workspace: workspace.path,
    event: pullRequestEvent(8, { headSha: 'a'.repeat(40), baseSha }),
    inputs: { 'stack-name': 'news', 'github-token': 'token-canary' },
    env: { ...aws.env, GITHUB_API_URL: github.url },
  });
  expect(preview.errors).toEqual([]);
  const page = await readFile(join(workspace.path, '.sparta', 'report.html'), 'utf8');
  await workspace.remove();
  expect(github.comments.get(8)?.at(-1)?.body).toMatch(
    /Packages of app\/package-lock\.json.*\+ native 3\.1\.0 · runs a program when it is installed\n! uuid 11\.0\.0 → 12\.0\.0 · MIT/s,
  );
  expect(page).toContain('Packages of app/package-lock.json');
});
