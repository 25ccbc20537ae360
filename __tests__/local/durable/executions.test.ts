/** Executions as the Lambda API shows them, how they end, and how they outlive their host. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  GetDurableExecutionCommand,
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  paginateGetDurableExecutionHistory,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLambdaApi } from '../../../src/local/server/lambda-api.ts';
import { serve } from '../../../src/local/server/serve.ts';
import { eventually, until } from '../../support/eventually.ts';
import { localFunction, type TestHost, testHost } from '../functions.ts';
import { type DurableCode, durableCode, durableFunction } from './sdk.ts';

let code: DurableCode;
let folder = '';
beforeAll(async () => {
  code = await durableCode();
  folder = mkdtempSync(join(tmpdir(), 'executions-'));
});
afterAll(() => {
  code.remove();
  rmSync(folder, { recursive: true, force: true });
});

const clientOf = (endpoint: string): LambdaClient =>
  new LambdaClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });

interface Served {
  readonly host: TestHost;
  readonly client: LambdaClient;
}

async function served<T>(
  names: readonly string[],
  options: Parameters<typeof testHost>[1],
  body: (served: Served) => Promise<T>,
): Promise<T> {
  const functions = names.map((name) => durableFunction(code, name, { qualifiers: ['1', 'live'] }));
  const host = testHost(functions, options);
  const api = await startLambdaApi(host);
  try {
    return await body({ host, client: clientOf(api.url) });
  } finally {
    await api.stop();
    await host.stop();
  }
}

/** Starts an execution, and does not wait for it. */
async function started(client: LambdaClient, name: string, executionName?: string): Promise<string> {
  const { StatusCode, DurableExecutionArn = '' } = await client.send(
    new InvokeCommand({
      FunctionName: `${name}:live`,
      InvocationType: 'Event',
      DurableExecutionName: executionName,
    }),
  );
  expect(StatusCode).toBe(202);
  return DurableExecutionArn;
}

const openCallback = (client: LambdaClient, arn: string): Promise<string> =>
  eventually(async () => {
    const { Events = [] } = await client.send(
      new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn }),
    );
    // Its function has nothing more to do until it is answered.
    if (Events.at(-1)?.EventType !== 'InvocationCompleted') return undefined;
    return Events.find(({ EventType }) => EventType === 'CallbackStarted')?.CallbackStartedDetails
      ?.CallbackId;
  });

const whenOver = (client: LambdaClient, arn: string) =>
  eventually(async () => {
    const found = await client.send(new GetDurableExecutionCommand({ DurableExecutionArn: arn }));
    return found.Status === 'RUNNING' ? undefined : found;
  });

describe('the API of durable executions', () => {
  it('answers a synchronous call with the result of the execution, and tells which one it was', () =>
    served(['steps'], { durable: { waits: 'skip' } }, async ({ client }) => {
      const result = await client.send(
        new InvokeCommand({ FunctionName: 'steps:1', Payload: Buffer.from('{"number":1}') }),
      );
      expect(result.FunctionError).toBeUndefined();
      expect(JSON.parse(Buffer.from(result.Payload ?? []).toString())).toEqual({ second: { doubled: 4 } });
      expect(result.DurableExecutionArn).toMatch(
        /^arn:aws:lambda:us-east-1:123456789012:function:steps:1\/durable-execution\/[\w-]+\/[\w-]+$/,
      );
      const arn = result.DurableExecutionArn ?? '';
      expect(await client.send(new GetDurableExecutionCommand({ DurableExecutionArn: arn }))).toMatchObject({
        DurableExecutionArn: arn,
        FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:steps',
        InputPayload: '{"number":1}',
        Result: '{"second":{"doubled":4}}',
        Status: 'SUCCEEDED',
        Version: '1',
        StartTimestamp: expect.any(Date),
        EndTimestamp: expect.any(Date),
        DurableConfig: { ExecutionTimeout: 1_000_000 },
      });
    }));

  it('refuses a call by the plain name, as Lambda does', () =>
    served(['steps'], {}, async ({ client }) => {
      await expect(client.send(new InvokeCommand({ FunctionName: 'steps' }))).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
        message: 'You cannot invoke a durable function using an unqualified ARN.',
      });
    }));

  it('takes answers to callbacks, and refuses those that come too late', () =>
    served(['approval'], { durable: { waits: 'real' } }, async ({ client }) => {
      const [good, bad] = [await started(client, 'approval'), await started(client, 'approval')];
      const [first, second] = [await openCallback(client, good), await openCallback(client, bad)];
      await client.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId: first }));
      await client.send(
        new SendDurableExecutionCallbackSuccessCommand({ CallbackId: first, Result: Buffer.from('fine') }),
      );
      await client.send(
        new SendDurableExecutionCallbackFailureCommand({
          CallbackId: second,
          Error: { ErrorType: 'Refused', ErrorMessage: 'not today' },
        }),
      );
      expect(await whenOver(client, good)).toMatchObject({
        Status: 'SUCCEEDED',
        Result: '{"answer":"fine"}',
      });
      expect(await whenOver(client, bad)).toMatchObject({
        Status: 'FAILED',
        Error: { ErrorMessage: 'not today' },
      });
      await expect(
        client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: first })),
      ).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
      await expect(
        client.send(new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId: 'unknown' })),
      ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    }));

  it('stops an execution, which is not run again', () =>
    served(['approval'], { durable: { waits: 'real' } }, async ({ client }) => {
      const arn = await started(client, 'approval');
      const callback = await openCallback(client, arn);
      const { StopTimestamp } = await client.send(
        new StopDurableExecutionCommand({ DurableExecutionArn: arn, Error: { ErrorMessage: 'enough' } }),
      );
      expect(StopTimestamp).toEqual(expect.any(Date));
      expect(await whenOver(client, arn)).toMatchObject({
        Status: 'STOPPED',
        Error: { ErrorMessage: 'enough' },
      });
      await expect(
        client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callback })),
      ).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
      await expect(
        client.send(new StopDurableExecutionCommand({ DurableExecutionArn: arn })),
      ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    }));

  it('knows an execution by its name: the same payload finds it, another is refused', () =>
    served(['approval'], { durable: { waits: 'real' } }, async ({ client }) => {
      const arn = await started(client, 'approval', 'order-42');
      expect(arn).toContain('/durable-execution/order-42/');
      expect(await started(client, 'approval', 'order-42')).toBe(arn);
      await expect(
        client.send(
          new InvokeCommand({
            FunctionName: 'approval:live',
            InvocationType: 'Event',
            DurableExecutionName: 'order-42',
            Payload: Buffer.from('{"other":1}'),
          }),
        ),
      ).rejects.toMatchObject({ name: 'DurableExecutionAlreadyStartedException' });
      const list = (over: object) =>
        client.send(new ListDurableExecutionsByFunctionCommand({ FunctionName: 'approval', ...over }));
      expect((await list({ Statuses: ['RUNNING'] })).DurableExecutions).toMatchObject([
        { DurableExecutionName: 'order-42', Status: 'RUNNING' },
      ]);
      expect((await list({ Statuses: ['FAILED'] })).DurableExecutions).toEqual([]);
    }));

  it('gives the history in pages, in either order, with or without its data', () =>
    served(['many'], { durable: { waits: 'skip' } }, async ({ client, host }) => {
      const [many] = host.functions;
      if (!many) throw new Error('no function');
      const { execution } = (await host.invoke(many, '{"count":60}')) as {
        execution: { arn: string; events: { EventType: string }[] };
      };
      const DurableExecutionArn = execution.arn;
      const seen: (string | undefined)[] = [];
      for await (const { Events = [] } of paginateGetDurableExecutionHistory(
        { client, pageSize: 50 },
        { DurableExecutionArn },
      ))
        seen.push(...Events.map(({ EventType }) => EventType));
      expect(seen).toEqual(execution.events.map(({ EventType }) => EventType));
      const { Events: [newest] = [] } = await client.send(
        new GetDurableExecutionHistoryCommand({
          DurableExecutionArn,
          ReverseOrder: true,
          IncludeExecutionData: false,
        }),
      );
      expect(newest).toMatchObject({ EventType: 'ExecutionSucceeded', EventTimestamp: expect.any(Date) });
      expect(newest?.ExecutionSucceededDetails?.Result?.Payload).toBeUndefined();
    }));
});

describe('an execution', () => {
  const outcome = async (over: Parameters<typeof durableFunction>[2], name: string, event = '{}') => {
    const fn = durableFunction(code, name, over);
    const host = testHost([fn], { durable: { waits: 'skip' } });
    try {
      const result = await host.invoke(fn, event);
      if (result.kind === 'throttled') throw new Error(result.kind);
      return { result, events: result.execution?.events.map(({ EventType }) => EventType) ?? [] };
    } finally {
      await host.stop();
    }
  };

  it('times out on its own clock, also where waits are skipped', async () => {
    const { result } = await outcome({ durable: { executionTimeout: 3600 } }, 'wait');
    expect(result.execution).toMatchObject({ status: 'TIMED_OUT' });
    const { startedAt = 0, endedAt = 0 } = result.execution ?? {};
    expect(endedAt - startedAt).toBe(3_600_000);
  });

  it('lets callbacks time out that nobody answers', async () => {
    const { result, events } = await outcome({}, 'callbackTimeout');
    expect(result.payload.toString()).toBe('"CallbackTimeoutError"');
    expect(events).toContain('CallbackTimedOut');
  });

  it('says which callback it waits for when nothing else can happen', async () => {
    const { result } = await outcome({}, 'approval');
    expect(result).toMatchObject({
      kind: 'function-error',
      execution: { status: 'RUNNING' },
      error: { errorMessage: expect.stringContaining('the callback approval, which nobody answers here') },
    });
  });

  it('says what is missing when the handler is not wrapped by the SDK', async () => {
    const { result } = await outcome({}, 'unwrapped');
    expect(result).toMatchObject({
      error: { errorMessage: expect.stringContaining('withDurableExecution') },
    });
  });

  it('is tried again when its process ends, and goes on from its last checkpoint', async () => {
    const { result, events } = await outcome({}, 'crashes');
    expect(result.payload.toString()).toBe('"recovered"');
    expect(events.filter((each) => each === 'StepSucceeded')).toHaveLength(2);
    expect(events.filter((each) => each === 'InvocationCompleted')).toHaveLength(2);
  });

  it('fails when its process ends again and again', async () => {
    const { result, events } = await outcome({}, 'exits');
    expect(result).toMatchObject({ kind: 'function-error', error: { errorType: 'Runtime.ExitError' } });
    expect(events.filter((each) => each === 'InvocationCompleted')).toHaveLength(3);
  });

  it('takes a function that does not run here for one that is not there', async () => {
    const { result } = await outcome({}, 'chainedFails');
    expect(result.payload.toString()).toMatch(/Function not found: .*:function:fails/);
  });
});

describe('a host', () => {
  it('gives functions beside durable ones the same API, unless they say where theirs is', async () => {
    const plain = localFunction({ logicalId: 'plain' });
    const own = localFunction({
      logicalId: 'own',
      environment: { AWS_ENDPOINT_URL_LAMBDA: 'http://elsewhere' },
    });
    const host = testHost([durableFunction(code, 'steps'), plain, own]);
    try {
      const endpointOf = async (fn: typeof plain) => {
        const result = await host.invoke(fn, '{"do":"environment"}');
        if (result.kind === 'throttled') throw new Error(result.kind);
        return JSON.parse(result.payload.toString()).AWS_ENDPOINT_URL_LAMBDA;
      };
      expect(await endpointOf(plain)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(await endpointOf(own)).toBe('http://elsewhere');
    } finally {
      await host.stop();
    }
  });

  it('that was killed goes on where it was, without doing again what was done', async () => {
    const store = join(folder, 'killed');
    const marks = join(folder, 'marks');
    writeFileSync(marks, '');
    const functions = [
      durableFunction(code, 'marked', { environment: { MARKS: marks }, qualifiers: ['live'] }),
    ];
    const start = async () => {
      const workDirectory = mkdtempSync(join(folder, 'work-'));
      const child = spawn(
        process.execPath,
        [
          join(import.meta.dirname, 'host-to-kill.ts'),
          JSON.stringify({ functions, folder: store, workDirectory }),
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const [url] = await new Promise<string[]>((resolve) =>
        createInterface(child.stdout).once('line', (line) => resolve([line])),
      );
      const gone = new Promise((resolve) => child.once('exit', resolve));
      const kill = async () => {
        child.kill('SIGKILL');
        await gone;
      };
      return { client: clientOf(url ?? ''), kill };
    };

    const first = await start();
    const arn = await started(first.client, 'marked');
    const callback = await openCallback(first.client, arn);
    await first.kill();
    // Half a file of a write that was cut off is nobody's execution.
    writeFileSync(join(store, 'half.json.1.new'), '{"arn":');

    const second = await start();
    try {
      expect(
        await second.client.send(new GetDurableExecutionCommand({ DurableExecutionArn: arn })),
      ).toMatchObject({ Status: 'RUNNING' });
      await second.client.send(
        new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callback, Result: Buffer.from('go') }),
      );
      expect(await whenOver(second.client, arn)).toMatchObject({ Status: 'SUCCEEDED', Result: '"go"' });
      expect(readFileSync(marks, 'utf8')).toBe('before\nafter\n');
    } finally {
      await second.kill();
    }
    expect(readdirSync(store).filter((name) => name.endsWith('.json'))).toHaveLength(1);
  });

  it('that serves goes on with what the one before it left', async () => {
    const fn = durableFunction(code, 'approval', { qualifiers: ['live'] });
    const start = () =>
      serve(
        {
          functions: [fn],
          front: { kind: 'lambda' },
          port: 0,
          host: {
            workDirectory: mkdtempSync(join(folder, 'serve-')),
            durable: { folder: join(folder, 'served'), resume: true, waits: 'real' },
          },
        },
        { output: (text) => written.push(text), warn: (text) => written.push(text) },
      );
    const written: string[] = [];
    const first = await start();
    const arn = await started(clientOf(first.url), 'approval', 'order-1');
    const callback = await openCallback(clientOf(first.url), arn);
    await first.stop();
    const told = `Execution order-1 of approval waits for the callback approval: aws lambda send-durable-execution-callback-success --callback-id ${callback} --endpoint-url http://127`;
    expect(written.join('')).toContain(told);

    const second = await start();
    try {
      const client = clientOf(second.url);
      await client.send(
        new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callback, Result: Buffer.from('ok') }),
      );
      expect(await whenOver(client, arn)).toMatchObject({ Status: 'SUCCEEDED', Result: '{"answer":"ok"}' });
    } finally {
      await second.stop();
    }
  });

  it('that was killed while a function ran runs it again from its last checkpoint', async () => {
    const store = join(folder, 'interrupted');
    const marks = join(folder, 'interrupted-marks');
    writeFileSync(marks, '');
    const fn = durableFunction(code, 'slow', { environment: { MARKS: marks }, qualifiers: ['live'] });
    const open = () => testHost([fn], { durable: { folder: store, resume: true, waits: 'real' } });
    const first = open();
    const { record } = (await first.executions()).start(fn, { payload: '{}', qualifier: 'live' });
    await until(() => readFileSync(marks, 'utf8') === 'first\nsecond\n');
    await first.stop();
    expect(record.status).toBe('RUNNING');

    writeFileSync(`${marks}.go`, '');
    const second = open();
    try {
      const live = (await second.executions()).find(record.arn);
      await live.settled;
      expect(live.record).toMatchObject({ status: 'SUCCEEDED', result: '"done"' });
      // A step that was under way is done once more, the one before it is not.
      expect(readFileSync(marks, 'utf8')).toBe('first\nsecond\nsecond\n');
    } finally {
      await second.stop();
    }
  });

  it('tells what of its store it cannot read, and leaves it alone', async () => {
    const store = mkdtempSync(join(folder, 'unreadable-'));
    writeFileSync(join(store, 'broken.json'), '{');
    writeFileSync(join(store, 'other.json'), '{"a":1}');
    const host = testHost([durableFunction(code, 'steps')], { durable: { folder: store } });
    try {
      expect((await host.executions()).all()).toEqual([]);
      expect(host.warnings).toHaveLength(2);
      expect(host.warnings.join()).toMatch(
        /broken\.json is left out: .*other\.json is left out: it is no execution/,
      );
    } finally {
      await host.stop();
    }
  });
});
