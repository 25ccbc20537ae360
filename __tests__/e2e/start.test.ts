import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishBatchCommand, PublishCommand } from '@aws-sdk/client-sns';
import {
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { exampleWorkspace } from '../support/examples.ts';
import { makeWorkspace, runAction, runPost, type StepResult } from '../support/runner.ts';
import { clientsOf, SERVICE, SERVICE_CASES } from '../support/service-cases.ts';

/** The SDK that Lambda's runtimes bring. */
const NODE_PATH = resolve(import.meta.dirname, '../../node_modules');

let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
let temp: string;
let started: StepResult;
let clients: ReturnType<typeof clientsOf>;
beforeAll(async () => {
  workspace = await makeWorkspace({ 'template.json': JSON.stringify(SERVICE) });
  temp = await realpath(await mkdtemp(join(tmpdir(), 'start-')));
  started = await runAction({
    workspace: workspace.path,
    inputs: {
      command: 'start',
      'stack-name': 'orders',
      'export-endpoint': 'true',
      env: `NODE_PATH=${NODE_PATH}`,
    },
    env: { RUNNER_TEMP: temp },
  });
  expect([started.errors, started.exitCode]).toEqual([[], 0]);
  const { endpoint = '' } = started.outputs;
  clients = clientsOf({
    endpoint,
    chat: endpoint.replace('http', 'ws'),
    rest: `${endpoint}/Rest`,
    http: `${endpoint}/Http`,
    account: '123456789012',
  });
});
afterAll(async () => {
  clients?.close();
  await runPost({ workspace: workspace.path, env: { RUNNER_TEMP: temp } }, started);
  await workspace.remove();
  await rm(temp, { recursive: true, force: true });
});

/** Calls that a program may make by mistake, and that AWS refuses. */
const REFUSED: readonly (readonly [
  says: string,
  send: (
    to: ReturnType<typeof clientsOf>,
    names: { jobs: string; ordered: string; topic: string },
  ) => Promise<unknown>,
])[] = [
  [
    'BatchEntryIdsNotDistinct: Id a repeated',
    ({ sqs }, { jobs }) =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: jobs,
          Entries: ['a', 'a'].map((Id) => ({ Id, MessageBody: Id })),
        }),
      ),
  ],
  [
    'TooManyEntriesInBatchRequest: Maximum number',
    ({ sqs }, { jobs }) =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: jobs,
          Entries: Array.from({ length: 11 }, (_, index) => ({ Id: `m${index}`, MessageBody: 'x' })),
        }),
      ),
  ],
  [
    'QueueDoesNotExist: The specified queue does not exist',
    ({ sqs }) => sqs.send(new GetQueueUrlCommand({ QueueName: 'nowhere' })),
  ],
  [
    'EmptyBatchRequest: There should be',
    ({ sqs }, { jobs }) => sqs.send(new SendMessageBatchCommand({ QueueUrl: jobs, Entries: [] })),
  ],
  [
    'MissingParameter: The request must contain the parameter MessageBody',
    ({ sqs }, { jobs }) => sqs.send(new SendMessageCommand({ QueueUrl: jobs, MessageBody: '' })),
  ],
  [
    'InvalidParameterValue: Value 901 for parameter DelaySeconds',
    ({ sqs }, { jobs }) =>
      sqs.send(new SendMessageCommand({ QueueUrl: jobs, MessageBody: 'x', DelaySeconds: 901 })),
  ],
  [
    'InvalidParameterValue: Value 3 for parameter DelaySeconds is invalid. Reason: The request include',
    ({ sqs }, { ordered }) =>
      sqs.send(
        new SendMessageCommand({ QueueUrl: ordered, MessageBody: 'x', MessageGroupId: 'a', DelaySeconds: 3 }),
      ),
  ],
  [
    'InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages',
    ({ sqs }, { jobs }) => sqs.send(new ReceiveMessageCommand({ QueueUrl: jobs, MaxNumberOfMessages: 11 })),
  ],
  [
    'InvalidParameterException: Invalid parameter: Message Structure - No default entry',
    ({ sns }, { topic }) =>
      sns.send(new PublishCommand({ TopicArn: topic, MessageStructure: 'json', Message: '{"sqs":"a"}' })),
  ],
  [
    'InvalidParameterException: Invalid parameter: Message Structure - JSON message body failed',
    ({ sns }, { topic }) =>
      sns.send(new PublishCommand({ TopicArn: topic, MessageStructure: 'json', Message: 'a' })),
  ],
  [
    'InvalidParameterException: Invalid parameter: Empty message',
    ({ sns }, { topic }) => sns.send(new PublishCommand({ TopicArn: topic, Message: '' })),
  ],
  [
    'BatchEntryIdsNotDistinctException: Two or more',
    ({ sns }, { topic }) =>
      sns.send(
        new PublishBatchCommand({
          TopicArn: topic,
          PublishBatchRequestEntries: ['a', 'a'].map((Id) => ({ Id, Message: Id })),
        }),
      ),
  ],
  [
    'ValidationException: Value at',
    ({ events }) =>
      events.send(
        new PutEventsCommand({
          Entries: Array.from({ length: 11 }, () => ({ Source: 'a', DetailType: 'b', Detail: '{}' })),
        }),
      ),
  ],
];

describe('start', () => {
  it('says what calls what, and where SDK clients of later steps find it', () => {
    expect(started.stdout).toContain('queue jobs -> Tell');
    expect(started.stdout).toContain('topic news -> Tell');
    expect(started.stdout).toContain('websocket chat say -> Tell');
    const { endpoint = '' } = started.outputs;
    for (const service of ['LAMBDA', 'SQS', 'SNS', 'EVENTBRIDGE', 'APIGATEWAYMANAGEMENTAPI'])
      expect(started.environment[`AWS_ENDPOINT_URL_${service}`]).toBe(endpoint);
  });

  it.each(SERVICE_CASES)('$name', ({ run }) => run(clients));

  it.each([...REFUSED])('refuses, as AWS does: %s', async (says, send) => {
    const { endpoint = '' } = started.outputs;
    const queue = (name: string): string => `${endpoint}/123456789012/${name}`;
    const topic = 'arn:aws:sns:us-east-1:123456789012:news';
    const refused = send(clients, { jobs: queue('jobs'), ordered: queue('ordered.fifo'), topic });
    const error: Error = await refused.then(
      () => new Error('nothing was refused'),
      (reason) => reason,
    );
    expect(`${error.name}: ${error.message}`).toContain(says);
  });

  it('answers each entry of PutEvents, also one that is null', async () => {
    const response = await fetch(started.outputs.endpoint ?? '', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AWSEvents.PutEvents' },
      body: JSON.stringify({ Entries: [null, { Source: 'a', DetailType: 'b', Detail: '{}' }] }),
    });
    expect(await response.json()).toEqual({
      FailedEntryCount: 1,
      Entries: [expect.objectContaining({ ErrorCode: 'InvalidArgument' }), { EventId: expect.any(String) }],
    });
  });
});

it('leaves nothing', async () => {
  clients.close();
  await runPost({ workspace: workspace.path, env: { RUNNER_TEMP: temp } }, started);
  await expect(fetch(started.outputs.endpoint ?? '')).rejects.toThrow();
  expect(await readdir(temp)).toEqual([]);
});

it('answers messages in examples/websocket', async () => {
  const example = await exampleWorkspace('websocket');
  const env = { RUNNER_TEMP: await realpath(await mkdtemp(join(tmpdir(), 'start-'))) };
  const step = await runAction({ workspace: example.path, inputs: { command: 'start' }, env });
  try {
    expect([step.errors, step.exitCode]).toEqual([[], 0]);
    const socket = new WebSocket(step.outputs.endpoint?.replace('http', 'ws') ?? '');
    const answer = new Promise<string>((resolve, reject) =>
      socket.once('message', (data) => resolve(data.toString())).once('error', reject),
    );
    socket.once('open', () => socket.send('{"action":"say","text":"hi"}'));
    expect(JSON.parse(await answer)).toEqual({ from: expect.any(String), text: 'hi' });
    socket.close();
  } finally {
    await runPost({ workspace: example.path, env }, step);
    await example.remove();
    await rm(env.RUNNER_TEMP, { recursive: true, force: true });
  }
});
