import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

let aws: Emulator;
beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());

const template = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s before the change is executed leaves neither change set nor stack',
  async (signal) => {
    await aws.reset();
    let kill: (() => void) | undefined;
    const proxy = await startProxy(aws.endpoint, (call) => {
      if (call === 'DescribeChangeSet') kill?.();
    });
    const workspace = await makeWorkspace({ 'template.json': template });
    const result = await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'demo' },
      env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
      onStart: (child) => {
        kill = () => {
          child.kill(signal);
        };
      },
    });
    await workspace.remove();
    await proxy.stop();
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain(`${signal} received`);
    const client = new CloudFormationClient({
      region: 'us-east-1',
      endpoint: aws.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const changeSets = client.send(new ListChangeSetsCommand({ StackName: 'demo' })).then(
      ({ Summaries = [] }) => Summaries.filter(({ ExecutionStatus }) => ExecutionStatus === 'AVAILABLE'),
      () => [],
    );
    expect(await changeSets).toEqual([]);
    await expect(client.send(new DescribeStacksCommand({ StackName: 'demo' }))).rejects.toThrow(
      'does not exist',
    );
    client.destroy();
  },
);

/** An update that does not end by itself: it waits for a signal that nobody sends. */
const WAITING = JSON.stringify({
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic' },
    Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    Wait: {
      Type: 'AWS::CloudFormation::WaitCondition',
      Properties: { Handle: { Ref: 'Handle' }, Timeout: '300', Count: 1 },
    },
  },
});

it.each([true, false])(
  'SIGTERM during an update says what goes on in AWS, and stops it only with cancel-update: %s',
  async (wanted) => {
    await aws.reset();
    const workspace = await makeWorkspace({ 'template.json': template });
    const inputs = { 'stack-name': 'demo', 'cancel-update': String(wanted) };
    const created = await runAction({ workspace: workspace.path, inputs, env: { ...aws.env } });
    expect(created.exitCode).toBe(0);
    await writeFile(join(workspace.path, 'template.json'), WAITING);
    let kill: (() => void) | undefined;
    let executed = false;
    const calls: string[] = [];
    const proxy = await startProxy(aws.endpoint, (call) => {
      calls.push(call);
      // What is asked for after the execution is asked for while the update runs.
      if (executed && call === 'DescribeStacks') kill?.();
      executed ||= call === 'ExecuteChangeSet';
    });
    const result = await runAction({
      workspace: workspace.path,
      inputs,
      env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
      onStart: (child) => {
        kill = () => {
          kill = undefined;
          child.kill('SIGTERM');
        };
      },
    });
    await proxy.stop();
    await workspace.remove();
    expect(result.exitCode).toBe(1);
    const said = result.errors.join();
    expect(calls.includes('CancelUpdateStack')).toBe(wanted);
    expect(said).toMatch(
      wanted
        ? /cancelled; (the update is rolled back|CloudFormation is rolling the update back)/
        : /cancelled while CloudFormation was updating the stack; AWS goes on with it.*cancel-update-stack --stack-name demo/,
    );
  },
);
