import { statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type Problem, ProblemError } from '../../problem.ts';
import { copySources, type SourceCopy } from '../inputs/copy.ts';
import type { Reads } from '../inputs/reads.ts';
import { runObserved } from '../inputs/trace.ts';
import { buildEnvironment, seenVariables } from '../inputs/variables.ts';
import { copyEntries } from '../workspace/copy-entries.ts';
import { type Entry, walk } from '../workspace/walk.ts';
import { isBelow, resolveInside, type Workspace } from '../workspace/workspace.ts';
import { declaredInputs } from './command-inputs.ts';
import { compilerProblems, STYLES } from './compiler-messages.ts';
import type { BuildContext } from './context.ts';
import { glibcOf, machineProblems } from './native-code.ts';
import { type Finished, runProgram } from './run-program.ts';
import type { CommandBuild } from './spec.ts';
import type { Toolchain, Work } from './toolchain.ts';

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

  async build(spec, work, context) {
    const { space } = context;
    const { copy, directory, code, stdout, stderr } = await run(spec, work, context);
    if (code !== 0) {
      const failure = `${titleOf(spec)} failed in ${folderOf(spec, space)} (exit code ${code})`;
      const problems = compilerProblems(copy.space, directory, `${stdout}\n${stderr}`, STYLES.any, failure);
      throw new ProblemError(spec.inputs ? problems.map(withInputs) : problems);
    }
    await take(spec, { copy, directory }, work, context);
    checkProgram(spec, work);
    return { warnings: [] };
  },
};

/** A program for another machine would only fail when it is called. */
function checkProgram(spec: CommandBuild, { output }: Work): void {
  const path = join(output, 'bootstrap');
  if (!spec.machine || !statSync(path, { throwIfNoEntry: false })?.isFile()) return;
  const { architecture, runtime } = spec.machine;
  const problems = machineProblems(
    [{ kind: 'file', name: 'bootstrap', path }],
    { architecture, glibc: glibcOf(runtime) },
    { what: titleOf(spec), next: 'Compile it for that machine, or correct Architectures.' },
  );
  if (problems.length > 0) throw new ProblemError(problems);
}

interface Run {
  readonly copy: SourceCopy;
  /** Where it ran, in the copy. */
  readonly directory: string;
}

async function run(spec: CommandBuild, work: Work, context: BuildContext): Promise<Run & Finished> {
  const { reads, scratch } = work;
  if (spec.inputs) {
    const { parts, tell } = declaredInputs(spec, context.space);
    tell(reads);
    const { options, ...rest } = await prepare(spec, parts, 'declared', work, context);
    for (const name of rest.copy.named) reads.variable(name);
    return { ...rest, ...(await runProgram(commandLine(spec), options)) };
  }
  const observed = async (name: string, traced: boolean) => {
    const { options, ...rest } = await prepare(spec, [context.space.root], name, work, context);
    const observer = { copy: rest.copy, scratch: join(scratch, name), reads, traced };
    return { ...rest, ...(await runObserved(commandLine(spec), options, observer, context)) };
  };
  const first = await observed('first', true);
  // Nobody is to be told of a failure that was of our making.
  return first.code !== 0 && first.hindered ? observed('again', false) : first;
}

async function prepare(
  spec: CommandBuild,
  parts: readonly string[],
  name: string,
  { output, scratch }: Work,
  { space, env, log, signal }: BuildContext,
) {
  await rm(output, { recursive: true, force: true });
  await mkdir(output);
  const copy = copySources(space, parts, spec.directory, join(scratch, name, 'sources'));
  const directory = copy.at(spec.directory);
  const told = typeof spec.output === 'string' ? {} : { [spec.output.variable]: output };
  const given = buildEnvironment(env, { ...spec.environment, ...told }, copy.named);
  return { copy, directory, options: { directory, env: copy.environment(given), log, signal } };
}

function commandLine({ command: given }: CommandBuild): readonly string[] {
  if (typeof given !== 'string') return given;
  return process.platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', given] : ['sh', '-c', given];
}

const titleOf = ({ title, command: given }: CommandBuild): string =>
  title ?? `the command ${JSON.stringify(typeof given === 'string' ? given : given.join(' '))}`;

const folderOf = ({ directory }: CommandBuild, { root }: Workspace): string =>
  relative(root, directory) || '.';

const withInputs = (problem: Problem): Problem => ({
  ...problem,
  next: 'It was given only what inputs names: name everything that it needs.',
});

/** Puts what was made into the output, all of it: a link to a source would lead nowhere later. */
async function take(
  spec: CommandBuild,
  { copy, directory }: Run,
  work: Work,
  context: BuildContext,
): Promise<void> {
  const { output, reads } = work;
  const isTold = typeof spec.output !== 'string';
  const entries =
    typeof spec.output === 'string'
      ? made(spec, spec.output, copy.space, directory)
      : walk(outputSpace(output, copy), output);
  if (entries.length === 0) throw new ProblemError(empty(spec, context.space));
  const from = isTold ? output : directory;
  const isOwn = ({ path }: { path: string }): boolean => isBelow(from, path);
  for (const entry of entries)
    if (entry.kind === 'file' && !isOwn(entry)) tellLinked(entry.path, copy, reads);
  if (isTold && entries.every((entry) => entry.kind !== 'file' || isOwn(entry))) return;
  const taken = join(work.scratch, 'taken');
  copyEntries(outputSpace(output, copy), entries, taken);
  await rm(output, { recursive: true });
  await rename(taken, output);
}

/** A link in what was made leads to a source, or to a folder of sources: one more there would be taken too. */
function tellLinked(path: string, copy: SourceCopy, reads: Reads): void {
  reads.file(copy.original(path));
  for (let at = dirname(path); isBelow(copy.space.root, at); at = dirname(at)) reads.names(copy.original(at));
}

const outputSpace = (output: string, { space }: SourceCopy): Workspace => ({
  ...space,
  also: [...(space.also ?? []), output],
});

/** What the command made, as it goes into the result. */
function made(spec: CommandBuild, written: string, copy: Workspace, directory: string): Entry[] {
  const found = resolveInside(copy, directory, written, { file: relative(copy.root, directory) || '.' });
  if ('problem' in found) {
    const message = `after ${titleOf(spec)}: ${found.problem.message}`;
    throw new ProblemError({
      ...found.problem,
      message,
      next: 'Make output the folder that the command writes.',
    });
  }
  const { path } = found;
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
