import { ProblemError } from '../../../problem.ts';
import { buildEnvironment } from '../../inputs/variables.ts';
import { askOnce, type BuildContext } from '../context.ts';
import { runProgram } from '../run-program.ts';

/** Versions of what compiles here. */
export interface RustTools {
  readonly cargo: string;
  readonly rustc: string;
  /** `undefined`: there is none. */
  readonly cargoLambda: string | undefined;
}

const MISSING = 'Install Rust, for example with rustup (it is on hosted runners), before this step.';

/**
 * @param directory where cargo is called: `rust-toolchain.toml` may choose another compiler there
 * @throws ProblemError when there is no cargo or compiler
 */
export const findTools = (directory: string, context: BuildContext): Promise<RustTools> =>
  askOnce(context, `cargo --version ${directory}`, () => ask(directory, context));

async function ask(directory: string, context: BuildContext): Promise<RustTools> {
  const { log, signal, env } = context;
  const options = { directory, env: buildEnvironment(env), log, signal, missing: MISSING };
  const [cargo, rustc, lambda] = await Promise.all([
    runProgram(['cargo', '--version'], options),
    runProgram(['rustc', '--version', '--verbose'], options),
    runProgram(['cargo', 'lambda', '--version'], options),
  ]);
  if (cargo.code !== 0 || rustc.code !== 0)
    throw new ProblemError({ message: `cargo: ${(cargo.stderr || rustc.stderr).trim()}`, next: MISSING });
  return {
    cargo: cargo.stdout.trim(),
    rustc: rustc.stdout.trim(),
    cargoLambda: lambda.code === 0 ? lambda.stdout.trim() : undefined,
  };
}
