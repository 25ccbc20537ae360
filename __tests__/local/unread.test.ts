import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createActivity, type Happening } from '../../src/local/activity.ts';
import type { LocalFunction } from '../../src/local/functions/function.ts';
import { until } from '../support/eventually.ts';
import { failed, jsonOf, localFunction, succeeded, type TestHost, testHost } from './functions.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-unread-'));
  // Whatever package the system's folder may be in.
  writeFileSync(join(directory, 'package.json'), '{}');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const NODE = `
const { appendFileSync, existsSync } = require('node:fs');
appendFileSync(process.env.SEEN, 'started ' + process.pid + '\\n');
exports.handler = async ({ id, end }) => {
  appendFileSync(process.env.SEEN, 'event ' + id + '\\n');
  if (end) process.kill(process.pid, 'SIGKILL');
  return process.pid;
};
if (process.env.STOPS) {
  while (!existsSync(process.env.STOPS)) {}
  setTimeout(() => process.kill(process.pid, 'SIGSTOP'), 1);
}
`;
const PYTHON = `
import os, signal
def note(text):
    with open(os.environ['SEEN'], 'a') as file:
        file.write(text + '\\n')
note('started %d' % os.getpid())
def handler(event, context):
    note('event %s' % event.get('id'))
    if event.get('end'):
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()
if 'STOPS' in os.environ:
    import threading
    while not os.path.exists(os.environ['STOPS']):
        pass
    threading.Timer(0.001, lambda: os.kill(os.getpid(), signal.SIGSTOP)).start()
`;

/** Says in a file of its own what it starts and what it is given. */
function noting(runtime: string, over: Partial<LocalFunction> = {}) {
  const path = mkdtempSync(join(directory, 'code-'));
  mkdirSync(join(path, 'code'));
  writeFileSync(join(path, 'package.json'), '{}');
  writeFileSync(join(path, 'code', 'index.js'), NODE);
  writeFileSync(join(path, 'code', 'index.py'), PYTHON);
  const seen = join(path, 'seen');
  const fn = localFunction({
    ...{ runtime, handler: 'index.handler', code: { kind: 'directory', path: join(path, 'code') } },
    ...over,
    environment: { SEEN: seen, ...over.environment },
  });
  const lines = (): string[] => (existsSync(seen) ? readFileSync(seen, 'utf8').split('\n').slice(0, -1) : []);
  return {
    fn,
    events: () => lines().filter((line) => line.startsWith('event')),
    pids: () => lines().flatMap((line) => (line.startsWith('started') ? Number(line.slice(8)) : [])),
  };
}

async function withHost<T>(host: TestHost, body: (host: TestHost) => Promise<T>): Promise<T> {
  try {
    return await body(host);
  } finally {
    await host.stop();
  }
}

const stateOf = (pid: number): string | undefined =>
  /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];
const isStopped = (pid: number): boolean => stateOf(pid) === 'T';
/** Nothing else happens here meanwhile. */
function waitHere(condition: () => boolean): void {
  while (!condition()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

const SMALL = '{"id":2}';
/** More than a socket takes at once. */
const LARGE = JSON.stringify({ id: 2, text: 'x'.repeat(5 * 1024 * 1024) });
const runtimes = ['nodejs24.x', 'python3.11'];

/** An environment that has answered, and reads nothing any more. */
async function stopped(host: TestHost, fn: LocalFunction): Promise<number> {
  const pid = Number(jsonOf(await host.invoke(fn, '{"id":1}')));
  process.kill(pid, 'SIGSTOP');
  await until(() => isStopped(pid));
  return pid;
}

/** Where the system tells of processes. */
const linux = existsSync('/proc/self/stat') ? describe : describe.skip;

linux('an event that its environment ends without reading', () => {
  it.each(
    [...runtimes, 'nodejs20.x'].flatMap((runtime) =>
      [SMALL, LARGE].map((event) => [runtime, event.length, event] as const),
    ),
  )('runs in another one, once: %s, %d bytes', async (runtime, _, event) => {
    const { fn, events } = noting(runtime);
    const activity = createActivity();
    const happened: Happening[] = [];
    activity.subscribe((happening) => happened.push(happening));
    await withHost(testHost([fn], { activity }), async (host) => {
      const first = await stopped(host, fn);
      const before = host.written();
      happened.length = 0;
      const working = host.invoke(fn, event);
      await turn();
      process.kill(first, 'SIGKILL');
      const result = succeeded(await working);
      expect(jsonOf(result)).not.toBe(first);
      expect(events()).toEqual(['event 1', 'event 2']);
      const written = host.written().slice(before.length);
      expect(written.match(/^(START|END|REPORT) /gm)).toEqual(['START ', 'END ', 'REPORT ']);
      expect(result.logs).toBe(written);
      expect(result.report.initMs).toBeGreaterThan(0);
      expect(happened.map(({ kind }) => kind)).toEqual(['began', 'ended']);
      expect(happened.at(-1)).toMatchObject({ requestId: result.requestId, cold: true });
      // And the new one is as good as any.
      expect(jsonOf(await host.invoke(fn, '{"id":3}'))).toBe(jsonOf(result));
    });
  });

  it.each(runtimes)('goes to an idle one where there is one: %s', async (runtime) => {
    const { fn, events, pids } = noting(runtime);
    await withHost(testHost([fn]), async (host) => {
      await Promise.all([host.invoke(fn, '{"id":0}'), host.invoke(fn, '{"id":0}')]);
      expect(pids()).toHaveLength(2);
      const first = await stopped(host, fn);
      const working = host.invoke(fn, SMALL);
      await turn();
      process.kill(first, 'SIGKILL');
      const result = succeeded(await working);
      expect(pids().filter((pid) => pid !== first)).toEqual([jsonOf(result)]);
      expect(events().slice(2)).toEqual(['event 1', 'event 2']);
      expect(result.report.initMs).toBeUndefined();
    });
  });

  it.each(runtimes)('goes through all that ended, one after the other: %s', async (runtime) => {
    const { fn, events, pids } = noting(runtime);
    await withHost(testHost([fn], { maxEnvironments: 3 }), async (host) => {
      await Promise.all([0, 0, 0].map((id) => host.invoke(fn, JSON.stringify({ id }))));
      const all = pids();
      expect(all).toHaveLength(3);
      for (const pid of all) process.kill(pid, 'SIGKILL');
      // Their exits are heard of later.
      waitHere(() => all.every((pid) => stateOf(pid) === 'Z'));
      const result = succeeded(await host.invoke(fn, SMALL));
      expect(all).not.toContain(jsonOf(result));
      expect(events().slice(3)).toEqual(['event 2']);
      expect(result.logs.match(/START/g)).toHaveLength(1);
    });
  });

  it.each(runtimes)('is lost with one that was started for it: %s', async (runtime) => {
    const hint = join(mkdtempSync(join(directory, 'hint-')), 'stop');
    const { fn, pids } = noting(runtime, { environment: { STOPS: hint } });
    await withHost(testHost([fn]), async (host) => {
      const working = host.invoke(fn, SMALL);
      await until(() => pids().length > 0);
      // It asks for the event, and stops, before it can be sent one.
      writeFileSync(hint, '');
      waitHere(() => pids().every(isStopped));
      await turn();
      await turn();
      for (const pid of pids()) process.kill(pid, 'SIGKILL');
      expect(failed(await working).error.errorType).toBe('Runtime.ExitError');
      expect(pids()).toHaveLength(1);
    });
  });

  it.each(runtimes)('times out with one that does not end: %s', async (runtime) => {
    const { fn, events, pids } = noting(runtime, { timeout: 1 });
    await withHost(testHost([fn]), async (host) => {
      await stopped(host, fn);
      expect(failed(await host.invoke(fn, LARGE)).error.errorType).toBe('Sandbox.Timedout');
      expect([events(), pids().length]).toEqual([['event 1'], 1]);
    });
  });

  it.each(runtimes)('is given up by whoever cancels it: %s', async (runtime) => {
    const { fn, events, pids } = noting(runtime);
    await withHost(testHost([fn]), async (host) => {
      await stopped(host, fn);
      const controller = new AbortController();
      const working = host.invoke(fn, SMALL, { signal: controller.signal });
      await turn();
      controller.abort();
      await expect(working).rejects.toThrow('aborted');
      expect([events(), pids().length]).toEqual([['event 1'], 1]);
    });
  });

  it.each(runtimes)('ends with the host: %s', async (runtime) => {
    const { fn, events, pids } = noting(runtime);
    const host = testHost([fn]);
    await stopped(host, fn);
    const working = host.invoke(fn, SMALL);
    await turn();
    await host.stop();
    expect(failed(await working).error.errorType).toBe('Runtime.ExitError');
    expect([events(), pids().length]).toEqual([['event 1'], 1]);
  });
});

describe('an event that its environment has read', () => {
  it.each(runtimes)('is not given to another one: %s', async (runtime) => {
    const { fn, events, pids } = noting(runtime);
    await withHost(testHost([fn]), async (host) => {
      await host.invoke(fn, '{"id":1}');
      for (const text of ['', 'x'.repeat(5 * 1024 * 1024)]) {
        const { error } = failed(await host.invoke(fn, JSON.stringify({ id: 2, end: true, text })));
        expect(error.errorMessage).toContain('Runtime exited with error: signal: killed');
        await host.invoke(fn, '{"id":3}');
      }
      expect(events()).toEqual(['event 1', 'event 2', 'event 3', 'event 2', 'event 3']);
      expect(pids()).toHaveLength(3);
    });
  });
});
