/** Stack sets: where instances are, how an operation goes, and what is told of it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Mode } from '../../src/parse/modes.ts';
import { stackSetGrants } from '../../src/policies/stack-set-calls.ts';
import { callName } from '../support/aws-calls.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { ALWAYS_ALLOWED, iamAction } from '../support/iam-actions.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction, type StepOptions, type StepResult } from '../support/runner.ts';
import { type StackSetServer, startStackSets } from '../support/stack-sets.ts';
import { startTokenService } from '../support/token-service.ts';

const [ONE, TWO, THREE] = ['111111111111', '222222222222', '333333333333'] as const;
const REGIONS = ['eu-central-1', 'us-east-1'];
const UNIT = 'ou-ab12-34567890';
const SETTINGS = `regions: [${REGIONS.join(', ')}]\naccounts: [${ONE}, ${TWO}, ${THREE}]\nmax-concurrent: 6\n`;
const topic = (displayName: string) =>
  `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      DisplayName: ${displayName}\n`;

let emulator: Emulator;
let aws: StackSetServer;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.reset();
  aws = await startStackSets(emulator.endpoint, { [UNIT]: [ONE, TWO] });
});
afterEach(async () => {
  await aws.stop();
  await workspace.remove();
  expect(aws.problems).toEqual([]);
});

const step = (inputs: Record<string, string>, options: Partial<StepOptions> = {}): Promise<StepResult> =>
  runAction({
    workspace: workspace.path,
    inputs: {
      'stack-name': 'orders',
      'deploy-to': 'stack-set',
      'stack-set': SETTINGS,
      cache: 'false',
      ...inputs,
    },
    ...options,
    env: { ...emulator.env, AWS_ENDPOINT_URL: aws.url, ...options.env },
  });
const withTemplate = async (text: string) => {
  workspace = await makeWorkspace({ 'template.yaml': text });
};
const write = async (text: string) =>
  (await import('node:fs/promises')).writeFile(`${workspace.path}/template.yaml`, text);
const operations = () =>
  aws.calls.map(({ action }) => action).filter((action) => /^(Create|Update|Delete|Detect)/.test(action));
const placesOf = (name: string) =>
  aws
    .instances(name)
    .map(({ account, region, status }) => `${account} ${region} ${status}`)
    .sort();
const ALL = [ONE, TWO, THREE]
  .flatMap((account) => REGIONS.map((region) => `${account} ${region} CURRENT`))
  .sort();

describe('a self-managed stack set in three accounts and two regions', () => {
  it('is previewed, created, left alone, updated, made smaller, and deleted', async () => {
    await withTemplate(topic('Orders'));
    const preview = await step({ noop: 'true' });
    expect(preview.exitCode).toBe(0);
    expect(operations()).toEqual([]);
    expect(preview.summary).toContain('1 added, 6 instances added');
    expect(preview.summary).toContain('| …1111 | 🟢 added | 🟢 added |');
    expect(preview.summary).not.toContain(ONE);

    const created = await step({});
    expect(created.stdout).not.toContain('::error');
    expect(created.outputs).toMatchObject({
      operation: 'create',
      changed: 'true',
      'stack-id': 'orders:1',
      'stack-status': 'SUCCEEDED',
    });
    expect(placesOf('orders')).toEqual(ALL);
    expect(operations()).toEqual(['CreateStackSet', 'CreateStackInstances']);
    expect(created.summary).toContain('| …2222 | ✅ added | ✅ added |');
    expect(aws.calls.find(({ action }) => action === 'CreateStackInstances')?.form).toMatchObject({
      'OperationPreferences.RegionOrder.member.1': 'eu-central-1',
      'OperationPreferences.RegionOrder.member.2': 'us-east-1',
      'OperationPreferences.MaxConcurrentCount': '6',
    });

    const same = await step({});
    expect(same.outputs).toMatchObject({ operation: 'none', changed: 'false' });
    expect(operations()).toHaveLength(2);

    await write(topic('All orders'));
    const changes = await step({ noop: 'true' });
    expect(changes.summary).toContain('1 updated, 6 instances updated');
    aws.beginForeign('orders');
    const updated = await step({});
    expect(updated.stdout).toContain('another operation runs on it (UPDATE foreign)');
    expect(updated.outputs).toMatchObject({ operation: 'update', changed: 'true' });
    expect(updated.summary).toContain('| …3333 | ✅ updated | ✅ updated |');

    const smaller = { 'stack-set': SETTINGS.replace(`, ${THREE}`, '') };
    expect((await step({ noop: 'true', ...smaller })).summary).toContain(
      'loses 2 instances: their stacks are deleted',
    );
    await step(smaller);
    expect(placesOf('orders')).toEqual(ALL.filter((each) => !each.startsWith(THREE)));

    const gone = await step({ command: 'delete' });
    expect(gone.exitCode).toBe(0);
    expect(gone.outputs).toMatchObject({ operation: 'delete' });
    expect(operations().slice(-2)).toEqual(['DeleteStackInstances', 'DeleteStackSet']);
    expect((await step({ command: 'delete' })).stdout).toContain('There is no stack set orders');
  });

  it('says why the first instance failed, and does only the rest when it is run again', async () => {
    await withTemplate(topic('Orders'));
    const reason =
      'ResourceLogicalId:Topic, ResourceType:AWS::SNS::Topic, ResourceStatusReason:orders already exists.';
    aws.failAt(TWO, 'us-east-1', reason);
    const failed = await step({});
    expect(failed.exitCode).toBe(1);
    expect(failed.errors.join()).toContain(
      '1 of 6 instances failed; …2222 us-east-1: Topic (AWS::SNS::Topic): orders already exists.',
    );
    expect(failed.errors.join()).toContain('delete the other resource, or import it');
    expect(failed.stdout).toContain('file=template.yaml,line=2');
    expect(failed.summary).toContain('| …2222 | ✅ added | ❌ failed |');

    aws.failAt(TWO, 'us-east-1', undefined);
    const again = await step({});
    expect(again.exitCode).toBe(0);
    expect(again.summary).toContain('1 instance updated');
    expect(placesOf('orders')).toEqual(ALL);
  });

  it('stops at its tolerance, and tells what was not begun', async () => {
    await withTemplate(topic('Orders'));
    aws.failAt(
      ONE,
      'eu-central-1',
      "Account 111111111111 should have 'AWSCloudFormationStackSetExecutionRole' role with trust relationship to Role 'AWSCloudFormationStackSetAdministrationRole'.",
    );
    const failed = await step({ 'stack-set': SETTINGS.replace('max-concurrent: 6', 'max-concurrent: 1') });
    expect(failed.errors.join()).toContain('1 of 6 instances failed; 5 were not begun');
    expect(failed.errors.join()).toContain('Make the execution role in that account');
    expect(failed.errors.join()).not.toContain(ONE);
  });

  it('tells drift in previews and by status', async () => {
    await withTemplate(topic('Orders'));
    await step({});
    aws.driftAt('orders', TWO, 'eu-central-1');
    const line = '…2222 eu-central-1: Topic (AWS::SNS::Topic) was modified: /DisplayName';
    const preview = await step({ noop: 'true', drift: 'true' });
    expect(preview.outputs.drift).toBe(line);
    const status = await step({ command: 'status', 'fail-on': 'drift' });
    expect(status.exitCode).toBe(1);
    expect(status.outputs.drift).toBe(line);
  });

  it('stops the operation of a run that is cancelled, where that is wanted', async () => {
    await withTemplate(topic('Orders'));
    let runs: { kill(signal: 'SIGINT'): void } | undefined;
    aws.onCall((action) => {
      if (action === 'DescribeStackSetOperation') runs?.kill('SIGINT');
    });
    const cancelled = await step(
      { 'cancel-update': 'true', 'stack-set': SETTINGS.replace('max-concurrent: 6', 'max-concurrent: 1') },
      {
        onStart: (child) => {
          runs = child;
        },
      },
    );
    expect(cancelled.exitCode).toBe(1);
    expect(cancelled.errors.join()).toContain('cancelled; AWS stops the operation');
    expect(aws.calls.map(({ action }) => action)).toContain('StopStackSetOperation');
  });

  it('renews credentials that expire while an operation runs', async () => {
    await withTemplate(topic('Orders'));
    const role = 'arn:aws:iam::000000000000:role/deploy';
    const service = await startTokenService({ target: aws.url, roles: { [role]: { sub: 's' } }, sub: 's' });
    const moments = ['CreateStackInstances', 'DescribeStackSetOperation', 'ListStackSetOperationResults'];
    service.expireAt(moments);
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...own } = emulator.env;
    const done = await runAction({
      workspace: workspace.path,
      inputs: {
        'stack-name': 'orders',
        'deploy-to': 'stack-set',
        'stack-set': SETTINGS,
        cache: 'false',
        'role-to-assume': role,
      },
      env: { ...own, ...service.env },
    });
    await service.stop();
    expect(done.exitCode).toBe(0);
    expect([...service.refused].sort()).toEqual([...moments].sort());
    expect(placesOf('orders')).toEqual(ALL);
  });
});

it('a service-managed stack set has the accounts of its organisational units', async () => {
  await withTemplate(topic('Orders'));
  const settings = `regions: [us-east-1]\norganizational-units: ${UNIT}\nexcept-accounts: [${TWO}]\nauto-deployment: true\n`;
  const preview = await step({ noop: 'true', 'stack-set': settings });
  expect(preview.summary).toContain(`| ${UNIT} | 🟢 added |`);
  const done = await step({ 'stack-set': settings });
  expect(done.stdout).not.toContain('::error');
  expect(done.summary).toContain('| …1111 | ✅ added |');
  expect(aws.calls.find(({ action }) => action === 'CreateStackSet')?.form).toMatchObject({
    PermissionModel: 'SERVICE_MANAGED',
    'AutoDeployment.Enabled': 'true',
  });
  expect((await step({ 'stack-set': settings })).outputs.operation).toBe('none');
  const off = await step({ noop: 'true', 'stack-set': settings.replace('auto-deployment: true', '') });
  expect(off.summary).toContain('1 setting');
  const other = await step({ noop: 'true' });
  expect(other.errors.join()).toContain('its kind cannot be changed');
});

/** What ordinary runs do not call: for updates, smaller sets, failures, and uploads in parts. */
const ELSEWHERE = [
  'cloudformation:DeleteStackInstances',
  'cloudformation:ListStackSetOperations',
  'cloudformation:UpdateStackSet',
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:ListBucketMultipartUploads',
];

it('code goes to a bucket of each region, which the accounts may read; every call is in the policy of its mode', async () => {
  workspace = await makeWorkspace({
    'sparta.config.yml': [
      'name: orders',
      'functions:',
      '  take:',
      '    handler: index.handler',
      '    runtime: nodejs24.x',
      '    build: { kind: command, command: mkdir out && cp index.mjs out, output: out }',
      '',
    ].join('\n'),
    'index.mjs': 'export const handler = async () => 1;\n',
  });
  const called = new Map<Mode, Set<string>>();
  const noted = async (mode: Mode, inputs: Record<string, string>): Promise<StepResult> => {
    const calls = new Set<string>();
    called.set(mode, calls);
    const proxy = await startProxy(aws.url, (_name, { method, url, headers, body }) => {
      calls.add(iamAction(callName(method, url, headers, body)));
    });
    const done = await step(inputs, { env: { AWS_ENDPOINT_URL: proxy.url } });
    await proxy.stop();
    expect(done.errors).toEqual([]);
    return done;
  };
  const { stdout } = await noted('deploy', {});
  expect(stdout).toContain(
    'Letting 3 accounts read the code of orders in the bucket sparta-000000000000-eu-central-1',
  );
  expect(aws.templateOf('orders')).toContain('{"Fn::Sub":"sparta-000000000000-${AWS::Region}"}');
  const preview = await noted('preview', { noop: 'true' });
  expect(preview.outputs.changed).toBe('false');
  aws.driftAt('orders', ONE, 'us-east-1');
  await noted('drift', { command: 'status', drift: 'true' });
  await noted('delete', { command: 'delete' });

  const place = {
    partition: 'aws',
    region: 'us-east-1',
    account: '000000000000',
    stackName: 'orders',
    artifacts: { bucket: 'sparta-000000000000-us-east-1', prefix: 'orders/' },
  };
  const facts = { regions: REGIONS, hasCode: true, ownBucket: false, administrationRole: undefined };
  for (const [mode, calls] of called) {
    const granted = stackSetGrants([mode], facts, place).map(({ action }) => action);
    expect([...calls].filter((action) => !ALWAYS_ALLOWED.has(action) && !granted.includes(action))).toEqual(
      [],
    );
    expect(granted.filter((action) => !calls.has(action) && !ELSEWHERE.includes(action))).toEqual([]);
  }
});

it('what stack sets cannot be is told at once', async () => {
  await withTemplate(topic('Orders'));
  const wrong = await step({ 'stack-set': '', inplace: 'true', 'on-failure': 'keep', drift: 'revert' });
  expect(wrong.exitCode).toBe(1);
  for (const input of ['input stack-set', 'input inplace', 'input on-failure', 'input drift'])
    expect(wrong.errors.join('\n')).toContain(input);
});

describe('stack sets of several targets', () => {
  it('are previewed and deployed, each by its name, and are told of together', async () => {
    await withTemplate(topic('Orders'));
    const targets = ['dev', 'prod'].map((stage) => ({ name: stage, stage, stackName: `orders-${stage}` }));
    const inputs = { 'stack-name': '', targets: JSON.stringify(targets) };
    const preview = await step({ ...inputs, noop: 'true' });
    expect(preview.errors).toEqual([]);
    expect(operations()).toEqual([]);
    const created = await step(inputs);
    expect(created.errors).toEqual([]);
    expect([placesOf('orders-dev'), placesOf('orders-prod')]).toEqual([ALL, ALL]);
    const rows = JSON.parse(created.outputs.targets ?? '') as readonly Record<string, unknown>[];
    expect(rows.map(({ name, stack, state, operation }) => [name, stack, state, operation])).toEqual([
      ['dev', 'orders-dev', 'changed', 'create'],
      ['prod', 'orders-prod', 'changed', 'create'],
    ]);
    const again = await step(inputs);
    expect(again.outputs).toMatchObject({ operation: 'none', changed: 'false' });
  });
});
