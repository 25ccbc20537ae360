import {
  GetFunctionCommand,
  InvokeCommand,
  type InvokeCommandInput,
  InvokeWithResponseStreamCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../../../src/local/server/endpoint.ts';
import { startLambdaApi } from '../../../src/local/server/lambda-api.ts';
import { until } from '../../support/eventually.ts';
import { localFunction, type TestHost, testHost } from '../functions.ts';

const functions = [
  localFunction({ name: 'stack-hello', qualifiers: ['live', '1'] }),
  localFunction({ logicalId: 'Stream', handler: 'streaming.handler' }),
  localFunction({ logicalId: 'Reserved', reservedConcurrency: 0 }),
];
let host: TestHost;
let endpoint: Endpoint;
let client: LambdaClient;

beforeAll(async () => {
  host = testHost(functions);
  endpoint = await startLambdaApi(host);
  client = new LambdaClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
  await host.stop();
});

const invoke = (input: Partial<InvokeCommandInput>) =>
  client.send(new InvokeCommand({ FunctionName: 'stack-hello', ...input }));
const text = (payload: Uint8Array | undefined): string => Buffer.from(payload ?? []).toString();

describe('Invoke', () => {
  it.each(['!!!', '{"a":1}', 'a'.repeat(3584)])('refuses the client context %s', async (ClientContext) => {
    await expect(invoke({ ClientContext })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
      message: expect.stringContaining('Client context'),
    });
  });

  it.each([
    'stack-hello',
    'Hello',
    'stack-hello:live',
    '123456789012:function:stack-hello',
    'arn:aws:lambda:us-east-1:123456789012:function:stack-hello',
    'arn:aws:lambda:us-east-1:123456789012:function:stack-hello:live',
  ])('knows %s', async (name) => {
    const answer = await invoke({ FunctionName: name, Payload: '{}' });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    const suffix = name.endsWith(':live') ? ':live' : '';
    expect(JSON.parse(text(answer.Payload))).toMatchObject({
      arn: `arn:aws:lambda:us-east-1:123456789012:function:stack-hello${suffix}`,
    });
    expect(answer.FunctionError).toBeUndefined();
  });

  it('reports function errors', async () => {
    const answer = await invoke({ Payload: '{"do":"error"}' });
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(text(answer.Payload))).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'boom',
      trace: expect.any(Array),
    });
  });

  it('gives the tail of the log when asked', async () => {
    const { LogResult, $metadata } = await invoke({ LogType: 'Tail', Payload: '{}' });
    const log = Buffer.from(LogResult ?? '', 'base64').toString();
    expect(log).toMatch(
      new RegExp(
        `^START RequestId: ${$metadata.requestId} Version: \\$LATEST\n.*\tINFO\tcalled\nEND RequestId: `,
      ),
    );
    expect(log).toMatch(
      /\nREPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\t\n$/,
    );
    expect((await invoke({ Payload: '{}' })).LogResult).toBeUndefined();
  });

  it('passes the client context on', async () => {
    const ClientContext = Buffer.from('{"custom":{"a":1}}').toString('base64');
    const answer = await invoke({ ClientContext, Payload: '{"do":"context"}' });
    expect(JSON.parse(text(answer.Payload))).toMatchObject({ clientContext: { custom: { a: 1 } } });
  });

  it('runs events in the background', async () => {
    const before = host.written().split('\tcalled\n').length;
    expect(await invoke({ InvocationType: 'Event', Payload: '{}' })).toMatchObject({ StatusCode: 202 });
    await until(() => host.written().split('\tcalled\n').length === before + 1);
  });

  it('retries events twice after an error', async () => {
    const count = (): number => host.written().split('"errorMessage":"rejected"').length - 1;
    const before = count();
    await invoke({ InvocationType: 'Event', Payload: '{"do":"reject"}' });
    await until(() => count() === before + 3);
  });

  it('warns of events that can not be run at all', async () => {
    const broken = testHost([localFunction({ runtime: 'cobol1.x' })]);
    const warnings: string[] = [];
    const api = await startLambdaApi(broken, { warn: (message) => warnings.push(message) });
    try {
      const headers = { 'X-Amz-Invocation-Type': 'Event' };
      const response = await fetch(`${api.url}/2015-03-31/functions/Hello/invocations`, {
        method: 'POST',
        headers,
      });
      expect(response.status).toBe(202);
      await until(() => warnings.length === 1);
      expect(warnings[0]).toMatch(/Hello: the runtime cobol1\.x is not known here/);
    } finally {
      await api.stop();
      await broken.stop();
    }
  });

  it('checks only in a dry run', async () => {
    const starts = (): number => host.written().split('START RequestId').length;
    const before = starts();
    expect(await invoke({ InvocationType: 'DryRun', Payload: '{}' })).toMatchObject({ StatusCode: 204 });
    expect(starts()).toBe(before);
  });

  it('takes the declared qualifiers', async () => {
    expect(await invoke({ Qualifier: '1', Payload: '{}' })).toMatchObject({ ExecutedVersion: '1' });
    expect(await invoke({ Qualifier: '$LATEST', Payload: '{}' })).toMatchObject({
      ExecutedVersion: '$LATEST',
    });
    await expect(invoke({ Qualifier: 'beta', Payload: '{}' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:stack-hello:beta',
    });
  });

  it.each([
    [{ FunctionName: 'nobody' }, 404, 'ResourceNotFoundException'],
    [{ Payload: '{' }, 400, 'InvalidRequestContentException'],
    [{ Payload: `"${'x'.repeat(6 * 1024 * 1024)}"` }, 413, 'RequestTooLargeException'],
    [
      { InvocationType: 'Event', Payload: `"${'x'.repeat(1024 * 1024)}"` } as const,
      413,
      'RequestTooLargeException',
    ],
    [{ FunctionName: 'Reserved' }, 429, 'TooManyRequestsException'],
    [{ FunctionName: 'stack-hello:live', Qualifier: '1' }, 400, 'InvalidParameterValueException'],
  ])('refuses as Lambda does: case %#', async (input, status, name) => {
    await expect(invoke(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  it('takes no payload at all', async () => {
    expect(JSON.parse(text((await invoke({})).Payload))).toMatchObject({ name: 'stack-hello' });
  });
});

describe('InvokeWithResponseStream', () => {
  const stream = async (event: object) => {
    const { EventStream } = await client.send(
      new InvokeWithResponseStreamCommand({
        FunctionName: 'Stream',
        LogType: 'Tail',
        Payload: JSON.stringify(event),
      }),
    );
    const chunks: string[] = [];
    let complete: object | undefined;
    for await (const event of EventStream ?? []) {
      if (event.PayloadChunk) chunks.push(text(event.PayloadChunk.Payload));
      complete ??= event.InvokeComplete;
    }
    return { chunks, complete };
  };

  it('delivers chunks as they come', async () => {
    expect(await stream({})).toEqual({
      chunks: ['one ', 'two'],
      complete: { LogResult: expect.any(String) },
    });
  });

  it('tells an error at the end', async () => {
    const { chunks, complete } = await stream({ do: 'midway' });
    expect(chunks).toEqual(['one ']);
    expect(complete).toMatchObject({
      ErrorCode: 'Error',
      ErrorDetails: expect.stringContaining('after the first byte'),
    });
  });
});

it('describes a function', async () => {
  const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'stack-hello' }));
  expect(Configuration).toMatchObject({
    FunctionName: 'stack-hello',
    Runtime: 'nodejs24.x',
    Timeout: 60,
    MemorySize: 128,
  });
});

it('keeps the port to itself', async () => {
  const port = Number(new URL(endpoint.url).port);
  await expect(startLambdaApi(host, { port })).rejects.toThrow(`port ${port}: `);
});
