import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pythonTools } from '../../scripts/venv.ts';
import type { Emulator } from './emulator.ts';

const START_SECONDS = 200;

/** moto, which has StackSets and Organizations, unlike the emulator that the other tests use. */
export async function startMoto(): Promise<Emulator> {
  const tools = await pythonTools('moto');
  if ('missing' in tools) throw new Error(`moto is missing: ${tools.missing}`);
  const child = spawn(join(tools.bin, 'python'), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' },
  });
  const port = await new Promise<string>((resolve, reject) => {
    let output = '';
    const late = setTimeout(() => reject(new Error(`moto does not start:\n${output}`)), START_SECONDS * 1000);
    const read = (data: Buffer) => {
      output += data;
      const [, found] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(output) ?? [];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`moto has ended:\n${output}`)));
  });
  // Of other hosts, it takes the first part of a template's address for the bucket.
  const endpoint = `http://localhost:${port}`;
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_REGION: 'us-east-1',
    },
    reset: async () => {
      await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}
