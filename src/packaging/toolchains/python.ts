import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Problem, ProblemError } from '../../problem.ts';
import { buildEnvironment, seenVariables } from '../inputs/variables.ts';
import { copyEntries } from '../workspace/copy-entries.ts';
import { type Entry, walk } from '../workspace/walk.ts';
import { placeIn } from './compiler-messages.ts';
import type { BuildContext } from './context.ts';
import { findInstaller, installCommand, pythonVersion } from './python-installer.ts';
import { findRequirements, type Requirements } from './python-requirements.ts';
import { settlePackages } from './python-settle.ts';
import { runProgram } from './run-program.ts';
import type { PythonBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

/** The folder's sources beside its requirements, as wheels for the function's platform: nothing is compiled here. */
export const python: Toolchain<PythonBuild> = {
  async identify(spec, context) {
    const { space, env } = context;
    const requirements = findRequirements(spec);
    const installer = requirements && (await findInstaller(requirements, context));
    const { directory, ...settings } = spec;
    return {
      ...settings,
      folder: relative(space.root, directory),
      requirements: requirements && relative(directory, requirements.file),
      installer: installer?.version,
      // What is installed from the project runs its own code.
      variables: seenVariables(env, space.root),
    };
  },

  async build(spec, { output, scratch, reads }, context) {
    reads.everything();
    const requirements = findRequirements(spec);
    const into = join(output, spec.into ?? '');
    await mkdir(into, { recursive: true });
    if (requirements) await install(spec, requirements, { output: into, notes: scratch }, context);
    const sources = walk(context.space, spec.directory, isNoSource);
    // Sources come last: where a package brings a file of the same name, the author's own wins.
    copyEntries(context.space, sources, join(into, spec.parents ?? ''));
    return { warnings: await syntaxProblems(spec, sources, context) };
  },
};

const isNoSource = (name: string): boolean =>
  /(^|\/)(\.git|\.sparta|\.aws-sam|\.venv|venv|node_modules|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache)$|\.py[co]$/.test(
    name,
  );

async function install(
  spec: PythonBuild,
  requirements: Requirements,
  { output, notes }: { readonly output: string; readonly notes: string },
  context: BuildContext,
): Promise<void> {
  const { space, log, signal } = context;
  const installer = await findInstaller(requirements, context);
  const options = { directory: spec.directory, env: buildEnvironment(context.env), log, signal };
  let { file } = requirements;
  if (requirements.kind === 'uv-lock') {
    file = join(notes, 'requirements.txt');
    const exported = [
      'uv',
      'export',
      '--frozen',
      '--no-dev',
      '--no-emit-project',
      '--no-header',
      '--quiet',
      '-o',
      file,
    ];
    const { code, stderr } = await runProgram(exported, options);
    if (code !== 0)
      throw new ProblemError({
        message: `uv export failed: ${lastLines(stderr)}`,
        place: placeIn(space, '.', { file: requirements.file }),
      });
  } else if (requirements.kind === 'pyproject') {
    file = join(notes, 'requirements.txt');
    await writeFile(file, requirements.dependencies.map((each) => `${each}\n`).join(''));
  }
  const { code, stderr, stdout } = await runProgram(installCommand(installer, spec, file, output), options);
  if (code !== 0)
    throw new ProblemError(installProblems(requirements, `${stdout}\n${stderr}`, spec, context));
  settlePackages(output);
}

/** What pip or uv could not install, at the line of the requirement. */
function installProblems(
  requirements: Requirements,
  output: string,
  spec: PythonBuild,
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
    return {
      message: `${name} has no release as a wheel for ${spec.runtime} on ${spec.architecture}`,
      place: placeIn(space, '.', { file: requirements.file, ...(line > 0 && { line }) }),
      next: 'Correct the version, or build it in a container with a build command.',
    };
  });
  if (problems.length > 0) return problems;
  return [
    {
      message: `the requirements could not be installed: ${lastLines(output)}`,
      place: placeIn(space, '.', { file: requirements.file }),
    },
  ];
}

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
