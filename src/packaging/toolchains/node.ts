import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { buildEnvironment, seenVariables } from '../inputs/variables.ts';
import { findUp } from '../workspace/source-files.ts';
import { compilerMessages, compilerProblems, STYLES } from './compiler-messages.ts';
import type { BuildContext } from './context.ts';
import { type Esbuild, findEsbuild, installEsbuild } from './esbuild.ts';
import { type Metafile, tellEsbuildReads } from './esbuild-reads.ts';
import { runProgram } from './run-program.ts';
import type { NodeBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

/** Code that calls `require` in an ES module: bundled CommonJS packages do. */
const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

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
      variables: seenVariables(env, space.root, /^(NODE_PATH|ESBUILD_)/),
    };
  },

  async build(spec, { output, scratch, reads }, context) {
    const { space, log, signal } = context;
    const found = await findEsbuild(spec.directory, context);
    const esbuild = found.path === undefined ? await installEsbuild(context) : found;
    const format = await formatOf(spec, context);
    const bundle = join(
      output,
      `${basename(spec.entry, extname(spec.entry))}.${format === 'esm' ? 'mjs' : 'js'}`,
    );
    const metafile = join(scratch, 'meta.json');
    const command = [...program(esbuild), ...bundleArguments(spec, format, bundle), `--metafile=${metafile}`];
    const env = buildEnvironment(context.env);
    const { code, stderr } = await runProgram(command, { directory: spec.directory, env, log, signal });
    if (code !== 0) {
      const failure = `esbuild failed (exit code ${code})`;
      throw new ProblemError(compilerProblems(space, spec.directory, stderr, STYLES.esbuild, failure));
    }
    const read = JSON.parse(await readFile(metafile, 'utf8')) as Metafile;
    tellEsbuildReads(read, { directory: spec.directory, root: space.root }, reads);
    // It decides the format, also where nothing of its folder is part of the bundle.
    reads.file(join(spec.directory, spec.entry));
    if (spec.sourceMap) await settleSourceMap(`${bundle}.map`, spec.directory);
    return { warnings: compilerMessages(space, spec.directory, stderr, STYLES.esbuildWarnings) };
  },
};

/** The package's entry point is a script, unless its installation put the program itself in that place. */
const program = ({ path, script }: Esbuild): string[] =>
  script ? [process.execPath, path ?? ''] : [path ?? ''];

function bundleArguments(spec: NodeBuild, format: 'esm' | 'cjs', bundle: string): string[] {
  const external = [...(spec.externalAwsSdk ? ['@aws-sdk/*', '@smithy/*'] : []), ...spec.external];
  return [
    `./${spec.entry.replace(/^\.\//, '')}`,
    '--bundle',
    '--platform=node',
    `--target=${targetOf(spec.runtime)}`,
    `--format=${format}`,
    `--outfile=${bundle}`,
    ...(spec.minify ? ['--minify', '--keep-names'] : []),
    ...(spec.sourceMap ? ['--sourcemap=linked', '--sources-content=false'] : []),
    ...(format === 'esm' ? [`--banner:js=${REQUIRE}`] : []),
    ...external.map((name) => `--external:${name}`),
    '--log-level=warning',
    '--log-limit=0',
    '--color=false',
  ];
}

/** Source: esbuild documentation, "Target"; the oldest runtimes had a minor version in their name. */
const targetOf = (runtime: string): string => `node${/^nodejs(\d+)/.exec(runtime)?.[1] ?? '24'}`;

/** Says where sources are from the service's folder, not from where this bundle happened to be written. */
async function settleSourceMap(path: string, directory: string): Promise<void> {
  const map = JSON.parse(await readFile(path, 'utf8')) as { sources: string[] };
  const sources = map.sources.map((source) =>
    relative(directory, resolve(dirname(path), source))
      .split(sep)
      .join('/'),
  );
  await writeFile(path, JSON.stringify({ ...map, sources }));
}

async function formatOf(
  { format, entry, directory }: NodeBuild,
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
