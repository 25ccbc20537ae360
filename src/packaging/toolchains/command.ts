import { statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Problem, ProblemError } from '../../problem.ts';
import { copySources } from '../inputs/copy.ts';
import { buildEnvironment, seenVariables } from '../inputs/variables.ts';
import { copyEntries } from '../workspace/copy-entries.ts';
import { type Entry, walk } from '../workspace/walk.ts';
import { resolveInside, type Workspace } from '../workspace/workspace.ts';
import { compilerProblems, STYLES } from './compiler-messages.ts';
import { runProgram } from './run-program.ts';
import type { CommandBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

/** Runs a command of the user's own, in a copy of the sources, and takes the folder, or file, that it makes. */
export const command: Toolchain<CommandBuild> = {
  async identify({ directory, ...settings }, { space, env }) {
    return {
      ...settings,
      folder: relative(space.root, directory),
      variables: seenVariables(env, space.root),
      machine: [process.platform, process.arch],
    };
  },

  async build(spec, { output, scratch, reads }, { space, log, signal, env }) {
    const copy = copySources(space, [space.root], spec.directory, join(scratch, 'sources'));
    const directory = copy.at(spec.directory);
    const told = typeof spec.output === 'string' ? {} : { [spec.output.variable]: output };
    const options = {
      directory,
      env: buildEnvironment(env, { ...spec.environment, ...told }, copy.named),
      log,
      signal,
    };
    const { code, stdout, stderr } = await runProgram(commandLine(spec), options);
    reads.everything();
    for (const name of copy.named) reads.variable(name);
    if (code !== 0) {
      const failure = `${titleOf(spec)} failed in ${folderOf(spec, space)} (exit code ${code})`;
      throw new ProblemError(
        compilerProblems(copy.space, directory, `${stdout}\n${stderr}`, STYLES.any, failure),
      );
    }
    const entries =
      typeof spec.output === 'string'
        ? takeOutput(spec, spec.output, copy.space, directory)
        : walk(copy.space, output);
    if (entries.length === 0) throw new ProblemError(empty(spec, space));
    if (typeof spec.output === 'string') copyEntries(copy.space, entries, output);
    return { warnings: [] };
  },
};

function commandLine({ command: given }: CommandBuild): readonly string[] {
  if (typeof given !== 'string') return given;
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', given] : ['sh', '-c', given];
}

const titleOf = ({ title, command: given }: CommandBuild): string =>
  title ?? `the command ${JSON.stringify(typeof given === 'string' ? given : given.join(' '))}`;

const folderOf = ({ directory }: CommandBuild, { root }: Workspace): string =>
  relative(root, directory) || '.';

/** What the command made, as it goes into the result. */
function takeOutput(spec: CommandBuild, written: string, copy: Workspace, directory: string): Entry[] {
  const file = relative(copy.root, directory) || '.';
  const made = resolveInside(copy, directory, written, { file });
  if ('problem' in made) {
    const message = `after ${titleOf(spec)}: ${made.problem.message}`;
    throw new ProblemError({
      ...made.problem,
      message,
      next: 'Make output the folder that the command writes.',
    });
  }
  const { path } = made;
  return statSync(path).isDirectory() ? walk(copy, path) : [{ kind: 'file', name: basename(path), path }];
}

function empty(spec: CommandBuild, space: Workspace): Problem {
  const { output } = spec;
  const what = typeof output === 'string' ? output : `$${output.variable}`;
  return {
    message: `${titleOf(spec)} left ${what} empty in ${folderOf(spec, space)}`,
    next:
      typeof output === 'string'
        ? 'Make output the folder that the command writes.'
        : `Have it copy into ${what} what is to be packaged.`,
  };
}
