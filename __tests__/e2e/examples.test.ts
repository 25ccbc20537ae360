import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { callName } from '../support/aws-calls.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { GO_SETTINGS, withoutGo } from '../support/go.ts';
import { expectGolden } from '../support/golden.ts';
import { startProxy } from '../support/proxy.ts';
import { runAction, type StepResult } from '../support/runner.ts';

interface Example {
  readonly name: string;
  readonly stack: string;
  /** Functions by their names in the definition, what they are given and what they answer. */
  readonly functions: Readonly<Record<string, readonly [event: unknown, answer: unknown]>>;
  /** A change of code alone, and what one of the functions then answers. */
  readonly change: {
    readonly file: string;
    readonly from: string;
    readonly to: string;
    readonly answers: readonly [fn: string, event: unknown, answer: unknown];
  };
}

const EXAMPLES: readonly Example[] = [
  {
    name: 'hello-go',
    stack: 'hello-go',
    functions: {
      hello: [{ name: 'Ada' }, { message: 'Hello, Ada' }],
      goodbye: [{ name: 'Ada' }, { message: 'Goodbye, Ada' }],
    },
    change: {
      file: 'cmd/hello/main.go',
      from: '"Goodbye, "',
      to: '"Bye, "',
      answers: ['goodbye', { name: 'Ada' }, { message: 'Bye, Ada' }],
    },
  },
  {
    name: 'hello-node',
    stack: 'hello-node',
    functions: { hello: [{}, { message: 'Hello, world' }] },
    change: {
      file: 'src/hello.ts',
      from: 'Hello, ',
      to: 'Hi, ',
      answers: ['hello', {}, { message: 'Hi, world' }],
    },
  },
  {
    name: 'hello-python',
    stack: 'hello-python',
    functions: { hello: [{ name: 'Ada' }, { message: 'Hello, Ada' }] },
    change: {
      file: 'src/greetings.py',
      from: 'Hello, ',
      to: 'Hi, ',
      answers: ['hello', { name: 'Ada' }, { message: 'Hi, Ada' }],
    },
  },
  {
    name: 'hooks-and-decorators',
    stack: 'hooks-dev',
    functions: { stage: [{}, { stage: 'dev' }] },
    change: {
      file: 'sparta.config.ts',
      from: 'JSON.stringify({ stage })',
      to: 'JSON.stringify({ stage, changed: true })',
      answers: ['stage', {}, { stage: 'dev', changed: true }],
    },
  },
  {
    name: 'yaml-only',
    stack: 'yaml-only',
    functions: { enqueue: [{}, { queue: expect.stringContaining('yaml-only-Orders') }] },
    change: {
      file: 'src/enqueue.mjs',
      from: 'return { queue:',
      to: 'return { to:',
      answers: ['enqueue', {}, { to: expect.stringContaining('yaml-only-Orders') }],
    },
  },
];

let aws: Emulator;
let proxy: Awaited<ReturnType<typeof startProxy>>;
const mutating: string[] = [];
const cleanUp: (() => Promise<void>)[] = [];

beforeAll(async () => {
  aws = await startEmulator();
  proxy = await startProxy(aws.endpoint, (_, { method, url, headers, body }) => {
    const { operation, mutating: changes } = callName(method, url, headers, body);
    if (changes) mutating.push(operation);
  });
});
afterAll(async () => {
  await proxy.stop();
  await aws.stop();
});
afterEach(async () => {
  for (const each of cleanUp.splice(0)) await each();
});

async function checkOut(name: string): Promise<string> {
  const workspace = await exampleWorkspace(name);
  cleanUp.push(() => workspace.remove());
  return workspace.path;
}

const run = (
  workspace: string,
  inputs: Record<string, string>,
  env: Record<string, string> = {},
): Promise<StepResult> => runAction({ workspace, inputs, env: { ...GO_SETTINGS, ...env } });

async function invoke(name: string, payload: unknown): Promise<unknown> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new LambdaClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials });
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }),
  );
  client.destroy();
  expect(`${FunctionError ?? ''} ${Buffer.from(Payload ?? [])}`).toMatch(/^ /);
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

/** Digests of everything that would be uploaded. */
async function archives(workspace: string): Promise<string[]> {
  const folder = join(workspace, '.sparta/assets');
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) =>
      createHash('sha256')
        .update(await readFile(join(folder, name)))
        .digest('hex'),
    ),
  );
}

const canBuild = ({ name }: Example): boolean => !(withoutGo && name === 'hello-go');

describe.each(EXAMPLES.filter(canBuild))('$name', ({ name, stack, functions, change }) => {
  it('gives the same template and the same archives in any folder', async () => {
    const [one, two] = [await checkOut(name), await checkOut(name)];
    for (const workspace of [one, two])
      expect(await run(workspace, { noop: 'true' })).toMatchObject({ exitCode: 0, errors: [] });
    const template = (workspace: string) =>
      readFile(join(workspace, '.sparta', stack, 'deploy.json'), 'utf8');
    expect(await template(two)).toBe(await template(one));
    expect(await archives(two)).toEqual(await archives(one));

    expectGolden(name, await template(one));
  });

  it('previews without changing anything, deploys, runs, changes in place, and is deleted', async () => {
    const workspace = await checkOut(name);
    const env = { ...aws.env, AWS_ENDPOINT_URL: proxy.url };
    mutating.length = 0;
    const preview = await run(workspace, { noop: 'true' }, env);
    expect(preview).toMatchObject({ exitCode: 0, errors: [] });
    expect(preview.outputs).toMatchObject({ operation: 'preview', changed: 'true' });
    expect(mutating).toEqual([]);

    const deployed = await run(workspace, { noop: 'false' }, env);
    expect(deployed).toMatchObject({ exitCode: 0, errors: [] });
    expect(deployed.outputs).toMatchObject({ operation: 'create', 'stack-status': 'CREATE_COMPLETE' });
    for (const [fn, [event, answer]] of Object.entries(functions))
      expect(await invoke(`${stack}-${fn}`, event)).toEqual(answer);

    const again = await run(workspace, { noop: 'false' }, env);
    expect(again.outputs).toMatchObject({ operation: 'none', changed: 'false' });
    expect(again.stdout).not.toMatch(/compiled in/);
    expect(again.stdout).toMatch(/unchanged since an earlier run, which saves/);

    const file = join(workspace, change.file);
    await writeFile(file, (await readFile(file, 'utf8')).replace(change.from, change.to));
    const inPlace = await run(workspace, { noop: 'false', inplace: 'true' }, env);
    expect(inPlace).toMatchObject({ exitCode: 0, errors: [], outputs: { operation: 'in-place' } });
    const [fn, event, answer] = change.answers;
    expect(await invoke(`${stack}-${fn}`, event)).toEqual(answer);

    const gone = await run(workspace, { command: 'delete', 'stack-name': stack }, env);
    expect(gone).toMatchObject({ exitCode: 0, outputs: { operation: 'delete' } });
  });
});
