import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../../host.ts';
import type { ServeRequest } from '../../local/server/serve.ts';
import type { BackgroundServer } from '../../outcome.ts';
import { ProblemError } from '../../problem.ts';
import type { ServerReply } from '../../server.ts';

/** Milliseconds until the server has to listen. */
const START_LIMIT = 30_000;

/** Where a server in the background answers. */
interface Served {
  readonly url: string;
  readonly variables: Readonly<Record<string, string>>;
}

const COMMAND_OF: Readonly<Record<ServeRequest['front']['kind'], string>> = {
  lambda: 'start-lambda',
  api: 'start-api',
  all: 'start',
};

/**
 * Starts a process that serves after this one has ended.
 *
 * @throws ProblemError when it does not start
 */
export async function serveInBackground(
  request: ServeRequest,
  kind: ServeRequest['front']['kind'],
  { env, signal }: Host,
): Promise<BackgroundServer & Served> {
  const folder = await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), 'sparta-server-'));
  const logFile = join(folder, `${COMMAND_OF[kind]}.log`);
  const output = await open(logFile, 'w', 0o600);
  // A group of its own: what ends this step's processes leaves it alone, and the post step ends all of it.
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.js')], {
    detached: true,
    stdio: ['ignore', output.fd, output.fd, 'ipc'],
    // Routes share the API that they belong to; JSON would give each a copy.
    serialization: 'advanced',
  });
  try {
    const { url, variables } = await answerOf(child, { request, runner: process.ppid }, signal);
    return { url, variables, pid: child.pid ?? 0, folder, logFile, command: COMMAND_OF[kind] };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    await output.close();
    child.removeAllListeners();
    if (child.connected) child.disconnect();
    child.unref();
  }
}

function answerOf(child: ChildProcess, message: object, signal: AbortSignal): Promise<Served> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void =>
      reject(new ProblemError({ message: `the server did not start: ${why}` }));
    const timer = setTimeout(() => fail(`it took more than ${START_LIMIT / 1000} s`), START_LIMIT);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, by) => fail(`it ended with ${by ?? code}`));
    child.once('message', (reply: ServerReply) => {
      clearTimeout(timer);
      if ('url' in reply) resolve(reply);
      else reject(new ProblemError(reply.problems));
    });
    child.send(message);
  });
}
