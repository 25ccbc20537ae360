import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RuntimeReply } from '../../../src/local/runtime/exchange.ts';
import type { Invocation } from '../../../src/local/runtime/invocation.ts';
import { type RuntimeApi, startRuntimeApi } from '../../../src/local/runtime/runtime-api.ts';

const invocation: Invocation = {
  requestId: 'request-1',
  deadline: 1_700_000_000_000,
  arn: 'arn:aws:lambda:us-east-1:123456789012:function:Hello',
  traceId: 'Root=1-2-3',
  clientContext: '{"custom":{}}',
  cognitoIdentity: '{"cognitoIdentityId":"i"}',
  payload: '{"a":1}',
};

let api: RuntimeApi;
beforeEach(async () => {
  api = await startRuntimeApi({ name: 'Hello', handler: 'index.handler' });
});
afterEach(() => api.stop());

const runtime = (path: string, init?: RequestInit) =>
  fetch(`http://${api.address}/2018-06-01/runtime/${path}`, init);
const extension = (path: string, init?: RequestInit) =>
  fetch(`http://${api.address}/2020-01-01/extension/${path}`, init);
const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body,
  headers,
});

/** Hands an event over. @returns promises of its answer, and of the runtime's being done with it */
function deliver(event: Invocation) {
  const { promise: reply, resolve: answered } = Promise.withResolvers<RuntimeReply>();
  const { promise: isOver, resolve: over } = Promise.withResolvers<void>();
  api.deliver(event, { answered, over });
  return { reply, isOver };
}

describe('the Runtime API', () => {
  it('hands an event over with its headers, also when it came first', async () => {
    const { reply } = deliver(invocation);
    const next = await runtime('invocation/next');
    expect(Object.fromEntries(next.headers)).toMatchObject({
      'lambda-runtime-aws-request-id': 'request-1',
      'lambda-runtime-deadline-ms': '1700000000000',
      'lambda-runtime-invoked-function-arn': invocation.arn,
      'lambda-runtime-trace-id': 'Root=1-2-3',
      'lambda-runtime-client-context': '{"custom":{}}',
      'lambda-runtime-cognito-identity': '{"cognitoIdentityId":"i"}',
    });
    expect(await next.text()).toBe('{"a":1}');
    expect((await runtime('invocation/request-1/response', post('"done"'))).status).toBe(202);
    expect(await reply).toMatchObject({ kind: 'response', payload: Buffer.from('"done"') });
  });

  it('knows when the runtime is ready, and when it is done', async () => {
    const next = runtime('invocation/next');
    expect(await api.initialized).toEqual({ kind: 'ready' });
    const { reply, isOver } = deliver(invocation);
    await next;
    await runtime('invocation/request-1/response', post('1'));
    await reply;
    const again = runtime('invocation/next');
    await isOver;
    deliver({ ...invocation, requestId: 'request-2' });
    expect((await again).headers.get('lambda-runtime-aws-request-id')).toBe('request-2');
  });

  it.each([
    [{ 'Lambda-Runtime-Function-Error-Type': 'Custom.Type' }, '{"errorMessage":"m"}', 'Custom.Type'],
    [{ 'Lambda-Runtime-Function-Error-Type': 'Custom.Type' }, '{"errorType":"Body"}', 'Body'],
    [{}, 'no json', 'Runtime.Unknown'],
  ])('takes errors: case %#', async (headers, body, errorType) => {
    const { reply } = deliver(invocation);
    await runtime('invocation/next');
    await runtime('invocation/request-1/error', post(body, headers));
    expect(await reply).toMatchObject({ kind: 'error', errorType, payload: Buffer.from(body) });
  });

  it('takes errors of initialization', async () => {
    await runtime('init/error', post('{"errorType":"Runtime.Bad"}'));
    expect(await api.initialized).toMatchObject({ kind: 'error', errorType: 'Runtime.Bad' });
  });

  it.each([
    ['invocation/other/response', 400, 'InvalidRequestID'],
    ['invocation/other/error', 400, 'InvalidRequestID'],
    ['nothing', 404, 'InvalidResource'],
  ])('refuses %s', async (path, status, errorType) => {
    const response = await runtime(path, post('{}'));
    expect([response.status, await response.json()]).toEqual([
      status,
      expect.objectContaining({ errorType }),
    ]);
  });

  it('answers an invocation once', async () => {
    const { reply } = deliver(invocation);
    await runtime('invocation/next');
    await runtime('invocation/request-1/response', post('1'));
    expect((await runtime('invocation/request-1/response', post('2'))).status).toBe(400);
    expect(await reply).toMatchObject({ payload: Buffer.from('1') });
  });
});

describe('the Extensions API', () => {
  it('registers, and tells events', async () => {
    const registered = await extension(
      'register',
      post('{"events":["INVOKE","SHUTDOWN"]}', { 'Lambda-Extension-Name': 'watcher' }),
    );
    expect(await registered.json()).toEqual({
      functionName: 'Hello',
      functionVersion: '$LATEST',
      handler: 'index.handler',
    });
    const id = registered.headers.get('lambda-extension-identifier') ?? '';
    const next = () => extension('event/next', { headers: { 'Lambda-Extension-Identifier': id } });
    const first = next();
    deliver(invocation);
    expect(await (await first).json()).toMatchObject({
      eventType: 'INVOKE',
      requestId: 'request-1',
      deadlineMs: invocation.deadline,
    });
    api.shutdown('spindown', 5);
    expect(await (await next()).json()).toEqual({
      eventType: 'SHUTDOWN',
      shutdownReason: 'spindown',
      deadlineMs: 5,
    });
    expect((await extension('exit/error', post('{}', { 'Lambda-Extension-Identifier': id }))).status).toBe(
      202,
    );
  });

  it('tells only what was asked for, and knows no strangers', async () => {
    const registered = await extension('register', post('{"events":["SHUTDOWN"]}'));
    const id = registered.headers.get('lambda-extension-identifier') ?? '';
    deliver(invocation);
    api.shutdown('failure', 1);
    const event = await extension('event/next', { headers: { 'Lambda-Extension-Identifier': id } });
    expect(await event.json()).toMatchObject({ eventType: 'SHUTDOWN' });
    expect((await extension('event/next')).status).toBe(403);
  });
});
