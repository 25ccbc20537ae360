import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUEUE_DEFAULTS } from '../../../src/local/queues/attributes.ts';
import { type RunningService, serveService } from '../../../src/local/service/index.ts';
import { HERE_ORIGIN } from '../../../src/local/service/places.ts';
import { EMPTY_PLAN } from '../../../src/local/service/plan.ts';
import type { JsonObject } from '../../../src/template/types.ts';
import { alone } from './machine.ts';

const ACCOUNT = '123456789012';
const arnOf = (name: string) => `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:${name}`;
const machine = (name: string, type: 'STANDARD' | 'EXPRESS', definition: JsonObject) => ({
  logicalId: name,
  name,
  arn: arnOf(name),
  type,
  definition,
  roleArn: '',
  qualifiers: [],
});

let folder: string;
let service: RunningService;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'machines-'));
  service = await serveService({
    functions: [],
    routes: [],
    plan: {
      ...EMPTY_PLAN,
      queues: [{ ...QUEUE_DEFAULTS, name: 'asked', arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:asked` }],
      machines: [
        machine(
          'Ask',
          'STANDARD',
          alone({
            Type: 'Task',
            Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
            Parameters: {
              QueueUrl: `${HERE_ORIGIN}/${ACCOUNT}/asked`,
              MessageBody: { 'token.$': '$$.Task.Token' },
            },
          }),
        ),
        machine('Quick', 'EXPRESS', alone({ Type: 'Pass', Result: { quick: true } })),
      ],
    },
    port: 0,
    allowUnverifiedIam: false,
    host: {
      workDirectory: folder,
      runtimesDirectory: folder,
      output: () => undefined,
      warn: () => undefined,
    },
  });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As SDK clients call services that speak JSON. */
async function call(signing: string, target: string, body: JsonObject): Promise<JsonObject> {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/${signing}/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as JsonObject;
}
const states = (action: string, body: JsonObject) => call('states', `AWSStepFunctions.${action}`, body);

describe('the API of Step Functions, beside queues', () => {
  it('is where functions are told that it is', () => {
    expect(service.variables?.AWS_ENDPOINT_URL_SFN).toBe(service.url);
  });

  it('runs a machine that waits for an answer to a message', async () => {
    const { executionArn } = await states('StartExecution', {
      stateMachineArn: arnOf('Ask'),
      name: 'one',
      input: '{}',
    });
    expect(
      await states('StartExecution', { stateMachineArn: arnOf('Ask'), name: 'one', input: '[]' }),
    ).toMatchObject({
      __type: 'ExecutionAlreadyExists',
    });
    const { Messages } = await call('sqs', 'AmazonSQS.ReceiveMessage', {
      QueueUrl: `${service.url}/${ACCOUNT}/asked`,
      WaitTimeSeconds: 20,
    });
    const [{ Body = '' }] = Messages as [{ Body?: string }];
    const { token } = JSON.parse(Body);
    expect(await states('SendTaskSuccess', { taskToken: token, output: '{"yes":true}' })).toEqual({});
    let described: JsonObject = {};
    do described = await states('DescribeExecution', { executionArn: executionArn ?? '' });
    while (described.status === 'RUNNING');
    expect(described).toMatchObject({ status: 'SUCCEEDED', output: '{"yes":true}' });
    const { events } = await states('GetExecutionHistory', {
      executionArn: executionArn ?? '',
      reverseOrder: true,
    });
    const types = (events as JsonObject[]).map(({ type }) => type);
    expect([types.at(0), types.at(-1)]).toEqual(['ExecutionSucceeded', 'ExecutionStarted']);
    expect(await states('SendTaskSuccess', { taskToken: token, output: '1' })).toMatchObject({
      __type: 'TaskTimedOut',
    });
  });

  it('answers with the output of an express machine', async () => {
    expect(await states('StartSyncExecution', { stateMachineArn: arnOf('Quick') })).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"quick":true}',
    });
  });

  it('stops what is asked to stop', async () => {
    const { executionArn = '' } = await states('StartExecution', { stateMachineArn: arnOf('Ask') });
    await states('StopExecution', { executionArn, error: 'Enough' });
    expect(await states('DescribeExecution', { executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
    });
    expect(
      await states('ListExecutions', { stateMachineArn: arnOf('Ask'), statusFilter: 'ABORTED' }),
    ).toMatchObject({
      executions: [{ executionArn }],
    });
  });

  it('makes machines, and refuses what is none', async () => {
    const definition = (next: string) =>
      JSON.stringify({ StartAt: 'It', States: { It: { Type: 'Pass', Next: next } } });
    expect(
      await states('CreateStateMachine', { name: 'New', definition: definition('Gone'), roleArn: 'r' }),
    ).toMatchObject({
      __type: 'InvalidDefinition',
      message: expect.stringContaining("Missing 'Next' target: Gone"),
    });
    const made = await states('CreateStateMachine', {
      name: 'New',
      definition: JSON.stringify(alone({ Type: 'Succeed' })),
      roleArn: 'r',
    });
    expect(made).toMatchObject({ stateMachineArn: arnOf('New') });
  });
});
