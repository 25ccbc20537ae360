import { readFileSync, realpathSync } from 'node:fs';
import { type EventContext, eventContext } from './github/context.ts';
import type { Log } from './log.ts';
import { orUndefined } from './packaging/workspace/workspace.ts';
import { ProblemError } from './problem.ts';
import { endWithReader, guard } from './process-end.ts';
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
  /** Asks the person at the terminal, unless it was said before; in a workflow the workflow has said it. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Servers outlive the command: later steps of the job use them, the post step ends them. */
  readonly background: boolean;
}

/** The host of this process. */
export async function hostOf(
  env: Host['env'],
  folder: string,
  log: Log,
  { progress, background, confirm }: Pick<Host, 'progress' | 'background' | 'confirm'>,
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
    confirm,
    workspace,
    env,
    signal: cancel.signal,
    event: eventContext(env, readEvent(env.GITHUB_EVENT_PATH)),
  };
}

const readEvent = (path: string | undefined): unknown =>
  path ? orUndefined(() => JSON.parse(readFileSync(path, 'utf8'))) : undefined;
