import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { languageOf } from '../../runtimes.ts';
import type { LocalFunction } from '../functions/function.ts';
import type { HostOptions } from '../runtime/environment-pool.ts';
import { processEnvironment } from '../runtime/process-environment.ts';
import { nodeFor } from '../runtime/start-command.ts';
import { prepareCode } from '../runtime/unpack-code.ts';
import { type ServerProcess, type ServerStart, STARTS_WITHIN, startServer } from './server-process.ts';
import { taggedLines } from './tagged-lines.ts';

/** A server with the requests that it has in hand. */
export interface BusyServer {
  readonly process: ServerProcess;
  readonly start: ServerStart;
  /** True for the request that it was started for. */
  readonly cold: boolean;
  /** What it wrote since; the newest only. */
  readonly written: string[];
  /** The request is over. */
  done(): void;
}

/** The processes of one web function. */
export interface Servers {
  /**
   * A server that may take one more request, started where none has room; `undefined` where there are as many as this
   * machine is to have.
   * @throws {ProblemError} when the function can't be started here at all
   */
  take(): Promise<BusyServer | undefined>;
  stop(): Promise<void>;
}

interface Known {
  readonly process: ServerProcess;
  readonly written: string[];
  requests: number;
}

/** Pieces of output that are kept. */
const KEPT = 1000;

export function serversOf(fn: LocalFunction, options: HostOptions): Servers {
  const most = options.maxEnvironments ?? Math.max(4, 2 * availableParallelism());
  const room = fn.web?.concurrency ?? 1;
  const all = new Set<Known>();
  let command: ReturnType<typeof commandOf> | undefined;
  let stopped = false;
  const tag = fn.logicalId;

  async function start(): Promise<Known> {
    command ??= commandOf(fn, options);
    const { code, ...start } = await command.catch((error: unknown) => {
      command = undefined;
      throw error;
    });
    const written: string[] = [];
    const lines = taggedLines(tag, options.output);
    const process = await startServer({
      fn,
      command: start,
      directory: code.taskRoot,
      environment: (endpoint) => environmentOf(fn, code, endpoint, options),
      output: (text) => {
        written.push(text);
        while (written.length > KEPT) written.shift();
        lines.add(text);
      },
      ended: () => {
        lines.end();
        all.delete(known);
      },
    });
    const known: Known = { process, written, requests: 0 };
    all.add(known);
    if (stopped) process.kill();
    return known;
  }

  /** One start at a time: requests that come meanwhile may have room in what starts. */
  let starting: Promise<Known> | undefined;
  async function find(): Promise<{ readonly known: Known; readonly cold: boolean } | undefined> {
    for (;;) {
      const free = [...all].find(({ process, requests }) => process.alive && requests < room);
      if (free) return { known: free, cold: false };
      if (starting) {
        await starting;
        continue;
      }
      if (all.size >= most) return undefined;
      starting = start().finally(() => {
        starting = undefined;
      });
      return { known: await starting, cold: true };
    }
  }

  return {
    async take() {
      const found = await find();
      if (!found) return undefined;
      const { known, cold } = found;
      known.requests++;
      const begun = await known.process.started;
      if (cold) options.output(`${tag}: ${startLine(begun)}\n`);
      // One that does not listen is not asked again.
      if (begun.kind === 'late') known.process.kill();
      return {
        process: known.process,
        start: begun,
        cold,
        written: known.written,
        done: () => {
          known.requests--;
        },
      };
    },
    async stop() {
      stopped = true;
      await Promise.all([...all].map(({ process }) => process.stop()));
    },
  };
}

/** What became of a start, for whoever reads the log. */
function startLine(start: ServerStart): string {
  if (start.kind === 'listening') return `listens after ${start.initMs.toFixed(0)} ms`;
  if (start.kind === 'ended')
    return `ended before it listened${start.reason === '' ? '' : ` (${start.reason})`}`;
  return `did not listen at the address of AWS_LAMBDA_HTTP_ENDPOINT within ${STARTS_WITHIN / 1000} s; bind the host and the port that this variable has`;
}

async function commandOf(fn: LocalFunction, options: HostOptions) {
  if (languageOf(fn.runtime) !== 'node')
    throw new ProblemError({
      subject: fn.logicalId,
      message: `web functions run on Node.js only, and its runtime is ${fn.runtime}`,
      next: 'Use nodejs24.x, or a function with a function URL.',
    });
  const code = await prepareCode(fn, options.workDirectory);
  const entry = join(code.taskRoot, fn.handler);
  if (!existsSync(entry))
    throw new ProblemError({
      subject: fn.logicalId,
      message: `its code has no ${fn.handler}, which Lambda starts`,
      next: 'Name the file that starts the server: EntryPoint, or AWS_LAMBDA_NODEJS_ENTRYPOINT.',
    });
  return { code, file: await nodeFor(fn, options), args: [entry] };
}

/**
 * Variables of a server: what functions have but the Runtime API, and where it is to listen.
 * Source: Lambda developer guide, "Environment variables" of web functions.
 */
function environmentOf(
  fn: LocalFunction,
  code: Parameters<typeof processEnvironment>[1],
  endpoint: string,
  options: HostOptions,
): Record<string, string> {
  const {
    AWS_LAMBDA_RUNTIME_API: _,
    _HANDLER,
    ...rest
  } = processEnvironment(fn, code, '', {
    ...options,
    path: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
  });
  return {
    ...rest,
    AWS_LAMBDA_HTTP_ENDPOINT: endpoint,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'native-http',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/web/${fn.name}`,
  };
}
