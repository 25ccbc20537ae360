import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import { NO_SOURCES } from '../../inputs/reads.ts';
import { seenVariables } from '../../inputs/variables.ts';
import { copyEntries } from '../../workspace/copy-entries.ts';
import { type Entry, walk } from '../../workspace/walk.ts';
import type { BuildContext } from '../context.ts';
import { glibcOf, machineProblems } from '../native-code.ts';
import { collectPackages } from '../npm-workspace/collect.ts';
import { packageWorkspace } from '../npm-workspace/find.ts';
import { managerVersion } from '../npm-workspace/install.ts';
import type { NpmBuild } from '../spec.ts';
import type { Toolchain } from '../toolchain.ts';
import { installPackages } from './npm-packages.ts';

/** The folder's sources with their packages beside them. Without a package.json, nothing is installed. */
export const npm: Toolchain<NpmBuild> = {
  async identify(spec, context) {
    const { space, env } = context;
    const { directory, ...settings } = spec;
    return {
      ...settings,
      folder: relative(space.root, directory),
      npm: existsSync(join(directory, 'package.json')) ? await managerOf(directory, context) : 'none',
      // Scripts of packages see all.
      variables: seenVariables(env, space.root),
    };
  },

  async build(spec, work, context) {
    const { space } = context;
    const { output, reads } = work;
    const { directory, architecture, locked = true } = spec;
    const into = join(output, spec.into ?? '');
    const isSource = (name: string): boolean => !NO_SOURCES.includes(name.slice(name.lastIndexOf('/') + 1));
    if (!existsSync(join(directory, 'package.json'))) {
      reads.tree(directory);
      reads.file(join(directory, 'package.json'));
      copyEntries(
        space,
        walk(space, directory, (name) => !isSource(name)),
        into,
      );
      return { warnings: [] };
    }
    const installed = await installPackages({ directory, architecture, locked }, work, context);
    const entries = installed.isMember
      ? collectPackages(installed.space, installed.folder)
      : walk(installed.space, installed.folder, (name) => !isSource(name));
    const problems = compiledProblems(entries, spec);
    if (problems.length > 0) throw new ProblemError(problems);
    copyEntries(installed.space, entries, into);
    return { warnings: installed.warnings };
  },
};

/** What packages compile, or fetch for this machine only: others bring a file for each machine, of which Node takes one. */
const COMPILED = /(^|\/)(build\/(Release|Debug)|lib\/binding)\/.*\.node$/;

const compiledProblems = (entries: readonly Entry[], { architecture, runtime }: NpmBuild): Problem[] =>
  machineProblems(
    entries.filter(({ name }) => COMPILED.test(name)),
    { architecture, glibc: glibcOf(runtime) },
    { what: 'npm', next: 'Build it on such a machine, or in a container with a makefile.' },
  );

const managerOf = (directory: string, context: BuildContext): Promise<string> => {
  const { space } = context;
  return managerVersion(packageWorkspace(space, directory) ?? { manager: 'npm', root: space.root }, context);
};
