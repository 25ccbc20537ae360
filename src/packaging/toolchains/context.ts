import type { Log } from '../../log.ts';
import type { FileIndex } from '../inputs/file-index.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What every build is given besides what to build. */
export interface BuildContext {
  readonly space: Workspace;
  readonly log: Log;
  /** Ends the toolchain, and everything that it started. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where tools that we install ourselves are kept between runs. */
  readonly tools: string;
  /** Our own version: part of every key. */
  readonly version: string;
  /** Hashes of files, as far as they are known from earlier runs. */
  readonly files: FileIndex;
  /** What tools have answered in this run, by {@link askOnce}. */
  readonly answers: Map<string, Promise<unknown>>;
}

/**
 * Asks a tool for its version or settings, once in a run for each question.
 *
 * @param question what the answer depends on: the command, and the folder where that makes a difference
 */
export function askOnce<T>({ answers }: BuildContext, question: string, ask: () => Promise<T>): Promise<T> {
  const answer = (answers.get(question) as Promise<T> | undefined) ?? ask();
  answers.set(question, answer);
  return answer;
}
