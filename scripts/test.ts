/**
 * `npm test [jest arguments]`: types, lint and format, then all tests. The last line counts the tests.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { installTools } from './test-tools.ts';

const root = resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

const everything = args.length === 0;
// Of all of it, types and lint take the least, and beside what comes from the network they cost no time.
const [missing, ...checks] = await Promise.all([
  installTools(everything),
  ...(everything ? [step(bin('tsc'), []), step(bin('biome'), ['check', '.'])] : []),
]);
if (missing !== undefined) {
  console.error(`The tests need Python tools: ${missing}.`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'jest-'));
const results = join(folder, 'results.json');
const tested = await step(bin('jest'), ['--json', '--outputFile', results, '--maxWorkers', '2', ...args], {
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
});
const ok = tested && checks.every(Boolean);
// Jest writes none when it fails itself.
const told: Results = existsSync(results)
  ? JSON.parse(readFileSync(results, 'utf8'))
  : {
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numRuntimeErrorTestSuites: 1,
      testResults: [],
    };
rmSync(folder, { recursive: true, force: true });

// Once more at the end, where a reader of a long log looks first.
for (const line of failures(told)) console.log(line);
const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = told;
const failed = numFailedTests + numRuntimeErrorTestSuites || Number(!ok);
const skipped = numPendingTests ? `, ${numPendingTests} skipped` : '';
console.log(`${numPassedTests} passed, ${failed} failed${skipped}`);
process.exitCode = failed === 0 ? 0 : 1;

/** What Jest writes, as far as it is read here. */
interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** @returns a line for each test, or suite without tests, that failed: where, which, and why in short */
function failures({ testResults }: Results): string[] {
  const line = (name: string, test: string, message = '') =>
    `FAILED ${relative(root, name)}: ${test}: ${stripVTControlCharacters(message).trim().replaceAll(/\s+/g, ' ').slice(0, 300)}`;
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((each) => each.status === 'failed');
    if (tests.length === 0 && status === 'failed') return [line(name, 'the suite', message)];
    return tests.map(({ fullName, failureMessages }) => line(name, fullName, failureMessages[0]));
  });
}

/** @returns whether the command succeeded */
function step(command: string, commandArgs: string[], env: Record<string, string> = {}): Promise<boolean> {
  const child = spawn(command, commandArgs, {
    cwd: root,
    stdio: ['ignore', command.endsWith('jest') ? 'ignore' : 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((done) =>
    child.once('error', () => done(false)).once('close', (code) => done(code === 0)),
  );
}
