import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeWorkspace, runAction } from '../support/runner.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const tried = readdirSync(examples).filter((name) => readdirSync(join(examples, name)).includes('events'));

/** The tools of a runner, with the Node of two runtimes. */
let tools: string;
beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), 'tools-'));
  for (const version of ['22.0.0', '24.0.0']) {
    const folder = join(tools, 'node', version, process.arch, 'bin');
    await mkdir(folder, { recursive: true });
    await symlink(process.execPath, join(folder, 'node'));
  }
});
afterAll(() => rm(tools, { recursive: true, force: true }));

it.each(tried)('every function of %s is invoked, on the Node of its runtime', async (name) => {
  const workspace = await makeWorkspace({});
  try {
    await cp(join(examples, name), workspace.path, { recursive: true });
    const step = (inputs: Record<string, string>) =>
      runAction({
        workspace: workspace.path,
        inputs: { command: 'invoke', ...inputs },
        env: { RUNNER_TOOL_CACHE: tools, GOPATH: process.env.GOPATH ?? '', HOME: process.env.HOME ?? '' },
      });
    const { exitCode, stdout } = await step({ events: 'events/**/*.json', 'fail-on': 'smoke' });
    expect([exitCode, stdout]).toEqual([0, expect.not.stringMatching(/runs here on Node/)]);
    const passed = new Set([...stdout.matchAll(/^passed: .* \(([^,]+),/gm)].map(([, each = '']) => each));
    const { errors } = await step({ function: 'none of them' });
    const all = /there are (.*?)\. Give/.exec(errors[0] ?? '')?.[1]?.split(', ') ?? [];
    expect(all).not.toEqual([]);
    const plain = (names: Iterable<string>) => [...names].map((each) => each.toLowerCase()).sort();
    expect(plain(passed)).toEqual(plain(all));
  } finally {
    await workspace.remove();
  }
});
