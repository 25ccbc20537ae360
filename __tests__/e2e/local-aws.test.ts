import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

let aws: Emulator;
let github: GitHubServer;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  aws = await startEmulator();
  github = await startGitHub();
  workspace = await makeWorkspace({});
  await cp(resolve(import.meta.dirname, '../../examples/sam-orders'), workspace.path, { recursive: true });
});
afterAll(async () => {
  await aws.stop();
  await github.stop();
  await workspace.remove();
});

const step = (inputs: Record<string, string>, onPullRequest = false) =>
  runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'orders', 'github-token': 'token', ...inputs },
    // The emulator's own secret is a word that is hidden wherever it stands.
    env: { ...aws.env, AWS_SECRET_ACCESS_KEY: 'secret-canary', GITHUB_API_URL: github.url },
    ...(onPullRequest && {
      event: pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) }),
    }),
  });
const edit = async (name: string, from: string, to: string) => {
  const path = join(workspace.path, name);
  await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
};
const SMOKE = { events: 'events/**/*.json', 'fail-on': 'smoke' };

it('resolves references to what is deployed, once it is', async () => {
  const early = await step({ command: 'invoke', function: 'TakeOrder', resolve: 'deployed' });
  expect(early.exitCode).toBe(1);
  expect(early.errors).toEqual([
    'orders: resolve is deployed, but there is no such stack in us-east-1. Check the inputs stack-name and region, or leave resolve out.',
  ]);
  const deployed = await step(SMOKE);
  expect(deployed.exitCode).toBe(0);
  expect(deployed.summary).toContain('2 of 2 smoke tests passed');
  const { outputs } = await step({ command: 'invoke', function: 'TakeOrder', resolve: 'deployed' });
  expect(JSON.parse(outputs.response ?? '').table).toBe(deployed.outputs.OrdersTable);
  const byName = await step({
    command: 'invoke',
    function: deployed.outputs.TakeOrderFunction ?? '',
    resolve: 'deployed',
  });
  expect(byName.exitCode).toBe(0);
});

it('deploys nothing when a smoke test fails', async () => {
  await edit('orders/index.mjs', 'id,', "id: 'lost',");
  const refused = await step(SMOKE);
  expect(refused.exitCode).toBe(1);
  expect(refused.outputs).toMatchObject({
    operation: 'none',
    changed: 'false',
    'stack-status': 'CREATE_COMPLETE',
  });
  expect(refused.errors).toEqual([
    'The smoke test of TakeOrder failed: response.id: expected "42", got "lost"',
    expect.stringContaining('orders: nothing was deployed, because 1 smoke test failed'),
  ]);
  expect(refused.summary).toMatch(
    /❌ \| `TakeOrder`.*expected &quot;42&quot;|❌ \| `TakeOrder`.*expected "42"/,
  );
  // The stack has the code from before: there still is something to deploy.
  expect((await step({ noop: 'true' })).outputs.changed).toBe('true');
});

it('shows smoke tests in the comment of the plan, and in one of their own without one', async () => {
  await step(SMOKE, true);
  await step({ command: 'invoke', events: 'events/**/*.json' }, true);
  const comments = () => (github.comments.get(7) ?? []).map(({ body }) => body);
  expect(comments()).toHaveLength(2);
  const [plan = '', tests = ''] = comments();
  expect(plan).toMatch(/code of 1 function[\s\S]*1 of 2 smoke tests passed/);
  expect(tests).toMatch(/### ❌ orders[^\n]*: 1 of 2 smoke tests passed/);
  await edit('orders/index.mjs', "id: 'lost',", 'id,');
  await step({ command: 'invoke', events: 'events/**/*.json' }, true);
  expect(comments()).toEqual([plan, expect.stringMatching(/### 🧪 orders[^\n]*: 2 of 2 smoke tests passed/)]);
  expect(github.violations).toEqual([]);
});
