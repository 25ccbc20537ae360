/** What CloudFormation is asked for besides the template, against the SDK's own model of the requests. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { requestChangeSet, type StackInput } from '../../../src/aws/stack/change-set.ts';
import { deleteStack } from '../../../src/aws/stack/delete-stack.ts';
import { settleStack } from '../../../src/aws/stack/settle.ts';
import { modelProblems } from '../../support/aws-model.ts';
import { startReplies } from '../../support/replies.ts';
import { connectTo, operation } from '../support.ts';

const ID = 'arn:aws:cloudformation:us-east-1:123456789012:stack/orders/1';
const ALARM = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors';

let statuses: string[] = [];
const calls: URLSearchParams[] = [];
let endpoint: Awaited<ReturnType<typeof startReplies>>;
let aws: Aws;
beforeAll(async () => {
  endpoint = await startReplies((action, body) => {
    calls.push(new URLSearchParams(body));
    if (action !== 'DescribeStacks') return action === 'CreateChangeSet' ? '<Id>arn:1</Id>' : '';
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    return `<Stacks><member><StackId>${ID}</StackId><StackName>orders</StackName><AliasName>shop</AliasName><StackStatus>${status}</StackStatus></member></Stacks>`;
  });
  aws = await connectTo(endpoint.url);
});
afterAll(() => endpoint.stop());
beforeEach(() => {
  calls.length = 0;
});

/** The parameters of the last such call, without those that every call has. */
function asked(action: string): Record<string, string> {
  const form = calls.findLast((each) => each.get('Action') === action);
  expect(modelProblems(String(form))).toEqual([]);
  return Object.fromEntries(form ?? []);
}

const change = async (more: Partial<StackInput>, type: 'CREATE' | 'UPDATE' = 'UPDATE') => {
  const input: StackInput = {
    stackName: 'orders',
    template: { body: '{}' },
    parameters: { Stage: undefined, Level: 'info' },
    tags: { team: 'orders' },
    capabilities: ['CAPABILITY_IAM'],
    onFailure: 'rollback',
    ...more,
  };
  await requestChangeSet(aws, { type, input, token: 'run-1' });
  return asked('CreateChangeSet');
};

describe('a change set', () => {
  it('is an ordinary one', async () => {
    const plain = await change({});
    expect(plain).toMatchObject({ OnStackFailure: 'ROLLBACK', IncludeNestedStacks: 'false' });
    expect(Object.keys(plain).filter((key) => /^(Deployment|Import|Rollback)/.test(key))).toEqual([]);
  });

  it.each([
    ['rollback', 'CREATE', { 'DeploymentConfig.DisableRollback': 'false' }],
    ['keep', 'CREATE', { 'DeploymentConfig.DisableRollback': 'true' }],
    ['keep', 'UPDATE', { 'DeploymentConfig.DisableRollback': 'true' }],
    ['delete', 'CREATE', { OnStackFailure: 'DELETE' }],
    ['delete', 'UPDATE', { 'DeploymentConfig.DisableRollback': 'false' }],
  ] as const)('in express mode, on-failure: %s, %s', async (onFailure, type, expected) => {
    const express = await change({ express: true, onFailure }, type);
    const told = Object.entries(express).filter(([key]) => /^(DeploymentConfig|OnStackFailure)/.test(key));
    expect(Object.fromEntries(told)).toEqual({ 'DeploymentConfig.Mode': 'EXPRESS', ...expected });
  });

  it('imports what exists, and reverts drift of a stack that is there', async () => {
    expect(await change({ importExisting: true, revertDrift: true })).toMatchObject({
      ImportExistingResources: 'true',
      DeploymentMode: 'REVERT_DRIFT',
    });
    expect(await change({ revertDrift: true }, 'CREATE')).not.toHaveProperty('DeploymentMode');
  });

  it('watches alarms', async () => {
    const alarms = [
      { arn: ALARM, composite: false },
      { arn: `${ALARM}-all`, composite: true },
    ];
    expect(await change({ rollbackConfiguration: { alarms, monitoringMinutes: 0 } })).toMatchObject({
      'RollbackConfiguration.RollbackTriggers.member.1.Arn': ALARM,
      'RollbackConfiguration.RollbackTriggers.member.1.Type': 'AWS::CloudWatch::Alarm',
      'RollbackConfiguration.RollbackTriggers.member.2.Type': 'AWS::CloudWatch::CompositeAlarm',
      'RollbackConfiguration.MonitoringTimeInMinutes': '0',
    });
    const none = await change({ rollbackConfiguration: { alarms: [] } });
    expect(none).toHaveProperty(['RollbackConfiguration.RollbackTriggers'], '');
    const minutes = await change({ rollbackConfiguration: { monitoringMinutes: 5 } });
    expect(minutes).not.toHaveProperty(['RollbackConfiguration.RollbackTriggers']);
  });
});

it('deletes a stack in express mode, under the name that it has, when it is called by its alias', async () => {
  statuses = ['UPDATE_COMPLETE', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE'];
  expect(await deleteStack(aws, 'shop', { express: true }, operation())).toMatchObject({ name: 'orders' });
  expect(asked('DeleteStack')).toMatchObject({ StackName: ID, 'DeploymentConfig.Mode': 'EXPRESS' });
  statuses = ['UPDATE_COMPLETE', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE'];
  await deleteStack(aws, 'orders', {}, operation());
  expect(asked('DeleteStack')).not.toHaveProperty(['DeploymentConfig.Mode']);
});

it('continues a rollback without whatever is in its way', async () => {
  statuses = ['UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'];
  const options = { ...operation(), resourcesToSkip: 'all' as const };
  expect(await settleStack(aws, 'orders', 'rollback', options)).toMatchObject({ alias: 'shop' });
  const continued = asked('ContinueUpdateRollback');
  expect(continued).toMatchObject({ ForceRollback: 'true' });
  expect(Object.keys(continued).filter((key) => key.startsWith('ResourcesToSkip'))).toEqual([]);
  expect(options.log.lines.join()).toContain('continued without what could not be rolled back');
});

it('is checked itself: the model knows what it does not have', () => {
  expect(modelProblems('Action=DeleteStack&DeploymentConfig.Mode=FAST&Wait=true')).toEqual([
    'DeleteStack lacks StackName',
    'DeleteStack: DeploymentConfig.Mode=FAST: it has to be one of EXPRESS, STANDARD',
    'DeleteStack: Wait=true: there is no Wait',
  ]);
});
