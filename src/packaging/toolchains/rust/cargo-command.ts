import { join } from 'node:path';
import { ProblemError } from '../../../problem.ts';
import { glibcOf } from '../native-code.ts';
import type { Architecture, RustBuild } from '../spec.ts';
import type { RustTools } from './tools.ts';

const MACHINE = { x86_64: 'x86_64', arm64: 'aarch64' } as const;
export const OTHER_MACHINE =
  'Install cargo-lambda (pip3 install cargo-lambda), which links for every machine of Lambda, before this step.';

export interface CargoGoal {
  readonly tools: RustTools;
  /** The program to build. */
  readonly binary: string;
  /** Where cargo compiles; absolute. */
  readonly target: string;
  /** Where cargo-lambda puts what it made; absolute. */
  readonly made: string;
}

/** How the program is built, and where it is then. */
export interface CargoCommand {
  readonly arguments: readonly string[];
  /** Absolute. */
  readonly binary: string;
  /** The `.d` file of the program; absolute. */
  readonly dependencyInfo: string;
}

/**
 * What `sam build` runs, with the target in full: the shortcuts of cargo-lambda take this machine for x86_64, and any
 * release of glibc.
 *
 * @throws ProblemError when cargo is alone, and cannot link for the function's machine
 */
export function buildCommand(
  { architecture, runtime }: RustBuild,
  { tools, binary, target, made }: CargoGoal,
): CargoCommand {
  const triple = `${MACHINE[architecture]}-unknown-linux-gnu`;
  const options = ['build', '--release', '--bin', binary];
  const dependencyInfo = join(target, triple, 'release', `${binary}.d`);
  if (tools.cargoLambda !== undefined) {
    const release = glibcOf(runtime).join('.');
    return {
      arguments: ['cargo', 'lambda', ...options, '--target', `${triple}.${release}`, '--lambda-dir', made],
      binary: join(made, binary, 'bootstrap'),
      dependencyInfo,
    };
  }
  if (architecture !== hostArchitecture() || process.platform !== 'linux')
    throw new ProblemError({
      message: `cargo-lambda was not found, and cargo alone links for this machine only, not for ${architecture} with Linux`,
      next: OTHER_MACHINE,
    });
  return {
    arguments: ['cargo', ...options, '--target', triple],
    binary: join(target, triple, 'release', binary),
    dependencyInfo,
  };
}

const hostArchitecture = (): Architecture => (process.arch === 'arm64' ? 'arm64' : 'x86_64');
