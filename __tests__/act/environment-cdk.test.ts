/** Copies of CDK applications: of several stacks, nested ones, and what they import from one another. */

import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { cdkModules, synthesise } from '../../scripts/cdk.ts';
import { allResources } from '../support/all-resources.ts';
import { bootstrap } from '../support/bootstrap.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { BASE, HEAD, makeUploadBucket, REGION, stacksIn } from '../support/environment-case.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { runAction } from '../support/runner.ts';

let aws: Emulator;
let github: GitHubServer;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  await makeUploadBucket(aws);
  github = await startGitHub();
});
afterEach(async () => {
  await github.stop();
  expect(github.violations).toEqual([]);
});

it('copies an application of two stacks with what one imports from the other', async () => {
  const cdk = await cdkModules();
  if ('missing' in cdk) throw new Error(cdk.missing);
  await bootstrap(aws);
  const workspace = await realpath(await mkdtemp(join(tmpdir(), 'copies-')));
  await symlink(cdk.modules, join(workspace, 'node_modules'));
  await writeFile(
    join(workspace, 'app.js'),
    `const cdk = require('aws-cdk-lib');
     const sqs = require('aws-cdk-lib/aws-sqs');
     const app = new cdk.App();
     const data = new cdk.Stack(app, 'Data');
     const queue = new sqs.Queue(data, 'Queue', { removalPolicy: cdk.RemovalPolicy.RETAIN });
     const api = new cdk.Stack(app, 'Api', { terminationProtection: true });
     new cdk.CfnOutput(api, 'QueueArn', { value: queue.queueArn });
     const part = new cdk.NestedStack(api, 'Part');
     new sqs.Queue(part, 'Own', { removalPolicy: cdk.RemovalPolicy.RETAIN });`,
  );
  await synthesise(workspace);
  const step = (action: string, inputs: Record<string, string> = {}) =>
    runAction({
      workspace,
      event: pullRequestEvent(7, { headSha: HEAD, baseSha: BASE, action }),
      env: { ...aws.env, GITHUB_API_URL: github.url },
      inputs: {
        source: 'cdk.out',
        cache: 'false',
        environment: 'pull-request',
        'github-token': 'token-canary',
        ...inputs,
      },
    });
  // What main deployed lies under the keys of the application's own templates.
  const main = await runAction({
    workspace,
    env: { ...aws.env },
    inputs: { source: 'cdk.out', cache: 'false', noop: 'false' },
  });
  expect(main.errors).toEqual([]);
  const before = await allResources(aws.endpoint, REGION);
  const refused = await step('opened');
  expect(refused.errors.join()).toContain('Data:ExportsOutput');
  const opened = await step('opened', { isolate: 'true' });
  expect(opened.errors).toEqual([]);
  const copies = Object.keys(await stacksIn(aws)).filter((name) => /^(Api|Data)-pr-7$/.test(name));
  expect(copies.sort()).toEqual(['Api-pr-7', 'Data-pr-7']);
  expect((await step('closed')).errors).toEqual([]);
  await rm(workspace, { recursive: true, force: true });
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
});
