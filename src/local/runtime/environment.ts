import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { atEndOfTurn } from '../../order/end-of-turn.ts';
import { ProblemError } from '../../problem.ts';
import { bytes } from '../../text/bytes.ts';
import { createDeadline } from '../deadline.ts';
import type { LocalFunction } from '../functions/function.ts';
import type { Container } from './container/run.ts';
import type { EventReceiver, InitReply, RuntimeReply } from './exchange.ts';
import { type Extensions, startExtensions } from './extensions/start.ts';
import type { Invocation } from './invocation.ts';
import { limitMemory, peakMemory } from './memory.ts';
import { type Credentials, processEnvironment } from './process-environment.ts';
import { exitOf, hasEnded, killGroup } from './process-group.ts';
import { type RuntimeApi, startRuntimeApi } from './runtime-api.ts';
import type { StartCommand } from './start-command.ts';
import type { PreparedCode } from './unpack-code.ts';

/** How one invocation ended, as seen from outside of the process. */
export type EnvironmentOutcome =
  | RuntimeReply
  | { readonly kind: 'timeout' }
  /** `isUnread`: by itself, and before it had read the event. */
  | { readonly kind: 'exit'; readonly reason: string; readonly isUnread: boolean }
  | { readonly kind: 'init-error'; readonly errorType: string; readonly payload: Buffer };

/** A runtime process with its Runtime API: what serves one request at a time. */
export interface ExecutionEnvironment {
  /** False once the process ended or was ended. */
  readonly alive: boolean;
  /**
   * Whether the process has ended, though it may count as alive still. False of runtimes at a channel, without a look at them:
   * of an event that they do not read, `invoke` tells.
   */
  hasEnded(): boolean;
  /** Milliseconds from start to the first request for an event; undefined until then. */
  readonly initMs: number | undefined;
  /** MB; measured at most every 200 ms. */
  peakMemory(): number;
  /** Waits for the start: false when it takes longer. A start that failed counts as over; `invoke` tells. */
  ready(limitMs: number): Promise<boolean>;
  /** Runs one event, which may take `timeoutMs`. The first one waits for the start. */
  invoke(invocation: Invocation, timeoutMs: number): Promise<EnvironmentOutcome>;
  /** Ends the whole process group at once. */
  kill(): void;
  /** SIGTERM, then SIGKILL after `graceMs`, which extensions in a container have before it; fulfilled when the process is gone and the port free. */
  stop(graceMs: number): Promise<void>;
}

export interface EnvironmentOptions {
  readonly fn: LocalFunction;
  readonly code: PreparedCode;
  readonly command: StartCommand;
  readonly credentials?: Credentials;
  readonly environment?: Readonly<Record<string, string>>;
  /** Receives what the process writes. */
  readonly output: (text: string) => void;
  /** Called once the process is gone, whoever ended it. */
  readonly ended: () => void;
}

/** Lambda gives initialization 10 s, then starts over within the first invocation. */
export const initLimitMs = 10_000;

/** A runtime process, or the command that runs one in a container. */
type Spawned = Pick<Container, 'client'> & Partial<Container>;

function spawnRuntime({ fn, code, command, ...options }: EnvironmentOptions, runtimeApi: string): Spawned {
  const client = spawn(command.file, command.args, {
    cwd: command.directory ?? code.taskRoot,
    // A group of its own, so that everything it starts can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(command.channel ? ['pipe' as const] : [])],
    env: processEnvironment(fn, code, runtimeApi, {
      ...options,
      path: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    }),
  });
  return { client };
}

/**
 * Starts the runtime and the extensions beside it. Some reasons why that fails are thrown (too large an environment):
 * then none of them is left. Others come later as an event.
 */
function spawnAll(
  options: EnvironmentOptions,
  api: RuntimeApi,
): { spawned: Spawned; extensions: Extensions } {
  const { container } = options.command;
  let extensions: Extensions | undefined;
  try {
    if (container) {
      const spawned = container(options, api.address);
      return { spawned, extensions: spawned.startExtensions(options.output, api) };
    }
    extensions = startExtensions(options, api);
    return { extensions, spawned: spawnRuntime(options, api.address) };
  } catch (error) {
    extensions?.kill();
    throw cannotStart(options.fn, error as NodeJS.ErrnoException);
  }
}

function cannotStart({ logicalId, environment }: LocalFunction, error: NodeJS.ErrnoException): ProblemError {
  const message = `its runtime cannot be started: ${error.message}`;
  if (error.code !== 'E2BIG') return new ProblemError({ subject: logicalId, message }, { cause: error });
  const size = Object.entries(environment).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value),
    0,
  );
  const problem = {
    subject: logicalId,
    message: `${message}, as its environment variables have ${bytes(size)}`,
    // Source: AWS Lambda Developer Guide, "Lambda quotas".
    next: 'Lambda takes 4 KB: keep what is larger elsewhere, such as in Parameter Store.',
  };
  return new ProblemError(problem, { cause: error });
}

/** The invocation that an environment runs. */
interface Given {
  readonly done: (outcome: EnvironmentOutcome) => void;
  reply: RuntimeReply | undefined;
  isSettled: boolean;
}

let started = 0;

/**
 * Starts a process; a command that is not there is an exit with its reason.
 * @throws {ProblemError} when the system refuses to start any with this environment
 */
export async function startEnvironment(options: EnvironmentOptions): Promise<ExecutionEnvironment> {
  const { fn } = options;
  const api = await startRuntimeApi(fn);
  // A container has a limit of its own.
  const limit = options.command.container
    ? undefined
    : limitMemory(`sparta-${process.pid}-${started++}`, fn.memory);
  const startedAt = performance.now();
  let all: ReturnType<typeof spawnAll>;
  try {
    all = spawnAll(options, api);
  } catch (error) {
    limit?.remove();
    await api.stop();
    throw error;
  }
  const { spawned, extensions } = all;
  const child = spawned.client;
  let initMs: number | undefined;
  /** Milliseconds that extensions have for their end after the runtime: none, where it ended by itself. */
  let extensionMs = 0;
  let peak = 0;
  let measuredAt = 0;
  let alive = true;
  child.stdout?.setEncoding('utf8').on('data', options.output);
  child.stderr?.setEncoding('utf8').on('data', options.output);
  if (child.pid !== undefined) limit?.add(child.pid);
  const socket = child.stdio[3];
  const channel = socket instanceof Duplex ? api.connect(socket, options.output) : undefined;
  /** Whoever ends it from here has a reason to, which is told instead. */
  let isEndedHere = false;

  let given: Given | undefined;
  /** A reply that came before the end counts, whatever the end was. */
  function tellEnd({ done, reply }: Given, outcome: EnvironmentOutcome): void {
    // Between invocations nothing is kept of the last one, which may be large.
    given = undefined;
    done(reply ?? outcome);
  }
  function settle(outcome: EnvironmentOutcome): void {
    if (!given || given.isSettled) return;
    const settled = given;
    settled.isSettled = true;
    deadline.clear();
    // What the process wrote before it answered was in the pipe by then, and is read in the same turn of the loop.
    atEndOfTurn(() => tellEnd(settled, outcome));
  }
  const receiver: EventReceiver = {
    answered(reply) {
      if (!given) return;
      given.reply = reply;
      // Nothing more is asked of it.
      if (reply.kind === 'too-large') settle(reply);
    },
    over() {
      if (given?.reply) settle(given.reply);
    },
  };
  const deadline = createDeadline(() => {
    measure();
    end();
    settle({ kind: 'timeout' });
  });
  let exit: Extract<EnvironmentOutcome, { kind: 'exit' }> | undefined;
  const exited = exitOf(child).then(async (reason) => {
    alive = false;
    const isUnread = !isEndedHere && channel?.isUnread() === true;
    exit = { kind: 'exit', reason: spawned.reason?.(reason) ?? reason, isUnread };
    deadline.close();
    settle(exit);
    limit?.remove();
    await extensions.end(extensionMs);
    await api.stop();
    await spawned.remove?.();
    options.ended();
  });
  child.once('exit', () => {
    alive = false;
  });

  /** Ends the whole group. From now on this environment counts as gone, even before the system says so. */
  function end(): void {
    isEndedHere = true;
    if (alive) killGroup(child);
    void spawned.remove?.();
    extensions.kill();
    alive = false;
  }
  let initReply: InitReply | undefined;
  const initialized = Promise.all([api.initialized, extensions.ready]).then(async ([reply]) => {
    initMs = performance.now() - startedAt;
    await spawned.up?.();
    initReply = reply;
    return reply;
  });

  function measure(): number {
    const now = performance.now();
    const pid = spawned.up ? spawned.pid : child.pid;
    if (alive && pid !== undefined && now - measuredAt > 200) {
      measuredAt = now;
      peak = Math.max(peak, peakMemory(pid));
    }
    return peak;
  }

  return {
    get alive() {
      return alive;
    },
    hasEnded: () => child.pid === undefined || (!channel && hasEnded(child.pid)),
    get initMs() {
      return initMs;
    },
    peakMemory: measure,
    ready(limitMs) {
      return new Promise((done) => {
        const timer = setTimeout(done, limitMs, false);
        const over = (): void => {
          clearTimeout(timer);
          done(true);
        };
        initialized.then(over);
        exited.then(over);
      });
    },
    invoke(invocation, timeoutMs) {
      return new Promise((done) => {
        const mine: Given = { done, reply: undefined, isSettled: false };
        given = mine;
        const start = (reply: InitReply): void => {
          if (reply.kind === 'error') settle({ ...reply, kind: 'init-error' });
          else if (exit) settle(exit);
          else if (!mine.isSettled) api.deliver(invocation, receiver);
        };
        if (!exit) deadline.set(timeoutMs);
        if (initReply) start(initReply);
        else if (exit) settle(exit);
        else initialized.then(start);
      });
    },
    kill: end,
    async stop(graceMs) {
      isEndedHere = true;
      // Extensions in a container end with it: it waits for them.
      const endsLast = spawned.remove !== undefined;
      const timer = setTimeout(end, endsLast ? 2 * graceMs : graceMs);
      if (alive) {
        extensionMs = graceMs;
        api.shutdown('spindown', Date.now() + graceMs);
        if (endsLast) await extensions.end(graceMs);
        child.kill('SIGTERM');
      }
      await exited;
      clearTimeout(timer);
    },
  };
}
