import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';
import { all, files, NAMES, rows, states, template } from '../support/targets.ts';

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
it('begins no other of a wave after a failure, or goes on with fail-fast: false', async () => {
  await write(
    'sparta.targets.yml',
    JSON.stringify(
      ['a', 'b', 'c'].map((name) => ({
        name,
        stage: name,
        stackName: `orders-${name}`,
        region: 'us-east-1',
        parameters: name === 'a' ? { Break: 'yes' } : {},
      })),
    ),
  );
  const fast = await run({ 'max-parallel': '1' });
  expect(states(fast)).toEqual({ a: 'failed', b: 'not begun', c: 'not begun' });
  const slow = await run({ 'max-parallel': '1', 'fail-fast': 'false' });
  expect(slow.exitCode).toBe(1);
  expect(states(slow)).toEqual({ a: 'failed', b: 'changed', c: 'changed' });
});

it('says how all targets are, and deletes them, the last wave first, and nothing that others need', async () => {
  await run();
  const status = await run({ command: 'status' });
  expect(status.exitCode).toBe(0);
  expect(rows(status).map(({ status: each }) => each)).toEqual(NAMES.map(() => 'CREATE_COMPLETE'));
  proxy.inject({
    on: ({ operation, region }) => operation === 'DeleteStack' && region === 'us-east-1',
    fault: {
      status: 403,
      body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
    },
  });
  const kept = await run({ command: 'delete', 'fail-fast': 'false' });
  expect(kept.summary).toContain('needs it, and is not deleted');
  expect(
    proxy.calls.filter(({ operation, region }) => operation === 'DeleteStack' && region === 'us-west-2'),
  ).toEqual([]);
  proxy.clear();
  const deleted = await run({ command: 'delete' });
  expect(deleted.exitCode).toBe(0);
  const order = proxy.calls.filter(({ operation }) => operation === 'DeleteStack');
  expect(order.map(({ region }) => region)).toEqual(['us-east-1', 'us-east-1', 'us-west-2']);
});

it('goes on where every fifth call is throttled', async () => {
  let count = 0;
  proxy.inject({ on: () => ++count % 5 === 0, fault: 'throttling' });
  const result = await run();
  expect(result.errors).toEqual([]);
  expect(states(result)).toEqual(all('changed'));
});

it('waits for another run on the same target, and says for whom', async () => {
  const inputs = { target: 'canary', noop: 'false' };
  expect((await run(inputs)).exitCode).toBe(0);
  const client = new CloudFormationClient({
    region: 'us-west-2',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'not-a-secret' },
  });
  const waiting = await makeWorkspace(
    files({
      'template.json': template({
        Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
        Wait: {
          Type: 'AWS::CloudFormation::WaitCondition',
          Properties: { Handle: { Ref: 'Handle' }, Timeout: '20', Count: 1 },
        },
      }),
    }),
  );
  // It ends by itself: nobody signals that it is done, and the update is rolled back.
  let begun: () => void = () => undefined;
  const running = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const first = await startProxy(aws.endpoint, (name) => {
    if (name === 'DescribeStackEvents' && executed) begun();
    executed ||= name === 'ExecuteChangeSet';
  });
  let executed = false;
  const one = runAction({
    workspace: waiting.path,
    inputs: { targets: 'sparta.targets.yml', ...inputs },
    env: { ...aws.env, AWS_ENDPOINT_URL: first.url, GITHUB_RUN_ID: '4711' },
  });
  await running;
  await write('template.json', template({ Topic: { Type: 'AWS::SNS::Topic' } }));
  const two = await run(inputs);
  await one;
  expect(two.stdout).toContain('another operation, that of run 4711 of GitHub, runs on it');
  expect(two.errors).toEqual([]);
  expect(states(two)).toEqual({ canary: 'changed' });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: 'orders-canary' }));
  expect(Stacks[0]?.StackStatus).toBe('UPDATE_COMPLETE');
  client.destroy();
  await first.stop();
  await waiting.remove();
});
