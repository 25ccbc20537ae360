import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { watchFolder } from '../../src/local/watch.ts';
import { until } from '../support/eventually.ts';

let folder: string;
let stop: AbortController;
let over: Promise<void>;
let calls: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-watch-'));
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'node_modules'));
  stop = new AbortController();
  calls = 0;
});
afterEach(async () => {
  stop.abort();
  await over;
  rmSync(folder, { recursive: true, force: true });
});

/** Resolves once the folder is watched. */
async function start(build: () => void = () => undefined): Promise<void> {
  over = watchFolder(folder, stop.signal, async () => {
    calls++;
    build();
  });
  await until(() => {
    if (calls === 0) write('src/first', String(Math.random()));
    return calls > 0;
  });
  await atRest();
}

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

/** How often it was called, once that is so many times at least and nothing more comes, however long a change takes. */
async function atRest(least = 0): Promise<number> {
  await until(() => calls >= least);
  let before = -1;
  while (before !== calls) {
    before = calls;
    await pause(400);
  }
  return calls;
}

it('tells of changes, also in folders that are new, and not of what is installed', async () => {
  await start();
  const before = calls;
  write('node_modules/installed', '1');
  expect(await atRest()).toBe(before);
  mkdirSync(join(folder, 'new'));
  expect(await atRest(before + 1)).toBe(before + 1);
  write('new/file', '1');
  expect(await atRest(before + 2)).toBe(before + 2);
});

it('does not take what is said of a build for a change', async () => {
  await start(() => write('start.log', String(calls)));
  const before = calls;
  write('src/edited', '1');
  expect(await atRest(before + 1)).toBe(before + 1);
});

it('comes to rest when what it calls writes the same files each time', async () => {
  await start(() => write('src/generated', 'the same'));
  const before = calls;
  write('src/edited', '1');
  expect(await atRest(before + 1)).toBe(before + 1);
  write('src/edited', '1');
  expect(await atRest()).toBe(before + 1);
  write('src/edited', '2');
  expect(await atRest(before + 2)).toBe(before + 2);
});
