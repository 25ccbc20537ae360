import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { pullRequestEvent } from '../support/github-server.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

let aws: Emulator;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());

const example = resolve(import.meta.dirname, '../../examples/sam-orders');

it('changes nothing in AWS: every call of a preview only reads', async () => {
  const calls: string[] = [];
  const proxy = await startProxy(aws.endpoint, (call) => {
    calls.push(call);
  });
  const workspace = await makeWorkspace({});
  await cp(example, workspace.path, { recursive: true });
  const env = { ...aws.env, AWS_ENDPOINT_URL: proxy.url };
  const step = (noop: string) =>
    runAction({ workspace: workspace.path, inputs: { 'stack-name': 'orders', noop }, env });
  expect((await step('true')).exitCode).toBe(0);
  expect((await step('false')).exitCode).toBe(0);
  calls.length = 0;
  await writeFile(join(workspace.path, 'orders/index.mjs'), 'export const handler = async () => 1;');
  const preview = await step('true');
  await workspace.remove();
  await proxy.stop();
  expect(preview.outputs).toMatchObject({ operation: 'preview', changed: 'true' });
  const READS =
    /^(DescribeStacks|GetTemplate|GetCallerIdentity|ListStackResources|GET \/2015-03-31\/functions(\/[\w-]+|\?\S*)?|GET \/2017-03-31\/tags\/\S+)$/;
  expect(calls.filter((call) => !READS.test(call))).toEqual([]);
});

it('compares with the base commit where there are no credentials', async () => {
  const workspace = await makeWorkspace({});
  await cp(example, workspace.path, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-C', workspace.path, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args],
      { encoding: 'utf8' },
    ).trim();
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'base');
  const baseSha = git('rev-parse', 'HEAD');
  const template = join(workspace.path, 'template.yaml');
  await writeFile(
    template,
    (await readFile(template, 'utf8'))
      .replace('Timeout: 10', 'Timeout: 20')
      .replace('PAY_PER_REQUEST', 'PROVISIONED'),
  );
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'orders' },
    event: pullRequestEvent(1, { headSha: 'a'.repeat(40), baseSha }),
  });
  await workspace.remove();
  expect(result.exitCode).toBe(0);
  expect(result.summary).toContain(`base commit ${baseSha.slice(0, 7)}`);
  expect(result.summary).toContain('BillingMode');
  expect(result.summary).not.toContain('TakeOrderFunction');
});

it('says why everything is new where there is nothing to compare with', async () => {
  const workspace = await makeWorkspace({});
  await cp(example, workspace.path, { recursive: true });
  const event = pullRequestEvent(1, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) });
  const result = await runAction({ workspace: workspace.path, inputs: { 'stack-name': 'orders' }, event });
  await workspace.remove();
  expect(result.exitCode).toBe(0);
  expect(result.summary).toContain('everything is new');
  expect(result.summary).toContain('5 added');
});

const hasMake =
  spawnSync('make', ['--version']).status === 0 && spawnSync('mkfifo', ['--version']).status === 0;
const BUILT = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: makefile }
    Properties: { CodeUri: hello, Handler: index.handler, Runtime: nodejs22.x }
`;

(hasMake ? it : it.skip)('asks AWS while code is built, and tells of it after that', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'asked-'));
  const asked = join(outside, 'asked');
  execFileSync('mkfifo', [asked]);
  const proxy = await startProxy(aws.endpoint, async (call) => {
    // Whoever writes waits for the build to read.
    if (call === 'DescribeStacks') await writeFile(asked, 'yes');
  });
  const workspace = await makeWorkspace({
    'template.yaml': BUILT,
    'hello/index.js': 'exports.handler = async () => 1;',
    'hello/Makefile': `build-Hello:\n\ttimeout 200 cat ${asked}\n\tcp index.js $(ARTIFACTS_DIR)\n`,
  });
  const inputs = { 'stack-name': 'asked', noop: 'true', cache: 'false' };
  const env = { ...aws.env, AWS_ENDPOINT_URL: proxy.url };
  const { exitCode, stdout } = await runAction({ workspace: workspace.path, inputs, env });
  await workspace.remove();
  await proxy.stop();
  await rm(outside, { recursive: true });
  expect(stdout).toMatch(/Compile.*Package.*Preview asked/s);
  expect(exitCode).toBe(0);
});
