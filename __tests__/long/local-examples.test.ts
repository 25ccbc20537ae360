import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cdkModules, synthesise } from '../../scripts/cdk.ts';
import { GO_SETTINGS, withoutGo } from '../support/go.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const modules = resolve(import.meta.dirname, '../../node_modules');
/** Those of durable functions need AWS's SDKs for these: durable.test.ts. */
const tried = readdirSync(examples).filter(
  (name) => readdirSync(join(examples, name)).includes('events') && !name.startsWith('durable'),
);

/** They need AWS: the one of ours that serves custom resources, and one that answers CodeDeploy. */
const NOT_TRIED = ['CustomResources', 'Check'];

let cdk: string;

/** The tools of a runner, with the Node of two runtimes. */
let tools: string;
beforeAll(async () => {
  const installed = await cdkModules();
  if ('missing' in installed) throw new Error(installed.missing);
  cdk = installed.modules;
  tools = await mkdtemp(join(tmpdir(), 'tools-'));
  for (const version of ['22.0.0', '24.0.0']) {
    const folder = join(tools, 'node', version, process.arch, 'bin');
    await mkdir(folder, { recursive: true });
    await symlink(process.execPath, join(folder, 'node'));
  }
});
afterAll(() => rm(tools, { recursive: true, force: true }));

const needsGo = (name: string): boolean => existsSync(join(examples, name, 'go.mod'));

it.each(tried.filter((name) => !(withoutGo && needsGo(name))))(
  'every function of %s is invoked, on the Node of its runtime',
  async (name) => {
    const workspace = await makeWorkspace({});
    try {
      await cp(join(examples, name), workspace.path, { recursive: true });
      const isCdk = existsSync(join(workspace.path, 'cdk.json'));
      if (isCdk) {
        await symlink(cdk, join(workspace.path, 'node_modules'));
        await synthesise(workspace.path);
      } else await installEsbuild(workspace.path);
      const { stdout, errors } = await runAction({
        workspace: workspace.path,
        inputs: {
          command: 'invoke',
          events: 'events/**/*.json',
          'fail-on': 'smoke',
          ...(isCdk && { source: 'cdk.out' }),
        },
        // Go asks for the modules that it does not have.
        env: { ...GO_SETTINGS, RUNNER_TOOL_CACHE: tools },
      });
      expect(errors).toEqual([]);
      expect(stdout).not.toMatch(/runs here on Node/);
      expect(stdout).toMatch(/^passed: /m);
      const untried = /^Without a smoke test: (.*)$/m.exec(stdout)?.[1]?.split(', ') ?? [];
      expect(untried.filter((each) => !NOT_TRIED.includes(each))).toEqual([]);
    } finally {
      await workspace.remove();
    }
  },
);

/** A project has one of its own; without, it is downloaded. */
async function installEsbuild(project: string): Promise<void> {
  for (const name of ['esbuild', `@esbuild/${process.platform}-${process.arch}`])
    await cp(join(modules, name), join(project, 'node_modules', name), { recursive: true });
}
