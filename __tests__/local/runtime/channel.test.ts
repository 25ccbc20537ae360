import { spawn } from 'node:child_process';
import { Duplex, duplexPair } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { connectChannel } from '../../../src/local/runtime/channel.ts';
import {
  createExchange,
  type Exchange,
  type RuntimeReply,
  responseLimit,
} from '../../../src/local/runtime/exchange.ts';
import {
  type ChannelFrame,
  encodeFrame,
  type FrameKind,
  frameReader,
} from '../../../src/local/runtime/frames.ts';
import type { Invocation } from '../../../src/local/runtime/invocation.ts';

const invocation: Invocation = {
  requestId: 'request-1',
  deadline: 1_700_000_000_000,
  arn: 'arn:aws:lambda:us-east-1:123456789012:function:Hello',
  traceId: 'Root=1-2-3',
  clientContext: '{"custom":"two\nlines, grün"}',
  payload: '{"a":1}',
};

let exchange: Exchange;
let runtime: Duplex;
let seen: ChannelFrame[];
let told: string[];
beforeEach(() => {
  exchange = createExchange();
  const [host, other] = duplexPair();
  runtime = other;
  seen = [];
  told = [];
  connectChannel(host, exchange, (why) => told.push(why));
  runtime.on(
    'data',
    frameReader(responseLimit, (frame) => seen.push(frame)),
  );
});

/** Hands an event over. @returns promises of its answer, and of the runtime's being done with it */
function deliver(event: Invocation) {
  const { promise: reply, resolve: answered } = Promise.withResolvers<RuntimeReply>();
  const { promise: isOver, resolve: over } = Promise.withResolvers<void>();
  exchange.deliver(event, { answered, over });
  return { reply, isOver };
}

const say = (kind: FrameKind, text = '', body: Uint8Array | string = ''): void => {
  runtime.write(encodeFrame(kind, text, body));
};

describe('the channel to our own runtimes', () => {
  it.each(['before', 'after'])('hands an event over that comes %s it is asked for', async (order) => {
    if (order === 'after') say('next');
    if (order === 'after') expect(await exchange.initialized).toEqual({ kind: 'ready' });
    const { reply } = deliver(invocation);
    if (order === 'before') say('next');
    while (seen.length === 0) await turn();
    const [event] = seen;
    expect(event).toMatchObject({ kind: 'event', body: Buffer.from('{"a":1}') });
    const { requestId, arn, traceId, clientContext } = invocation;
    expect(JSON.parse(event?.text ?? '')).toEqual([
      ...[requestId, '1700000000000', arn, traceId, clientContext],
      ...[null, null],
    ]);
    say('response', 'application/json', '"done"');
    expect(await reply).toEqual({
      kind: 'response',
      contentType: 'application/json',
      payload: Buffer.from('"done"'),
    });
  });

  it('knows when the runtime is done', async () => {
    say('next');
    const { reply, isOver } = deliver(invocation);
    say('error', 'Beside', '{"errorType":"Inside","errorMessage":"no"}');
    expect(await reply).toMatchObject({ kind: 'error', errorType: 'Inside' });
    say('next');
    await isOver;
  });

  it('passes an answer on to whoever takes it as it comes', async () => {
    say('next');
    const taken: string[] = [];
    const sink = {
      start: (type: string) => void taken.push(type),
      chunk: (data: Buffer) => void taken.push(String(data)),
    };
    const { reply } = deliver({ ...invocation, sink });
    say('response', 'application/json', '1');
    expect(await reply).toMatchObject({ kind: 'response', payload: Buffer.alloc(0) });
    expect(taken).toEqual(['application/json', '1']);
  });

  it('refuses an answer that is too large', async () => {
    say('next');
    const { reply } = deliver(invocation);
    say('response', 'application/json', Buffer.alloc(responseLimit + 1));
    expect(await reply).toEqual({ kind: 'too-large' });
  });

  it('passes over an error that is too large, and hears what comes after it', async () => {
    say('next');
    const { reply, isOver } = deliver(invocation);
    say('error', 'Large', Buffer.alloc(responseLimit + 1));
    say('next');
    expect(await reply).toEqual({ kind: 'error', errorType: 'Large', payload: Buffer.from('{}') });
    await isOver;
  });

  it('hears of errors of the start, with the type that stands beside where the body is none of JSON', async () => {
    say('init-error', 'Runtime.Broken', 'what?');
    const payload = Buffer.from('what?');
    expect(await exchange.initialized).toEqual({ kind: 'error', errorType: 'Runtime.Broken', payload });
  });

  it('leaves events to no stream while the system takes them', async () => {
    const script = "process.stdout.write(require('node:fs').readFileSync(3).subarray(9))";
    const reader = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
    const [, output, , socket] = reader.stdio;
    if (!output || !(socket instanceof Duplex)) throw new Error('there is no socket');
    const written = jest.spyOn(socket, 'write');
    const { isUnread } = connectChannel(socket, exchange, (why) => told.push(why));
    deliver(invocation);
    socket.push(encodeFrame('next', '', ''));
    await exchange.initialized;
    expect([written.mock.calls.length, isUnread()]).toEqual([0, false]);
    socket.end();
    const text = (await output.toArray()).join('');
    expect(text).toMatch(/^\["request-1",.*\{"a":1\}$/);
  });

  it('is closed when something else is written to it', async () => {
    const closed = new Promise((resolve) => runtime.once('end', resolve));
    runtime.write('a line that a function writes\n');
    await closed;
    expect(told).toEqual([expect.stringContaining('wrote to descriptor 3')]);
  });
});
