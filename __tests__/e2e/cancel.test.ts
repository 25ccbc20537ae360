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
