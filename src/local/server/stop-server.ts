import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from './is-running.ts';

/** Milliseconds for the server to end its functions in; it needs half a second. */
const GRACE = 8_000;

/**
 * Ends a server that was started in the background, with everything that it started.
 *
 * @param pid of the server, which is the leader of its process group
 * @param grace milliseconds that it is given
 */
export async function stopServer(pid: number, grace = GRACE): Promise<void> {
  if (!(await isServer(pid))) return;
  send(pid, 'SIGTERM');
  const deadline = Date.now() + grace;
  while (Date.now() < deadline) {
    if (!isRunning(pid)) return;
    await pause(20);
  }
  // It does not answer any more: its functions are groups of their own, and are found before it is gone.
  const functions = await childrenOf(pid);
  for (const group of [pid, ...functions]) send(-group, 'SIGKILL');
}

/** A number may belong to another process by now; where the system does not tell, it is taken for ours. */
async function isServer(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  return command === undefined || command.split('\0').some((part) => part.endsWith('server.js'));
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}
