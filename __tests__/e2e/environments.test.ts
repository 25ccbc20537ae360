/** Environments of pull requests, from the first push to the last thing that is deleted. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { allResources } from '../support/all-resources.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import {
  fillBucket,
  HEAD,
  makeUploadBucket,
  type PullRequestCase,
  pullRequestCase,
  REGION,
  stacksIn,
  tagsOf,
} from '../support/environment-case.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';

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
  pull = await pullRequestCase(aws, github);
});
afterEach(async () => {
  await github.stop();
  await pull.remove();
  expect(github.violations).toEqual([]);
});

const comment = () => github.comments.get(7)?.map(({ body }) => body) ?? [];
const states = (environment: string) =>
  github.deployments
    .filter((each) => each.environment === environment)
    .map(({ statuses }) => statuses[0]?.state);

async function invoke(name: string): Promise<void> {
  const client = new LambdaClient({
    region: REGION,
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new InvokeCommand({ FunctionName: name, Payload: '{}' }));
  client.destroy();
}

it('makes a stack of its own for a pull request, brings it up to date, and deletes it with all that it leaves', async () => {
  const before = await allResources(aws.endpoint, REGION);
  const opened = await pull.event('opened', {
    inputs: { 'expire-after': '3d', 'termination-protection': 'true' },
  });
  expect(opened.stdout).toContain('Orders');
  expect(opened.exitCode).toBe(0);
  expect(opened.outputs).toMatchObject({
    'stack-name': 'orders-pr-7',
    operation: 'create',
    environment: 'pr-7',
    'environment-url': 'https://orders.example.com',
  });
  const stack = (await stacksIn(aws))['orders-pr-7'];
  expect(stack?.EnableTerminationProtection).toBe(false);
  expect(tagsOf(stack ?? { StackName: '', CreationTime: undefined, StackStatus: undefined })).toMatchObject({
    'sparta:repository': 'acme/orders',
    'sparta:environment': 'pr-7',
    'sparta:pull-request': '7',
    'sparta:branch': 'change',
    'sparta:commit': HEAD,
    'sparta:run': '42/1',
    'sparta:expires': expect.stringMatching(/^20\d\d-/),
  });
  expect(comment()).toHaveLength(1);
  expect(comment()[0]).toMatch(/✅ orders-pr-7 · us-east-1: deployed \(5 added\)/);
  expect(comment()[0]).toContain('[open it](https://orders.example.com)');
  expect(comment()[0]).toMatch(/new · deleted when the pull request is closed, or after .* UTC \(2 days\)/);
  expect(comment()[0]).toContain(
    'Uploads (DeletionPolicy), Table (DeletionPolicy), Table (UpdateReplacePolicy), Table (DeletionProtectionEnabled)',
  );
  expect(opened.stdout).toContain('termination-protection is not set on pr-7');
  expect(github.deployments).toMatchObject([
    { environment: 'pr-7', sha: HEAD, transient_environment: true, production_environment: false },
  ]);
  expect(github.deployments[0]?.statuses.map(({ state }) => state)).toEqual(['success', 'in_progress']);
  expect(github.deployments[0]?.statuses[0]).toMatchObject({ environment_url: 'https://orders.example.com' });
  expect(github.checks).toMatchObject([{ name: 'sparta / orders', head_sha: HEAD, conclusion: 'success' }]);

  const again = await pull.event('synchronize', { inputs: { 'expire-after': '3d' } });
  expect(again.outputs).toMatchObject({ operation: 'none', changed: 'false' });
  await writeFile(join(pull.path, 'orders/index.mjs'), 'export const handler = async () => 2;\n');
  const pushed = await pull.event('synchronize', { inputs: { 'expire-after': '3d' } });
  expect(pushed.outputs).toMatchObject({ operation: 'update', 'stack-name': 'orders-pr-7' });
  expect(states('pr-7')).toEqual(['inactive', 'inactive', 'success']);
  expect(comment()).toHaveLength(1);

  await fillBucket(aws, opened.outputs.BucketName ?? '', 60);
  await invoke(opened.outputs.FunctionName ?? '');
  const full = await allResources(aws.endpoint, REGION);
  expect(full.filter((each) => each.startsWith('logs '))).toHaveLength(1);
  const closed = await pull.event('closed');
  expect(closed.stdout).toContain('120 object versions deleted');
  expect(closed.exitCode).toBe(0);
  expect(closed.outputs).toMatchObject({ operation: 'delete', 'stack-name': 'orders-pr-7' });
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
  expect(states('pr-7')).toEqual(['inactive', 'inactive', 'inactive']);
  expect(comment()).toEqual([expect.stringContaining('🗑️ orders-pr-7 · us-east-1: deleted')]);

  const nothing = await pull.event('closed');
  expect(nothing.outputs).toMatchObject({ operation: 'none' });
  const reopened = await pull.event('reopened');
  expect(reopened.outputs).toMatchObject({ operation: 'create' });
  await pull.event('closed');
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
});
