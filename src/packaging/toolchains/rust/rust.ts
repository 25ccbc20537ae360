import { readdirSync, utimesSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import { copySources, type SourceCopy } from '../../inputs/copy.ts';
import { sourceRoot } from '../../inputs/source-root.ts';
import { buildEnvironment, seenVariables } from '../../inputs/variables.ts';
import { compilerProblems, STYLES } from '../compiler-messages.ts';
import type { BuildContext } from '../context.ts';
import { glibcOf, machineProblems } from '../native-code.ts';
import { type Finished, runProgram } from '../run-program.ts';
import type { RustBuild } from '../spec.ts';
import type { Toolchain } from '../toolchain.ts';
import { buildCommand, type CargoCommand, OTHER_MACHINE } from './cargo-command.ts';
import { type CargoPackage, type CargoProject, cargoProject } from './cargo-project.ts';
import { cargoReads } from './cargo-reads.ts';
import { targetFolder } from './target-folder.ts';
import { findTools } from './tools.ts';
import { SOURCES, sameAnywhere } from './wrapper.ts';

/** Builds `bootstrap` with `cargo lambda build`, or with cargo alone where that makes what the function can run. */
export const rust: Toolchain<RustBuild> = {
  async identify(spec, context) {
    const { directory, ...settings } = spec;
    return {
      ...settings,
      folder: relative(context.space.root, directory),
      tools: await findTools(directory, context),
      // Build scripts and macros are code of the project.
      variables: seenVariables(context.env, context.space.root),
    };
  },

  async build(spec, { output, scratch, reads }, context) {
    const { space } = context;
    const { directory } = spec;
    const tools = await findTools(directory, context);
    const project = await cargoProject(space, directory, cargoIn(context));
    const binary = spec.binary ?? onlyBinary(project, directory, context);
    // Sources include files of any folder.
    const copy = copySources(space, [space.root], directory, join(scratch, 'sources'));
    touch(copy.space.root);
    const [workspace = directory] = project.folders;
    const target = await targetFolder(workspace, scratch, context);
    const bootstrap = join(output, 'bootstrap');
    try {
      const places = { target: target.folder, made: join(scratch, 'lambda') };
      const command = buildCommand(spec, { ...places, tools, binary });
      await compile({ command, project, copy, target: target.folder, directory, scratch }, context);
      await copyFile(command.binary, bootstrap);
      const ranCode = await runsCode(copy.at(directory), context);
      const { dependencyInfo } = command;
      const root = sourceRoot(space);
      cargoReads({ project, directory, root, dependencyInfo, ranCode, original: copy.original }, reads);
    } finally {
      await target.release();
    }
    const machine = { architecture: spec.architecture, glibc: glibcOf(spec.runtime) };
    const file = { kind: 'file', name: 'bootstrap', path: bootstrap } as const;
    const problems = machineProblems([file], machine, { what: 'cargo', next: OTHER_MACHINE });
    if (problems.length > 0) throw new ProblemError(problems);
    return { warnings: [] };
  },
};

interface Compilation {
  readonly command: CargoCommand;
  readonly project: CargoProject;
  readonly copy: SourceCopy;
  /** Where cargo compiles; absolute. */
  readonly target: string;
  readonly directory: string;
  readonly scratch: string;
}

async function compile(
  { command, project, copy, target, directory, scratch }: Compilation,
  { space, env, log, signal }: BuildContext,
): Promise<void> {
  const base = copy.at(project.base);
  const cargoHome = env.CARGO_HOME ?? join(homedir(), '.cargo');
  const same = await sameAnywhere({ sources: base, cargoHome, scratch }, env);
  const { code, stdout, stderr } = await runProgram(command.arguments, {
    directory: copy.at(directory),
    env: buildEnvironment(env, { ...same, CARGO_TARGET_DIR: target }, copy.named),
    log,
    signal,
  });
  if (code === 0) return;
  const said = `${stdout}\n${stderr}`
    .replaceAll(`--> ${SOURCES}/`, `--> ${project.base}/`)
    .replaceAll(copy.space.root, space.root);
  // The compiler is called in the folder of the workspace, wherever cargo is.
  const [workspace = directory] = project.folders;
  const failure = `cargo failed (exit code ${code})`;
  throw new ProblemError(compilerProblems(space, workspace, said, STYLES.rust, failure));
}

const cargoIn =
  ({ env, log, signal }: BuildContext, ...options: readonly string[]) =>
  (directory: string): Promise<Finished> =>
    runProgram(
      ['cargo', 'metadata', '--format-version', '1', ...(options.length > 0 ? options : ['--no-deps'])],
      { directory, env: buildEnvironment(env), log, signal },
    );

/** Whether macros or build scripts are among all that was compiled. */
async function runsCode(directory: string, context: BuildContext): Promise<boolean> {
  const { code, stdout } = await cargoIn(context, '--locked', '--offline')(directory);
  if (code !== 0) return true;
  const { packages } = JSON.parse(stdout) as { readonly packages: readonly CargoPackage[] };
  return packages.some(({ targets }) =>
    targets.some(({ kind }) => kind.includes('proc-macro') || kind.includes('custom-build')),
  );
}

/** The one that a package has, or would run. */
function onlyBinary({ packages }: CargoProject, directory: string, { space }: BuildContext): string {
  const manifest = join(directory, 'Cargo.toml');
  const own = packages.find(({ manifest_path }) => manifest_path === manifest);
  const problem = (message: string, next: string): Problem => ({
    message,
    place: { file: relative(space.root, manifest) },
    next,
  });
  const names = own ? binariesOf(own) : [];
  const [name] = names;
  if (own?.default_run) return own.default_run;
  if (name !== undefined && names.length === 1) return name;
  if (names.length > 1)
    throw new ProblemError(
      problem(
        `it builds several programs: ${names.join(', ')}`,
        'Name one: BuildProperties: { Binary: ... }.',
      ),
    );
  throw new ProblemError(
    problem(
      own ? 'it builds no program' : 'it is the manifest of a workspace, not of a package',
      'Let the code property name the folder of a package with a main function.',
    ),
  );
}

const binariesOf = ({ targets }: CargoPackage): string[] =>
  targets.flatMap(({ name, kind }) => (kind.includes('bin') ? [name] : []));

/** cargo compiles again what is newer than its result. That the content differs it doesn't see. */
function touch(folder: string): void {
  const now = new Date();
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (item.isFile()) utimesSync(join(item.parentPath, item.name), now, now);
}
