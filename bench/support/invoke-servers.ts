import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../src/local/server/free-port.ts';

const exec = promisify(execFile);
const PEERS = ['lambda-local@2', 'serverless@3', 'serverless-offline@13'];

/** A server that was started. */
export interface Server {
  /** Where a POST invokes the function. */
  readonly url: URL;
  readonly process: ChildProcess;
}

/** Another program that runs functions. */
export interface Peer {
  readonly peer: string;
  readonly server: Server;
}

/** A peer that can't be installed (no network) is left out. */
export async function startPeers(folder: string, handler: string): Promise<Peer[]> {
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
  await writeFile(join(directory, 'index.js'), handler);
  await writeFile(join(directory, 'local.js'), lambdaLocalScript);
  await writeFile(join(directory, 'serverless.yml'), serverlessYml);
  const offline = [
    join(directory, 'node_modules/serverless/bin/serverless.js'),
    'offline',
    'start',
    '--lambdaPort',
  ];
  const port = await freePort();
  return [
    {
      peer: 'lambda-local',
      server: await startScript([join(directory, 'local.js'), String(port)], '/', directory),
    },
    {
      peer: 'serverless-offline',
      server: await startPeer([...offline, String(await freePort())], directory),
    },
  ];
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

export async function end({ process: child }: Server): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill();
  await closed;
}

/** Starts a script that prints its address once it listens. */
export function startScript(args: readonly string[], at: string, cwd?: string): Promise<Server> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(String(data))?.[0];
      if (address) resolve({ url: new URL(at, address), process: child });
    });
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)));
  });
}

/** Starts serverless-offline, which listens on the port that is its last argument, and says nothing of use. */
async function startPeer(args: readonly string[], cwd: string): Promise<Server> {
  const environment = { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' };
  const child = spawn(process.execPath, args, { cwd, stdio: 'ignore', env: environment });
  const address = `http://127.0.0.1:${args.at(-1)}`;
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const answered = await fetch(address).then(
      () => true,
      () => false,
    );
    if (answered) {
      return {
        url: new URL('/2015-03-31/functions/bench-dev-hello/invocations', address),
        process: child,
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error(`${args.join(' ')} did not start`);
}

/** MB of a process and of all that it started. */
export function residentMemory(pid: number | undefined): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return childrenOf(pid).reduce((sum, child) => sum + residentMemory(child), Number(kilobytes) / 1024);
}

export const childrenOf = (pid: number | undefined): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
