import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative } from 'node:path';
import { type Place, type Problem, ProblemError } from '../../problem.ts';
import { copySources } from '../inputs/copy.ts';
import { isExcepted } from '../inputs/observe.ts';
import { type Except, NO_SOURCES } from '../inputs/reads.ts';
import { runObserved } from '../inputs/trace.ts';
import { buildEnvironment, seenVariables } from '../inputs/variables.ts';
import { copyEntries } from '../workspace/copy-entries.ts';
import { type Entry, walk } from '../workspace/walk.ts';
import { isBelow, type Workspace } from '../workspace/workspace.ts';
import { placeIn } from './compiler-messages.ts';
import type { BuildContext } from './context.ts';
import {
  findInstaller,
  hasPip,
  type Installation,
  type Installer,
  installCommand,
  pythonVersion,
} from './python-installer.ts';
import { findRequirements, localPackages, type Requirements } from './python-requirements.ts';
import { settlePackages } from './python-settle.ts';
import { type NamedFiles, namedByLines, namedByRequirements, tellNamed } from './requirement-files.ts';
import { type Finished, runProgram } from './run-program.ts';
import type { PythonBuild } from './spec.ts';
import type { Toolchain, Work } from './toolchain.ts';
import { ANY_GLIBC, isUvExact, wheelGlibc } from './wheel-platforms.ts';

/** The folder's sources beside its requirements, as wheels for the function's platform: nothing is compiled here. */
export const python: Toolchain<PythonBuild> = {
  async identify(spec, context) {
    const { space, env } = context;
    const requirements = findRequirements(spec);
    const installer = requirements && (await findInstaller(requirements, context));
    const isLocal = requirements && namedBy(requirements, spec, context).local.size > 0;
    const { directory, ...settings } = spec;
    return {
      ...settings,
      folder: relative(space.root, directory),
      requirements: requirements && relative(directory, requirements.file),
      installer: installer?.version,
      // What is installed from the project runs its own code, which may look at any of them.
      variables: seenVariables(env, space.root, isLocal ? undefined : /^(PIP|UV|PYTHON)/),
    };
  },

  async build(spec, work, context) {
    const { output, reads } = work;
    const requirements = findRequirements(spec);
    const into = join(output, spec.into ?? '');
    await mkdir(into, { recursive: true });
    if (requirements) await install(spec, requirements, { ...work, output: into }, context);
    // Which of these are there decides where requirements are read from.
    for (const name of ['requirements.txt', 'uv.lock', 'pyproject.toml'])
      reads.file(join(spec.directory, name));
    reads.tree(spec.directory, NO_PYTHON_SOURCES);
    const sources = walk(context.space, spec.directory, isNoSource);
    // Sources come last: where a package brings a file of the same name, the author's own wins.
    copyEntries(context.space, sources, join(into, spec.parents ?? ''));
    return { warnings: await syntaxProblems(spec, sources, context) };
  },
};

const NO_PYTHON_SOURCES: Except = [
  ...NO_SOURCES,
  ...['.venv', 'venv', 'node_modules', '__pycache__', '.pytest_cache', '.mypy_cache', '.ruff_cache'],
  ...['*.pyc', '*.pyo'],
];

const isNoSource = (name: string): boolean => isExcepted(posix.basename(name), NO_PYTHON_SOURCES);

/** What requirements name on this machine. */
function namedBy(requirements: Requirements, { directory }: PythonBuild, { env }: BuildContext): NamedFiles {
  const place = { directory, env };
  if (requirements.kind === 'requirements') return namedByRequirements(requirements.file, place);
  if (requirements.kind === 'pyproject') return namedByLines(requirements.dependencies, place);
  return { files: new Set([requirements.file]), local: localPackages(requirements.file), links: new Set() };
}

/**
 * Installs what is required. What comes from this machine is built by code of its own, which writes beside its sources and
 * reads what it likes: that happens in a copy.
 */
async function install(
  spec: PythonBuild,
  requirements: Requirements,
  { output, scratch, reads }: Work,
  context: BuildContext,
): Promise<void> {
  const { space, log, signal, env } = context;
  const installer = await findInstaller(requirements, context);
  const named = namedBy(requirements, spec, context);
  tellNamed(named, reads);
  for (const name of [requirements.file, ...configurations(spec.directory, space), ...settingFiles(env)])
    reads.file(name);
  const copy =
    named.local.size > 0
      ? copySources(space, [space.root], spec.directory, join(scratch, 'sources'))
      : undefined;
  const place = (path: string): string => copy?.at(path) ?? path;
  const given = buildEnvironment(env, {}, copy?.named);
  const options = { directory: place(spec.directory), env: copy?.environment(given) ?? given, log, signal };
  const run = (command: readonly string[]): Promise<Finished> =>
    copy
      ? runObserved(
          command,
          options,
          { copy, scratch: join(scratch, 'install'), reads, traced: true },
          context,
        )
      : runProgram(command, options);
  let file = place(requirements.file);
  if (requirements.kind === 'uv-lock') {
    file = join(scratch, 'requirements.txt');
    const flags = ['--frozen', '--no-dev', '--no-emit-project', '--no-header', '--quiet'];
    const { code, stderr } = await run(['uv', 'export', ...flags, '-o', file]);
    if (code !== 0)
      throw new ProblemError({
        message: `uv export failed: ${lastLines(stderr)}`,
        place: placeIn(space, '.', { file: requirements.file }),
      });
  } else if (requirements.kind === 'pyproject') {
    file = join(scratch, 'requirements.txt');
    await writeFile(file, requirements.dependencies.map((each) => `${each}\n`).join(''));
  }
  const installation = { spec, requirements: file, target: output };
  const { code, stderr, stdout } = await run(installCommand(installer, installation));
  if (code !== 0 && !(await installedByPip(installer, installation, run, context))) {
    const newest = { ...installation, glibc: ANY_GLIBC, dryRun: true };
    const isTooNew = (await run(installCommand(installer, newest))).code === 0;
    throw new ProblemError(
      installProblems(requirements, `${stdout}\n${stderr}`, { spec, isTooNew }, context),
    );
  }
  settlePackages(output);
}

/** uv knows some releases of glibc only; pip takes wheels for all that are not newer than the runtime's. */
async function installedByPip(
  { kind }: Installer,
  installation: Installation,
  run: (command: readonly string[]) => Promise<Finished>,
  context: BuildContext,
): Promise<boolean> {
  if (kind !== 'uv' || isUvExact(wheelGlibc(installation.spec)) || !(await hasPip(context))) return false;
  return (await run(installCommand({ kind: 'pip' }, installation))).code === 0;
}

/** Where uv takes settings from: the folder and those above it. */
function configurations(directory: string, { root }: Workspace): string[] {
  const found: string[] = [];
  for (let at = directory; isBelow(root, at); at = dirname(at)) {
    found.push(...['pyproject.toml', 'uv.toml', 'uv.lock', '.python-version'].map((name) => join(at, name)));
    if (at === dirname(at)) break;
  }
  return found;
}

/** Files that variables of pip and uv name: constraints, settings. */
const settingFiles = (env: BuildContext['env']): string[] =>
  Object.entries(env).flatMap(([name, value = '']) =>
    /^(PIP|UV)_.*(CONFIG_FILE|CONSTRAINT|REQUIREMENT|OVERRIDE|EXCLUDE)/.test(name)
      ? value.split(/\s+/).filter((each) => each !== '')
      : [],
  );

/** What pip or uv could not install, at the line of the requirement. */
function installProblems(
  requirements: Requirements,
  output: string,
  { spec, isTooNew }: { readonly spec: PythonBuild; readonly isTooNew: boolean },
  { space }: BuildContext,
): Problem[] {
  const missing =
    /No matching distribution found for ([A-Za-z0-9._-]+)|(?:Because|And because)\s+([A-Za-z0-9._-]+)(?:[=<>!~].*?)? (?:has no|was not found)/g;
  const names = new Set(Array.from(output.matchAll(missing), ([, pip, uv]) => pip ?? uv ?? ''));
  const lines = readFileSync(requirements.file, 'utf8').split('\n');
  const normal = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, '-');
  const problems = [...names].map((name): Problem => {
    const line =
      lines.findIndex((text) =>
        normal(text)
          .replace(/^[\s"']+/, '')
          .startsWith(normal(name)),
      ) + 1;
    const place = placeIn(space, '.', { file: requirements.file, ...(line > 0 && { line }) });
    return isTooNew ? tooNew(name, spec, place) : withoutWheel(name, spec, place);
  });
  if (problems.length > 0) return problems;
  if (isTooNew)
    return [tooNew('one of the requirements', spec, placeIn(space, '.', { file: requirements.file }))];
  return [
    {
      message: `the requirements could not be installed: ${lastLines(output)}`,
      place: placeIn(space, '.', { file: requirements.file }),
    },
  ];
}

const withoutWheel = (name: string, { runtime, architecture }: PythonBuild, place: Place): Problem => ({
  message: `${name} has no release as a wheel for ${runtime} on ${architecture}`,
  place,
  next: 'Correct the version, or build it in a container with a build command.',
});

/** There are wheels, for newer systems only. */
const tooNew = (name: string, spec: PythonBuild, place: Place): Problem => ({
  message: `${name} needs a newer glibc than the 2.${wheelGlibc(spec)} of ${spec.runtime}: its wheels for ${spec.architecture} are for newer systems only`,
  place,
  next: `Require an older version of it${wheelGlibc(spec) < 34 ? ', or use python3.12 or later, which has glibc 2.34' : ', or build it in a container with a build command'}.`,
});

const lastLines = (text: string): string => text.trim().split('\n').slice(-4).join(' | ');

/** Parses without running anything. A Python older than the runtime would not know all of its syntax. */
const CHECK = `
import ast, json, sys
asked = json.load(sys.stdin)
found = []
if sys.version_info[:2] >= tuple(asked["version"]):
    for name in asked["files"]:
        try:
            with open(name, "rb") as file:
                ast.parse(file.read(), name)
        except (SyntaxError, ValueError) as error:
            found.append([name, getattr(error, "lineno", None), getattr(error, "offset", None), getattr(error, "msg", None) or str(error)])
print(json.dumps(found))`;

/** @throws ProblemError with every source that Python cannot parse */
async function syntaxProblems(
  spec: PythonBuild,
  sources: readonly Entry[],
  context: BuildContext,
): Promise<Problem[]> {
  const { space, log, signal, env } = context;
  const files = sources.flatMap((entry) =>
    entry.kind === 'file' && entry.name.endsWith('.py') ? [entry.path] : [],
  );
  const version = pythonVersion(spec).split('.').map(Number);
  const options = {
    directory: spec.directory,
    env: buildEnvironment(env),
    log,
    signal,
    input: JSON.stringify({ version, files }),
  };
  const checked = await runProgram(['python3', '-I', '-c', CHECK], options).catch((error: unknown) => {
    if (error instanceof ProblemError) return undefined;
    throw error;
  });
  if (checked?.code !== 0)
    return [{ message: 'the syntax of the Python sources was not checked: there is no python3 here' }];
  const found = JSON.parse(checked.stdout) as [string, number | null, number | null, string][];
  if (found.length === 0) return [];
  throw new ProblemError(
    found.map(([file, line, column, message]) => ({
      message: `SyntaxError: ${message}`,
      place: placeIn(space, '.', { file, ...(line && { line }), ...(line && column && { column }) }),
    })),
  );
}
