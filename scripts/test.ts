/**
 * `npm test [jest arguments]`: types, lint and format, then all tests. The last line counts the tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pythonTools } from './venv.ts';

const root = resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

for (const tools of [
  'emulator',
  'lint',
  'uv',
  'poetry',
  'cargo-lambda',
  'sam-cli',
  'runtime-client',
  'zizmor',
] as const) {
  const environment = await pythonTools(tools);
  if ('missing' in environment) {
    console.error(`The tests need Python tools (scripts/python/${tools}.txt): ${environment.missing}.`);
    process.exit(1);
  }
}

let ok = true;
if (args.length === 0) {
  compileGo();
  ok = step(bin('tsc'), []) && ok;
  ok = step(bin('biome'), ['check', '.']) && ok;
}

const folder = mkdtempSync(join(tmpdir(), 'jest-'));
const results = join(folder, 'results.json');
ok =
  step(bin('jest'), ['--json', '--outputFile', results, '--maxWorkers', '2', ...args], {
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  }) && ok;
// Jest writes none when it fails itself.
const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = (
  existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : { numRuntimeErrorTestSuites: 1 }
) as Record<string, number>;
rmSync(folder, { recursive: true, force: true });

const failed =
  (numFailedTests ?? 0) +
  (numRuntimeErrorTestSuites ?? 0) +
  (ok ? 0 : Number(!numFailedTests && !numRuntimeErrorTestSuites));
const skipped = numPendingTests ? `, ${numPendingTests} skipped` : '';
console.log(`${numPassedTests ?? 0} passed, ${failed} failed${skipped}`);
process.exitCode = ok && failed === 0 ? 0 : 1;

/**
 * Compiles what the Go examples import, in each way that the tests do: on a new machine that takes minutes, which no
 * test waits for. Where there is no Go, the tests say so; what does not compile, they say too.
 */
function compileGo(): void {
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
      spawnSync('go', [...list, ...flags, './...'], {
        cwd,
        stdio: 'ignore',
        env: { ...process.env, ...env },
      });
  }
}

function step(command: string, commandArgs: string[], env: Record<string, string> = {}): boolean {
  const { status } = spawnSync(command, commandArgs, {
    cwd: root,
    stdio: ['ignore', command.endsWith('jest') ? 'ignore' : 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return status === 0;
}
