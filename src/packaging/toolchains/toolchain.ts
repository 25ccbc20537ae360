import type { Problem } from '../../problem.ts';
import type { Reads } from '../inputs/reads.ts';
import type { BuildContext } from './context.ts';

/**
 * How one kind of build is done.
 *
 * A result is used again while {@link identify} says the same as before and nothing has changed of what the build told
 * that it read. Both are equal for the same sources in any place: no absolute path, no time, nothing of this run.
 */
export interface Toolchain<Spec> {
  /**
   * Which build this is, before a source was looked at: settings, flags, the tool's version, and the variables that the
   * tool sees ({@link file://../inputs/variables.ts}). Anything that JSON can hold. Runs no compiler, and is asked at
   * every run: programs that it asks for their version are asked once ({@link file://context.ts}: askOnce).
   */
  identify(spec: Spec, context: BuildContext): Promise<unknown>;
  /**
   * Runs the compiler. It writes into the folders of `work` only; a tool that writes beside its sources works in a copy
   * of them ({@link file://../inputs/copy.ts}).
   *
   * @throws ProblemError with the compiler's own messages and their places
   */
  build(spec: Spec, work: Work, context: BuildContext): Promise<BuildOutput>;
}

/** Where one build writes. */
export interface Work {
  /** An empty folder that receives the result. */
  readonly output: string;
  /** An empty folder for everything else; it is outside of the workspace, and removed afterwards. */
  readonly scratch: string;
  /** To be told everything that the build reads. */
  readonly reads: Reads;
}

export interface BuildOutput {
  readonly warnings: readonly Problem[];
}
