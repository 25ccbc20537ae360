import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalFunction } from '../functions/function.ts';
import { type Credentials, processEnvironment } from './process-environment.ts';
import { exitOf, killGroup } from './process-group.ts';
import type { RuntimeApi } from './runtime-api.ts';
import type { PreparedCode } from './unpack-code.ts';

/** The environment that extensions are of. */
export interface ExtensionOptions {
  readonly fn: LocalFunction;
  readonly code: PreparedCode;
  readonly credentials?: Credentials;
  readonly environment?: Readonly<Record<string, string>>;
  /** Receives what they write. */
  readonly output: (text: string) => void;
}

/** The processes of external extensions beside one runtime. */
export interface Extensions {
  /** Fulfilled when each one waits for its first event, or has ended. */
  readonly ready: Promise<unknown>;
  /** Waits until they have ended by themselves, which they may take so many milliseconds for. */
  end(graceMs: number): Promise<void>;
  kill(): void;
}

const NONE: Extensions = { ready: Promise.resolve(), end: async () => undefined, kill: () => undefined };

/**
 * Starts what the layers of a function have in `extensions/`, as Lambda does before the runtime: all or none.
 *
 * Source: AWS Lambda Developer Guide, "Using the Lambda Extensions API to create extensions".
 */
export function startExtensions(options: ExtensionOptions, api: RuntimeApi): Extensions {
  const folder = join(options.code.layers ?? '', 'extensions');
  if (options.code.layers === undefined || !existsSync(folder)) return NONE;
  const all: RunningExtension[] = [];
  try {
    for (const name of extensionsIn(folder))
      all.push(
        watchExtension(name, { child: start(join(folder, name), options, api.address), api, ...options }),
      );
  } catch (error) {
    for (const each of all) each.kill();
    throw error;
  }
  return extensionsOf(all);
}

/** The names of programs in a folder of extensions. */
export const extensionsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isExecutable(join(folder, entry.name)))
    .map(({ name }) => name);

/** An extension that was started. */
export interface RunningExtension {
  readonly ended: Promise<void>;
  readonly ready: Promise<void>;
  kill(): void;
}

/** Listens to the process of an extension, and tells of an end that nobody asked for. */
export function watchExtension(
  name: string,
  {
    child,
    api,
    output,
  }: { readonly child: ChildProcess; readonly api: RuntimeApi } & Pick<ExtensionOptions, 'output'>,
): RunningExtension {
  child.stdout?.setEncoding('utf8').on('data', output);
  child.stderr?.setEncoding('utf8').on('data', output);
  let isEndedHere = false;
  const ended = exitOf(child).then((reason) => {
    if (reason !== '' && !isEndedHere) output(`EXTENSION\tName: ${name}\tState: Ended\tReason: ${reason}\n`);
  });
  return {
    ended,
    ready: Promise.race([api.extensionReady(name), ended]),
    kill() {
      isEndedHere = true;
      killGroup(child);
    },
  };
}

/** All extensions of an environment. */
export function extensionsOf(all: readonly RunningExtension[]): Extensions {
  const kill = (): void => {
    for (const each of all) each.kill();
  };
  return {
    ready: Promise.all(all.map(({ ready }) => ready)),
    kill,
    async end(graceMs) {
      const timer = setTimeout(kill, graceMs);
      await Promise.all(all.map(({ ended }) => ended));
      clearTimeout(timer);
    },
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function start(file: string, options: ExtensionOptions, runtimeApi: string): ChildProcess {
  const { fn, code } = options;
  return spawn(file, [], {
    cwd: code.taskRoot,
    // A group of its own, as the runtime has one.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: processEnvironment(fn, code, runtimeApi, {
      ...options,
      path: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    }),
  });
}
