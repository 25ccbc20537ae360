/** Profiles of Go without Go: how they are read, and what becomes of them when they do not come. */
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Profile, StringTable } from 'pprof-format';
import { goMeasured } from '../../../src/local/profile/go.ts';
import { goProfiler } from '../../../src/local/profile/go-connection.ts';
import { whyNoProfile } from '../../../src/local/profile/index.ts';
import type { Profiler } from '../../../src/local/profile/types.ts';
import { localFunction } from '../functions.ts';

type Samples = readonly (readonly [stack: readonly number[], count: number])[];

/** As `runtime/pprof` writes them: `count` and then `cpu`; `price` is put into `handler` by the compiler. */
function profileOf(samples: Samples): Buffer {
  const stringTable = new StringTable();
  const name = (text: string): number => stringTable.dedup(text);
  const functions = ['main.main', 'main.handler', 'main.price', 'runtime.mallocgc'].map((each, index) => ({
    id: index + 1,
    name: name(each),
    systemName: name(each),
    filename: name(each.startsWith('main') ? 'example.com/hot/main.go' : 'runtime/malloc.go'),
    startLine: index === 3 ? 0 : 10 * (index + 1),
  }));
  const line = (functionId: number) => ({ functionId, line: 99 });
  const profile = new Profile({
    sampleType: [
      { type: name('samples'), unit: name('count') },
      { type: name('cpu'), unit: name('nanoseconds') },
    ],
    sample: samples.map(([locationId, count]) => ({
      locationId: [...locationId],
      value: [count, count * 10_000_000],
    })),
    location: [
      { id: 1, address: 0x7fff_ffff_ffffn, line: [line(1)] },
      { id: 2, line: [line(3), line(2)] },
      { id: 3, line: [line(4)] },
      { id: 4, line: [line(2)] },
    ],
    function: functions,
    stringTable,
    periodType: { type: name('cpu'), unit: name('nanoseconds') },
    period: 10_000_000,
  });
  return gzipSync(profile.encode());
}

describe('what was sampled', () => {
  it('becomes calls, also those that the compiler put into their callers', async () => {
    const { calls, notes } = await goMeasured(
      profileOf([
        [[2, 1], 3],
        [[3, 2, 1], 2],
        [[4, 1], 1],
        // Of a goroutine of its own.
        [[3], 4],
      ]),
    );
    const place = (at: number) => `example.com/hot/main.go:${at}`;
    const leaf = { name: 'runtime.mallocgc', place: 'runtime/malloc.go', children: [] };
    expect(calls).toEqual({
      name: 'all',
      place: '',
      self: 0,
      total: 100_000,
      children: [
        {
          name: 'main.main',
          place: place(10),
          self: 0,
          total: 60_000,
          children: [
            {
              name: 'main.handler',
              place: place(20),
              self: 10_000,
              total: 60_000,
              children: [
                {
                  name: 'main.price',
                  place: place(30),
                  self: 30_000,
                  total: 50_000,
                  children: [{ ...leaf, self: 20_000, total: 20_000 }],
                },
              ],
            },
          ],
        },
        { ...leaf, self: 40_000, total: 40_000 },
      ],
    });
    expect(notes[0]).toBe(
      'Go took 10 samples, one for each 10 ms of CPU time from the start of package main to the answer. Shares of so few are rough.',
    );
  });

  it('is told apart from what was too short to be', async () => {
    expect(await goMeasured(profileOf([]))).toEqual({
      notes: [
        expect.stringMatching(
          /^Go took no sample: it takes one for each 10 ms of CPU time, and the program did not use enough /,
        ),
      ],
    });
    const many = await goMeasured(profileOf([[[1], 50]]));
    expect(many.notes[0]).toMatch(/^Go took 50 samples, .* to the answer\.$/);
    expect((await goMeasured(profileOf([[[1], 1]]))).notes[0]).toMatch(
      /^Go took one sample, .* Shares of so few are rough\.$/,
    );
  });
});

describe('a profile that does not come', () => {
  let profiler: Profiler;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    profiler = await goProfiler(100);
  });
  afterEach(() => {
    profiler.stop();
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  /** A program that connects; it goes on once it was heard. */
  async function program(says: (token: string) => string): Promise<Socket> {
    const [address = '', token = ''] = profiler.variable.split(' ');
    const [host = '', port = ''] = address.split(':');
    const socket = connect({ host, port: Number(port), allowHalfOpen: true });
    sockets.push(socket);
    await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail));
    const heard = new Promise((done) => socket.once('data', done).once('end', done));
    socket.write(says(token));
    await heard;
    return socket;
  }
  /** When it is asked for. */
  const asked = (socket: Socket): Promise<void> => new Promise((done) => socket.once('end', done).resume());
  const none = (why: string) => ({ notes: [`There is no profile: ${why}.`] });

  it('has not begun', async () => {
    expect(await profiler.measured()).toEqual(
      none('the process ended before package main of its program began'),
    );
  });

  it('is not taken from anybody else', async () => {
    const other = await program(() => 'another');
    expect(other.readableEnded).toBe(true);
    expect(await profiler.measured()).toEqual(
      none('the process ended before package main of its program began'),
    );
  });

  it('is that of the last process, where one was started over', async () => {
    (await program((token) => token)).destroy();
    const last = await program((token) => token);
    const answer = profiler.measured();
    await asked(last);
    last.end(profileOf([[[1], 50]]));
    expect((await answer).calls?.total).toBe(500_000);
  });

  it.each<readonly [why: string, act: (socket: Socket) => void]>([
    ['the process ended before its program could send it', (socket) => socket.end()],
    ['the program did not send it within 0.1 s of its answer', () => undefined],
    ['Go says: cpu profiling already in use', (socket) => socket.end('cpu profiling already in use')],
    [
      'what came of it cannot be read (unexpected end of file)',
      (socket) => socket.end(profileOf([[[1], 50]]).subarray(0, 60)),
    ],
  ])('says that %s', async (why, act) => {
    const socket = await program((token) => token);
    const answer = profiler.measured();
    void asked(socket).then(() => act(socket));
    expect(await answer).toEqual(none(why));
  });
});

describe('whether there can be a profile', () => {
  const why = (over: Parameters<typeof localFunction>[0], isCompiled = false) =>
    whyNoProfile(localFunction(over), isCompiled);

  it.each([
    ['nodejs24.x', false],
    ['python3.13', false],
    ['provided.al2023', true],
    ['go1.x', true],
  ])('there can, on %s', (runtime, isCompiled) => {
    expect(why({ runtime }, isCompiled)).toBeUndefined();
  });

  it.each([
    ['provided.al2023', /was not compiled here from Go/],
    ['java21', /java21 is not measured here/],
    ['image', /in an image/],
  ])('there cannot, on %s', (runtime, reason) => {
    expect(why({ runtime })).toMatch(reason);
  });

  it('there cannot of a durable function', () => {
    expect(why({ durable: {} })).toMatch(/durable/);
  });
});
