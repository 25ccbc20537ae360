import { ProblemError } from '../../../problem.ts';
import { languageVersion } from '../../../runtimes.ts';
import { buildEnvironment } from '../../inputs/variables.ts';
import { askOnce, type BuildContext } from '../context.ts';
import { runProgram } from '../run-program.ts';
import type { PythonBuild } from '../spec.ts';
import { nameIn } from './project.ts';
import type { Requirements } from './requirements.ts';
import type { Wanted } from './wanted.ts';
import { pipPlatforms, uvPlatform, wheelGlibc } from './wheel-platforms.ts';

/** What installs packages here, and its version. */
export interface Installer {
  readonly kind: 'uv' | 'pip';
  readonly version: string;
}

const MISSING = 'Install Python, for example with actions/setup-python, before this step.';

/**
 * uv where it is present, else pip.
 *
 * @throws ProblemError when there is neither, or when only uv can tell which packages are meant
 */
export async function findInstaller(
  requirements: Requirements,
  { own, onlyUv }: Pick<Wanted, 'own' | 'onlyUv'>,
  context: BuildContext,
): Promise<Installer> {
  const uv = await versionOf(['uv', '--version'], context);
  if (uv !== undefined) {
    if (own.unnamed.length > 0)
      throw new ProblemError(own.unnamed.map((folder) => nameless(nameIn(context.space, folder))));
    return { kind: 'uv', version: uv };
  }
  const needsUv = (message: string, file: string): ProblemError =>
    new ProblemError({
      message: `uv was not found, and ${message}`,
      place: { file },
      next: 'Install uv, for example with astral-sh/setup-uv, before this step.',
    });
  if (requirements.kind === 'uv-lock')
    throw needsUv('the requirements are in its lock file', nameIn(context.space, requirements.file));
  if (onlyUv !== undefined) throw needsUv('only uv reads where packages come from here', onlyUv);
  const pip = await versionOf(['python3', '-m', 'pip', '--version'], context);
  if (pip === undefined) throw new ProblemError({ message: 'neither uv nor pip was found', next: MISSING });
  // `pip 25.0 from /usr/lib/... (python 3.13)`: the path says nothing about what it does.
  return { kind: 'pip', version: pip.replace(/ from .* \(/, ' (') };
}

const nameless = (folder: string) => ({
  message: `the package in ${folder} does not say its name in pyproject.toml or setup.cfg`,
  place: { file: folder },
  next: 'Write project.name into its pyproject.toml.',
});

export function versionOf(command: readonly string[], context: BuildContext): Promise<string | undefined> {
  const { space, env, log, signal } = context;
  const options = { directory: space.root, env: buildEnvironment(env), log, signal };
  return askOnce(context, command.join(' '), async () => {
    try {
      const { code, stdout } = await runProgram(command, options);
      return code === 0 ? stdout.trim() : undefined;
    } catch (error) {
      if (error instanceof ProblemError) return undefined;
      throw error;
    }
  });
}

/** `3.14` */
export const pythonVersion = ({ runtime }: PythonBuild): string => languageVersion('python', runtime) ?? '';

/** What is installed, and where. */
export interface Installation {
  readonly spec: PythonBuild;
  /** The file of the requirements. */
  readonly requirements: string;
  readonly target: string;
  /** The minor version of glibc 2 that wheels may need; by default that of the runtime. */
  readonly glibc?: number;
  /** Finds out whether it could be done. */
  readonly dryRun?: boolean;
}

export function installCommand({ kind }: Pick<Installer, 'kind'>, installation: Installation): string[] {
  const { spec, requirements, target, glibc = wheelGlibc(spec), dryRun = false } = installation;
  const version = pythonVersion(spec);
  if (kind === 'uv') {
    return [
      ...['uv', 'pip', 'install', '--target', target, '--python-version', version],
      ...['--python-platform', uvPlatform(spec, glibc), '--only-binary', ':all:'],
      ...['--link-mode', 'copy', '--no-progress', ...(dryRun ? ['--dry-run'] : []), '-r', requirements],
    ];
  }
  return [
    ...['python3', '-m', 'pip', 'install', '--target', target],
    ...['--python-version', version, '--implementation', 'cp'],
    ...pipPlatforms(spec, glibc).flatMap((platform) => ['--platform', platform]),
    ...['--only-binary=:all:', '--no-compile', '--no-input', '--disable-pip-version-check'],
    ...['--no-warn-conflicts', '--progress-bar', 'off'],
    ...(dryRun ? ['--dry-run', '--ignore-installed'] : []),
    ...['-r', requirements],
  ];
}

/** Whether pip is here: it takes wheels for releases of glibc that uv has no platform for. */
export const hasPip = async (context: BuildContext): Promise<boolean> =>
  (await versionOf(['python3', '-m', 'pip', '--version'], context)) !== undefined;
