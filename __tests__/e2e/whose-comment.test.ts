import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction, runCli } from '../support/runner.ts';

const COMMITS = { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) };
const MERGED = 'c'.repeat(40);
const topic = (name: string) =>
  JSON.stringify({ Resources: { [name]: { Type: 'AWS::SNS::Topic' } }, Outputs: {} });

let aws: Emulator;
let github: GitHubServer;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;

beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  github = await startGitHub();
  workspace = await makeWorkspace({
    'orders/template.json': topic('Orders'),
    'hello/template.json': topic('Hello'),
    'broken/template.json': '{ "Resources": { "T": { "Type": 7 } } }',
  });
});
afterEach(async () => {
  await github.stop();
  await workspace.remove();
  expect(github.violations).toEqual([]);
});

type Options = Partial<Parameters<typeof runAction>[0]>;

const step = (inputs: Record<string, string>, options: Options = {}) =>
  runAction({
    workspace: workspace.path,
    inputs: { 'github-token': 'token-canary', cache: 'false', ...inputs },
    ...options,
    env: { ...aws.env, GITHUB_API_URL: github.url, ...options.env },
  });
const pull = (inputs: Record<string, string>, env: Record<string, string> = {}) =>
  step(inputs, { event: pullRequestEvent(7, COMMITS), env });
const service = (name: string) => ({ 'working-directory': name, 'stack-name': name });
const titles = () =>
  (github.comments.get(7) ?? []).map(({ body }) => body.split('\n')[1]?.replace(/^### /, '') ?? '');

it('leaves the comment of one service alone when another one fails', async () => {
  await pull(service('orders'));
  const failed = await pull({ 'working-directory': 'broken', 'stack-name': 'broken' });
  expect(failed.exitCode).toBe(1);
  expect(titles()).toEqual([
    '🔍 orders · us-east-1: 1 added',
    expect.stringMatching(/^❌ broken · us-east-1 · failed: broken\/template\.json:1\S* T: /),
  ]);
  await pull(service('hello'));
  await pull(service('orders'));
  expect(titles()).toEqual([
    '🔍 orders · us-east-1: 1 added',
    expect.stringMatching(/^❌ broken/),
    '🔍 hello · us-east-1: 1 added',
  ]);
});

it('puts a failure into the comment of the same service, which nothing but its folder names', async () => {
  await pull(service('orders'));
  await pull({ 'working-directory': 'orders' });
  expect(titles()).toEqual([expect.stringMatching(/^❌ orders · us-east-1 · failed: /)]);
  await pull(service('orders'));
  expect(titles()).toEqual(['🔍 orders · us-east-1: 1 added']);
});

it('never writes of what previews nothing into a comment', async () => {
  await pull(service('orders'));
  const before = github.comments.get(7)?.[0]?.body;
  for (const command of ['status', 'invoke', 'start-api']) {
    const { summary } = await pull({ ...service('orders'), command, resolve: 'none' });
    if (command !== 'status') expect(summary).toContain('❌');
    expect(summary).not.toContain('anything to compare');
  }
  expect(github.comments.get(7)?.map(({ body }) => body)).toEqual([before]);
});

it('tells stages apart, and accounts where no stage is said', async () => {
  await pull({ ...service('orders'), stage: 'prod' });
  await pull({ ...service('orders'), stage: 'staging' });
  expect(titles()).toEqual([
    '🔍 orders · us-east-1 · prod: 1 added',
    '🔍 orders · us-east-1 · staging: 1 added',
  ]);
  github.comments.clear();
  await pull(service('orders'));
  await pull(service('orders'), { AWS_ACCESS_KEY_ID: '222222222222' });
  expect(titles()).toEqual([
    '🔍 orders · us-east-1: 1 added',
    expect.stringMatching(/^🔍 orders · us-east-1 · account [0-9a-f]{4}: 1 added$/),
  ]);
});

it('keeps the comments of two jobs of a matrix that nothing tells apart', async () => {
  const bare = { AWS_REGION: '', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  for (const RUNNER_NAME of ['one', 'two', 'one', 'two'])
    await pull(service('orders'), { ...bare, RUNNER_NAME });
  expect(titles()).toHaveLength(2);
  expect(github.comments.get(7)?.[1]?.body).toContain('the input stage tells their comments apart');
});

it('keeps the comment of another stage, or another account, when a run fails or deletes', async () => {
  const next = { GITHUB_RUN_ID: '43' };
  for (const stage of ['staging', 'prod']) await pull({ ...service('orders'), stage });
  await pull({ 'working-directory': 'orders/', stage: 'prod' }, next);
  expect(titles()).toEqual([
    '🔍 orders · us-east-1 · staging: 1 added',
    expect.stringMatching(/^❌ orders · us-east-1 · prod · failed: /),
  ]);
  github.comments.clear();
  const other = { AWS_ACCESS_KEY_ID: '222222222222' };
  for (const env of [{}, other]) {
    await pull(service('orders'), env);
    await step(service('orders'), { env });
  }
  const [, second] = titles();
  expect(second).toMatch(/· account [0-9a-f]{4}: 1 added$/);
  await pull({ ...service('orders'), parameters: 'No=1' }, { ...other, ...next });
  expect(titles()).toEqual([
    '🔍 orders · us-east-1: 1 added',
    expect.stringMatching(/^❌ orders · us-east-1 · account [0-9a-f]{4} · failed: .*no parameter No$/),
  ]);
  await pull({ ...service('orders'), command: 'delete' }, { ...other, ...next });
  expect(titles()).toEqual([
    '🔍 orders · us-east-1: 1 added',
    expect.stringMatching(/^🗑️ orders · us-east-1 · account [0-9a-f]{4}: deleted$/),
  ]);
});

it('keeps the comments of two jobs that preview the same stack, and goes on from either', async () => {
  for (const GITHUB_JOB of ['one', 'two'])
    await pull({ ...service('orders'), tags: `of=${GITHUB_JOB}` }, { GITHUB_JOB });
  expect(titles()).toHaveLength(2);
  await pull(
    { ...service('orders'), tags: 'of=two', 'working-directory': 'broken' },
    { GITHUB_JOB: 'two', GITHUB_RUN_ID: '43' },
  );
  expect(titles()).toEqual([expect.stringMatching(/^🔍/), expect.stringMatching(/^❌/)]);
  github.merged.set(MERGED, 7);
  const env = { GITHUB_SHA: MERGED, GITHUB_JOB: 'two', GITHUB_RUN_ID: '44' };
  const deployed = await step(
    { ...service('orders'), tags: 'of=two', 'require-reviewed-plan': 'true' },
    { env },
  );
  expect(deployed.errors).toEqual([]);
});

it('shows everything as new where AWS has no stack, whatever the base commit holds, and binds that plan', async () => {
  const preview = await pull(service('orders'));
  expect(preview.outputs).toMatchObject({ changed: 'true', operation: 'preview' });
  expect(github.comments.get(7)?.[0]?.body).toContain('the stack does not exist yet');
  github.merged.set(MERGED, 7);
  const onMain = { env: { GITHUB_SHA: MERGED } };
  const deployed = await step({ ...service('orders'), 'require-reviewed-plan': 'true' }, onMain);
  expect(deployed.errors).toEqual([]);
  expect(titles()).toEqual(['✅ orders · us-east-1: deployed (1 added)']);
});

it('shows what changes of the stack itself, and says that it was done', async () => {
  await step({ ...service('orders'), 'termination-protection': 'true' });
  const preview = await pull({ ...service('orders'), 'termination-protection': 'false' });
  expect(preview.outputs.changed).toBe('true');
  const body = github.comments.get(7)?.[0]?.body ?? '';
  expect(body).toContain('1 setting');
  expect(body).toContain('termination protection: on → off');
  expect(body).toMatch(/🛡️ `orders` is no longer protected/);
  const done = await step({ ...service('orders'), 'termination-protection': 'false' });
  expect(done.outputs).toMatchObject({ operation: 'update', changed: 'true' });
  const again = await step({ ...service('orders'), 'termination-protection': 'false' });
  expect(again.outputs).toMatchObject({ operation: 'none', changed: 'false' });
});

it('holds settings to the plan that was reviewed, each account to its own', async () => {
  github.merged.set(MERGED, 7);
  const merge = (inputs: Record<string, string>, env: Record<string, string> = {}) =>
    step(
      { ...service('orders'), ...inputs, 'require-reviewed-plan': 'true' },
      { env: { GITHUB_SHA: MERGED, ...env } },
    );
  await step(service('orders'));
  const unseen = await merge({ 'termination-protection': 'true' });
  expect(unseen.exitCode).toBe(1);
  expect(unseen.errors[0]).toContain('no reviewed plan was found');
  await pull({ ...service('orders'), 'termination-protection': 'true' });
  expect((await merge({ 'termination-protection': 'true' })).outputs.operation).toBe('update');

  github.comments.clear();
  const accounts = [
    { tags: 'in=one', env: { AWS_ACCESS_KEY_ID: '111111111111' } },
    { tags: 'in=two', env: { AWS_ACCESS_KEY_ID: '222222222222' } },
  ];
  for (const { tags, env } of accounts) await pull({ ...service('orders'), tags }, env);
  for (const { tags, env } of accounts) expect((await merge({ tags }, env)).errors).toEqual([]);
});

it('deletes when it is called for in any event, and says so in the comment', async () => {
  await pull(service('orders'));
  await step(service('orders'));
  const shown = await pull({ ...service('orders'), command: 'delete', noop: 'true' });
  expect(shown.outputs).toMatchObject({ operation: 'preview', changed: 'true' });
  expect(titles()).toEqual(['🔍 orders · us-east-1: 1 removed']);
  const deleted = await pull({ ...service('orders'), command: 'delete' });
  expect(deleted.outputs).toMatchObject({ operation: 'delete', 'stack-status': 'DELETE_COMPLETE' });
  expect(deleted.summary).toContain('deleted');
  expect(titles()).toEqual(['🗑️ orders · us-east-1: deleted']);
  const status = await step({ ...service('orders'), command: 'status' });
  expect(status.exitCode).toBe(0);
  expect(status.outputs).toMatchObject({ 'stack-name': 'orders', 'stack-status': '' });
});

it('asks before it deletes at a terminal, where there is somebody to ask', async () => {
  await step(service('orders'));
  const args = ['delete', '--stack-name', 'orders'];
  const refused = await runCli(args, workspace.path, aws.env);
  expect(refused.exitCode).toBe(1);
  expect(refused.output).toContain('give --yes');
  const done = await runCli([...args, '--yes'], workspace.path, aws.env);
  expect(done.exitCode).toBe(0);
  expect(done.output).toContain('orders is deleted');
});
