/** Who gets an environment, how many there are, when they go, and who hears of it. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { allResources } from '../support/all-resources.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import {
  checkOut,
  fillBucket,
  HEAD,
  makeBucket,
  makeStack,
  makeUploadBucket,
  type PullRequestCase,
  pullRequestCase,
  REGION,
  stacksIn,
} from '../support/environment-case.ts';
import { pushEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';

const QUEUE = 'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n';

let aws: Emulator;
let github: GitHubServer;
let pull: PullRequestCase;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  await makeUploadBucket(aws);
  github = await startGitHub();
  pull = await pullRequestCase(aws, github, { 'template.yaml': QUEUE });
});
afterEach(async () => {
  await github.stop();
  await pull.remove();
  expect(github.violations).toEqual([]);
});

const names = async () => Object.keys(await stacksIn(aws)).sort();

it('makes two at once, refuses a third where two are all, and deletes each with its own pull request', async () => {
  const before = await allResources(aws.endpoint, REGION);
  const both = await Promise.all([
    pull.event('opened', { number: 7 }),
    pullRequestCase(aws, github, { 'template.yaml': QUEUE }).then(async (other) => {
      const result = await other.event('opened', { number: 8, branch: 'other' });
      await other.remove();
      return result;
    }),
  ]);
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(await names()).toEqual(['orders-pr-7', 'orders-pr-8']);
  const third = await pull.event('opened', { number: 9, inputs: { 'max-environments': '2' } });
  expect(third.exitCode).toBe(1);
  expect(third.errors.join()).toMatch(
    /there is no room for pr-9: 2 of 2 environments are there already \(pr-7, pr-8\)\. Close one/,
  );
  expect((await pull.event('synchronize', { inputs: { 'max-environments': '2' } })).exitCode).toBe(0);
  await pull.event('closed', { number: 8 });
  expect(await names()).toEqual(['orders-pr-7']);
  await pull.event('closed');
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
});

it('says why there is none where only its other inputs are given', async () => {
  const inputs = { environment: '', 'expire-after': '3d', isolate: 'true' };
  const without = await pull.event('opened', { inputs });
  expect(without.outputs).toMatchObject({ operation: 'preview', environment: '' });
  expect(without.stdout).toContain(
    '::warning::This pull request gets no environment: without environment, nothing comes of isolate, expire-after. Give',
  );
  const lasting = await pull.event('opened', { inputs: { ...inputs, environment: 'staging' } });
  expect(lasting.stdout).toContain(
    'without {number} or {branch} in environment (staging), nothing comes of isolate, expire-after',
  );
  expect(await names()).toEqual([]);
});

it('gives a fork none, unless the label was set after its last push', async () => {
  const commit = checkOut(pull.path);
  const inputs = { 'fork-label': 'environment' };
  const fork = { fork: true, headSha: commit };
  const none = await pull.event('opened', fork);
  expect(none.stdout).toContain(
    'the pull request comes from a fork, and the input fork-label names no label',
  );
  expect(none.outputs).toMatchObject({ operation: 'preview', 'stack-name': 'orders', environment: '' });
  expect(none.summary).toContain('No environment: the pull request comes from a fork');
  for (const [action, label] of [
    ['synchronize', undefined],
    ['labeled', 'other'],
    ['reopened', 'environment'],
  ] as const) {
    const result = await pull.event(action, { ...fork, inputs, ...(label && { label }) });
    expect(result.outputs.operation).toBe('preview');
    expect(result.stdout).toContain('Set the label environment once its last push is reviewed');
  }
  const moved = await pull.event('labeled', { ...fork, headSha: HEAD, inputs, label: 'environment' });
  expect(moved.outputs.operation).toBe('preview');
  expect(moved.stdout).toContain('what is checked out is not the commit aaaaaaa that was labelled');
  expect(await names()).toEqual([]);
  const labelled = await pull.event('labeled', { ...fork, inputs, label: 'environment' });
  expect(labelled.outputs).toMatchObject({ operation: 'create', environment: 'pr-7' });
  expect((await pull.event('closed', fork)).stdout).toContain(
    'a pull request from a fork has no environment here',
  );
});

it('sweeps away what is closed, too old or without its branch, and nothing else', async () => {
  await pull.run({ 'stack-name': 'orders', environment: 'production', 'production-environment': 'true' });
  await pull.run({ 'stack-name': 'by-hand-pr-1' });
  for (const number of [1, 2, 3, 4, 5])
    await makeStack(aws, `orders-pr-${number}`, {
      'sparta:repository': number === 5 ? 'acme/other' : 'acme/orders',
      'sparta:environment': `pr-${number}`,
      'sparta:pull-request': String(number),
      'sparta:branch': `branch-${number}`,
      'sparta:commit': HEAD,
      'sparta:expires': new Date(Date.now() + (number === 2 ? 3600_000 : 86_400_000)).toISOString(),
    });
  github.pulls.set(1, { state: 'closed', branch: 'branch-1' });
  github.pulls.set(2, { state: 'open', branch: 'branch-2' });
  github.pulls.set(3, { state: 'open', branch: 'branch-3' });
  github.pulls.set(4, { state: 'open', branch: 'branch-4' });
  for (const number of [1, 2, 4]) github.branches.add(`branch-${number}`);
  const all = await names();
  const later = { NODE_OPTIONS: `--import=data:text/javascript,${LATER}` };

  const would = await pull.run({ command: 'sweep', noop: 'true' }, { env: later });
  expect(would.stdout).toContain('orders-pr-1 would be deleted: #1 is closed');
  expect(would.stdout).toContain('orders-pr-2 would be deleted: its time was over at');
  expect(would.stdout).toContain('orders-pr-3 would be deleted: the branch branch-3 of #3 is gone');
  expect(would.stdout).toContain('orders-pr-4 stays: its time is not over, and #4 is not known to be closed');
  expect(would.stdout).not.toContain('cannot be looked up');
  expect(await names()).toEqual(all);

  const swept = await pull.run({ command: 'sweep' }, { env: later });
  expect(swept.exitCode).toBe(0);
  expect(swept.outputs.operation).toBe('delete');
  expect(await names()).toEqual(['by-hand-pr-1', 'orders', 'orders-pr-4', 'orders-pr-5']);
  expect(JSON.parse(swept.outputs.stacks ?? '')).toMatchObject([{ stackName: 'orders-pr-4' }]);

  const status = await pull.run({ command: 'status' });
  expect(status.stdout).toMatch(/Environment +Stack +Region/);
  expect(JSON.parse(status.outputs.stacks ?? '')).toMatchObject([
    { stackName: 'orders-pr-4', environment: 'pr-4', pullRequest: 4, commit: HEAD, drift: 'NOT_CHECKED' },
    { stackName: 'orders', environment: 'production', status: 'CREATE_COMPLETE' },
  ]);
  expect(status.summary).toMatch(/\| pr-4 \| `orders-pr-4` \| us-east-1 \| aaaaaaa \| #4 \|/);
});

/** Two hours later, by the clock of the process. */
const LATER = encodeURIComponent('const now = Date.now; Date.now = () => now() + 2 * 3600 * 1000;');

it('leaves the stack of somebody else alone', async () => {
  await pull.run({ 'stack-name': 'orders-pr-7' });
  const refused = await pull.event('opened');
  expect(refused.exitCode).toBe(1);
  expect(refused.errors.join()).toContain(
    'orders-pr-7: a stack of this name is there already, and it is not an environment of this repository',
  );
  const closed = await pull.event('closed');
  expect(closed.stdout).toContain('orders-pr-7 stays: it does not carry the tags of this repository');
  expect(closed.stdout).not.toMatch(/uploaded objects deleted|There is no stack/);
  expect(await names()).toEqual(['orders-pr-7']);
});

it('says where the output that is to have the address has none', async () => {
  const missing = await pull.event('opened', { inputs: { 'environment-url': 'Nope' } });
  expect(missing.outputs).toMatchObject({ operation: 'create', 'environment-url': '' });
  expect(missing.stdout).toContain(
    '::warning::environment-url: Nope: orders-pr-7 has no output of this name',
  );
});

it('leaves what another pull request of the same branch has taken over', async () => {
  const inputs = { environment: 'of-{branch}' };
  await pull.event('opened', { inputs });
  await pull.event('opened', { inputs, number: 8 });
  const closed = await pull.event('closed', { inputs });
  expect(closed.exitCode).toBe(0);
  const [name = ''] = await names();
  expect(closed.stdout).toContain(`${name} stays: it is that of pull request #8 by now`);
  expect(closed.stdout).not.toMatch(/uploaded objects deleted|There is no stack/);
  await pull.event('closed', { inputs, number: 8 });
  expect(await names()).toEqual([]);
});

it('tells GitHub of deployments where it may, and fills in the address where the job has an environment', async () => {
  github.denied.add('deployments').add('checks');
  const denied = await pull.event('opened');
  expect(denied.exitCode).toBe(0);
  expect(denied.stdout.match(/GitHub shows no deployment or check of this: .*/g)).toEqual([
    'GitHub shows no deployment or check of this: `deployments: write` and `checks: write` are missing in the permissions of the job',
  ]);
  github.denied.clear();
  const runUrl = 'https://github.com/acme/orders/actions/runs/42';
  const ofJob = { id: 900, sha: HEAD, environment: 'live', task: 'deploy' };
  github.deployments.push({
    ...ofJob,
    transient_environment: false,
    production_environment: true,
    statuses: [{ state: 'in_progress', log_url: `${runUrl}/job/5` }],
  });
  const main = await pull.run(
    { 'stack-name': 'orders', environment: 'live' },
    { event: pushEvent(HEAD, HEAD), env: { GITHUB_SHA: HEAD } },
  );
  expect(main.exitCode).toBe(0);
  expect(github.deployments).toHaveLength(1);
  expect(github.deployments[0]?.statuses.map(({ state }) => state)).toEqual(['in_progress', 'in_progress']);
  const another = await pull.run(
    { 'stack-name': 'orders', environment: 'live', 'production-environment': 'true' },
    { event: pushEvent(HEAD, HEAD), env: { GITHUB_SHA: HEAD, GITHUB_RUN_ID: '43' } },
  );
  expect(another.outputs).toMatchObject({ operation: 'none', environment: 'live' });
  expect(github.deployments[1]).toMatchObject({ production_environment: true, transient_environment: false });
  expect(github.checks.map(({ name }) => name)).toEqual(['sparta / orders', 'sparta / orders']);
});

it('says why a deployment failed, to GitHub as well, and deletes what it left', async () => {
  // It is somebody else's, although a resource of the stack has its name.
  await makeBucket(aws, 'orders-pr-7-taken');
  await fillBucket(aws, 'orders-pr-7-taken', 1);
  const before = await allResources(aws.endpoint, REGION);
  const broken = await pullRequestCase(aws, github, {
    'template.yaml': `${QUEUE}  Taken:\n    Type: AWS::S3::Bucket\n    Properties: { BucketName: !Sub '\${AWS::StackName}-taken' }\n`,
  });
  const failed = await broken.event('opened');
  expect(failed.exitCode).toBe(1);
  expect((await stacksIn(aws))['orders-pr-7']?.StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(github.deployments[0]?.statuses[0]).toMatchObject({
    state: 'failure',
    description: expect.stringContaining('Taken: CREATE_FAILED'),
  });
  expect(github.checks).toMatchObject([
    {
      conclusion: 'failure',
      output: { annotations: [{ path: 'template.yaml', start_line: 4, annotation_level: 'failure' }] },
    },
  ]);
  const closed = await broken.event('closed');
  await broken.remove();
  expect(closed.exitCode).toBe(0);
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
});
