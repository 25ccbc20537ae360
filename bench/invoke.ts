import { execFile, fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LocalFunction } from '../src/local/functions/function.ts';
import { hostFunctions } from '../src/local/host.ts';
import { startLambdaApi } from '../src/local/server/lambda-api.ts';
import type { ServeRequest } from '../src/local/server/serve.ts';
import type { ServerOrder } from '../src/server.ts';
import { type BenchRow, median } from './row.ts';
import {
  childrenOf,
  end,
  type Peer,
  residentMemory,
  type Server,
  startPeers,
  startScript,
} from './support/invoke-servers.ts';
import { type Load, load } from './support/load.ts';

const exec = promisify(execFile);
/** Of each slice; all servers are up at the same time, and take turns. */
const SECONDS = 0.5;
const ROUNDS = 9;
/** Of other programs, which are several times slower: only who is faster is asked. */
const PEER_ROUNDS = 3;
/** Until then, code is not yet compiled for what it does. */
const WARM_UP_REQUESTS = 10_000;
/** Those that answer fewer requests in this time would hold up all others; they are compiled by then, too. */
const WARM_UP_SECONDS = 4;
const CONNECTIONS = [10, 100] as const;
const COLD_ROUNDS = 9;
const IDLE_FUNCTIONS = 200;
/** MB. */
const MOST_IDLE = 60;
/** Milliseconds, after which a process that has nothing to do is measured. */
const SETTLED = 1000;
/** A checkout of another version, whose server is measured beside: `BEFORE=../before npm run bench invoke`. */
const BEFORE = process.env.BEFORE;
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
 * Warm invocations through start-lambda against a bare Node server, lambda-local, serverless-offline and a former version;
 * cold ones against the start of the bare runtime; many functions that nobody calls. SAM CLI's own start-lambda needs
 * Docker, and is not measured.
 */
export async function* run(): AsyncGenerator<BenchRow> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-invoke-'));
  const servers: Server[] = [];
  try {
    for (const [name, text] of Object.entries(handlers)) await writeFile(join(folder, name), text);
    const ours = await startScript([import.meta.filename, '--ours', folder], path);
    servers.push(ours);
    const bare = await startScript([import.meta.filename, '--bare'], path);
    servers.push(bare);
    const before = BEFORE && (await startScript([join(BEFORE, 'bench/invoke.ts'), '--ours', folder], path));
    if (before) servers.push(before);
    const others = await startPeers(folder, handlers['index.js']);
    servers.push(...others.map(({ server }) => server));
    for (const { url } of servers) await warmUp(url);
    for (const connections of CONNECTIONS) {
      const slices = await measured(servers, others, connections);
      yield compare(slices, { ours, server: bare }, connections);
      if (before) yield compareBefore(slices, { ours, server: before }, connections);
      for (const peer of others) yield comparePeer(slices, { ours, ...peer }, connections);
      yield comparePercentile(slices, { ours, server: bare }, connections);
    }
    if (before) yield compareMemory(ours, before);
    // What follows is measured alone.
    await Promise.all(servers.splice(0).map(end));
    yield await idle(folder);
    yield await cold(
      'Node',
      { runtime: `nodejs${process.versions.node.split('.')[0]}.x`, handler: 'index.handler' },
      folder,
      process.execPath,
      ['-e', 'console.log(1)'],
    );
    yield await cold('Python', { runtime: 'python3', handler: 'app.handler' }, folder, await pythonItself(), [
      '-c',
      'print(1)',
    ]);
  } finally {
    await Promise.all(servers.map(end));
    await rm(folder, { recursive: true, force: true });
  }
}

/** What each server did in each slice. */
type Slices = ReadonlyMap<Server, readonly Load[]>;

interface Compared {
  readonly ours: Server;
  readonly server: Server;
}

async function warmUp(url: URL): Promise<void> {
  let left = WARM_UP_REQUESTS;
  for (let seconds = 0; left > 0 && seconds < WARM_UP_SECONDS; seconds += SECONDS)
    left -= (await load(url, event, SECONDS, CONNECTIONS[0])).perSecond * SECONDS;
}

async function measured(
  servers: readonly Server[],
  peers: readonly Peer[],
  connections: number,
): Promise<Slices> {
  const slow = new Set(peers.map(({ server }) => server));
  // The connections are new.
  for (const { url } of servers) await load(url, event, SECONDS, connections);
  const slices = new Map<Server, Load[]>(servers.map((server) => [server, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [server, loads] of slices) {
      if (round >= PEER_ROUNDS && slow.has(server)) continue;
      loads.push(await load(server.url, event, SECONDS, connections));
    }
  }
  return slices;
}

/** Medians, and the median of the ratios of slices that were measured one after the other. */
function pairOf(slices: Slices, { ours, server }: Compared, figure: keyof Load) {
  const theirs = (slices.get(server) ?? []).map((slice) => slice[figure]);
  const mine = (slices.get(ours) ?? []).slice(0, theirs.length).map((slice) => slice[figure]);
  const ratios = mine.map((value, index) => value / (theirs[index] ?? Number.NaN));
  return { ours: median(mine), peerValue: median(theirs), ratio: median(ratios) };
}

function rate(slices: Slices, compared: Compared, connections: number) {
  return {
    name: `warm invoke, ${connections} connections`,
    unit: 'requests/s',
    ...pairOf(slices, compared, 'perSecond'),
  };
}

function compare(slices: Slices, compared: Compared, connections: number): BenchRow {
  const row = rate(slices, compared, connections);
  return { ...row, peer: 'a bare Node server', target: 'at least 0.33', ok: row.ratio >= 0.33 };
}

function compareBefore(slices: Slices, compared: Compared, connections: number): BenchRow {
  const row = rate(slices, compared, connections);
  return { ...row, peer: `the version in ${BEFORE}`, target: 'at least 3', ok: row.ratio >= 3 };
}

function comparePeer(slices: Slices, compared: Compared & Peer, connections: number): BenchRow {
  const row = rate(slices, compared, connections);
  return { ...row, peer: compared.peer, target: 'faster', ok: row.ratio > 1 };
}

function comparePercentile(slices: Slices, compared: Compared, connections: number): BenchRow {
  const row = pairOf(slices, compared, 'p99');
  const name = `warm invoke, ${connections} connections, 99th percentile`;
  return { ...row, name, unit: 'ms', peer: 'a bare Node server', target: 'at most 4', ok: row.ratio <= 4 };
}

function compareMemory(mine: Server, theirs: Server): BenchRow {
  const [ours, peerValue] = [residentMemory(mine.process.pid), residentMemory(theirs.process.pid)];
  const ratio = ours / peerValue;
  const name = 'warm invoke, memory of the host and its environments';
  // Collections of garbage come when they come.
  return {
    ...{ name, ours, peerValue, ratio, unit: 'MB', peer: `the version in ${BEFORE}` },
    target: 'no more (5% are noise)',
    ok: ratio <= 1.05,
  };
}

/** Many functions, none of which was called, in the process that serves them between the steps of a job. */
async function idle(folder: string): Promise<BenchRow> {
  const child = fork(join(import.meta.dirname, '../dist/server.js'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const listening = new Promise((resolve) => child.once('message', resolve));
  const functions = Array.from({ length: IDLE_FUNCTIONS }, (_, index) => ({
    ...hello(folder),
    ...{ logicalId: `Hello${index}`, name: `hello-${index}` },
  }));
  const request: ServeRequest = {
    ...{ functions, front: { kind: 'lambda' }, port: 0 },
    host: { workDirectory: join(folder, 'idle') },
  };
  child.send({ request, runner: process.pid } satisfies ServerOrder);
  await listening;
  await pause(SETTLED);
  const processes = childrenOf(child.pid).length;
  const ours = residentMemory(child.pid);
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill();
  await closed;
  return {
    name: `${IDLE_FUNCTIONS} functions that nobody calls, with ${processes} processes`,
    ours,
    peer: 'the most that they may use',
    peerValue: MOST_IDLE,
    unit: 'MB',
    ratio: ours / MOST_IDLE,
    target: 'at most 1, and no process',
    ok: ours <= MOST_IDLE && processes === 0,
  };
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
    target: 'under 1.2',
    ok: median(ours) / median(bare) < 1.2,
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
