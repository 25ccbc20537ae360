/** The examples of durable functions, as a runner runs them. */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { pinnedModules } from '../../scripts/pinned-modules.ts';
import { pythonTools } from '../../scripts/venv.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { runAction } from '../support/runner.ts';

let modules: string;
let packages: string;
beforeAll(async () => {
  const [node, python] = await Promise.all([pinnedModules('durable'), pythonTools('durable')]);
  if ('missing' in node) throw new Error(node.missing);
  if ('missing' in python) throw new Error(python.missing);
  modules = node.modules;
  const version = /python3\.\d+/.exec(
    (await import('node:fs')).readdirSync(resolve(python.bin, '../lib')).join(),
  );
  packages = resolve(python.bin, '../lib', version?.[0] ?? '', 'site-packages');
});

type Workspace = Awaited<ReturnType<typeof exampleWorkspace>>;

async function withExample<T>(name: string, body: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await exampleWorkspace(name);
  try {
    // As `npm install` leaves them.
    if (name === 'durable-node')
      await cp(modules, join(workspace.path, 'node_modules'), {
        recursive: true,
        dereference: true,
        filter: (path) => !/\/(dist-types|durable-execution-sdk-js-testing|@sinonjs)$|\.map$/.test(path),
      });
    return await body(workspace);
  } finally {
    await workspace.remove();
  }
}

const tried = { command: 'invoke', events: 'events/**/*.json', 'fail-on': 'smoke' } as const;

it('runs a durable function of a service definition, shows what happened in it, and goes on with one of its name', () =>
  withExample('durable-node', async (workspace) => {
    const { stdout, errors, summary, exitCode } = await runAction({
      workspace: workspace.path,
      inputs: tried,
    });
    expect([errors, exitCode]).toEqual([[], 0]);
    expect(stdout).toMatch(/passed: events\/order-flow\/approved\.json/);
    expect(stdout).toMatch(/Execution \S+ of OrderFlow: SUCCEEDED after 1d( \ds)?, 3 invocations/);
    expect(stdout).toMatch(/cool-down\s+wait 1d\s+SUCCEEDED\s+1d/);
    expect(summary).toMatch(/<summary>order-flow · events\/order-flow\/approved\.json: Execution/);
    expect(summary).toMatch(/approval\s+wait for callback\s+SUCCEEDED/);

    const inputs = {
      command: 'invoke',
      function: 'order-flow',
      event: '{"id":"9","amount":1}',
      'execution-name': 'order-9',
    } as const;
    const first = await runAction({ workspace: workspace.path, inputs });
    const title = /^Execution order-9 of OrderFlow: SUCCEEDED after 1d( \ds)?, 2 invocations$/m.exec(
      first.stdout,
    )?.[0];
    expect(title).toBeDefined();
    const again = await runAction({ workspace: workspace.path, inputs });
    expect(again.stdout).toContain(title);
    expect(again.outputs.response).toBe(first.outputs.response);
    expect(again.stdout).not.toContain('START RequestId');
    const other = await runAction({
      workspace: workspace.path,
      inputs: { ...inputs, event: '{"id":"9","amount":2}' },
    });
    expect(other.errors.join()).toContain('An execution order-9 of ');
  }));

it('runs a durable function of a SAM template in Python', () =>
  withExample('durable-sam', async (workspace) => {
    const { stdout, errors, exitCode } = await runAction({
      workspace: workspace.path,
      inputs: { ...tried, env: `PYTHONPATH=${packages}` },
    });
    expect([errors, exitCode]).toEqual([[], 0]);
    expect(stdout).toMatch(/cool-down\s+wait 1d\s+SUCCEEDED/);
    expect(stdout).toMatch(/charge\s+map\s+SUCCEEDED/);
  }));

it('cautions of a durable function that is called without its alias', () =>
  withExample('durable-sam', async (workspace) => {
    const preview = async () => {
      const { summary, errors } = await runAction({
        workspace: workspace.path,
        inputs: { command: 'provision', noop: 'true', 'stack-name': 'flow' },
      });
      expect(errors).toEqual([]);
      return summary;
    };
    expect(await preview()).not.toContain('⏪');
    const file = join(workspace.path, 'template.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/ {6}AutoPublishAlias: live\n/, ''));
    await rm(join(workspace.path, '.sparta'), { recursive: true, force: true });
    expect(await preview()).toMatch(
      /⏪ `OrderFlow\w*` \(AWS::Lambda::EventSourceMapping\) calls the durable function OrderFlow without a version or an alias \(FunctionName\): Lambda refuses such calls/,
    );
  }));
