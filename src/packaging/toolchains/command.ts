import { statSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { copyEntries } from '../workspace/copy-entries.ts';
import { prefixed } from '../workspace/source-files.ts';
import { type Entry, walk } from '../workspace/walk.ts';
import { resolveInside } from '../workspace/workspace.ts';
import { compilerProblems, STYLES } from './compiler-messages.ts';
import { programEnvironment, runProgram } from './run-program.ts';
import type { CommandBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

/** Runs a command of the user's own and takes the folder, or file, that it makes. */
export const command: Toolchain<CommandBuild> = {
  async inputs(spec, { space }) {
    const made = spec.output.split(sep).join('/').replace(/^\.\//, '').replace(/\/$/, '');
    const isNoSource = (name: string): boolean =>
      name === made || /(^|\/)(\.git|\.sparta|node_modules)$/.test(name);
    const { directory: _, ...settings } = spec;
    return {
      files: prefixed(space, spec.directory, isNoSource),
      // What the command runs is not known: at least the kind of machine and its release may make a difference.
      settings: {
        ...settings,
        folder: relative(space.root, spec.directory),
        machine: [process.platform, process.arch],
      },
    };
  },

  async build(spec, output, { space, log, signal, env }) {
    const shell = process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c'] : ['sh', '-c'];
    const options = {
      directory: spec.directory,
      env: programEnvironment(env, spec.environment),
      log,
      signal,
    };
    const what = spec.title ?? `the command ${JSON.stringify(spec.command)}`;
    const folder = relative(space.root, spec.directory) || '.';
    const { code, stdout, stderr } = await runProgram([...shell, spec.command], options);
    if (code !== 0) {
      const failure = `${what} failed in ${folder} (exit code ${code})`;
      throw new ProblemError(
        compilerProblems(space, spec.directory, `${stdout}\n${stderr}`, STYLES.any, failure),
      );
    }
    const made = resolveInside(space, spec.directory, spec.output, {
      file: folder,
    });
    if ('problem' in made) {
      const message = `after ${what}: ${made.problem.message}`;
      throw new ProblemError({
        ...made.problem,
        message,
        next: 'Make output the folder that the command writes.',
      });
    }
    const { path } = made;
    const isFolder = statSync(path).isDirectory();
    const entries: Entry[] = isFolder ? walk(space, path) : [{ kind: 'file', name: basename(path), path }];
    copyEntries(space, entries, output);
    if (entries.length === 0) {
      throw new ProblemError({
        message: `${what} left ${spec.output} empty in ${folder}`,
        next: spec.title
          ? 'Have it copy into $ARTIFACTS_DIR what is to be packaged.'
          : 'Make output the folder that the command writes.',
      });
    }
    return { warnings: [] };
  },
};
