import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { connect as dial } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { LocalFunction } from '../functions/function.ts';
import { limitMemory, peakMemory } from '../runtime/memory.ts';
import { exitOf, killGroup } from '../runtime/process-group.ts';
import type { StartCommand } from '../runtime/start-command.ts';
import { freePort } from '../server/free-port.ts';

/** How the start of a server ended. */
export type ServerStart =
  | { readonly kind: 'listening'; readonly initMs: number }
  /** With the reason in Lambda's words; empty where it gave none. */
  | { readonly kind: 'ended'; readonly reason: string }
  | { readonly kind: 'late' };

/** A process of a web function. */
export interface ServerProcess {
  readonly port: number;
  /** False once the process ended or was ended. */
  readonly alive: boolean;
  /** Fulfilled once requests may come, or never will. */
  readonly started: Promise<ServerStart>;
  /**
   * After a request without an answer: waits a moment for its end, so that the next request gets another one. One that does
   * not listen any more is ended.
   * @returns what became of it; `undefined` where it goes on
   */
  check(): Promise<string | undefined>;
  /** MB. */
  peakMemory(): number;
  /** Ends the process and what it started, at once. */
  kill(): void;
  /** As Lambda ends it: SIGTERM, and SIGKILL a second later. Fulfilled when it is gone. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly fn: LocalFunction;
  readonly command: StartCommand;
  readonly directory: string;
  /** For a server that is to listen at this address. */
  readonly environment: (endpoint: string) => Readonly<Record<string, string>>;
  /** Receives what the process writes. */
  readonly output: (text: string) => void;
  /** Called once the process is gone, whoever ended it. */
  readonly ended: () => void;
}

/** Milliseconds. Source: Lambda developer guide, "Execution environment lifecycle" of web functions. */
export const STARTS_WITHIN = 10_000;
const ENDS_WITHIN = 1_000;
/** Milliseconds. A process that ends closes its connections before the system tells that it is gone. */
const DIES_WITHIN = 300;
/** Milliseconds between two attempts to reach a server that starts. */
const LOOK = 10;

const HOST = '127.0.0.1';

/**
 * Nobody else ends a server whose host was killed: a shell of its own group waits for the end of a pipe that the host
 * holds, and ends the group then. The server itself takes the place of the shell, and does not see the pipe.
 */
const WATCHED =
  '(read -r _ <&3; kill -s TERM $$; sleep 1; kill -s KILL -- -$$) >/dev/null 2>&1 & exec "$@" 3<&-';

let servers = 0;

/** Starts a server at a free port, and waits for it in the background. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { fn, command, directory } = options;
  const port = await freePort();
  const limit = limitMemory(`sparta-web-${process.pid}-${servers++}`, fn.memory);
  const startedAt = performance.now();
  const child = spawn('/bin/sh', ['-c', WATCHED, 'sh', command.file, ...command.args], {
    cwd: directory,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...options.environment(`${HOST}:${port}`) },
  }) as ChildProcessByStdio<null, Readable, Readable>;
  if (child.pid !== undefined) limit?.add(child.pid);
  // The watch may be gone before the pipe to it is closed.
  child.stdio[3]?.on('error', () => undefined);
  child.stdout.setEncoding('utf8').on('data', options.output);
  child.stderr.setEncoding('utf8').on('data', options.output);

  let alive = true;
  child.once('exit', () => {
    alive = false;
  });
  const exited = exitOf(child).then((reason) => {
    alive = false;
    child.stdio[3]?.destroy();
    limit?.remove();
    options.ended();
    return reason;
  });
  function end(): void {
    if (alive) killGroup(child);
    alive = false;
  }

  async function start(): Promise<ServerStart> {
    const deadline = startedAt + STARTS_WITHIN;
    const over = new AbortController();
    const gone = exited.then((reason): ServerStart => {
      over.abort();
      return { kind: 'ended', reason };
    });
    const reached = async (): Promise<ServerStart> => {
      while (alive && performance.now() < deadline) {
        if (await listens(port)) return { kind: 'listening', initMs: performance.now() - startedAt };
        await pause(LOOK, undefined, { signal: over.signal }).catch(() => undefined);
      }
      return alive ? { kind: 'late' } : gone;
    };
    return Promise.race([gone, reached()]);
  }

  return {
    port,
    get alive() {
      return alive;
    },
    started: start(),
    async check() {
      const deadline = performance.now() + DIES_WITHIN;
      let isEnded = false;
      while (alive && performance.now() < deadline) {
        if (await listens(port)) await pause(LOOK);
        else {
          isEnded = alive;
          end();
        }
      }
      if (alive) return undefined;
      const reason = await exited;
      return isEnded && reason === 'signal: killed'
        ? 'it does not listen any more'
        : `its process ended${reason === '' ? '' : ` (${reason})`}`;
    },
    peakMemory: () => (child.pid === undefined || !alive ? 0 : peakMemory(child.pid)),
    kill: end,
    async stop() {
      if (alive) child.kill('SIGTERM');
      const timer = setTimeout(end, ENDS_WITHIN);
      await exited;
      clearTimeout(timer);
    },
  };
}

function listens(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = dial({ port, host: HOST });
  const done = (answer: boolean): void => {
    socket.destroy();
    resolve(answer);
  };
  socket.once('connect', () => done(true));
  socket.once('error', () => done(false));
  return promise;
}
