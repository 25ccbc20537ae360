import { ProblemError } from '../../problem.ts';
import { languageVersion } from '../../runtimes.ts';
import type { BuildContext } from './context.ts';
import type { Requirements } from './python-requirements.ts';
import { programEnvironment, runProgram } from './run-program.ts';
import type { PythonBuild } from './spec.ts';

/** What installs packages here, and its version. */
export interface Installer {
  readonly kind: 'uv' | 'pip';
  readonly version: string;
}

const MACHINE = { x86_64: 'x86_64', arm64: 'aarch64' } as const;
const MISSING = 'Install Python, for example with actions/setup-python, before this step.';

/** uv where it is present, else pip. A lock file of uv needs uv. */
export async function findInstaller(requirements: Requirements, context: BuildContext): Promise<Installer> {
  const uv = await versionOf(['uv', '--version'], context);
  if (uv !== undefined) return { kind: 'uv', version: uv };
  if (requirements.kind === 'uv-lock') {
    throw new ProblemError({
      message: 'uv was not found, and the requirements are in its lock file',
      place: { file: requirements.file },
      next: 'Install uv, for example with astral-sh/setup-uv, before this step.',
    });
  }
  const pip = await versionOf(['python3', '-m', 'pip', '--version'], context);
  if (pip === undefined) throw new ProblemError({ message: 'neither uv nor pip was found', next: MISSING });
  // `pip 25.0 from /usr/lib/... (python 3.13)`: the path says nothing about what it does.
  return { kind: 'pip', version: pip.replace(/ from .* \(/, ' (') };
}

async function versionOf(
  command: readonly string[],
  { space, env, log, signal }: BuildContext,
): Promise<string | undefined> {
  const options = { directory: space.root, env: programEnvironment(env), log, signal };
  try {
    const { code, stdout } = await runProgram(command, options);
    return code === 0 ? stdout.trim() : undefined;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** `3.14` */
export const pythonVersion = ({ runtime }: PythonBuild): string => languageVersion('python', runtime) ?? '';

export function installCommand(
  { kind }: Installer,
  spec: PythonBuild,
  requirements: string,
  target: string,
): string[] {
  const version = pythonVersion(spec);
  const machine = MACHINE[spec.architecture];
  if (kind === 'uv') {
    return [
      ...['uv', 'pip', 'install', '--target', target, '--python-version', version],
      ...['--python-platform', `${machine}-manylinux_2_${glibc(version)}`, '--only-binary', ':all:'],
      ...['--link-mode', 'copy', '--no-progress', '-r', requirements],
    ];
  }
  return [
    ...[
      'python3',
      '-m',
      'pip',
      'install',
      '--target',
      target,
      '--python-version',
      version,
      '--implementation',
      'cp',
    ],
    ...platforms(machine, glibc(version)).flatMap((platform) => ['--platform', platform]),
    ...[
      '--only-binary=:all:',
      '--no-compile',
      '--no-input',
      '--disable-pip-version-check',
      '--no-warn-conflicts',
    ],
    ...['--progress-bar', 'off', '-r', requirements],
  ];
}

/**
 * The minor version of glibc that wheels may need. Lambda's Python 3.12 and later run on Amazon Linux 2023 (2.34, of
 * which wheels use 2.28), earlier ones on Amazon Linux 2 (2.26, of which they use 2.17).
 */
const glibc = (version: string): number => (Number(version.split('.')[1]) >= 12 ? 28 : 17);

/** Newest first; `manylinux2014` is the older name of 2.17. pip takes only what is named. */
function platforms(machine: string, newest: number): string[] {
  const minors = Array.from({ length: newest - 17 + 1 }, (_, index) => newest - index);
  return [...minors.map((minor) => `manylinux_2_${minor}_${machine}`), `manylinux2014_${machine}`];
}
