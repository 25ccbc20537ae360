/** What functions write bit by bit, in a log that others write to as well. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createActivity } from '../../src/local/activity.ts';
import { localFunction, testHost } from './functions.ts';

/** Writes half a line, and the other half when the server says so. */
const HALVES = `
export const handler = async ({ url, end }) => {
  process.stdout.write('half a');
  await fetch(url);
  process.stdout.write(' line' + end);
};`;

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-lines-'));
  writeFileSync(join(directory, 'index.mjs'), HALVES);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

it.each(['\n', ''])('is one line there, and is told at once to who listens: %j at its end', async (end) => {
  const fn = localFunction({ handler: 'index.handler', code: { kind: 'directory', path: directory } });
  const activity = createActivity();
  const heard: string[] = [];
  const asked = Promise.withResolvers<ServerResponse>();
  const half = Promise.withResolvers<void>();
  activity.subscribe((happening) => {
    if (happening.kind === 'logged' && happening.text === 'half a') half.resolve();
  });
  const server = createServer((_, response) => asked.resolve(response)).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const host = testHost([fn], { activity, output: (text) => heard.push(text) });
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const running = host.invoke(fn, JSON.stringify({ url, end }));
    await half.promise;
    (await asked.promise).end();
    const result = await running;
    expect(heard.slice(1)).toEqual([
      'half a line\n',
      expect.stringMatching(/^END RequestId: .*\nREPORT .*\n$/),
    ]);
    expect(result.kind === 'success' && result.logs).toBe(heard.join(''));
  } finally {
    await host.stop();
    server.close();
  }
});
