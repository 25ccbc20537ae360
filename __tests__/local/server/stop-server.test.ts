import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isRunning } from '../../../src/local/server/is-running.ts';
import { stopServer } from '../../../src/local/server/stop-server.ts';
import { until } from '../functions.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-stop-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A server of the given name, with a function in a group of its own; it tells the number of that. */
async function start(name: string, onTerm: string): Promise<{ server: number; fn: number }> {
  const script = join(directory, name);
  const code = `const child = require('child_process').spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
process.on('SIGTERM', () => { ${onTerm} });
setInterval(() => {}, 1000);
console.log(child.pid);`;
  writeFileSync(script, code);
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let written = '';
  child.stdout.on('data', (data) => {
    written += data;
  });
  await until(() => written.endsWith('\n'));
  return { server: child.pid ?? 0, fn: Number(written) };
}

it('waits for a server that ends its functions itself', async () => {
  const { server, fn } = await start('server.js', 'child.kill(); process.exit()');
  await stopServer(server);
  expect(isRunning(server)).toBe(false);
  await until(() => !isRunning(fn));
});

it('ends a server that does not answer, with its functions', async () => {
  const { server, fn } = await start('server.js', '');
  await stopServer(server, 100);
  await until(() => !isRunning(server) && !isRunning(fn));
});

it('leaves a process alone that has got the number of a server', async () => {
  const { server, fn } = await start('other.js', '');
  await stopServer(server, 100);
  expect(isRunning(server) && isRunning(fn)).toBe(true);
  for (const group of [server, fn]) process.kill(-group, 'SIGKILL');
});

it('does not mind that there is no such process any more', async () => {
  const child = spawn('true');
  await new Promise((done) => child.once('exit', done));
  await expect(stopServer(child.pid ?? 0)).resolves.toBeUndefined();
});
