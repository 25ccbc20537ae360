import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InvokeResult } from '../../src/local/invoke.ts';
import { localFunction, testHost } from '../local/functions.ts';

const INVOCATIONS = 1500;
const CALLERS = 6;
/** One is killed with each so many answers. */
const EACH = 7;
const NODE = `
const { openSync, writeSync } = require('node:fs');
const seen = openSync(process.env.SEEN, 'a');
writeSync(seen, 'started ' + process.pid + '\\n');
exports.handler = async ({ id }) => {
  writeSync(seen, 'event ' + id + '\\n');
  return id;
};
`;
const PYTHON = `
import os
seen = os.open(os.environ['SEEN'], os.O_APPEND | os.O_WRONLY)
os.write(seen, b'started %d\\n' % os.getpid())
def handler(event, context):
    os.write(seen, b'event %d\\n' % event['id'])
    return event['id']
`;

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-kills-'));
  writeFileSync(join(directory, 'package.json'), '{}');
  writeFileSync(join(directory, 'index.js'), NODE);
  writeFileSync(join(directory, 'index.py'), PYTHON);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Numbers behind a word, line by line. */
const noted = (file: string, word: string): number[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith(`${word} `) ? Number(line.slice(word.length)) : []));

function killOne(pids: readonly number[]): void {
  // Those that started last live.
  const pid = pids.at(-1 - Math.floor(Math.random() * Math.min(pids.length, CALLERS)));
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

describe('environments that are killed at any time', () => {
  it.each([
    ['nodejs24.x', 10],
    ['nodejs24.x', 300_000],
    ['python3.11', 10],
    ['python3.11', 300_000],
  ])('run an event once or say that they failed: %s, %d bytes', async (runtime, bytes) => {
    const seen = join(mkdtempSync(join(directory, 'seen-')), 'seen');
    writeFileSync(seen, '');
    const code = { kind: 'directory', path: directory } as const;
    const fn = localFunction({ runtime, handler: 'index.handler', code, environment: { SEEN: seen } });
    const host = testHost([fn]);
    const results = new Map<number, InvokeResult>();
    const text = 'x'.repeat(bytes);
    let next = 0;
    const caller = async (): Promise<void> => {
      while (next < INVOCATIONS) {
        const id = next++;
        results.set(id, await host.invoke(fn, JSON.stringify({ id, text })));
        if (id % EACH === 0) killOne(noted(seen, 'started'));
      }
    };
    try {
      await Promise.all(Array.from({ length: CALLERS }, caller));
    } finally {
      await host.stop();
    }
    const ran = Map.groupBy(noted(seen, 'event'), (id) => id);
    const wrong = [...results].filter(([id, result]) => {
      const times = ran.get(id)?.length ?? 0;
      if (result.kind === 'success') return times !== 1 || result.payload.toString() !== String(id);
      return times > 1 || result.kind === 'throttled' || result.error.errorType !== 'Runtime.ExitError';
    });
    expect(wrong).toEqual([]);
    expect(results.size).toBe(INVOCATIONS);
    const lines = (word: string): number => host.written().split(`${word} RequestId: `).length - 1;
    expect([lines('START'), lines('END'), lines('REPORT')]).toEqual(Array(3).fill(INVOCATIONS));
  });
});
