/**
 * Stack sets on moto, which makes their stacks. moto 5.2.5 lacks DetectStackSetDrift and ListStackInstanceResourceDrifts;
 * operations that take time, fail, are queued or refused; tolerance and preferences; pages; results of UpdateStackSet; and the
 * OperationId of a request for instances, in whose place its answer has another one. e2e/stack-sets.test.ts has a stand-in for these.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { connect } from '../../src/aws/connection/clients.ts';
import { awsRequest } from '../support/aws-request.ts';
import type { Emulator } from '../support/emulator.ts';
import { startMoto } from '../support/moto.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const ACCOUNTS = ['222222222222', '333333333333', '444444444444'];
const REGIONS = ['eu-west-1', 'us-east-1'];
const topic = (displayName: string) =>
  `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties: { TopicName: orders, DisplayName: ${displayName} }\n`;

let aws: Emulator;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  aws = await startMoto();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  workspace = await makeWorkspace({ 'template.yaml': topic('Orders') });
});
afterEach(() => workspace.remove());

const step = (stackSet: string, inputs: Readonly<Record<string, string>> = {}) =>
  runAction({
    workspace: workspace.path,
    inputs: {
      'stack-name': 'orders',
      'deploy-to': 'stack-set',
      'stack-set': stackSet,
      cache: 'false',
      ...inputs,
    },
    env: aws.env,
  });

/** The stacks that are there, by account and region. */
async function stacks(): Promise<readonly string[]> {
  const own = await connect({ region: 'us-east-1', env: aws.env, version: 'test' });
  const found: string[] = [];
  for (const account of ACCOUNTS)
    for (const region of REGIONS) {
      const there = own.assume({ arn: `arn:aws:iam::${account}:role/any` }, region);
      const { client, sdk } = await there.cloudFormation();
      const { Stacks = [] } = await client.send(new sdk.DescribeStacksCommand({}));
      for (const { StackName } of Stacks) found.push(`${account} ${region} ${StackName}`);
    }
  return found;
}

it('makes, changes and deletes the stacks of three accounts in two regions', async () => {
  // Its clients are given their endpoint and credentials as programs are.
  Object.assign(process.env, aws.env);
  const all = `regions: [${REGIONS.join(', ')}]\naccounts: [${ACCOUNTS.join(', ')}]\nfailure-tolerance: 1\nmax-concurrent: 2\n`;
  const created = await step(all);
  expect(created.errors).toEqual([]);
  expect(created.outputs).toMatchObject({ operation: 'create', 'stack-status': 'SUCCEEDED' });
  expect(created.summary).toContain('| …3333 | ✅ added | ✅ added |');
  expect(await stacks()).toEqual(
    ACCOUNTS.flatMap((account) => REGIONS.map((region) => `${account} ${region} StackSet:orders`)),
  );
  expect((await step(all)).outputs.operation).toBe('none');

  const { writeFile } = await import('node:fs/promises');
  await writeFile(`${workspace.path}/template.yaml`, topic('All'));
  expect((await step(all, { noop: 'true' })).summary).toContain('1 updated, 6 instances updated');
  expect((await step(all)).outputs.operation).toBe('update');

  const fewer = all.replace(', 444444444444', '');
  expect((await step(fewer)).errors).toEqual([]);
  expect(await stacks()).toHaveLength(4);
  expect((await step(fewer, { command: 'delete' })).errors).toEqual([]);
  expect(await stacks()).toEqual([]);
});

it('has the accounts of an organisational unit', async () => {
  const organizations = (operation: string, json: unknown) =>
    awsRequest(aws.endpoint, 'organizations', {
      target: `AWSOrganizationsV20161128.${operation}`,
      json,
      version: '1.1',
    });
  await organizations('CreateOrganization', { FeatureSet: 'ALL' });
  const { Roots } = (await organizations('ListRoots', {})) as { Roots: { Id: string }[] };
  const root = Roots[0]?.Id ?? '';
  const { OrganizationalUnit } = (await organizations('CreateOrganizationalUnit', {
    ParentId: root,
    Name: 'services',
  })) as { OrganizationalUnit: { Id: string } };
  const { CreateAccountStatus } = (await organizations('CreateAccount', {
    AccountName: 'one',
    Email: 'one@example.com',
  })) as { CreateAccountStatus: { AccountId: string } };
  const { AccountId } = CreateAccountStatus;
  await organizations('MoveAccount', {
    AccountId,
    SourceParentId: root,
    DestinationParentId: OrganizationalUnit.Id,
  });
  const settings = `regions: [us-east-1]\norganizational-units: ${OrganizationalUnit.Id}\nauto-deployment: true\n`;
  const created = await step(settings);
  expect(created.errors).toEqual([]);
  expect(created.outputs.operation).toBe('create');
});
