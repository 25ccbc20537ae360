/** The workflows of docs/environments.md, from the first push to the last thing that is deleted. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { makeRepository, type Repository, workflowOf } from '../support/act.ts';
import { allResources } from '../support/all-resources.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { FILES, fillBucket, makeUploadBucket, stacksIn } from '../support/environment-case.ts';
import { pullRequestEvent, pullRequestTargetEvent, pushEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';

const REGION = 'eu-central-1';
const PAGE = 'docs/environments.md';
/** A bucket that an unhurried person would not empty by hand. */
const MANY = 5_000;

let aws: Emulator;
let github: GitHubServer;
let repository: Repository;
let before: readonly string[];
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  await makeUploadBucket(aws, REGION);
  before = await resources();
  github = await startGitHub();
  const recipe = (name: string) => workflowOf(PAGE, (yaml) => yaml.includes(`\nname: ${name}\n`));
  repository = await makeRepository({
    ...FILES,
    '.github/workflows/pull-request.yml': await recipe('Pull request environment'),
    '.github/workflows/sweep.yml': await recipe('Sweep environments'),
    '.github/workflows/fork.yml': await recipe('Environment of a fork'),
    '.github/workflows/main.yml': await recipe('Main'),
  });
});
afterEach(async () => {
  await github.stop();
  await repository.remove();
  expect(github.violations).toEqual([]);
});

const resources = () => allResources(aws.endpoint, REGION);
const env = () => ({
  AWS_ENDPOINT_URL: aws.endpoint,
  GITHUB_API_URL: github.url,
  AWS_EC2_METADATA_DISABLED: 'true',
});
const names = async () => Object.keys(await stacksIn(aws, REGION)).sort();

interface Event {
  readonly action: string;
  readonly number?: number;
}

async function pull({ action, number = 7 }: Event, head?: string) {
  const headSha = head ?? (await repository.commit({}));
  return repository.run(
    pullRequestEvent(number, { headSha, baseSha: headSha, action, branch: `branch-${number}` }),
    env(),
  );
}

/** The bucket of an environment's stack. */
async function bucketOf(stack: string): Promise<string> {
  const { Outputs = [] } = (await stacksIn(aws, REGION))[stack] ?? { Outputs: [] };
  return Outputs.find(({ OutputKey }) => OutputKey === 'BucketName')?.OutputValue ?? '';
}

it('opens, pushes, opens a second one, closes, reopens, and leaves nothing', async () => {
  expect((await pull({ action: 'opened' })).log).toContain('Job succeeded');
  const pushed = await repository.commit({ 'orders/index.mjs': 'export const handler = async () => 2;\n' });
  expect((await pull({ action: 'synchronize' }, pushed)).ok).toBe(true);
  expect((await pull({ action: 'opened', number: 8 })).ok).toBe(true);
  expect(await names()).toEqual(['orders-pr-7', 'orders-pr-8']);
  await fillBucket(aws, await bucketOf('orders-pr-7'), MANY, REGION);
  const closed = await pull({ action: 'closed' });
  expect(closed.log).toContain(`${2 * MANY} object versions deleted`);
  expect(await names()).toEqual(['orders-pr-8']);
  await pull({ action: 'reopened' });
  expect(await names()).toEqual(['orders-pr-7', 'orders-pr-8']);
  await pull({ action: 'closed' });
  await pull({ action: 'closed', number: 8 });
  expect(await resources()).toEqual(before);
  expect(github.deployments.map(({ statuses }) => statuses[0]?.state)).toEqual(
    github.deployments.map(() => 'inactive'),
  );
}, 900_000);

it('sweeps away what no workflow has ever closed', async () => {
  await pull({ action: 'opened' });
  await pull({ action: 'opened', number: 8 });
  await fillBucket(aws, await bucketOf('orders-pr-7'), 3, REGION);
  github.pulls.set(7, { state: 'closed', branch: 'branch-7' });
  github.pulls.set(8, { state: 'closed', branch: 'branch-8' });
  const swept = await repository.run({ name: 'workflow_dispatch', payload: {} }, env());
  expect(swept.log).toContain('Job succeeded');
  expect(await resources()).toEqual(before);
}, 600_000);

it('deploys main beside it, and says what runs where', async () => {
  const commit = await repository.commit({});
  const deployed = await repository.run(pushEvent(commit, commit), env());
  expect(deployed.log).toMatch(/production +orders +eu-central-1/);
  expect(github.deployments).toMatchObject([{ environment: 'production', production_environment: true }]);
}, 300_000);

it('lets a fork have one by a label that is set after its last push', async () => {
  const head = await repository.commit({ 'README.md': 'from a fork' });
  const base = await repository.commit({ 'README.md': 'ours' });
  const fork = (action: string, label?: string) =>
    repository.run(
      pullRequestTargetEvent(7, {
        headSha: head,
        baseSha: base,
        action,
        fork: true,
        ...(label && { label }),
      }),
      env(),
    );
  expect((await fork('labeled', 'bug')).log).toContain(
    'Set the label environment once its last push is reviewed',
  );
  expect(await names()).toEqual([]);
  expect((await fork('labeled', 'environment')).log).toContain('Job succeeded');
  expect(await names()).toEqual(['orders-pr-7']);
  await fork('closed');
  expect(await resources()).toEqual(before);
}, 300_000);
