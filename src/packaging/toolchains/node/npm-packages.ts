import { existsSync, rmSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import { NO_SOURCES } from '../../inputs/reads.ts';
import { buildEnvironment } from '../../inputs/variables.ts';
import { copyEntries, copyFile } from '../../workspace/copy-entries.ts';
import { findUp } from '../../workspace/source-files.ts';
import { walk } from '../../workspace/walk.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { BuildContext } from '../context.ts';
import { manifestIn, type PackageManifest, packageWorkspace } from '../npm-workspace/find.ts';
import { installMember } from '../npm-workspace/install.ts';
import { localPackages } from '../npm-workspace/local-packages.ts';
import { runProgram } from '../run-program.ts';
import type { Architecture } from '../spec.ts';
import type { Work } from '../toolchain.ts';

const MISSING = 'Install Node.js, for example with actions/setup-node, before this step.';
const LOCKS = ['package-lock.json', 'npm-shrinkwrap.json'];
/** How npm names what a package is for. */
const CPU = { x86_64: 'x64', arm64: 'arm64' } as const;
const HERE = process.arch === 'arm64' ? 'arm64' : 'x86_64';

/** Lock files and settings of other package managers, which npm does not read. */
const OF_OTHERS = [
  'yarn.lock',
  '.yarnrc',
  '.yarnrc.yml',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  '.pnpmfile.cjs',
  'bun.lock',
  'bun.lockb',
  'bunfig.toml',
];

/** What is installed, and for which machine. */
export interface NpmProject {
  /** The folder of package.json. */
  readonly directory: string;
  readonly architecture: Architecture;
  /** `npm ci` where there is a lock file. */
  readonly locked: boolean;
}

/** A copy of a folder with its packages. */
export interface Installed {
  readonly folder: string;
  /** The copy's border: packages of the author's own are beside the folder, as they are in the workspace. */
  readonly space: Workspace;
  readonly warnings: readonly Problem[];
  /** Whether packages are shared with others of a workspace, so that some are outside of the folder. */
  readonly isMember: boolean;
}

/**
 * Copies a folder, and the local packages that it names (`file:../shared`) beside it, and lets npm install what they need.
 * npm links a local package, so its own packages have to be there, too.
 *
 * @throws ProblemError when npm is missing or fails, or when a package is not in the workspace
 */
export async function installPackages(
  project: NpmProject,
  { scratch, reads }: Pick<Work, 'scratch' | 'reads'>,
  context: BuildContext,
): Promise<Installed> {
  const { space } = context;
  const root = join(await realpath(scratch), 'packages');
  await mkdir(root, { recursive: true });
  const there: Workspace = { root, allowOutside: space.allowOutside };
  const at = (path: string): string => join(root, relative(space.root, path));
  const workspace = packageWorkspace(space, project.directory);
  if (workspace) {
    await installMember({ ...project, workspace, at, reads }, context);
    const warnings = workspace.manager === 'npm' ? leftOut(workspace.root, space) : [];
    return { folder: at(project.directory), space: there, warnings, isMember: true };
  }
  checkProtocols(space, project.directory);
  const local = localPackages(space, project.directory);
  for (const path of local.files) {
    reads.file(path);
    copyFile(space, path, at(path));
  }
  for (const path of [project.directory, ...local.folders]) {
    const except = [...NO_SOURCES, 'node_modules'];
    reads.tree(path, except);
    const isLeftOut = (name: string): boolean => except.includes(name.slice(name.lastIndexOf('/') + 1));
    copyEntries(space, walk(space, path, isLeftOut), at(path));
  }
  for (const path of [...local.folders, project.directory]) {
    await install(at(path), path, project, context);
    settleInstallation(at(path));
  }
  const warnings = leftOut(project.directory, space);
  return { folder: at(project.directory), space: there, warnings, isMember: false };
}

/** Packages of a workspace are meant, whatever a registry has under these names. */
function checkProtocols(space: Workspace, directory: string): void {
  const { dependencies, optionalDependencies } = manifestIn(space, directory) ?? {};
  const wanted = Object.entries({ ...dependencies, ...optionalDependencies });
  const problems = wanted.flatMap(([name, written]) =>
    written.startsWith('workspace:')
      ? [
          {
            subject: name,
            message: `it is wanted as ${written}, but no package.json or pnpm-workspace.yaml above has the folder among its workspaces`,
            place: { file: relative(space.root, join(directory, 'package.json')) },
            next: 'Check out the whole workspace, or correct its list of packages.',
          },
        ]
      : [],
  );
  if (problems.length > 0) throw new ProblemError(problems);
}

/** Runs npm in a copy, where there is anything to install or to run. */
async function install(
  folder: string,
  source: string,
  { architecture, locked }: NpmProject,
  context: BuildContext,
): Promise<void> {
  const { space, log, signal, env } = context;
  const manifest = manifestIn(space, folder);
  if (!manifest || !hasWork(manifest, folder)) return;
  const isLocked = locked && LOCKS.some((name) => existsSync(join(folder, name)));
  const command = [
    ...['npm', isLocked ? 'ci' : 'install', '--omit=dev', '--no-audit', '--no-fund', '--no-progress'],
    ...['--os=linux', `--cpu=${CPU[architecture]}`, '--libc=glibc'],
  ];
  const { code, stdout, stderr } = await runProgram(command, {
    directory: folder,
    env: buildEnvironment(env, architecture === HERE ? {} : forAnother(architecture)),
    log,
    signal,
    missing: MISSING,
  });
  if (code === 0) return;
  const said = `${stdout}\n${stderr}`
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
    .filter((line) => line !== '' && !/^npm warn|A complete log of this run/.test(line));
  throw new ProblemError({
    message: `npm ${isLocked ? 'ci' : 'install'} failed (exit code ${code}): ${said.slice(0, 6).join(' | ')}`,
    place: { file: relative(space.root, join(source, 'package.json')) },
    next: 'Run again with log-level: debug to see all of its output.',
  });
}

const hasWork = (
  { dependencies = {}, optionalDependencies = {}, scripts = {} }: PackageManifest,
  folder: string,
) =>
  Object.keys({ ...dependencies, ...optionalDependencies }).length > 0 ||
  ['preinstall', 'install', 'postinstall', 'prepare'].some((name) => Object.hasOwn(scripts, name)) ||
  existsSync(join(folder, 'binding.gyp'));

/** What scripts of packages look at that fetch a program for a machine. */
const forAnother = (architecture: Architecture): Record<string, string> => ({
  npm_config_arch: CPU[architecture],
  npm_config_target_arch: CPU[architecture],
});

function leftOut(directory: string, space: Workspace): readonly Problem[] {
  const found = OF_OTHERS.filter((name) => existsSync(join(directory, name)));
  if (found.length === 0 || LOCKS.some((name) => existsSync(join(directory, name)))) return [];
  const [first = ''] = found;
  return [
    {
      message: `${found.join(' and ')} ${found.length > 1 ? 'are' : 'is'} not followed: npm installs what package.json allows`,
      place: { file: relative(space.root, join(directory, first)) },
      next: 'Write a package-lock.json beside it, or build with a Makefile.',
    },
  ];
}

/**
 * Installs the packages of a project whose packages are not installed.
 *
 * @returns the copy of the folder that has them in its `node_modules`; `undefined` where nothing is missing
 */
export async function missingPackages(
  directory: string,
  work: Pick<Work, 'scratch' | 'reads'>,
  context: BuildContext,
): Promise<Installed | undefined> {
  const { space } = context;
  const manifest = manifestIn(space, directory);
  const names = Object.keys({ ...manifest?.dependencies, ...manifest?.optionalDependencies });
  // Yarn's own way, which esbuild follows: packages are in archives, and a file says where.
  if (findUp(space, directory, '.pnp.cjs') !== undefined) return undefined;
  const isThere = (name: string): boolean =>
    findUp(space, directory, join('node_modules', name)) !== undefined;
  if (names.every(isThere)) return undefined;
  return installPackages({ directory, architecture: HERE, locked: true }, work, context);
}

/** Removes what an installation leaves that is nobody's at run time: credentials may be in it, and places of this run. */
export function settleInstallation(folder: string): void {
  for (const name of ['.npmrc', ...LOCKS, join('node_modules', '.package-lock.json')])
    rmSync(join(folder, name), { force: true });
}
