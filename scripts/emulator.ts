import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../src/local/server/free-port.ts';
import { pythonTools } from './venv.ts';

/** A running AWS emulator. */
export interface Emulator {
  readonly endpoint: string;
  /** What a program needs in its environment to use it instead of AWS. */
  readonly env: Readonly<Record<string, string>>;
  /** Forgets everything. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const START_SECONDS = 200;

/**
 * Starts the AWS emulator on a free port of the loopback interface.
 *
 * @returns why it cannot be had, where Python or its packages are missing
 */
export async function startEmulator(): Promise<Emulator | { readonly missing: string }> {
  const tools = await pythonTools('emulator');
  if ('missing' in tools) return tools;
  for (let tried = 1; ; tried++) {
    const port = await freePort();
    const server = launch(tools.bin, port);
    const endpoint = `http://127.0.0.1:${port}`;
    if (await isReady(server.process, endpoint)) return emulator(server.process, endpoint);
    await stop(server.process);
    // Another program may have taken the port meanwhile.
    if (tried === 3) throw new Error(`the emulator does not start:\n${server.output()}`);
  }
}

function launch(bin: string, port: number): { process: ChildProcess; output: () => string } {
  const child = spawn(join(bin, 'python'), ['-m', 'ministack'], {
    // Programs that it starts (functions) are in its group, so that they end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: process.env.HOME,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      // Node functions find the AWS SDK there, as they do on Lambda.
      NODE_PATH: resolve(import.meta.dirname, '../node_modules'),
      LAMBDA_EXECUTOR: 'local',
      AUTH: 'true',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      output = (output + data).slice(-10_000);
    });
  }
  return { process: child, output: () => output };
}

async function isReady(child: ChildProcess, endpoint: string): Promise<boolean> {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (child.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return true;
    await sleep(50);
  }
  return false;
}

function emulator(child: ChildProcess, endpoint: string): Emulator {
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_REGION: 'us-east-1',
    },
    reset: async () => {
      await fetch(`${endpoint}/_ministack/reset`, { method: 'POST' });
    },
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
