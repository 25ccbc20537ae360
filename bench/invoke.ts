import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalFunction } from '../src/local/functions/function.ts';
import { hostFunctions } from '../src/local/host.ts';
import { startLambdaApi } from '../src/local/server/lambda-api.ts';
import { type BenchRow, median } from './row.ts';
import { type Load, load } from './support/load.ts';

const exec = promisify(execFile);
const SECONDS = 3;
const WARM_UP_SECONDS = 1;
const COLD_ROUNDS = 5;
const PEERS = ['lambda-local@2', 'serverless@3', 'serverless-offline@13'];
const path = '/2015-03-31/functions/hello/invocations';
const event = '{"id":42}';

/** The package.json keeps packages above the folder out. */
const handlers = {
  'package.json': '{}',
  'index.js': "exports.handler = async (event) => ({ statusCode: 200, body: 'order ' + event.id });\n",
  'app.py':
    "def handler(event, context):\n    return {'statusCode': 200, 'body': 'order %d' % event['id']}\n",
};

/**
 * Warm invocations through start-lambda against lambda-local, serverless-offline and a bare Node server, and cold
 * ones against the start of the bare runtime. SAM CLI's own start-lambda needs Docker, and is not measured.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-invoke-'));
  try {
    for (const [name, text] of Object.entries(handlers)) await writeFile(join(folder, name), text);
    const ours = await measured(await startScript([import.meta.filename, '--ours', folder]), path);
    const bare = await measured(await startScript([import.meta.filename, '--bare']), path);
    const target = Math.min(3000, 0.6 * bare.perSecond);
    return [
      {
        name: 'warm invoke, 10 connections',
        ours: ours.perSecond,
        peer: 'a bare Node server',
        peerValue: bare.perSecond,
        unit: 'requests/s',
        ratio: ours.perSecond / bare.perSecond,
        target: `at least ${Math.round(target)} requests/s (3,000, or 60% of the bare server)`,
        ok: ours.perSecond >= target,
      },
      {
        name: 'warm invoke, 99th percentile',
        ours: ours.p99,
        peer: 'a bare Node server',
        peerValue: bare.p99,
        unit: 'ms',
        ratio: ours.p99 / bare.p99,
        target: 'under 10 ms',
        ok: ours.p99 < 10,
      },
      ...(await peers(folder, ours)),
      await cold(
        'Node',
        { runtime: `nodejs${process.versions.node.split('.')[0]}.x`, handler: 'index.handler' },
        folder,
        process.execPath,
        ['-e', 'console.log(1)'],
      ),
      await cold('Python', { runtime: 'python3', handler: 'app.handler' }, folder, await pythonItself(), [
        '-c',
        'print(1)',
      ]),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A peer that can't be installed (no network) is left out. */
async function peers(folder: string, ours: Load): Promise<BenchRow[]> {
  const directory = join(folder, 'peers');
  await mkdir(directory);
  try {
    await exec(
      'npm',
      [
        'install',
        '--prefix',
        directory,
        '--no-audit',
        '--no-fund',
        '--ignore-scripts',
        '--loglevel=error',
        ...PEERS,
      ],
      { timeout: 300_000 },
    );
  } catch {
    return [];
  }
  await writeFile(join(directory, 'index.js'), handlers['index.js']);
  await writeFile(join(directory, 'local.js'), lambdaLocalScript);
  await writeFile(join(directory, 'serverless.yml'), serverlessYml);
  const offline = [
    join(directory, 'node_modules/serverless/bin/serverless.js'),
    'offline',
    'start',
    '--lambdaPort',
  ];
  const port = await freePort();
  const starts = [
    ['lambda-local', '/', () => startScript([join(directory, 'local.js'), String(port)], directory)],
    [
      'serverless-offline',
      '/2015-03-31/functions/bench-dev-hello/invocations',
      () => startPeer([...offline, String(port)], directory, port),
    ],
  ] as const;
  const rows: BenchRow[] = [];
  for (const [peer, at, start] of starts) {
    const theirs = await measured(await start(), at);
    rows.push({
      name: 'warm invoke, 10 connections',
      ours: ours.perSecond,
      peer,
      peerValue: theirs.perSecond,
      unit: 'requests/s',
      ratio: ours.perSecond / theirs.perSecond,
      target: 'faster',
      ok: ours.perSecond > theirs.perSecond,
    });
  }
  return rows;
}

const lambdaLocalScript = `
const lambdaLocal = require('lambda-local');
lambdaLocal.setLogger({ log() {}, transports: [] });
const port = Number(process.argv[2]);
lambdaLocal.watch({ port, lambdaPath: __dirname + '/index.js', lambdaHandler: 'handler', verboseLevel: 0 });
setTimeout(() => console.log('http://127.0.0.1:' + port), 500);
`;
const serverlessYml = `
service: bench
frameworkVersion: '3'
provider: { name: aws, runtime: nodejs20.x }
functions: { hello: { handler: index.handler } }
plugins: [serverless-offline]
`;

interface Server {
  readonly url: string;
  readonly process: ChildProcess;
}

async function measured(server: Server, at: string): Promise<Load> {
  try {
    const url = new URL(at, server.url);
    await load(url, event, WARM_UP_SECONDS);
    return await load(url, event, SECONDS);
  } finally {
    const closed = new Promise((resolve) => server.process.once('close', resolve));
    server.process.kill();
    await closed;
  }
}

/** Starts a script that prints its address once it listens. */
function startScript(args: readonly string[], cwd?: string): Promise<Server> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(data))?.[0];
      if (url) resolve({ url, process: child });
    });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
}

/** Starts a script that listens on a port that it was given, and says nothing of use. */
async function startPeer(args: readonly string[], cwd: string, port: number): Promise<Server> {
  const environment = { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' };
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore', env: environment });
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return { url, process: child };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error(`${args.join(' ')} did not start`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The interpreter, and not the script that a version manager puts in its place. */
async function pythonItself(): Promise<string> {
  return (await exec('python3', ['-c', 'import sys; print(sys.executable)'])).stdout.trim();
}

/** From nothing to the first answer, against starting the bare runtime until it says something. */
async function cold(
  name: string,
  over: Pick<LocalFunction, 'runtime' | 'handler'>,
  folder: string,
  file: string,
  args: readonly string[],
): Promise<BenchRow> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < COLD_ROUNDS; round++) {
    const host = hostFunctions([hello(folder)], quiet(folder));
    await host.invoke({ ...hello(folder), ...over }, event);
    // One of the two is warm; the other starts an environment. What is looked up once for a host is known by then.
    const began = performance.now();
    await Promise.all([1, 2].map(() => host.invoke({ ...hello(folder), ...over }, event)));
    ours.push(performance.now() - began);
    await host.stop();
    const before = performance.now();
    await exec(file, [...args]);
    bare.push(performance.now() - before);
  }
  return {
    name: `cold invoke, ${name}`,
    ours: median(ours),
    peer: `starting ${name} bare`,
    peerValue: median(bare),
    unit: 'ms',
    ratio: median(ours) / median(bare),
    target: 'under 2x',
    ok: median(ours) / median(bare) < 2,
  };
}

const hello = (folder: string): LocalFunction => ({
  logicalId: 'Hello',
  name: 'hello',
  runtime: `nodejs${process.versions.node.split('.')[0]}.x`,
  handler: 'index.handler',
  architecture: 'x86_64',
  code: { kind: 'directory', path: folder },
  layers: [],
  environment: {},
  timeout: 3,
  memory: 128,
  region: 'us-east-1',
  account: '123456789012',
  qualifiers: [],
});

const quiet = (folder: string) => ({ workDirectory: join(folder, 'work'), output: () => {}, warn: () => {} });

/** The servers that are measured run in processes of their own: this file, started with an argument. */
async function serve(kind: string, folder: string): Promise<void> {
  if (kind === '--ours') {
    const host = hostFunctions([hello(folder)], quiet(folder));
    const endpoint = await startLambdaApi(host);
    process.once('SIGTERM', async () => {
      await endpoint.stop();
      await host.stop();
      process.exit(0);
    });
    console.log(endpoint.url);
  } else {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () =>
        response.end(
          JSON.stringify({ statusCode: 200, body: `order ${JSON.parse(String(Buffer.concat(chunks))).id}` }),
        ),
      );
    });
    server.listen(0, '127.0.0.1', () =>
      console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  }
}

const [, script, kind, folder = ''] = process.argv;
if (script === import.meta.filename && kind?.startsWith('--')) await serve(kind, folder);
