import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { forEachOf } from '../../src/order/for-each.ts';
import { seeded } from './random.ts';

const root = resolve(import.meta.dirname, '../..');
const AT_ONCE = 3;
/** Milliseconds after the service answers in which it is killed. */
const JITTER = 800;
/** Milliseconds for what is left to go. */
const GONE = 10_000;

/** A service with a function that is busy, one that is idle, a queue and a WebSocket API. */
const template = {
  Resources: {
    Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
    Busy: lambda('for (;;);'),
    Idle: lambda(''),
    FromJobs: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: { Ref: 'Busy' }, EventSourceArn: { 'Fn::GetAtt': ['Jobs', 'Arn'] } },
    },
    Chat: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET' } },
  },
};

function lambda(body: string) {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 900,
      Code: { ZipFile: `exports.handler = async () => { ${body} };` },
    },
  };
}

/** Kills `start` (SIGKILL) at random moments, and looks for what it leaves: processes, a port, files. */
export async function startKills(
  count: number,
  seed: number,
): Promise<{ readonly summary: string; readonly wrong: readonly string[] }> {
  const wrong: string[] = [];
  const seeds = Array.from({ length: count }, (_, n) => seed * 1000 + n);
  await forEachOf(seeds, AT_ONCE, async (each) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'start-kill-')));
    try {
      const left = await killedAt(folder, seeded(each)() * JITTER);
      if (left.length > 0) wrong.push(`seed ${each}: ${left.join(', ')}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  return { summary: `start: ${count - wrong.length}/${count} kills left nothing`, wrong };
}

async function killedAt(folder: string, delay: number): Promise<string[]> {
  const temp = join(folder, 'temp');
  await mkdir(temp);
  await writeFile(join(folder, 'template.json'), JSON.stringify(template));
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), 'start', '--env', `MARK=${folder}`], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: temp, RUNNER_TEMP: temp },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  const url = await urlOf(child);
  const invoke = (name: string, how: string) =>
    fetch(`${url}/2015-03-31/functions/${name}/invocations`, {
      method: 'POST',
      body: '{}',
      headers: { 'X-Amz-Invocation-Type': how },
    }).catch(() => undefined);
  void invoke('Busy', 'Event');
  void invoke('Idle', 'RequestResponse');
  await sleep(delay);
  child.kill('SIGKILL');
  await ended;
  for (const deadline = Date.now() + GONE; ; await sleep(50)) {
    const left = [
      ...(await processesOf(folder)).map((pid) => `process ${pid}`),
      ...(await readdir(temp)).map((name) => `file ${name}`),
      ...((await fetch(url).catch(() => undefined)) ? [`port of ${url}`] : []),
    ];
    if (left.length === 0 || Date.now() > deadline) return left;
  }
}

function urlOf(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((done, fail) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => {
        output += data;
        const [, url] = /Listening at (\S+)/.exec(output) ?? [];
        if (url !== undefined) done(url);
      });
    child.once('exit', () => fail(new Error(`it did not start:\n${output}`)));
  });
}

/** Those that have the folder in their command or in their environment. */
async function processesOf(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '');
      // One that has ended has no environment any more.
      const command = await read('cmdline');
      const isOurs = `${command}${await read('environ')}`.includes(folder);
      return isOurs ? [`${pid} (${command.replaceAll('\0', ' ').slice(0, 200)})`] : [];
    }),
  );
  return found.flat();
}
