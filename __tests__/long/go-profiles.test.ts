/** CPU profiles of the examples in Go: a service definition whose functions share a program, and an application of Sparta. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { consoleClient, findCalls } from '../support/console-client.ts';
import { openConsole } from '../support/console-service.ts';
import { describeWithGo, GO_SETTINGS } from '../support/go.ts';

const SPEND = `

var sum float64

//go:noinline
func spend() {
	for at := 0; at < 300000000; at++ {
		sum += float64(at) * 1.5
	}
}
`;

/** The files of an example, in which one function has something to do. */
async function filesOf(name: string, main: string): Promise<Record<string, string>> {
  const folder = resolve(import.meta.dirname, '../../examples', name);
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.flatMap((each) => (each.isFile() ? [join(each.parentPath, each.name)] : []));
  const files = Object.fromEntries(
    await Promise.all(
      paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const),
    ),
  );
  const text = files[main] ?? '';
  const busy = text.replace(/^\treturn .*"Goodbye, "/m, '\tspend()\n$&');
  expect(busy).not.toBe(text);
  return { ...files, [main]: busy + SPEND };
}

describeWithGo('a profile of an example in Go', () => {
  it.each([
    ['hello-go', 'cmd/hello/main.go'],
    ['sparta-go', 'main.go'],
  ])('%s has the function that had something to do', async (name, main) => {
    const command = await openConsole(['start-lambda'], GO_SETTINGS, await filesOf(name, main));
    try {
      const client = consoleClient(command);
      const targets = await client.targets();
      expect(targets.map(({ canProfile }) => canProfile)).toEqual([true, true]);
      const to = targets.find(({ id }) => id.startsWith('Goodbye'))?.id ?? '';
      const { entry, calls, notes } = await client.profile(to, { name: 'Ada' });
      expect(entry.end).toMatchObject({ status: 'success', response: '{"message":"Goodbye, Ada"}' });
      expect(notes[0]).toMatch(/^Go took \d+ samples/);
      const spent = findCalls(calls, 'main.spend')?.total ?? 0;
      expect(spent).toBeGreaterThan(0.8 * (calls?.total ?? 0));
      expect(spent).toBeGreaterThan(100_000);
    } finally {
      await command.stop();
    }
  });
});
