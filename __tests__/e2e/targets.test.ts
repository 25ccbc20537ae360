import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction, runCli } from '../support/runner.ts';
import { all, files, NAMES, states, targets, template } from '../support/targets.ts';

let aws: Emulator;
let proxy: FaultProxy;
beforeAll(async () => {
  aws = await startEmulator();
  proxy = await startFaultProxy(aws.endpoint);
});
afterAll(async () => {
  await proxy.stop();
  await aws.stop();
});
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeEach(async () => {
  await aws.reset();
  proxy.clear();
  workspace = await makeWorkspace(files());
});
afterEach(() => workspace.remove());

const run = (inputs: Record<string, string> = {}, more: Partial<Parameters<typeof runAction>[0]> = {}) =>
  runAction({
    workspace: workspace.path,
    inputs: { targets: 'sparta.targets.yml', ...inputs },
    ...more,
    env: { ...aws.env, AWS_ENDPOINT_URL: proxy.endpoint, ...more.env },
  });
const write = (name: string, text: string) => writeFile(join(workspace.path, name), text);
it('deploys in waves, after a failed one no further, and goes on where it was stopped', async () => {
  await write('sparta.targets.yml', targets({ Break: 'yes' }));
  const failed = await run();
  expect(failed.exitCode).toBe(1);
  expect(states(failed)).toEqual({ ...all('not begun'), canary: 'failed' });
  expect(failed.stdout).toContain('Wave 2 of 2 is not begun: a target of an earlier wave failed: canary');
  expect(failed.summary).toContain('5 targets: 1 failed, 4 not begun');
  expect(proxy.calls.filter(({ operation }) => operation === 'CreateChangeSet')).toHaveLength(1);

  await write('sparta.targets.yml', targets());
  const done = await run({ target: 'canary dev-*' });
  expect(states(done)).toEqual({
    canary: 'changed',
    'dev-eu-central-1': 'changed',
    'dev-us-east-1': 'changed',
  });

  proxy.clear();
  const rest = await run();
  expect(rest.exitCode).toBe(0);
  expect(rest.errors).toEqual([]);
  expect(states(rest)).toMatchObject({
    canary: 'unchanged',
    'dev-eu-central-1': 'unchanged',
    'prod-eu-central-1': 'changed',
  });
  const changed = proxy.calls.filter(({ operation }) => operation === 'CreateChangeSet');
  expect(changed.map(({ region }) => region).sort()).toEqual(['eu-central-1', 'us-east-1']);
  const outputs = JSON.parse(rest.outputs.outputs ?? '{}') as Record<string, { Function: string }>;
  expect(Object.keys(outputs)).toEqual(NAMES);
  expect(outputs['prod-us-east-1']?.Function).toMatch(/^orders-prod/);

  // What no target changes is the same bytes for all.
  const assets = await readdir(join(workspace.path, '.sparta/assets'));
  const uploaded = proxy.calls.flatMap(({ operation, request }) =>
    operation === 'PutObject' ? (/([0-9a-f]{64}\.zip)/.exec(request)?.[1] ?? []) : [],
  );
  expect(assets).toHaveLength(1);
  expect(uploaded).toEqual([...assets, ...assets]);

  proxy.clear();
  const again = await run();
  expect(states(again)).toEqual(all('unchanged'));
  expect(again.outputs).toMatchObject({ operation: 'none', changed: 'false' });
  // Those of one target, besides whose credentials they are.
  const calls = proxy.calls.filter(({ operation }) => operation !== 'GetCallerIdentity');
  expect(calls.length).toBeLessThanOrEqual(4 * NAMES.length);
});

it('compiles once what no target changes', async () => {
  await write(
    'sparta.config.mjs',
    `import { appendFileSync } from 'node:fs';
export default ({ stage }) => ({
  name: 'orders-' + stage,
  functions: {
    take: {
      handler: 'out#x', runtime: 'nodejs22.x',
      build: { kind: 'command', command: 'mkdir -p out && date +%s%N > out/index.js', output: 'out', inputs: ['take'] },
      environment: { STAGE: stage },
    },
  },
});`,
  );
  await write('targets.json', JSON.stringify({ matrix: { stage: ['one', 'two', 'three'] } }));
  const result = await run({ targets: 'targets.json', source: 'sparta.config.mjs', noop: 'true' });
  expect(result.errors).toEqual([]);
  expect(result.stdout.match(/take: compiled in/g)).toHaveLength(1);
  const diffs = JSON.parse(await readFile(result.outputs.diff ?? '', 'utf8')) as {
    stacks: { target: string; stackName: string }[];
  };
  expect(diffs.stacks.map(({ target, stackName }) => [target, stackName])).toEqual([
    ['one', 'orders-one'],
    ['two', 'orders-two'],
    ['three', 'orders-three'],
  ]);
  expect(await readdir(join(workspace.path, '.sparta/assets'))).toHaveLength(1);
});

it('touches nothing where anything is wrong, and tells all of it', async () => {
  await write(
    'sparta.targets.yml',
    `
- { name: a, stage: a, region: us-east-1, stackName: orders-a, account: '999999999999' }
- { name: b, stage: b, region: us-east-1, stackName: orders-b, service: nowhere }
`,
  );
  const wrong = await run();
  expect(wrong.errors.join('\n')).toMatch(
    /target a: it belongs to account 999999999999, but the credentials are of/,
  );
  expect(wrong.errors.join('\n')).toMatch(/target b: .*nowhere/);
  await write(
    'sparta.targets.yml',
    `
- { name: a, stage: a, region: us-east-1 }
- { name: b, stage: b, region: us-east-1 }
`,
  );
  const same = await run({ 'stack-name': 'orders' });
  expect(same.errors.join('\n')).toMatch(/its stack orders is that of the target a/);
  expect(proxy.calls.filter(({ mutating }) => mutating)).toEqual([]);
});

it('is about no target without targets, and has none of what only one stack has', async () => {
  const lone = await run({ targets: '', target: 'prod-*', noop: 'true' });
  expect(lone.errors).toEqual([expect.stringMatching(/input target: there are no targets of which prod-\*/)]);
  const both = await run({ environment: 'prod', deployments: 'true' });
  expect(both.errors).toEqual([
    expect.stringMatching(/^input environment: targets say themselves/),
    expect.stringMatching(/^input deployments: targets have no deployments of GitHub/),
  ]);
  expect(proxy.calls).toEqual([]);
  const role = 'arn:aws:iam::999999999999:role/deploy';
  const one = JSON.stringify([{ name: 'a', region: 'us-east-1', stackName: 'a', account: '999999999999' }]);
  const other = await run({ targets: one, command: 'policy', check: 'true', 'deployment-role': role });
  expect(other.errors).toEqual([expect.stringMatching(/^target a: it belongs to account 999999999999, but/)]);
  proxy.clear();
  const sets = await run({ command: 'delete', 'deploy-to': 'stack-set' });
  expect(sets.errors).toEqual([
    expect.stringMatching(/^input deploy-to: the command delete is about the stacks/),
  ]);
  expect(proxy.calls).toEqual([]);
});

describe('one comment', () => {
  let github: GitHubServer;
  beforeEach(async () => {
    github = await startGitHub();
  });
  afterEach(async () => {
    await github.stop();
    expect(github.violations).toEqual([]);
  });

  it('shows all targets, equal changes once, what differs, and what each caution is about', async () => {
    expect((await run()).exitCode).toBe(0);
    const open = {
      Url: {
        Type: 'AWS::Lambda::Permission',
        Properties: { Action: 'lambda:InvokeFunctionUrl', FunctionName: { Ref: 'Take' }, Principal: '*' },
      },
    };
    await write('template.json', template(open));
    await write('sparta.targets.yml', targets().replace('Size: 256', 'Size: 512'));
    await run(
      { 'github-token': 'token-canary' },
      {
        event: pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) }),
        env: { GITHUB_API_URL: github.url },
      },
    );
    const [comment, ...more] = github.comments.get(7) ?? [];
    expect(more).toEqual([]);
    const body = comment?.body.replaceAll('\\', '') ?? '';
    expect(body).toContain('5 targets: changes in 5');
    expect(body).toMatch(/\| {2}\| eu-central-1 \| us-east-1 \| us-west-2 \|/);
    expect(body).toMatch(/\| \*\*prod\*\* \| .*1 added.* \| .*1 added.* \| {2}\|/);
    expect(body).toMatch(/Url.*is open to everybody.* — in all 5 targets/);
    expect(body.match(/@@|Type: AWS::Lambda::Permission/g)).toHaveLength(1);
    expect(body).toContain('#### The same in 5 targets');
    expect(body).toContain('#### Only in prod-eu-central-1, prod-us-east-1');
  });
});

it('tells at a terminal what is shared once', async () => {
  const { exitCode, stdout } = await runCli(
    ['provision', '--noop', '--targets', 'sparta.targets.yml'],
    workspace.path,
    { ...aws.env },
  );
  expect(exitCode).toBe(0);
  expect(stdout).toContain('5 targets: changes in 5');
  expect(stdout).toContain('The same in 5 targets');
  expect(stdout.match(/^\+ added {2}Role/gm)).toHaveLength(1);
});
