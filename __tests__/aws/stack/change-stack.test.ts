import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import type { StackInput } from '../../../src/aws/stack/change-set.ts';
import { changeStack } from '../../../src/aws/stack/change-stack.ts';
import { deleteStack } from '../../../src/aws/stack/delete-stack.ts';
import { settleStack } from '../../../src/aws/stack/settle.ts';
import { describeStack, setTerminationProtection } from '../../../src/aws/stack/stack.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { connectTo, operation, template } from '../support.ts';

let emulator: Emulator;
let aws: Aws;
beforeAll(async () => {
  emulator = await startEmulator();
  aws = await connectTo(emulator.endpoint);
});
afterAll(() => emulator.stop());
beforeEach(() => emulator.reset());

const TOPIC = template(
  { Topic: { Type: 'AWS::SNS::Topic' } },
  { Outputs: { Arn: { Value: { Ref: 'Topic' } } } },
);
const QUEUE = { Queue: { Type: 'AWS::SQS::Queue' } };
/** There is no such template. */
const BROKEN = {
  Broken: {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'https://s3.us-east-1.amazonaws.com/no-such-bucket/none.json' },
  },
};

const input = (body: string, more: Partial<StackInput> = {}): StackInput => ({
  stackName: 'orders',
  template: { body },
  parameters: {},
  tags: {},
  capabilities: [],
  onFailure: 'rollback',
  ...more,
});

let runs = 0;
async function deploy(body: string, more: Partial<StackInput> = {}, options = operation()) {
  const current = await settleStack(aws, 'orders', more.onFailure ?? 'rollback', options);
  const changes: string[] = [];
  const result = await changeStack(
    aws,
    { input: input(body, more), current, token: `run-${++runs}` },
    {
      ...options,
      onChanges: (found) =>
        changes.push(...found.changes.map(({ action, logicalId }) => `${action} ${logicalId}`)),
    },
  );
  return { result, changes, events: options.events, log: options.log };
}

async function changeSets(): Promise<string[]> {
  const { client, sdk } = await aws.cloudFormation();
  const { Summaries = [] } = await client.send(new sdk.ListChangeSetsCommand({ StackName: 'orders' }));
  return Summaries.map(
    ({ ChangeSetName = '', ExecutionStatus = '' }) => `${ChangeSetName} ${ExecutionStatus}`,
  );
}

describe('a deployment', () => {
  it('creates, finds no changes, updates, deletes', async () => {
    const created = await deploy(TOPIC, { tags: { team: 'orders' } });
    expect(created.result).toMatchObject({
      kind: 'created',
      stack: {
        status: 'CREATE_COMPLETE',
        tags: { team: 'orders' },
        outputs: { Arn: expect.stringContaining('arn:aws:sns') },
      },
    });
    expect(created.changes).toEqual(['Add Topic']);
    expect(created.events.map(({ logicalId, status }) => `${logicalId} ${status}`)).toEqual([
      'orders CREATE_IN_PROGRESS',
      'Topic CREATE_IN_PROGRESS',
      'Topic CREATE_COMPLETE',
      'orders CREATE_COMPLETE',
    ]);

    const again = await deploy(TOPIC);
    expect(again.result.kind).toBe('unchanged');
    expect(await changeSets()).toEqual([expect.stringContaining('EXECUTE_COMPLETE')]);

    const updated = await deploy(template({ Topic: { Type: 'AWS::SNS::Topic' }, ...QUEUE }));
    expect(updated.result).toMatchObject({
      kind: 'updated',
      // Without tags of its own, a deployment leaves those of the stack alone.
      stack: { status: 'UPDATE_COMPLETE', tags: { team: 'orders' } },
    });
    expect(updated.events[0]).toMatchObject({ logicalId: 'orders', status: 'UPDATE_IN_PROGRESS' });

    expect(await deleteStack(aws, 'orders', {}, operation())).toMatchObject({ name: 'orders' });
    expect(await describeStack(aws, 'orders')).toBeUndefined();
    expect(await deleteStack(aws, 'orders', {}, operation())).toBeUndefined();
  });

  it('keeps previous values and sets termination protection', async () => {
    const body = template(
      { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Name' } } } },
      { Parameters: { Name: { Type: 'String' } }, Outputs: { Name: { Value: { Ref: 'Name' } } } },
    );
    await deploy(body, { parameters: { Name: 'first' } });
    const { result } = await deploy(
      body.replace('"Resources":{', `"Resources":{"Queue":{"Type":"AWS::SQS::Queue"},`),
      {
        parameters: { Name: undefined },
      },
    );
    expect(result).toMatchObject({ kind: 'updated', stack: { outputs: { Name: 'first' } } });
    await setTerminationProtection(aws, 'orders', true);
    await expect(deleteStack(aws, 'orders', {}, operation())).rejects.toThrow(
      /termination-protection: false/,
    );
    await setTerminationProtection(aws, 'orders', false);
    await deleteStack(aws, 'orders', {}, operation());
  });

  it.each(['rollback', 'delete', 'keep'] as const)('that fails to create: %s', async (onFailure) => {
    const { result, events } = await deploy(template({ ...QUEUE, ...BROKEN }), { onFailure });
    expect(result).toMatchObject({ kind: 'failed', operation: 'create', cause: { logicalId: 'Broken' } });
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const status = (await describeStack(aws, 'orders'))?.status;
    expect(status).toBe(
      { rollback: 'ROLLBACK_COMPLETE', delete: undefined, keep: 'CREATE_FAILED' }[onFailure],
    );
    if (onFailure === 'keep') {
      await expect(deploy(TOPIC, { onFailure })).rejects.toThrow(/on-failure is keep/);
    }
    const { result: second, log } = await deploy(TOPIC);
    expect(second.kind).toBe('created');
    expect(log.lines.some((line) => /deleted and created again/.test(line))).toBe(onFailure !== 'delete');
  });

  it('that fails to update is rolled back', async () => {
    await deploy(TOPIC);
    const { result } = await deploy(template({ Topic: { Type: 'AWS::SNS::Topic' }, ...BROKEN }));
    expect(result).toMatchObject({
      kind: 'failed',
      operation: 'update',
      stack: { status: 'UPDATE_ROLLBACK_COMPLETE' },
      cause: { logicalId: 'Broken' },
    });
  });

  it('that CloudFormation refuses leaves nothing behind', async () => {
    const lacking = template(
      { Topic: { Type: 'AWS::SNS::Topic' } },
      { Parameters: { A: { Type: 'String' } } },
    );
    await expect(deploy(lacking)).rejects.toThrow(/creating a change set for orders failed/);
    expect(await describeStack(aws, 'orders')).toBeUndefined();
  });

  it('waits for another that is running', async () => {
    const first = deploy(template({ Slow: { Type: 'AWS::SNS::Topic' }, ...QUEUE }));
    while ((await describeStack(aws, 'orders'))?.status !== 'CREATE_IN_PROGRESS') {
      if ((await describeStack(aws, 'orders'))?.status === 'CREATE_COMPLETE') break;
    }
    const second = await deploy(TOPIC);
    expect((await first).result.kind).toBe('created');
    expect(second.result.kind).toBe('updated');
  });
});

describe('a cancellation', () => {
  it('before the execution deletes the change set and the empty stack', async () => {
    const abort = new AbortController();
    const options = operation({ signal: abort.signal });
    const deployed = changeStack(
      aws,
      { input: input(TOPIC), current: undefined, token: 'cancelled' },
      {
        ...options,
        onChanges: () => abort.abort(),
      },
    );
    await expect(deployed).rejects.toThrow(/cancelled before anything was changed/);
    expect(await describeStack(aws, 'orders')).toBeUndefined();
  });

  it('during the change says what goes on', async () => {
    const abort = new AbortController();
    const options = operation({ signal: abort.signal });
    const deployed = changeStack(
      aws,
      { input: input(TOPIC), current: undefined, token: 'during' },
      {
        ...options,
        onChanges: () => undefined,
        onEvent: () => abort.abort(),
      },
    );
    await expect(deployed).rejects.toThrow(
      /cancelled while CloudFormation was creating the stack.*describe-stack-events/,
    );
    const settled = await settleStack(aws, 'orders', 'rollback', operation());
    expect(settled?.status).toBe('CREATE_COMPLETE');
  });
});

it('uses the empty stack that a run left behind, and deletes its failed change set', async () => {
  const { client, sdk } = await aws.cloudFormation();
  await client.send(
    new sdk.CreateChangeSetCommand({
      StackName: 'orders',
      ChangeSetName: 'sparta-left',
      ChangeSetType: 'CREATE',
      TemplateBody: TOPIC,
    }),
  );
  expect((await describeStack(aws, 'orders'))?.status).toBe('REVIEW_IN_PROGRESS');
  const { result } = await deploy(TOPIC);
  expect(result.kind).toBe('created');
  expect(await changeSets()).toHaveLength(1);
});
