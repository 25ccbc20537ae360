import type { Log } from './log.ts';
import { problemLine } from './problem.ts';

/** Whether it has been said why this process ends badly. */
let toldOfEnd = false;
export const hasToldOfEnd = (): boolean => toldOfEnd;

/** Ends the process when the reader of its output has gone. */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => {
      toldOfEnd = true;
      // Some of the output is lost: that is a failure even when everything else is done.
      process.exitCode = 1;
      if (code === 'EPIPE') process.exit();
    });
  }
}

/** An error that nobody waited for ends the run as failed. Most likely it comes from a definition or a hook. */
export function guard(log: Log, cancel: AbortController): void {
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
 * Reports a run that ends before it is done: only a definition's or a hook's code can cause that.
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
