import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CacheFault, type CacheServer, startCache } from '../support/cache-server.ts';
import { tarOf } from '../support/tar.ts';

const run = promisify(execFile);
const script = resolve(import.meta.dirname, '../support/cache-step.ts');

let cache: CacheServer;
let workspace: string;
let file: string;
beforeEach(async () => {
  cache = await startCache();
  workspace = await realpath(await mkdtemp(join(tmpdir(), 'cache-')));
  await mkdir(join(workspace, 'artifacts', 'made'), { recursive: true });
  await mkdir(join(workspace, 'temp'));
  file = join(workspace, 'artifacts', 'made', 'a.zip');
});
afterEach(async () => {
  await cache.stop();
  await rm(workspace, { recursive: true });
});

/** @returns what the step printed */
async function step(
  verb: 'restore' | 'save',
  key: string,
  env: Readonly<Record<string, string>> = cache.env,
) {
  const { stdout } = await run(process.execPath, [script, verb, key, join(workspace, 'artifacts'), 'made'], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH ?? '',
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: join(workspace, 'temp'),
      GITHUB_SERVER_URL: 'https://github.com',
      ...env,
    },
    timeout: 240_000,
  });
  return stdout;
}

describe('the cache', () => {
  it.each([1, 100_000, 70_000_000])('gives back %d bytes as they were saved', async (size) => {
    const content = randomBytes(size);
    await writeFile(file, content);
    expect(await step('save', 'key')).toContain('went on');
    expect([...cache.entries.keys()]).toEqual(['key']);
    await rm(file);
    expect(await step('restore', 'key')).toContain('restored: key');
    expect((await readFile(file)).equals(content)).toBe(true);
  });

  it('has nothing under another key', async () => {
    await writeFile(file, 'x');
    await step('save', 'key');
    expect(await step('restore', 'key-2')).toContain('restored: false');
  });

  it('gives back the newest entry of those whose key begins alike, in any checkout', async () => {
    await writeFile(file, 'old');
    await step('save', 'key-a');
    await writeFile(file, 'new');
    await step('save', 'key-b');
    const first = workspace;
    workspace = await realpath(await mkdtemp(join(tmpdir(), 'elsewhere-')));
    await mkdir(join(workspace, 'temp'));
    expect(await step('restore', 'key-')).toContain('restored: key-b');
    expect(await readFile(join(workspace, 'artifacts', 'made', 'a.zip'), 'utf8')).toBe('new');
    await rm(first, { recursive: true });
  });

  it('takes it calmly when another run saved the same first', async () => {
    await writeFile(file, 'x');
    await step('save', 'key');
    const [first] = cache.entries.values();
    const again = await step('save', 'key');
    expect(again).toContain('went on');
    expect(again).not.toContain('::error');
    expect([...cache.entries.values()]).toEqual([first]);
  });

  it('is gone without where there is no service, said once', async () => {
    for (const env of [{}, { ACTIONS_RUNTIME_TOKEN: 'token' }] as Record<string, string>[]) {
      const text = await step('restore', 'key', env);
      expect(text).toBe(
        'Working without the cache: there is no cache service here\nwent on, restored: false\n',
      );
    }
  });

  it('keeps its token and signed addresses out of the log, debug lines included', async () => {
    await writeFile(file, 'x');
    const env = { ...cache.env, RUNNER_DEBUG: '1' };
    const printed = (await step('save', 'key', env)) + (await step('restore', 'key', env));
    expect(printed).toContain('::debug::');
    const shown = asRunnerShows(printed);
    expect(shown).not.toMatch(/cache-token-canary|sig=signature/);
    expect(shown).toContain('sig=***');
  });
});

/** A runner hides what it was told to hide from then on. */
function asRunnerShows(printed: string): string {
  const masks: string[] = [];
  return printed
    .split('\n')
    .filter((line) => {
      const [, mask] = /^::add-mask::(.*)$/.exec(line) ?? [];
      if (mask) masks.push(mask);
      return mask === undefined;
    })
    .map((line) => masks.reduce((text, mask) => text.replaceAll(mask, '***'), line))
    .join('\n');
}

describe('a fault of the cache service never fails a step', () => {
  const restoring: [string, CacheFault][] = [
    ['it refuses', { match: /GetCacheEntry/, does: 'refuse' }],
    ['it cuts the connection', { match: /GetCacheEntry/, does: 'reset' }],
    ['the download is refused', { match: /GET blob|HEAD blob/, does: 'refuse' }],
    ['the download is something else', { match: /GET blob/, does: 'nonsense' }],
  ];
  it.each(restoring)('restoring, when %s', async (_, fault) => {
    await writeFile(file, 'x');
    await step('save', 'key');
    await rm(file);
    cache.faults.push(fault);
    expect(await step('restore', 'key')).toContain('restored: false');
  });

  const saving: [string, CacheFault][] = [
    ['it refuses', { match: /CreateCacheEntry/, does: 'refuse' }],
    ['it cuts the connection', { match: /CreateCacheEntry/, does: 'reset' }],
    ['the upload is refused', { match: /PUT blob/, does: 'refuse' }],
    ['it refuses in the end', { match: /Finalize/, does: 'refuse' }],
  ];
  it.each(saving)('saving, when %s', async (_, fault) => {
    await writeFile(file, 'x');
    cache.faults.push(fault);
    expect(await step('save', 'key')).toContain('went on');
    expect(cache.entries.size).toBe(0);
  });

  it('restoring, when what is there is no archive', async () => {
    await writeFile(file, 'x');
    await step('save', 'key');
    cache.entries.set('key', Buffer.from('not an archive'));
    expect(await step('restore', 'key')).toContain('restored: false');
  });

  it('restoring, when what is there would write elsewhere', async () => {
    await writeFile(file, 'x');
    await step('save', 'key');
    const outside = join(workspace, 'outside');
    for (const name of [outside, '../outside', 'artifacts/../../outside']) {
      cache.entries.set('key', zstdCompressSync(tarOf([{ name, text: 'bad' }])));
      expect(await step('restore', 'key')).toContain('went on');
      await expect(readFile(outside)).rejects.toThrow('ENOENT');
      await expect(readFile(join(workspace, '..', 'outside'))).rejects.toThrow('ENOENT');
    }
  });

  it('restoring, when it fails, talks nonsense or is silent: it is given up on', async () => {
    const results = await Promise.all(
      (['fail', 'nonsense', 'silence'] as const).map(async (does) => {
        const server = await startCache();
        server.faults.push({ match: /GetCacheEntry/, does });
        const start = performance.now();
        const printed = await step('restore', 'key', server.env);
        await server.stop();
        return { printed, seconds: (performance.now() - start) / 1000 };
      }),
    );
    for (const { printed, seconds } of results) {
      expect(printed).toContain('restored: false');
      expect(seconds).toBeLessThan(200);
    }
    expect(results[2]?.printed).toContain('Working without the cache: the cache service does not answer');
  });
});
