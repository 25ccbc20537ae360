import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type EventContext, eventContext } from './github/context.ts';
import type { InputContext, InputName } from './inputs.ts';
import type { Log } from './log.ts';
import { orUndefined } from './or-undefined.ts';
import { workspace as openWorkspace, readInside, resolveInside } from './packaging/workspace/workspace.ts';
import { ProblemError, problemLine } from './problem.ts';
import type { Progress } from './terminal/progress.ts';

/** What surrounds a command: where it runs, whom it tells, and how it is told to stop. */
export interface Host {
  readonly log: Log;
  /** Absolute path, links resolved: nothing outside of it is read unless allowed. */
  readonly workspace: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by SIGINT, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  readonly event: EventContext;
  /** Shows how far a stack's change has come, given how many resources change; only a terminal does. */
  readonly progress: ((resources: number) => Progress) | undefined;
  /** Servers outlive the command: later steps of the job use them, the post step ends them. */
  readonly background: boolean;
}

/** The host of this process. */
export async function hostOf(
  env: Host['env'],
  folder: string,
  log: Log,
  { progress, background }: Pick<Host, 'progress' | 'background'>,
): Promise<Host> {
  const cancel = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      log.warning(`${signal} received: stopping`);
      cancel.abort(new DOMException(`${signal} received`, 'AbortError'));
    });
  }
  guard(log, cancel);
  endWithReader();
  const workspace = orUndefined(() => realpathSync(folder));
  if (workspace === undefined) {
    throw new ProblemError({
      message: `there is no folder ${folder} to work in`,
      next: 'Check out the repository first (actions/checkout).',
    });
  }
  return {
    log,
    progress,
    background,
    workspace,
    env,
    signal: cancel.signal,
    event: eventContext(env, readEvent(env.GITHUB_EVENT_PATH)),
  };
}

/** Whether it has been said why this process ends badly. */
let toldOfEnd = false;
export const hasToldOfEnd = (): boolean => toldOfEnd;

/** Whoever reads our output may have seen enough. */
function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      toldOfEnd = true;
      // What was to be told is lost, also when everything else is done.
      process.exitCode = 1;
      if (code === 'EPIPE') process.exit();
    });
  }
}

/** An error that nothing waited for, of a definition or a hook most likely, ends the run as one that failed. */
function guard(log: Log, cancel: AbortController): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      // What was cancelled has been told already.
      if (cancel.signal.aborted && error instanceof Error && error.name === 'AbortError') return;
      toldOfEnd = true;
      void import('./sources/service/user-error.ts').then(({ userProblems }) => {
        for (const { place, ...problem } of userProblems(
          error,
          'an error that nothing waited for',
          process.cwd(),
        ))
          log.error(problemLine(problem), place);
        cancel.abort(new DOMException('an error that nothing waited for', 'AbortError'));
      });
    });
  }
}

/**
 * Tells of a run that ends before it is done, which only the code of others can bring about.
 *
 * @returns what to call when it is done
 */
export function watchEnd(log: Log): () => void {
  const tell = (code: number): void => {
    process.exitCode = 1;
    if (toldOfEnd) return;
    log.error(
      code === UNSETTLED
        ? 'the run ended before it was done: it waited for a promise of a definition or a hook that never settles'
        : `the run ended before it was done: a definition or a hook called process.exit(${code})`,
    );
  };
  process.once('exit', tell);
  return () => void process.off('exit', tell);
}

/** Source: Node.js documentation, "Process exit codes". */
const UNSETTLED = 13;

const readEvent = (path: string | undefined): unknown =>
  path ? orUndefined(() => JSON.parse(readFileSync(path, 'utf8'))) : undefined;

/** Where SAM CLI keeps what it is told on each deployment. */
const SAM_CONFIG = 'samconfig.toml';

/**
 * Inputs with what SAM CLI's configuration in the working directory gives for those that are left out. What was taken
 * from it is said.
 */
export async function withSamConfig(
  given: (name: InputName) => string | undefined,
  folder: string,
  log: Log,
): Promise<(name: InputName) => string | undefined> {
  const context = inputContext(folder, given('working-directory') || '.');
  const content = await context.readText(SAM_CONFIG);
  if (content === undefined) return given;
  const { parseSamConfig } = await import('./sources/samconfig.ts');
  const defaults = await parseSamConfig(content, SAM_CONFIG);
  const taken = (Object.keys(defaults) as InputName[]).filter((name) => !given(name));
  if (taken.length > 0) log.info(`From ${SAM_CONFIG}: ${taken.join(', ')}`);
  return (name) => given(name) || defaults[name];
}

/** What reading inputs may ask for: files of the workspace. */
export function inputContext(folder: string, workingDirectory: string): InputContext {
  return {
    async readText(path) {
      const space = openWorkspace(folder, false);
      const base = resolve(folder, workingDirectory);
      const written = path.replace(/^file:\/\//, '');
      if (!orUndefined(() => statSync(resolve(base, written)))?.isFile()) return undefined;
      const resolved = resolveInside(space, base, written, { file: path });
      if ('problem' in resolved) throw new ProblemError(resolved.problem);
      return readInside(space, resolved.path).toString();
    },
  };
}
