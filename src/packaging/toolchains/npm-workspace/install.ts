import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ProblemError } from '../../../problem.ts';
import { NO_SOURCES, type Reads } from '../../inputs/reads.ts';
import { buildEnvironment } from '../../inputs/variables.ts';
import { copyEntries, copyFile } from '../../workspace/copy-entries.ts';
import { walk } from '../../workspace/walk.ts';
import { orUndefined, type Workspace } from '../../workspace/workspace.ts';
import { askOnce, type BuildContext } from '../context.ts';
import { lastLines } from '../last-lines.ts';
import { type Finished, runProgram } from '../run-program.ts';
import type { Architecture } from '../spec.ts';
import { type Manager, manifestIn, membersNeeded, type PackageWorkspace } from './find.ts';
import { localPackages } from './local-packages.ts';

/** What is installed, for which machine, and where. */
export interface MemberInstallation {
  readonly workspace: PackageWorkspace;
  /** The member; absolute. */
  readonly directory: string;
  readonly architecture: Architecture;
  /** Where something of the workspace is in the copy. */
  readonly at: (path: string) => string;
  readonly reads: Reads;
}

/** Folders of a root that package managers read beside its files. */
const OF_MANAGERS = ['.yarn', 'patches', '.pnpm'];
const CPU = { x86_64: 'x64', arm64: 'arm64' } as const;
const MISSING: Readonly<Record<Manager, string>> = {
  npm: 'Install Node.js, for example with actions/setup-node, before this step.',
  pnpm: 'Install pnpm, for example with pnpm/action-setup, before this step.',
  'yarn-classic': 'Install Yarn, for example with corepack enable, before this step.',
  yarn: 'Install Yarn, for example with corepack enable, before this step.',
};

/**
 * Copies a workspace, as far as one member needs it, and lets its own package manager install that member's packages there:
 * by the lock file of the root, and with other members from the workspace, never from a registry that has the name.
 *
 * @throws ProblemError when the package manager is missing or fails
 */
export async function installMember(installation: MemberInstallation, context: BuildContext): Promise<void> {
  const { workspace, directory, architecture, at } = installation;
  const { root, manager, locked } = workspace;
  const { space } = context;
  const archives = copyWorkspace(installation, space);
  const name = manifestIn(space, directory)?.name ?? '';
  const where = { architecture, member: relative(root, directory) || '.', name, locked, archives };
  const finished = await COMMANDS[manager](where, (command, added = {}) =>
    runProgram(command, {
      directory: at(root),
      env: buildEnvironment(context.env, added),
      log: context.log,
      signal: context.signal,
      missing: MISSING[manager],
    }),
  );
  if (finished.code !== 0)
    throw new ProblemError({
      message: `${manager.replace('-classic', '')} failed (exit code ${finished.code}): ${lastLines(`${finished.stdout}\n${finished.stderr}`, 6)}`,
      place: { file: relative(space.root, join(root, 'package.json')) },
      next: 'Run again with log-level: debug to see all of its output.',
    });
}

/** @returns the folder for what is unpacked of archives of this machine, where there are any */
function copyWorkspace(
  { workspace, directory, at, reads }: MemberInstallation,
  space: Workspace,
): string | undefined {
  const { root, members } = workspace;
  const except = [...NO_SOURCES, 'node_modules'];
  const isLeftOut = (name: string): boolean => except.includes(name.slice(name.lastIndexOf('/') + 1));
  const copy = (folder: string): void => copyEntries(space, walk(space, folder, isLeftOut), at(folder));
  const own = membersNeeded(space, directory, workspace);
  // Yarn looks at what each member names, installed or not; what others lack is no concern of this one.
  const others = [...members.values()].filter((folder) => !own.includes(folder));
  const local = [
    ...new Set([...own, root]).values().map((folder) => localPackages(space, folder)),
    ...others.flatMap((folder) => orUndefined(() => localPackages(space, folder)) ?? []),
  ];
  const needed = [...new Set([...own, ...local.flatMap(({ folders }) => folders)])];
  const isRoot = needed.includes(root);
  // The lock file is about all members; of others than those that are needed, their package.json is enough.
  for (const folder of [...needed, ...OF_MANAGERS.map((name) => join(root, name))]) {
    reads.tree(folder, except);
    if (existsSync(folder)) copy(folder);
  }
  const files = local.flatMap((each) => each.files);
  for (const file of files) {
    reads.file(file);
    copyFile(space, file, at(file));
  }
  const archives = files.length > 0 ? `${at(space.root)}-archives` : undefined;
  for (const folder of members.values()) {
    const file = join(folder, 'package.json');
    reads.file(file);
    if (!needed.includes(folder)) copyFile(space, file, at(file));
  }
  if (isRoot) return archives;
  reads.names(root);
  for (const item of readdirSync(root, { withFileTypes: true })) {
    if (!item.isFile()) continue;
    const file = join(root, item.name);
    // Others than those of package managers are not looked at.
    if (!/^(\.|package|pnpm|npm|yarn)|\.(c?js|ya?ml|json|lock)$/.test(item.name)) continue;
    reads.file(file);
    copyFile(space, file, at(file));
  }
  return archives;
}

interface Where {
  readonly architecture: Architecture;
  /** The folder of the member, from the root. */
  readonly member: string;
  readonly name: string;
  readonly locked: boolean;
  readonly archives: string | undefined;
}

type Run = (command: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Finished>;

/**
 * Installs a member's packages for run time, as plain folders: Yarn's archives are no place where Lambda looks. Yarn's first
 * version has an option for one member, which takes the others from the registry; it installs all members instead.
 */
const COMMANDS: Readonly<Record<Manager, (where: Where, run: Run) => Promise<Finished>>> = {
  npm: ({ architecture, member, locked }, run) =>
    run([
      ...['npm', locked ? 'ci' : 'install', '--omit=dev', '--no-audit', '--no-fund', '--no-progress'],
      ...['--os=linux', `--cpu=${CPU[architecture]}`, '--libc=glibc'],
      ...(member === '.' ? [] : ['--workspace', member]),
    ]),
  pnpm: ({ architecture, name, locked }, run) =>
    run(['pnpm', 'install', '--prod', ...(locked ? ['--frozen-lockfile'] : []), '--filter', `${name}...`], {
      npm_config_os: 'linux',
      npm_config_cpu: CPU[architecture],
      npm_config_libc: 'glibc',
    }),
  'yarn-classic': ({ locked, archives }, run) =>
    run(
      ['yarn', 'install', '--production', '--non-interactive', ...(locked ? ['--frozen-lockfile'] : [])],
      // It takes an archive for the one of the same version that it has unpacked before.
      archives === undefined ? {} : { YARN_CACHE_FOLDER: archives },
    ),
  yarn: async ({ name, locked }, run) => {
    const env = { YARN_NODE_LINKER: 'node-modules', YARN_ENABLE_IMMUTABLE_INSTALLS: String(locked) };
    const focused = await run(['yarn', 'workspaces', 'focus', '--production', name], env);
    // Before Yarn 4, this is part of a plugin.
    if (focused.code === 0 || !/Usage Error|not find a script/.test(focused.stdout)) return focused;
    return run(['yarn', 'install', ...(locked ? ['--immutable'] : [])], env);
  },
};

/** What the package manager of a workspace calls itself, asked in its root: it may come with it. */
export const managerVersion = (
  { manager, root }: Pick<PackageWorkspace, 'manager' | 'root'>,
  context: BuildContext,
): Promise<string> => {
  const program = manager.replace('-classic', '');
  return askOnce(context, `${program} --version ${root}`, async () => {
    const { env, log, signal } = context;
    const options = { directory: root, env: buildEnvironment(env), log, signal, missing: MISSING[manager] };
    const { stdout } = await runProgram([program, '--version'], options);
    return `${program} ${stdout.trim()} on Node.js ${process.version}`;
  });
};
