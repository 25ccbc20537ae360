/**
 * `npm run test:asl FOLDER [--peer] [--ends] [--verbose] [-k EXPRESSION]`: runs the public tests of Step Functions in a checkout of
 * localstack/localstack, whose snapshots were recorded against AWS, with the state machines of this project; and prints how many
 * agree. Each that does not has to stand in scripts/asl-known.ts, with the reason. `--peer`: the same with the state machines of
 * the emulator, to compare with; `--ends` compares only how executions end, with which output or error.
 *
 * Nothing is fetched but pinned Python packages. Queues, topics, buckets and tables are the emulator's; functions run here.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { answerCall } from '../src/local/aws-api/answer.ts';
import type { LocalFunction } from '../src/local/functions/function.ts';
import { hostFunctions } from '../src/local/host.ts';
import { listen } from '../src/local/server/listen.ts';
import { readBody } from '../src/local/server/read-body.ts';
import { machinesApi } from '../src/local/state-machines/api/index.ts';
import { hostMachines } from '../src/local/state-machines/host.ts';
import { everyEndpoint } from '../src/local/state-machines/tasks/endpoints.ts';
import { ELSEWHERE, GROUPS, KNOWN, NOT_RUN } from './asl-known.ts';
import { startEmulator } from './emulator.ts';
import { pythonTools } from './venv.ts';

const ACCOUNT = '000000000000';
const TESTS = 'tests/aws/services/stepfunctions/v2';

interface Result {
  readonly test: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give the checkout of localstack/localstack.');
const isPeer = flags.includes('--peer');
const verbose = flags.includes('--verbose');
const expression = flags.includes('-k') ? flags[flags.indexOf('-k') + 1] : undefined;

const tools = await pythonTools('asl');
if ('missing' in tools) throw new Error(tools.missing);
const emulator = await startEmulator();
if ('missing' in emulator) throw new Error(emulator.missing);
const work = mkdtempSync(join(tmpdir(), 'asl-'));
const machines = await serveMachines(emulator.endpoint);
try {
  const results = await runTests(tools.bin, emulator.endpoint);
  // What was counted without it says nothing.
  if (!(await fetch(`${emulator.endpoint}/_ministack/health`).catch(() => undefined))?.ok)
    throw new Error('The emulator ended while the tests ran: run them again.');
  report(results);
} finally {
  await machines.stop();
  await emulator.stop();
  rmSync(work, { recursive: true, force: true });
}

/** The API of Step Functions, and one to make functions with. */
async function serveMachines(endpoint: string) {
  const functions: LocalFunction[] = [];
  const host = hostFunctions(functions, {
    workDirectory: join(work, 'functions'),
    runtimesDirectory: join(work, 'runtimes'),
    output: () => undefined,
    warn: (message) => verbose && console.error(message),
  });
  const store = hostMachines([], {
    host,
    waits: 'real',
    endpoints: () => everyEndpoint(endpoint),
    fileOf: async () => undefined,
    region: 'us-east-1',
    account: ACCOUNT,
    warn: (message) => verbose && console.error(message),
  });
  const api = machinesApi(store);
  const server = createServer(async (request, response) => {
    if (request.url !== '/functions') return answerCall(api, request, response);
    const { name, text, environment, timeout } = JSON.parse(String(await readBody(request, 1e7)));
    const path = join(work, 'asl-code', name.replaceAll(/\W/g, '_'));
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'handler.py'), text);
    functions.push({
      logicalId: name,
      name,
      runtime: 'python3.12',
      handler: 'handler.handler',
      architecture: 'x86_64',
      code: { kind: 'directory', path },
      layers: [],
      environment,
      timeout,
      memory: 128,
      region: 'us-east-1',
      account: ACCOUNT,
      qualifiers: [],
    });
    response.end('{}');
  });
  const { url, stop } = await listen(server);
  return {
    url,
    stop: async () => {
      store.executions.close();
      await host.stop();
      await stop();
    },
  };
}

async function runTests(bin: string, others: string): Promise<readonly Result[]> {
  const results = join(work, 'results');
  writeFileSync(results, '');
  const root = resolve(folder ?? '');
  const ignored = NOT_RUN.map(({ path }) => `--ignore=${TESTS}/${path}`);
  const args = [
    '-m',
    'pytest',
    '-c',
    '/dev/null',
    '--rootdir',
    '.',
    // What is above the tests prepares servers that are not here.
    '--confcutdir',
    TESTS,
    '-p',
    'localstack_snapshot.pytest.snapshot',
    '-p',
    'plugin',
    '-p',
    'no:cacheprovider',
    '-q',
    '--tb=no',
    '--timeout',
    '100',
    ...ignored,
  ];
  const child = spawn(
    join(bin, 'python'),
    [...args, ...(expression === undefined ? [] : ['-k', expression]), TESTS],
    {
      cwd: root,
      stdio: ['ignore', verbose ? 'inherit' : 'ignore', 'inherit'],
      env: {
        PATH: `${bin}:${process.env.PATH}`,
        HOME: work,
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONPATH: [root, join(root, 'localstack-core'), resolve(import.meta.dirname, 'asl')].join(':'),
        ASL_RESULTS: results,
        ASL_OTHERS: others,
        ...(flags.includes('--ends') && { ASL_ENDS: '1' }),
        ASL_MACHINES: isPeer ? others : machines.url,
        ...(!isPeer && { ASL_FUNCTIONS: `${machines.url}/functions` }),
      },
    },
  );
  await new Promise((done) => child.once('close', done));
  return readFileSync(results, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function report(results: readonly Result[]): void {
  const short = (test: string): string => test.replace(`${TESTS}/`, '');
  const elsewhere = results.filter(({ test }) => ELSEWHERE.some(({ pattern }) => pattern.test(short(test))));
  const counted = results.filter((each) => each.outcome !== 'skipped' && !elsewhere.includes(each));
  const agreeing = counted.filter(({ outcome }) => outcome === 'passed');
  const others = counted.filter(({ outcome }) => outcome === 'failed');
  const reasonOf = ({ test }: Result) => KNOWN.find(({ pattern }) => pattern.test(short(test)));
  const unknown = others.filter((each) => !reasonOf(each));
  for (const { name, pattern } of GROUPS) {
    const of = (list: readonly Result[]): number =>
      list.filter(({ test }) => pattern.test(short(test))).length;
    console.log(`${name}: ${of(agreeing)} of ${of(counted)}`);
  }
  console.log(`${agreeing.length} of ${counted.length} agree with what was recorded at AWS`);
  if (isPeer) return;
  for (const { path, reason } of NOT_RUN) console.log(`not run: ${path} (${reason})`);
  for (const { pattern, reason } of ELSEWHERE)
    console.log(
      `not counted: ${elsewhere.filter(({ test }) => pattern.test(short(test))).length} (${reason})`,
    );
  for (const { pattern, reason } of KNOWN) {
    const found = others.filter(({ test }) => pattern.test(short(test)));
    console.log(found.length === 0 ? `agrees by now: ${pattern}` : `${found.length} other: ${reason}`);
  }
  for (const { test, message } of unknown)
    console.log(`${short(test)}\n${verbose ? message : message.slice(0, 600)}\n`);
  process.exitCode = unknown.length > 0 ? 1 : 0;
}
