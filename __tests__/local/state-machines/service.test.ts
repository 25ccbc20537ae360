import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QUEUE_DEFAULTS } from '../../../src/local/queues/attributes.ts';
import { type RunningService, serveService } from '../../../src/local/service/index.ts';
import { HERE_ORIGIN } from '../../../src/local/service/places.ts';
import { EMPTY_PLAN } from '../../../src/local/service/plan.ts';
import { isObject, type JsonObject } from '../../../src/template/types.ts';
import { until } from '../../support/eventually.ts';
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
const warnings: string[] = [];
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
        machine('Patient', 'STANDARD', {
          StartAt: 'Both',
          States: {
            Both: {
              Type: 'Parallel',
              Branches: [
                {
                  StartAt: 'Long',
                  States: {
                    Long: { Type: 'Wait', Seconds: 86_400, Next: 'Late' },
                    Late: { Type: 'Pass', End: true },
                  },
                },
                {
                  StartAt: 'Short',
                  States: {
                    Short: { Type: 'Wait', Seconds: 3600, Next: 'Soon' },
                    Soon: { Type: 'Pass', End: true },
                  },
                },
                alone({
                  Type: 'Task',
                  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
                  TimeoutSeconds: 600,
                  Parameters: {
                    QueueUrl: `${HERE_ORIGIN}/${ACCOUNT}/asked`,
                    MessageBody: { 'token.$': '$$.Task.Token' },
                  },
                }),
              ],
              End: true,
            },
          },
        }),
        machine('Broken', 'STANDARD', alone({ Type: 'Fail', Error: 'Refused', Cause: 'not with us' })),
        machine('Quick', 'EXPRESS', alone({ Type: 'Pass', Result: { quick: true } })),
      ],
    },
    port: 0,
    allowUnverifiedIam: false,
    host: {
      workDirectory: folder,
      runtimesDirectory: folder,
      output: () => undefined,
      warn: (message) => void warnings.push(message),
      durable: { waits: 'skip' },
    },
  });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As SDK clients call services that speak JSON. */
async function call(
  signing: string,
  target: string,
  body: JsonObject,
  more: Readonly<Record<string, string>> = {},
): Promise<JsonObject> {
  const response = await fetch(service.url, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/${signing}/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      ...more,
    },
    body: JSON.stringify(body),
  });
  return (await response.json()) as JsonObject;
}
const states = (action: string, body: JsonObject) => call('states', `AWSStepFunctions.${action}`, body);

/** What was sent to the queue; nobody else gets it. */
async function tokenSent(): Promise<string> {
  const { Messages } = await call('sqs', 'AmazonSQS.ReceiveMessage', {
    QueueUrl: `${service.url}/${ACCOUNT}/asked`,
    WaitTimeSeconds: 20,
  });
  const [{ Body = '' }] = Messages as [{ Body?: string }];
  return JSON.parse(Body).token;
}

async function endOf(executionArn: string): Promise<JsonObject> {
  let described: JsonObject = {};
  do described = await states('DescribeExecution', { executionArn });
  while (described.status === 'RUNNING');
  return described;
}

describe('the API of Step Functions, beside queues', () => {
  it('skips what a machine waits for by itself, in order, and no limit of what others answer', async () => {
    const { executionArn = '' } = await states('StartExecution', { stateMachineArn: arnOf('Patient') });
    const token = await tokenSent();
    let events: JsonObject[] = [];
    const left = (name: string) =>
      events.findIndex(({ stateExitedEventDetails: details }) => isObject(details) && details.name === name);
    do ({ events } = (await states('GetExecutionHistory', { executionArn })) as { events: JsonObject[] });
    while (left('Late') < 0);
    expect(left('Short')).toBeLessThan(left('Long'));
    // Its ten minutes are not over, although a day was waited for.
    expect(await states('SendTaskSuccess', { taskToken: token, output: '1' })).toEqual({});
    expect((await endOf(String(executionArn))).status).toBe('SUCCEEDED');
  });

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
    const token = await tokenSent();
    expect(await states('SendTaskSuccess', { taskToken: token, output: '{"yes":true}' })).toEqual({});
    expect(await endOf(String(executionArn))).toMatchObject({ status: 'SUCCEEDED', output: '{"yes":true}' });
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

  it('keeps the trace of whoever starts a machine, as SDK clients of a function send it, or as the call says', async () => {
    const traces: string[] = [];
    const ended = service.activity.subscribe((each) => {
      if (each.kind === 'execution' && each.phase === 'began') traces.push(each.traceId);
    });
    const header = { 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793' };
    const asked = { stateMachineArn: arnOf('Quick') };
    await call('states', 'AWSStepFunctions.StartSyncExecution', asked, header);
    const traceHeader = 'Root=1-67891233-abcdef012345678912345678';
    await call('states', 'AWSStepFunctions.StartSyncExecution', { ...asked, traceHeader }, header);
    ended();
    expect(traces).toEqual([header['x-amzn-trace-id'], traceHeader]);
  });

  it('warns of an execution that fails, and of no other', async () => {
    const { executionArn } = await states('StartExecution', {
      stateMachineArn: arnOf('Broken'),
      name: 'try-1',
    });
    expect(await endOf(String(executionArn))).toMatchObject({ status: 'FAILED' });
    expect(await states('StartSyncExecution', { stateMachineArn: arnOf('Quick') })).toMatchObject({
      status: 'SUCCEEDED',
    });
    await until(() => warnings.length > 0);
    expect(warnings).toEqual([
      expect.stringMatching(/^Execution try-1 of Broken: FAILED after .*: Refused: not with us$/),
    ]);
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

  it('refuses what express machines cannot do, and keeps the revision of what is the same', async () => {
    const of = (Resource: string) => JSON.stringify(alone({ Type: 'Task', Resource }));
    const made = (definition: string, type: string) =>
      states('CreateStateMachine', { name: `Made${type}`, definition, type, roleArn: 'r' });
    for (const [resource, why] of [
      ['arn:aws:states:::sqs:sendMessage.waitForTaskToken', "'.waitForTaskToken'"],
      ['arn:aws:states:::states:startExecution.sync:2', "'.sync'"],
      [`arn:aws:states:us-east-1:${ACCOUNT}:activity:work`, 'Activity ARN'],
      ['arn:aws:states:::dynamodb:query', 'is not recognized'],
    ] as const)
      expect(await made(of(resource), 'EXPRESS')).toMatchObject({
        __type: 'InvalidDefinition',
        message: expect.stringContaining(why),
      });
    const definition = of('arn:aws:states:::sqs:sendMessage.waitForTaskToken');
    const { stateMachineArn = '' } = await made(definition, 'STANDARD');
    const update = (body: JsonObject) => states('UpdateStateMachine', { stateMachineArn, ...body });
    expect(await update({})).toMatchObject({ __type: 'MissingRequiredParameter' });
    const { revisionId } = await update({ roleArn: 'other' });
    expect(await update({ roleArn: 'other', definition })).toMatchObject({ revisionId });
    expect(await states('ListStateMachines', { maxResults: 1001 })).toMatchObject({
      __type: 'ValidationException',
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
