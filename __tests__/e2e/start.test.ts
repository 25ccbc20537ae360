import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
