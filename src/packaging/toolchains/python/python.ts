import { mkdir } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import { type Except, isExcepted, NO_SOURCES } from '../../inputs/reads.ts';
import { buildEnvironment, seenVariables } from '../../inputs/variables.ts';
import { copyEntries } from '../../workspace/copy-entries.ts';
import { type Entry, walk } from '../../workspace/walk.ts';
import { placeIn } from '../compiler-messages.ts';
import type { BuildContext } from '../context.ts';
import { runProgram } from '../run-program.ts';
import type { PythonBuild } from '../spec.ts';
import type { Toolchain } from '../toolchain.ts';
import { installRequirements } from './install.ts';
import { findInstaller, pythonVersion } from './installer.ts';
import { poetryVersion, usableRequirements } from './poetry.ts';
import { wantedBy } from './wanted.ts';

/** The folder's sources beside its requirements, as wheels for the function's platform: nothing is compiled here. */
export const python: Toolchain<PythonBuild> = {
  async identify(spec, context) {
    const { space, env } = context;
    const { requirements } = await usableRequirements(spec, context);
    const wanted = requirements && wantedBy(requirements, spec, context);
    const installer = requirements && wanted && (await findInstaller(requirements, wanted, context));
    const isLocal = wanted && wanted.named.local.size > 0;
    const { directory, ...settings } = spec;
    return {
      ...settings,
      folder: relative(space.root, directory),
      requirements: requirements && relative(directory, requirements.file),
      installer: installer?.version,
      poetry: requirements?.kind === 'poetry-lock' ? await poetryVersion(context) : undefined,
      // What is installed from the project runs its own code, which may look at any of them.
      variables: seenVariables(env, space.root, isLocal ? undefined : /^(PIP|UV|PYTHON|POETRY)/),
    };
  },

  async build(spec, work, context) {
    const { output, reads } = work;
    const { requirements, warnings } = await usableRequirements(spec, context);
    const into = join(output, spec.into ?? '');
    await mkdir(into, { recursive: true });
    if (requirements) await installRequirements(spec, requirements, { ...work, output: into }, context);
    // Which of these are there decides where requirements are read from.
    for (const name of ['requirements.txt', 'uv.lock', 'poetry.lock', 'pyproject.toml'])
      reads.file(join(spec.directory, name));
    reads.tree(spec.directory, NO_PYTHON_SOURCES);
    const sources = walk(context.space, spec.directory, isNoSource);
    // Sources come last: where a package brings a file of the same name, the author's own wins.
    copyEntries(context.space, sources, join(into, spec.parents ?? ''));
    return { warnings: [...warnings, ...(await syntaxProblems(spec, sources, context))] };
  },
};

const NO_PYTHON_SOURCES: Except = [
  ...NO_SOURCES,
  ...['.venv', 'venv', 'node_modules', '__pycache__', '.pytest_cache', '.mypy_cache', '.ruff_cache'],
  ...['*.pyc', '*.pyo'],
];

const isNoSource = (name: string): boolean => isExcepted(posix.basename(name), NO_PYTHON_SOURCES);

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
