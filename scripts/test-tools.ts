import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { forEachOf } from '../src/order/for-each.ts';
import { cdkModules } from './cdk.ts';
import { goProgram } from './go-programs.ts';
import { pinnedModules } from './pinned-modules.ts';
import { nodeClient } from './runtime-clients.ts';
import { pythonTools, type Tools } from './venv.ts';

const root = resolve(import.meta.dirname, '..');
const STAND_IN = join(root, '__tests__/local/runtime/clients/rapid-client.cjs');

/** Without these, no test is worth a start. */
const NEEDED: readonly Tools[] = [
  'sam-cli',
  'poetry',
  'lint',
  'emulator',
  'cargo-lambda',
  'uv',
  'runtime-client',
  'zizmor',
];
/** As many as keep the processors and the network busy. */
const AT_ONCE = 4;

/** Installs something, or tells why it cannot be had. */
type Install = () => Promise<object>;

/**
 * Installs what tests need: on a new machine that takes minutes, which no test waits for.
 *
 * @param everything also what only a few tests need, which say themselves what they miss
 * @returns why something that most tests need cannot be had
 */
export async function installTools(everything: boolean): Promise<string | undefined> {
  const needed = NEEDED.map((tools) => () => pythonTools(tools));
  const others: Install[] = [
    compileGo,
    () => goProgram('actionlint'),
    cdkModules,
    () => pinnedModules('durable'),
    () => pythonTools('durable'),
    () => pythonTools('moto'),
    () => nodeClient('3.3.0', STAND_IN),
    () => nodeClient('4.0.2', STAND_IN),
  ];
  const results = await forEachOf([...needed, ...(everything ? others : [])], AT_ONCE, twice);
  return results.slice(0, needed.length).map(missingOf).find(Boolean);
}

const missingOf = (result: object): string | undefined =>
  'missing' in result ? String(result.missing) : undefined;

/** A registry that fails once answers the next time. */
async function twice(install: Install): Promise<object> {
  const first = await install();
  return missingOf(first) === undefined ? first : install();
}

/** Compiles what the Go examples import, in each way that the tests do. Where there is no Go, the tests say so. */
async function compileGo(): Promise<object> {
  const list = ['list', '-export', '-deps', '-f', '{{""}}'];
  const ways: readonly (readonly [string[], Record<string, string>])[] = [
    [[], {}],
    [['-tags', 'lambdabinary,linux,noop'], {}],
    [['-tags', 'lambdabinary,linux', '-trimpath', '-buildvcs=false'], { CGO_ENABLED: '0' }],
  ];
  for (const example of readdirSync(join(root, 'examples'))) {
    const cwd = join(root, 'examples', example);
    if (!existsSync(join(cwd, 'go.mod'))) continue;
    for (const [flags, env] of ways)
      await new Promise((done) => {
        const args = [...list, ...flags, './...'];
        const go = spawn('go', args, { cwd, stdio: 'ignore', env: { ...process.env, ...env } });
        go.once('error', done).once('close', done);
      });
  }
  return {};
}
