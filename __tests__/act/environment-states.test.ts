/** Environments that are closed at a bad time: while they are made, after a run was killed, in states of failure. */

import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { allResources } from '../support/all-resources.ts';
import { awsRequest } from '../support/aws-request.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import {
  FILES,
  makeUploadBucket,
  type PullRequestCase,
  pullRequestCase,
  REGION,
  stacksIn,
} from '../support/environment-case.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';
import { type OnCall, startProxy } from '../support/proxy.ts';

const STACK = 'orders-pr-7';
/** It is being created until somebody signals. */
const WAITS = `${FILES['template.yaml'].replace('Outputs:', '')}`.replace(
  'Resources:\n',
  `Resources:
  Handle: { Type: AWS::CloudFormation::WaitConditionHandle }
  Wait: { Type: AWS::CloudFormation::WaitCondition, DependsOn: [Orders, Uploads, Table], Properties: { Handle: !Ref Handle, Timeout: '600' } }
`,
);

let aws: Emulator;
let github: GitHubServer;
let pull: PullRequestCase | undefined;
let before: readonly string[];
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  await makeUploadBucket(aws);
  before = await allResources(aws.endpoint, REGION);
  github = await startGitHub();
});
afterEach(async () => {
  await github.stop();
  await pull?.remove();
  expect(github.violations).toEqual([]);
});

const statusNow = async () => (await stacksIn(aws))[STACK]?.StackStatus;

async function until(status: string): Promise<void> {
  for (let at = 0; (await statusNow()) !== status; at++) {
    if (at === 300) throw new Error(`the stack is ${await statusNow()}, not ${status}`);
    await pause(100);
  }
}

async function expectGone(result: {
  readonly exitCode: number | null;
  readonly stdout: string;
}): Promise<void> {
  expect(result.stdout).toContain(`${STACK} is deleted`);
  expect(result.exitCode).toBe(0);
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
}

it.each(['SIGINT', 'SIGKILL'] as const)(
  'is closed while it is made, by a run that was ended by %s',
  async (signal) => {
    const template = WAITS.slice(0, WAITS.indexOf('  BucketName:'));
    pull = await pullRequestCase(aws, github, { ...FILES, 'template.yaml': template });
    let child: ChildProcess | undefined;
    const opened = pull.event('opened', {
      onStart: (started) => {
        child = started;
      },
    });
    await until('CREATE_IN_PROGRESS');
    child?.kill(signal);
    await opened;
    expect(await statusNow()).toBe('CREATE_IN_PROGRESS');
    await expectGone(await pull.event('closed'));
  },
);

it('is closed while it is updated, which is cancelled', async () => {
  pull = await pullRequestCase(aws, github);
  await pull.event('opened');
  const second = await pullRequestCase(aws, github, {
    ...FILES,
    // The emulator cancels what it waits for at its end.
    'template.yaml': WAITS.slice(0, WAITS.indexOf('  BucketName:')).replace("'600'", "'20'"),
  });
  let child: ChildProcess | undefined;
  const pushed = second.event('synchronize', {
    onStart: (started) => {
      child = started;
    },
  });
  await until('UPDATE_IN_PROGRESS');
  child?.kill('SIGKILL');
  await pushed;
  await second.remove();
  await expectGone(await pull.event('closed'));
});

/** A run that is killed when it makes a call. */
async function killedAt(call: string): Promise<void> {
  pull = await pullRequestCase(aws, github);
  let child: ChildProcess | undefined;
  const onCall: OnCall = (name) => {
    if (name === call) child?.kill('SIGKILL');
  };
  const proxy = await startProxy(aws.endpoint, onCall);
  await pull.event('opened', {
    env: { AWS_ENDPOINT_URL: proxy.url },
    onStart: (started) => {
      child = started;
    },
  });
  await proxy.stop();
}

it('is closed after its run was killed before it changed anything', async () => {
  await killedAt('DescribeChangeSet');
  expect(await statusNow()).toBe('REVIEW_IN_PROGRESS');
  await expectGone((await pull?.event('closed')) ?? { exitCode: 1, stdout: '' });
});

it('is swept away after its run was killed before it changed anything', async () => {
  await killedAt('DescribeChangeSet');
  github.pulls.set(7, { state: 'closed', branch: 'change' });
  await expectGone((await pull?.run({ command: 'sweep' })) ?? { exitCode: 1, stdout: '' });
});

it('leaves no upload either, where a run was killed before there was a stack', async () => {
  await killedAt('CreateChangeSet');
  await pull?.event('closed');
  expect(await allResources(aws.endpoint, REGION)).toEqual(before);
});

it('is deleted once what kept it in DELETE_FAILED is gone, and says what it is', async () => {
  pull = await pullRequestCase(aws, github, {
    'template.yaml':
      'Resources:\n  Net:\n    Type: AWS::EC2::VPC\n    Properties: { CidrBlock: 10.0.0.0/16 }\nOutputs: { Id: { Value: !Ref Net } }\n',
  });
  const opened = await pull.event('opened');
  const ec2 = (form: Record<string, string>) =>
    awsRequest(aws.endpoint, 'ec2', { form: { Version: '2016-11-15', ...form } });
  const subnet = String(
    await ec2({ Action: 'CreateSubnet', VpcId: opened.outputs.Id ?? '', CidrBlock: '10.0.1.0/24' }),
  );
  const client = new CloudFormationClient({
    endpoint: aws.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await client.send(new DeleteStackCommand({ StackName: STACK }));
  client.destroy();
  await until('DELETE_FAILED');
  const failed = await pull.event('closed');
  expect(failed.exitCode).toBe(1);
  expect(failed.errors.join()).toContain('Net: DELETE_FAILED: AWS::EC2::VPC');
  expect(github.deployments.at(-1)?.statuses[0]?.state).toBe('success');
  await ec2({ Action: 'DeleteSubnet', SubnetId: /<subnetId>([^<]+)/.exec(subnet)?.[1] ?? '' });
  await expectGone(await pull.event('closed'));
});

it.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'UPDATE_ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'])(
  'is deleted when it is %s',
  async (status) => {
    pull = await pullRequestCase(aws, github);
    await pull.event('opened');
    let isAsked = false;
    const onCall: OnCall = async (name, { url, method, headers, body }) => {
      if (name === 'DeleteStack') isAsked = true;
      if (name !== 'DescribeStacks' || isAsked) return undefined;
      const { 'content-type': type, authorization } = headers;
      const reply = await fetch(`${aws.endpoint}${url}`, {
        method,
        headers: { 'content-type': String(type), authorization: String(authorization) },
        body: body.toString(),
      });
      const text = await reply.text();
      return { status: reply.status, body: text.replaceAll(/<StackStatus>\w+/g, `<StackStatus>${status}`) };
    };
    const proxy = await startProxy(aws.endpoint, onCall);
    const closed = await pull.event('closed', { env: { AWS_ENDPOINT_URL: proxy.url } });
    await proxy.stop();
    await expectGone(closed);
  },
);
