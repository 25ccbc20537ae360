import { spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';

export interface ProgramOptions {
  readonly directory: string;
  /** The whole environment, see {@link file://../inputs/variables.ts}. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Text for its standard input, which is closed otherwise. */
  readonly input?: string;
  /** What to do when there is no such program. */
  readonly missing?: string;
  /** Called with the process's id once it runs. */
  readonly started?: (pid: number) => void;
}

/** How a program ended. Of each stream the last {@link KEPT} characters are kept. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const KEPT = 4 * 1024 * 1024;
/** How long a program may take to end by itself once it is told to; a cancelled workflow leaves us 7.5 s. */
const GRACE = 3000;

/**
 * Runs a program in a process group of its own and waits for its end. The command line and all output are logged at
 * debug level. When the signal is aborted, the group is ended, with everything that the program started.
 *
 * @throws ProblemError when it cannot be started; the signal's reason when it was aborted
 */
export async function runProgram(command: readonly string[], options: ProgramOptions): Promise<Finished> {
  const { directory, env, log, signal, input, missing, started } = options;
  signal.throwIfAborted();
  const [program = '', ...args] = command;
  log.debug(`${directory}$ ${command.map(quoted).join(' ')}`);
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...env },
    detached: process.platform !== 'win32',
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) started?.(child.pid);
  let killed: NodeJS.Timeout | undefined;
  const stop = () => {
    endGroup(child.pid, 'SIGTERM');
    killed = setTimeout(() => endGroup(child.pid, 'SIGKILL'), GRACE);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    // A program that does not read what it is given closes the pipe; how it ends says more than that.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    const stdout = keep(child.stdout, log);
    const stderr = keep(child.stderr, log);
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(notStarted(program, error, missing)));
      child.once('close', (status) => resolve(status ?? 1));
    });
    signal.throwIfAborted();
    return { code, stdout: stdout(), stderr: stderr() };
  } finally {
    clearTimeout(killed);
    signal.removeEventListener('abort', stop);
    // Whatever it left behind is of its own making, but must not outlive a cancelled run.
    if (signal.aborted) endGroup(child.pid, 'SIGKILL');
  }
}

function notStarted(program: string, error: Error, missing: string | undefined): ProblemError {
  const absent = 'code' in error && error.code === 'ENOENT';
  return new ProblemError(
    {
      message: absent ? `${program} was not found` : `${program} could not be started: ${error.message}`,
      ...(missing !== undefined && { next: missing }),
    },
    { cause: error },
  );
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Logs a stream line by line and keeps its end. */
function keep(stream: NodeJS.ReadableStream | null, log: Log): () => string {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let line = '';
  stream?.on('data', (chunk: Buffer) => {
    const piece = decoder.write(chunk);
    text = (text + piece).slice(-KEPT);
    const lines = (line + piece).split('\n');
    line = (lines.pop() ?? '').slice(-KEPT);
    for (const each of lines) log.debug(each);
  });
  stream?.on('end', () => {
    if (line !== '') log.debug(line);
  });
  return () => text;
}

/** As one would type it in a POSIX shell. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
