import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { type CacheServer, startCache } from '../support/cache-server.ts';
import { makeWorkspace, runAction, runPost } from '../support/runner.ts';

const files = {
  'template.yaml':
    'Resources:\n  Layer:\n    Type: AWS::Lambda::LayerVersion\n    Properties:\n      Content: code\n',
  'code/a.js': 'a'.repeat(5000),
};

async function withCache(work: (cache: CacheServer) => Promise<void>): Promise<void> {
  const cache = await startCache();
  try {
    await work(cache);
  } finally {
    await cache.stop();
  }
}

it('saves what it packaged in the post step, and packages nothing the next time', () =>
  withCache(async (cache) => {
    const workspace = await makeWorkspace(files);
    const options = {
      workspace: workspace.path,
      inputs: { 'stack-name': 'demo', noop: 'true' },
      env: { ...cache.env },
    };
    const first = await runAction(options);
    expect(first.exitCode).toBe(0);
    expect(first.stdout).not.toContain('unchanged');
    expect(cache.entries.size).toBe(0);
    const post = await runPost(options, first);
    expect(post.exitCode).toBe(0);
    expect(cache.entries.size).toBe(1);
    await rm(join(workspace.path, '.sparta'), { recursive: true });
    const second = await runAction(options);
    expect(second.stdout).toContain('unchanged');
    expect(second.state.cache).toBeUndefined();
    await workspace.remove();
    expect(first.stdout + post.stdout + second.stdout).not.toContain('cache-token-canary');
  }));

it('packages again when what the cache gives is not what was put in', () =>
  withCache(async (cache) => {
    const workspace = await makeWorkspace(files);
    const options = {
      workspace: workspace.path,
      inputs: { 'stack-name': 'demo', noop: 'true' },
      env: { ...cache.env },
    };
    await runPost(options, await runAction(options));
    const [key = ''] = cache.entries.keys();
    cache.entries.set(key, Buffer.from('not an archive'));
    await rm(join(workspace.path, '.sparta'), { recursive: true });
    const again = await runAction(options);
    await workspace.remove();
    expect(again.exitCode).toBe(0);
    expect(again.stdout).not.toContain('unchanged');
  }));

it('says once that there is no cache service', async () => {
  const workspace = await makeWorkspace(files);
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'demo', noop: 'true' },
  });
  await workspace.remove();
  expect(result.stdout.match(/Working without the cache/g)).toHaveLength(1);
});
