import type { Endpoint } from './local/server/endpoint.ts';
import { isRunning } from './local/server/is-running.ts';
import { type ServeRequest, serve } from './local/server/serve.ts';
import { type Problem, ProblemError } from './problem.ts';

/** What the process that serves is told by the step that starts it. */
export interface ServerOrder {
  readonly request: ServeRequest;
  /** The process that runs the job's steps. */
  readonly runner: number;
}

/** What it answers once. */
export type ServerReply =
  | { readonly url: string; readonly variables: Readonly<Record<string, string>> }
  | { readonly problems: readonly Problem[] };

/** Milliseconds between two looks whether the job still runs. */
const LOOK = 2_000;
/** Milliseconds. No job of a hosted runner takes longer. */
const LONGEST = 6 * 3_600_000;

/**
 * The process that serves functions between the steps of a job. It ends when the post step says so, when the runner that
 * the job belongs to is gone, or after six hours.
 */
export async function run(): Promise<void> {
  // Until it has answered, it ends with the step that started it.
  const orphan = (): never => process.exit(1);
  process.once('disconnect', orphan);
  const { request, runner } = await new Promise<ServerOrder>((resolve) => process.once('message', resolve));
  const say = (text: string): void => void process.stdout.write(text);
  let server: Endpoint;
  try {
    server = await serve(request, { output: say, warn: (message) => say(`warning: ${message}\n`) });
  } catch (error) {
    const problems = error instanceof ProblemError ? error.problems : [{ message: String(error) }];
    await answer({ problems });
    process.exit(1);
  }
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await server.stop();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  setTimeout(end, LONGEST).unref();
  // The first process of a container never ends before the others.
  if (runner > 1) {
    setInterval(() => {
      if (!isRunning(runner)) void end();
    }, LOOK).unref();
  }
  process.off('disconnect', orphan);
  await answer({ url: server.url, variables: server.variables ?? {} });
}

const answer = (reply: ServerReply): Promise<void> =>
  new Promise((resolve) => (process.send ? process.send(reply, () => resolve()) : resolve()));
