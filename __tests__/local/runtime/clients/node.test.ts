/** Node.js functions by our bootstrap and by aws-lambda-ric, AWS's own runtime client: nobody should see a difference. */
import { copyFileSync, cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sample } from 'fast-check';
import { type NodeClient, nodeClient } from '../../../../scripts/runtime-clients.ts';
import { compared, type Difference, type Pair } from './compare.ts';
import { callbacks, ends, failures, generated, results, streams } from './node-cases.ts';
import type { Subject } from './observe.ts';
import type { Event } from './recording-api.ts';

const root = resolve(import.meta.dirname, '../../../..');
const bootstrap = join(root, 'src/local/runtime/bootstrap/node.cjs');

/** A folder as traces name it: by its path, or its address. */
const folder = (path: string): string => {
  const real = existsSync(path) ? realpathSync(path) : path;
  const literally = (text: string): string => text.replaceAll(/[^\w/-]/g, '\\$&');
  return `(?:${literally(real)}|${literally(pathToFileURL(real).href)})`;
};
// Begins with what stands nowhere else: long texts are searched for it.
const client = String.raw`(?:${folder(join(root, '.cache'))}\/aws-lambda-ric-\w+|${folder(dirname(bootstrap))})\/[\w.\/-]*`;
const internals = String.raw`node:internal\/(?:modules|process|timers)[\w\/]*:|node:events:`;
const frame = String.raw` +at (?:async |[^"\n\\]* \()?(?:${client}|${internals})[^"\n\\]*`;

const differences: readonly Difference[] = [
  // Frames of the client, which ours leaves out of what it tells, and of what called it.
  [new RegExp(`,"${frame}"`, 'gm'), ''],
  [new RegExp(`^${frame}\n`, 'gm'), ''],
  [new RegExp(String.raw`\\n${frame}`, 'gm'), ''],
  // What Node.js prints of an error's class.
  [/^\w+ (?=\[Runtime\.)/gm, ''],
  // Who imported a module that is not there.
  [new RegExp(client, 'gm'), '<client>'],
];

const pairs = new Map<string, Pair>();
let taskRoot = '';

async function pairOf(version: NodeClient): Promise<Pair> {
  const found = await nodeClient(version, join(import.meta.dirname, 'rapid-client.cjs'));
  if ('missing' in found) throw new Error(found.missing);
  const flags = ['--require', join(import.meta.dirname, 'javascript-addons.cjs')];
  return {
    theirs: { file: process.execPath, args: () => [...flags, found.module], frames: true },
    ours: { file: process.execPath, args: () => [bootstrap], channel: true },
    differences,
  };
}

beforeAll(async () => {
  pairs.set('nodejs22.x', await pairOf('3.3.0'));
  pairs.set('nodejs24.x', await pairOf('4.0.2'));
  taskRoot = mkdtempSync(join(tmpdir(), 'node-clients-'));
  cpSync(join(import.meta.dirname, 'node'), taskRoot, { recursive: true });
  copyFileSync(join(taskRoot, 'broken.txt'), join(taskRoot, 'broken.cjs'));
  copyFileSync(join(taskRoot, 'broken.txt'), join(taskRoot, 'broken-module.mjs'));
});
afterAll(() => rmSync(taskRoot, { recursive: true, force: true }));

const named = (names: readonly string[]): Record<string, Event> =>
  Object.fromEntries(names.map((name) => [name, { payload: JSON.stringify({ case: name }) }]));

async function expectAlike(
  runtime: string,
  over: Partial<Subject>,
  events: Readonly<Record<string, Event>>,
): Promise<void> {
  const pair = pairs.get(runtime);
  if (!pair) throw new Error(`there is no client for ${runtime}`);
  const { theirs, ours } = await compared(
    pair,
    { taskRoot, handler: 'cases.handler', runtime, ...over },
    events,
  );
  expect(ours).toEqual(theirs);
}

describe.each(['nodejs22.x', 'nodejs24.x'])('%s functions', (runtime) => {
  it.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['cases.handler', {}, [...results, ...failures, ...ends]],
    ['cases.sync', {}, [...results, ...failures.filter((name) => !name.includes('Symbol'))]],
    ['cases.handler', { AWS_LAMBDA_LOG_FORMAT: 'JSON' }, failures],
    ['cases.handler', { AWS_LAMBDA_LOG_FORMAT: 'json', AWS_LAMBDA_LOG_LEVEL: 'warn' }, ['log', 'log errors']],
    ['cases.handler', { AWS_LAMBDA_LOG_LEVEL: 'FATAL' }, ['log', 'throw new Custom("unseen")']],
  ])('answer, fail and write alike: %s %j', (handler, env, names) =>
    expectAlike(runtime, { handler, env }, named(names)),
  );

  it('answer alike, whatever they answer', async () => {
    const numRuns = Number(process.env.FUZZ_RUNS ?? 300);
    await expectAlike(
      runtime,
      {},
      named(sample(generated, { numRuns, ...(process.env.FUZZ_RUNS ? {} : { seed: 16 }) })),
    );
  }, 600_000);

  it('stream alike', async () => {
    await expectAlike(runtime, { handler: 'streams.handler' }, named(streams));
  });

  it.each([
    'cases.arrow',
    'cases.absent',
    'cases.text',
    'cases.nothing',
    'cases.nested.handlers.one',
    'cases.nested.absent.one',
    'cases.fallback',
    'cases',
    'absent.handler',
    '../cases.handler',
    'missing.handler',
    'missing-cjs.handler',
    'raises.handler',
    'slow.handler',
    'throws.handler',
    'broken.handler',
    'broken-module.handler',
    'leaves.handler',
    'plain.handler',
    'folder/inside.handler',
    'folder.handler',
    'module/esm.handler',
    'callbacks.handler',
  ])('start alike with the handler %s', (handler) =>
    expectAlike(runtime, { handler }, named(['result', '2'])),
  );

  it('find the same context', () => {
    const headers = {
      'Lambda-Runtime-Client-Context': '{"custom": {"a": 1}}',
      'Lambda-Runtime-Cognito-Identity': '{"cognitoIdentityId": "i"}',
      'Lambda-Runtime-Aws-Tenant-Id': 'tenant',
    };
    return expectAlike(
      runtime,
      { handler: 'cases.describe' },
      { plain: { payload: '1' }, more: { payload: '2', headers } },
    );
  });
});

it('handlers with callbacks end alike', async () => {
  await expectAlike('nodejs22.x', { handler: 'callbacks.handler' }, named(callbacks));
});

// The older client ends with a ReferenceError of its own there; ours says what is wrong.
it('a handler of an unknown kind of streaming is refused alike', () =>
  expectAlike('nodejs24.x', { handler: 'streams.wrong' }, named(['1'])));
