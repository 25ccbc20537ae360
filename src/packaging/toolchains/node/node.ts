import { copyFileSync, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { ProblemError } from '../../../problem.ts';
import { sourceRoot } from '../../inputs/source-root.ts';
import { buildEnvironment, seenVariables } from '../../inputs/variables.ts';
import { findUp } from '../../workspace/source-files.ts';
import { compilerMessages, compilerProblems, STYLES } from '../compiler-messages.ts';
import { askOnce, type BuildContext } from '../context.ts';
import { runProgram } from '../run-program.ts';
import type { NodeBuild } from '../spec.ts';
import type { Toolchain } from '../toolchain.ts';
import { bundlePlace } from './bundle-place.ts';
import { type Esbuild, findEsbuild, installEsbuild } from './esbuild.ts';
import { esbuildArguments } from './esbuild-arguments.ts';
import { type Metafile, tellEsbuildReads } from './esbuild-reads.ts';
import { settleSourceMaps } from './source-maps.ts';

const MANGLE_CACHE = 'mangle-cache';

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
    const esbuild =
      found.path === undefined
        ? await askOnce(context, 'install esbuild', () => installEsbuild(context))
        : found;
    const format = await formatOf(spec, context);
    const place = await bundlePlace(spec, work, context);
    const metafile = join(scratch, 'meta.json');
    const command = [
      ...program(esbuild),
      ...esbuildArguments(withOwnCache(spec, scratch), format, output),
      `--metafile=${metafile}`,
    ];
    const env = buildEnvironment(context.env);
    const { code, stderr } = await runProgram(command, { directory: place.directory, env, log, signal });
    if (code !== 0) {
      const failure = `esbuild failed (exit code ${code})`;
      throw new ProblemError(compilerProblems(space, spec.directory, stderr, STYLES.esbuild, failure));
    }
    // Names are the same in a copy; what was installed for this build alone is told by its lock file.
    const read = JSON.parse(await readFile(metafile, 'utf8')) as Metafile;
    const tsconfig = optionOf(spec, 'tsconfig');
    const where = { directory: spec.directory, root: sourceRoot(space) };
    tellEsbuildReads(read, { ...where, ...(tsconfig !== undefined && { tsconfig }) }, reads);
    const mangled = optionOf(spec, MANGLE_CACHE);
    if (mangled !== undefined) reads.file(join(spec.directory, mangled));
    // It decides the format, also where nothing of its folder is part of the bundle.
    for (const entry of spec.entries) reads.file(join(spec.directory, entry));
    await settleSourceMaps(output, place.directory);
    const warnings = compilerMessages(space, spec.directory, stderr, STYLES.esbuildWarnings);
    return { warnings: [...place.warnings, ...warnings] };
  },
};

/** The package's entry point is a script, unless its installation put the program itself in that place. */
const program = ({ path, script }: Esbuild): string[] =>
  script ? [process.execPath, path ?? ''] : [path ?? ''];

/** esbuild writes its cache of mangled names, too; the author's own stays as it is. */
function withOwnCache(spec: NodeBuild, scratch: string): NodeBuild {
  const written = optionOf(spec, MANGLE_CACHE);
  if (written === undefined) return spec;
  const cache = join(scratch, 'mangled.json');
  const source = join(spec.directory, written);
  if (existsSync(source)) copyFileSync(source, cache);
  const others = (spec.options ?? []).filter((each) => !each.startsWith(`--${MANGLE_CACHE}=`));
  return { ...spec, options: [...others, `--${MANGLE_CACHE}=${cache}`] };
}

/** The value of an option that the author gives. */
const optionOf = ({ options = [] }: NodeBuild, name: string): string | undefined =>
  options.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);

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
