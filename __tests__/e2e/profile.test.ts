/** CPU profiles of functions in Go, as the page of the console gets them: compiled once more, from the same sources. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sha256 } from '../../src/hash/canonical.ts';
import { consoleClient, findCalls } from '../support/console-client.ts';
import { type ConsoleCommand, openConsole } from '../support/console-service.ts';
import { describeWithGo, GO_SETTINGS } from '../support/go.ts';
import { GO_FILES } from '../support/go-service.ts';

/** All files below a folder, by their hashes. */
async function contentOf(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (file) => [file, sha256(await readFile(file))])),
  );
}

describeWithGo('a profile of a function in Go', () => {
  let command: ConsoleCommand;
  beforeAll(async () => {
    command = await openConsole(['start-lambda', '--stack-name', 'orders'], GO_SETTINGS, GO_FILES);
  });
  afterAll(() => command?.stop());

  const profiled = (event: object, to = 'TakeOrder') => consoleClient(command).profile(to, event);

  it('has most of its time where the function spent it, and leaves alone what is deployed', async () => {
    const ours = join(command.folder, '.sparta');
    const sources = join(command.folder, 'take-order');
    const before = [await contentOf(ours), await contentOf(sources)];
    const { entry, calls, notes } = await profiled({ spend: 600 });
    expect(entry).toMatchObject({ end: { status: 'success' } });
    expect(JSON.parse(entry.end?.response ?? '')).toEqual({ said: 'first', beside: true, asked: '' });
    expect(entry.logs).toMatch(/^START .*\nEND .*\nREPORT /);
    const found = findCalls(calls, 'main.priceOf');
    expect(found?.place).toMatch(/^sparta-action\/fixture\/main\.go:\d+$/);
    expect(found?.total).toBeGreaterThan(300_000);
    expect(found?.total).toBeGreaterThan(0.8 * (calls?.total ?? 0));
    expect(findCalls(calls, 'main.handle')?.total).toBeGreaterThanOrEqual(found?.total ?? 0);
    expect(notes.join('\n')).toMatch(
      /^Go took \d+ samples, one for each 10 ms of CPU time from the start of package main to the answer\./,
    );
    expect([await contentOf(ours), await contentOf(sources)]).toEqual(before);
    const names = before.flatMap((files) => Object.keys(files).map((file) => basename(file)));
    expect(names).toEqual(expect.arrayContaining(['bootstrap', 'note.json', 'main.go', 'go.mod']));
  });

  it('says so where it has no sample', async () => {
    const { entry, calls, notes } = await profiled({ spend: 0 });
    expect(entry.end?.status).toBe('success');
    expect(calls).toBeUndefined();
    expect(notes[0]).toMatch(/^Go took no sample: it takes one for each 10 ms of CPU time/);
  });

  it.each([
    ['panics', { do: 'panic' }, 'error'],
    ['exits', { do: 'exit' }, 'error'],
    ['takes longer than its timeout', { spend: 100, wait: 60_000 }, 'timeout'],
  ])('says that there is none where the function %s', async (_, event, status) => {
    const { entry, calls, notes } = await profiled(event);
    expect(entry.end?.status).toBe(status);
    expect(calls).toBeUndefined();
    expect(notes).toEqual(['There is no profile: the process ended before its program could send it.']);
  });

  it('is not there for a program that others have compiled', async () => {
    expect(await consoleClient(command).targets()).toEqual([
      expect.objectContaining({ id: 'TakeOrder', canProfile: true }),
      expect.objectContaining({
        id: 'Ready',
        canProfile: false,
        whyNoProfile: expect.stringContaining('was not compiled here from Go'),
      }),
    ]);
    const { entry } = await profiled({}, 'Ready');
    expect(entry.end).toMatchObject({
      status: 'refused',
      response: expect.stringContaining('Ready: No profile: its program was not compiled here from Go'),
    });
  });

  it('tells that the sources are others now, and what the compiler says of them', async () => {
    const source = join(command.folder, 'take-order/main.go');
    const text = GO_FILES['take-order/main.go'];
    await writeFile(source, text.replace('"first"', '"second"'));
    const { entry, notes } = await profiled({ spend: 0 });
    expect(entry.end?.response).toContain('"said":"second"');
    expect(notes[0]).toBe('Its sources have changed since it was built: this is what they are now.');
    await writeFile(source, text.replace('priceOf(order)', 'priceOf(nothing)'));
    const { entry: failed } = await profiled({});
    expect(failed.end).toMatchObject({
      status: 'refused',
      response: expect.stringMatching(/undefined: nothing \(take-order\/main\.go:\d+:\d+\)/),
    });
  });
});
