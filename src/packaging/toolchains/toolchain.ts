import type { Problem } from '../../problem.ts';
import type { Entry } from '../workspace/walk.ts';
import type { BuildContext } from './context.ts';

/** How one kind of build is done. */
export interface Toolchain<Spec> {
  /** Everything that the result depends on. Runs no compiler. */
  inputs(spec: Spec, context: BuildContext): Promise<BuildInputs>;
  /**
   * Runs the compiler.
   *
   * @param output an empty folder that receives the result
   * @throws ProblemError with the compiler's own messages and their places
   */
  build(spec: Spec, output: string, context: BuildContext): Promise<BuildOutput>;
}

export interface BuildInputs {
  /** Files, named so that the names do not depend on where the workspace is. */
  readonly files: readonly Entry[];
  /** Versions, flags and settings: anything that JSON can hold. */
  readonly settings: unknown;
}

export interface BuildOutput {
  readonly warnings: readonly Problem[];
}
