import { type WholeLines, wholeLines } from '../../text/whole-lines.ts';
import type { Activity } from '../activity.ts';
import type { LocalFunction } from '../functions/function.ts';
import { type ExecutionEnvironment, startEnvironment } from './environment.ts';
import type { Credentials } from './process-environment.ts';
import type { RuntimeOptions } from './start-command.ts';
import { type StartCommand, startCommand } from './start-command.ts';
import { type PreparedCode, prepareCode } from './unpack-code.ts';

/** An environment with the output of the invocation that it runs. */
export interface PooledEnvironment {
  readonly environment: ExecutionEnvironment;
  /** True until its first invocation is over. */
  cold: boolean;
  /** What the process wrote since this was emptied. */
  readonly output: string[];
  /** The same on its way to the log, to which others write as well. */
  readonly lines: WholeLines;
  /** Hears what the process writes while it runs an invocation. */
  heard?: ((text: string) => void) | undefined;
}

/** Where an invocation runs, which is not always where it ends. */
export interface InvocationPlace {
  readonly pool: EnvironmentPool;
  pooled: PooledEnvironment;
}

/** The environments of one function: idle ones are used again, the newest first. */
export interface EnvironmentPool {
  /** One that is there and has nothing to do, as most of the time; undefined: `acquire` waits for one. */
  takeIdle(): PooledEnvironment | undefined;
  /** Undefined: throttled by the function's reserved concurrency. */
  acquire(): Promise<PooledEnvironment | undefined>;
  release(pooled: PooledEnvironment): void;
  /** Ends one that is in use, and starts another in its place. */
  replace(pooled: PooledEnvironment): Promise<PooledEnvironment>;
  /** One in the place of one that is gone: it is idle, or is started. */
  takeOver(): Promise<PooledEnvironment>;
  stop(): Promise<void>;
}

interface Prepared {
  readonly code: PreparedCode;
  readonly command: StartCommand;
}

/** Pieces of output that are kept of one invocation; all of it was passed on already. */
const keptChunks = 1000;

export function createPool(fn: LocalFunction, limit: number, options: HostOptions): EnvironmentPool {
  const all = new Set<PooledEnvironment>();
  const idle: PooledEnvironment[] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  const reserved = fn.reservedConcurrency ?? Number.POSITIVE_INFINITY;
  let prepared: Promise<Prepared> | undefined;
  let busy = 0;
  let stopped = false;

  async function prepare(): Promise<Prepared> {
    const code = await prepareCode(fn, options.workDirectory);
    return { code, command: await startCommand(fn, code, options) };
  }

  async function start(): Promise<PooledEnvironment> {
    prepared ??= prepare();
    const { code, command } = await prepared;
    const output: string[] = [];
    const lines = wholeLines(options.output);
    const environment = await startEnvironment({
      ...options,
      fn,
      code,
      command,
      output: (text) => {
        output.push(text);
        while (output.length > keptChunks) output.shift();
        pooled.heard?.(text);
        lines.add(text);
      },
      ended: () => {
        lines.end();
        all.delete(pooled);
        const at = idle.indexOf(pooled);
        if (at >= 0) idle.splice(at, 1);
      },
    });
    const pooled: PooledEnvironment = { environment, cold: true, output, lines };
    all.add(pooled);
    if (stopped) environment.kill();
    return pooled;
  }

  /** One that has ended is taken from the list when its output is read, which may be later than the next request. */
  function takeAlive(): PooledEnvironment | undefined {
    for (let found = idle.pop(); found; found = idle.pop()) {
      // An event is for none that ended before: a new one takes it, as at Lambda.
      if (found.environment.alive && !found.environment.hasEnded()) return found;
    }
    return undefined;
  }

  const takeOver = async (): Promise<PooledEnvironment> => takeAlive() ?? start();

  /** Hands the place over to whoever waits the longest. */
  function free(): void {
    const next = waiting.shift();
    if (next) next.resolve();
    else busy--;
  }

  return {
    takeIdle() {
      if (busy + waiting.length >= Math.min(reserved, limit)) return undefined;
      const pooled = takeAlive();
      if (pooled) busy++;
      return pooled;
    },
    async acquire() {
      if (busy + waiting.length >= reserved) return undefined;
      if (busy >= limit) {
        const turn = Promise.withResolvers<void>();
        waiting.push(turn);
        await turn.promise;
      } else {
        busy++;
      }
      const pooled = takeAlive();
      if (pooled) return pooled;
      try {
        return await start();
      } catch (error) {
        prepared = undefined;
        free();
        throw error;
      }
    },
    takeOver,
    release(pooled) {
      if (stopped) pooled.environment.kill();
      else if (pooled.environment.alive) idle.push(pooled);
      free();
    },
    replace(pooled) {
      pooled.environment.kill();
      return start();
    },
    async stop() {
      stopped = true;
      for (const pooled of all) if (!idle.includes(pooled)) pooled.environment.kill();
      await Promise.all([...all].map((pooled) => pooled.environment.stop(shutdownMs)));
    },
  };
}

/** The time that Lambda gives runtimes with an extension for their end; others get no signal at all. */
const shutdownMs = 500;

export interface HostOptions extends Omit<RuntimeOptions, 'warn'> {
  /** Where archives are unpacked and layers are merged. */
  readonly workDirectory: string;
  /** Receives what functions write, with Lambda's START, END and REPORT lines. */
  readonly output: (text: string) => void;
  readonly warn: (message: string) => void;
  /** Is told of each invocation. */
  readonly activity?: Activity;
  /** Real ones only when the caller says so; otherwise functions see fake ones. */
  readonly credentials?: Credentials;
  /** Variables that every function gets below its own, such as `AWS_ENDPOINT_URL`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Executions of durable functions: where they are kept, and whether they really wait. */
  readonly durable?: {
    /** Nowhere without a folder. */
    readonly folder?: string;
    /** Goes on with all that were kept and had not ended; otherwise only with one that is started anew by its name. */
    readonly resume?: boolean;
    readonly waits?: 'skip' | 'real';
  };
  /** Most environments of one function; requests beyond wait their turn. Default: twice the processors, at least 4. */
  readonly maxEnvironments?: number;
}
