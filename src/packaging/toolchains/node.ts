import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { DEFAULT_RUNTIMES, languageVersion } from '../../runtimes.ts';
import { findUp, oneFile, prefixed } from '../workspace/source-files.ts';
import type { Entry } from '../workspace/walk.ts';
import { compilerMessages, compilerProblems, STYLES } from './compiler-messages.ts';
import type { BuildContext } from './context.ts';
import { type Esbuild, findEsbuild, installEsbuild } from './esbuild.ts';
import { programEnvironment, runProgram } from './run-program.ts';
import type { NodeBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

const LOCK_FILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
];
/** What can be part of a bundle: files that esbuild loads without being told how, and what it reads settings from. */
const BUNDLED = /\.([cm]?[jt]sx?|json|css|txt|patch)$/;
/** Code that calls `require` in an ES module: bundled CommonJS packages do. */
const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** Bundles with the project's own esbuild, else with a pinned one. */
export const node: Toolchain<NodeBuild> = {
  async inputs(spec, context) {
    const { space } = context;
    const project = projectFolder(spec, context) ?? spec.directory;
    const esbuild = await findEsbuild(spec.directory, context);
    const format = await formatOf(spec, context);
    const { directory: _, ...settings } = spec;
    const folder = relative(space.root, spec.directory);
    return {
      files: [
        ...prefixed(space, project, isNoSource).filter(({ kind, name }) => kind !== 'file' || isInput(name)),
        ...installedPackages(project, context),
      ],
      settings: { ...settings, folder, esbuild: esbuild.version, format },
    };
  },

  async build(spec, output, context) {
    const { space, log, signal } = context;
    const found = await findEsbuild(spec.directory, context);
    const esbuild = found.path === undefined ? await installEsbuild(context) : found;
    const format = await formatOf(spec, context);
    const bundle = join(
      output,
      `${basename(spec.entry, extname(spec.entry))}.${format === 'esm' ? 'mjs' : 'js'}`,
    );
    const command = [...program(esbuild), ...bundleArguments(spec, format, bundle)];
    const env = programEnvironment(context.env);
    const { code, stderr } = await runProgram(command, { directory: spec.directory, env, log, signal });
    if (code !== 0) {
      const failure = `esbuild failed (exit code ${code})`;
      throw new ProblemError(compilerProblems(space, spec.directory, stderr, STYLES.esbuild, failure));
    }
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
const targetOf = (runtime: string): string =>
  `node${languageVersion('node', runtime) ?? languageVersion('node', DEFAULT_RUNTIMES.node)}`;

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

/** The folder of the lock file: in a monorepo, packages beside this one may be part of the bundle. */
const projectFolder = ({ directory }: NodeBuild, { space }: BuildContext): string | undefined =>
  findUp(space, directory, ...LOCK_FILES) ?? findUp(space, directory, 'package.json');

/** Without a lock file, what was installed is told by the note that npm leaves. */
function installedPackages(project: string, { space }: BuildContext): Entry[] {
  const locked = LOCK_FILES.some((name) => oneFile(space, join(project, name)).length > 0);
  return locked ? [] : oneFile(space, join(project, 'node_modules', '.package-lock.json'));
}

const isNoSource = (name: string): boolean => /(^|\/)(\.git|\.sparta|node_modules)$/.test(name);

const isInput = (name: string): boolean => BUNDLED.test(name) || LOCK_FILES.includes(basename(name));
