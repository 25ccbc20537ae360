import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { isRunning } from '../../../src/local/server/is-running.ts';
import { stopServer } from '../../../src/local/server/stop-server.ts';
import { until } from '../../support/eventually.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'local-stop-'));
});
/** What a test started, each the leader of a group; what fails leaves nothing behind, for Jest would wait for it. */
const started: number[] = [];
afterEach(() => {
  for (const group of started.splice(0)) if (isRunning(group)) process.kill(-group, 'SIGKILL');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A server of the given name, with a function in a group of its own; it tells the number of that. */
async function start(name: string, onTerm: string): Promise<{ server: number; fn: number }> {
  const script = join(directory, name);
  const code = `const child = require('child_process').spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
process.on('SIGTERM', () => { ${onTerm} });
setInterval(() => {}, 1000);
console.log(String(child.pid));`;
  writeFileSync(script, code);
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child.pid ?? 0);
  let written = '';
  child.stdout.on('data', (data) => {
    written += data;
  });
  await until(() => written.endsWith('\n'));
  const fn = Number(written);
  started.push(fn);
  return { server: child.pid ?? 0, fn };
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
  expect({ server: isRunning(server), fn: isRunning(fn) }).toEqual({ server: true, fn: true });
});

it('does not mind that there is no such process any more', async () => {
  const child = spawn('true');
  await new Promise((done) => child.once('exit', done));
  await expect(stopServer(child.pid ?? 0)).resolves.toBeUndefined();
});
