import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { buildEnvironment, seenVariables } from '../inputs/variables.ts';
import { findUp } from '../workspace/source-files.ts';
import { isBelow } from '../workspace/workspace.ts';
import { compilerMessages, compilerProblems, STYLES } from './compiler-messages.ts';
import type { BuildContext } from './context.ts';
import { type Esbuild, findEsbuild, installEsbuild } from './esbuild.ts';
import { esbuildArguments } from './esbuild-arguments.ts';
import { type Metafile, tellEsbuildReads } from './esbuild-reads.ts';
import { type Installed, missingPackages } from './npm-packages.ts';
import { runProgram } from './run-program.ts';
import { settleBundles } from './settle-bundles.ts';
import type { NodeBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

/** Bundles with the project's own esbuild, else with a pinned one. */
export const node: Toolchain<NodeBuild> = {
  async identify(spec, context) {
    const { space, env } = context;
    const esbuild = await findEsbuild(spec.directory, context);
    const { directory, ...settings } = spec;
    return {
      ...settings,
      folder: relative(space.root, directory),
      esbuild: esbuild.version,
      format: await formatOf(spec, context),
      // Scripts of packages that are installed first see all.
      variables: seenVariables(env, space.root, spec.install ? undefined : /^(NODE_PATH|ESBUILD_)/),
    };
  },

  async build(spec, work, context) {
    const { output, scratch, reads } = work;
    const { space, log, signal } = context;
    const found = await findEsbuild(spec.directory, context);
    const esbuild = found.path === undefined ? await installEsbuild(context) : found;
    const format = await formatOf(spec, context);
    const installed = spec.install ? await missingPackages(spec.directory, work, context) : undefined;
    const metafile = join(scratch, 'meta.json');
    const command = [
      ...program(esbuild),
      ...esbuildArguments(spec, format, output),
      `--metafile=${metafile}`,
    ];
    const added = installed ? nodePath(context.env, installed) : {};
    const env = buildEnvironment(context.env, added);
    const { code, stderr } = await runProgram(command, { directory: spec.directory, env, log, signal });
    if (code !== 0) {
      const failure = `esbuild failed (exit code ${code})`;
      throw new ProblemError(compilerProblems(space, spec.directory, stderr, STYLES.esbuild, failure));
    }
    const { inputs } = JSON.parse(await readFile(metafile, 'utf8')) as Metafile;
    const tsconfig = optionOf(spec, 'tsconfig');
    const place = {
      directory: spec.directory,
      root: space.root,
      ...(tsconfig !== undefined && { tsconfig }),
    };
    tellEsbuildReads({ inputs: withoutInstalled(inputs, spec, installed) }, place, reads);
    const mangled = optionOf(spec, 'mangle-cache');
    if (mangled !== undefined) reads.file(join(spec.directory, mangled));
    // It decides the format, also where nothing of its folder is part of the bundle.
    for (const entry of spec.entries) reads.file(join(spec.directory, entry));
    const copied = installed && { folder: installed.folder, root: installed.space.root };
    await settleBundles(output, { directory: spec.directory, root: space.root }, copied);
    const warnings = compilerMessages(space, spec.directory, stderr, STYLES.esbuildWarnings);
    return { warnings: [...(installed?.warnings ?? []), ...warnings] };
  },
};

/** The package's entry point is a script, unless its installation put the program itself in that place. */
const program = ({ path, script }: Esbuild): string[] =>
  script ? [process.execPath, path ?? ''] : [path ?? ''];

/** The value of an option that the author gives. */
const optionOf = ({ options = [] }: NodeBuild, name: string): string | undefined =>
  options.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);

/** What was installed for this build alone is told already: by the lock file and the local packages. */
const withoutInstalled = (
  inputs: Metafile['inputs'],
  { directory }: NodeBuild,
  installed: Installed | undefined,
): Metafile['inputs'] =>
  Object.fromEntries(
    Object.entries(inputs).filter(
      ([name]) => !installed || !isBelow(installed.space.root, resolve(directory, name)),
    ),
  );

/** Where packages are looked for that are not beside the sources. */
function nodePath({ NODE_PATH }: BuildContext['env'], { folder, space }: Installed): Record<string, string> {
  const places: string[] = [];
  // Those of a workspace may be in the folder of its root.
  for (let at = folder; isBelow(space.root, at); at = dirname(at)) places.push(join(at, 'node_modules'));
  return { NODE_PATH: [...places, ...(NODE_PATH ? [NODE_PATH] : [])].join(delimiter) };
}

async function formatOf(
  { format, entries: [entry = ''], directory }: NodeBuild,
  { space }: BuildContext,
): Promise<'esm' | 'cjs'> {
  if (format) return format;
  if (/\.m[jt]s$/.test(entry)) return 'esm';
  if (/\.c[jt]s$/.test(entry)) return 'cjs';
  const folder = findUp(space, dirname(join(directory, entry)), 'package.json');
  if (folder === undefined) return 'cjs';
  try {
    const { type } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { type?: unknown };
    return type === 'module' ? 'esm' : 'cjs';
  } catch (error) {
    const file = relative(space.root, join(folder, 'package.json'));
    throw new ProblemError({
      message: `bad JSON: ${error instanceof Error ? error.message : error}`,
      place: { file },
    });
  }
}
