import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ProblemError } from '../../../problem.ts';
import { unzip } from '../../archive/unzip.ts';
import { copySources } from '../../inputs/copy.ts';
import { buildEnvironment, seenVariables } from '../../inputs/variables.ts';
import { findUp } from '../../workspace/source-files.ts';
import { compilerProblems, STYLES } from '../compiler-messages.ts';
import { askOnce, type BuildContext } from '../context.ts';
import { lastLines } from '../last-lines.ts';
import { runProgram } from '../run-program.ts';
import type { DotnetBuild } from '../spec.ts';
import type { Toolchain } from '../toolchain.ts';

const MISSING = 'Install the .NET SDK, for example with actions/setup-dotnet, before this step.';
const MISSING_TOOLS = 'Install it before this step: dotnet tool install -g Amazon.Lambda.Tools.';
const MACHINE = { x86_64: 'linux-x64', arm64: 'linux-arm64' } as const;

/** What `dotnet lambda package` packs, unpacked. */
export const dotnet: Toolchain<DotnetBuild> = {
  async identify(spec, context) {
    const { directory, ...settings } = spec;
    return {
      ...settings,
      folder: relative(context.space.root, directory),
      versions: await askOnce(context, `dotnet ${directory}`, () => versionsOf(directory, context)),
      // Projects run tasks of their own.
      variables: seenVariables(context.env, context.space.root),
    };
  },

  async build({ directory, architecture, layer }, { output, scratch, reads }, context) {
    const { space, log, signal } = context;
    reads.everything();
    const root = solutionOf(directory, context);
    const copy = copySources(space, [root], directory, join(scratch, 'sources'));
    const made = join(scratch, 'package.zip');
    const command = [
      ...['dotnet', 'lambda', 'package', '--output-package', made, '--function-architecture', architecture],
      ...['--msbuild-parameters', msbuild(architecture, copy.space.root)],
    ];
    const env = buildEnvironment(context.env, {}, copy.named);
    const { code, stdout, stderr } = await runProgram(command, {
      directory: copy.at(directory),
      env,
      log,
      signal,
    });
    if (code !== 0) {
      const said = `${stdout}\n${stderr}`.replaceAll(copy.space.root, space.root);
      const failure = `dotnet lambda package failed (exit code ${code})`;
      throw new ProblemError(compilerProblems(space, directory, said, STYLES.dotnet, failure));
    }
    await unzip(made, layer ? join(output, 'dotnet') : output);
    return { warnings: [] };
  },
};

/**
 * `PathMap` and `ContinuousIntegrationBuild` make the compiler's result the same in any place. Source: C# compiler
 * options, "Deterministic" and "PathMap".
 */
const msbuild = (architecture: DotnetBuild['architecture'], root: string): string =>
  `--runtime ${MACHINE[architecture]} -p:ContinuousIntegrationBuild=true -p:PathMap=${root}=/sources`;

async function versionsOf(directory: string, { log, signal, env }: BuildContext): Promise<unknown> {
  const options = { directory, env: buildEnvironment(env), log, signal, missing: MISSING };
  const sdk = await runProgram(['dotnet', '--version'], options);
  if (sdk.code !== 0)
    throw new ProblemError({
      message: `dotnet: ${lastLines(`${sdk.stdout}\n${sdk.stderr}`)}`,
      next: MISSING,
    });
  const tools = await runProgram(['dotnet', 'lambda', 'help'], options);
  if (tools.code !== 0)
    throw new ProblemError({
      message: 'Amazon.Lambda.Tools was not found, which packs .NET functions',
      next: MISSING_TOOLS,
    });
  const [, lambda] = /Amazon Lambda Tools[^\n]*\(([\d.]+)\)/.exec(tools.stdout) ?? [];
  return { sdk: sdk.stdout.trim(), lambda };
}

/** The folder of the solution, and of settings that count for all below it: projects beside this one may be part of it. */
function solutionOf(directory: string, { space }: BuildContext): string {
  const isSolution = (name: string): boolean => /\.slnx?$/.test(name);
  let root = directory;
  for (
    let at: string | undefined = directory;
    at !== undefined;
    at = at === space.root ? undefined : join(at, '..')
  )
    if (readdirSync(at).some(isSolution)) root = at;
  return findUp(space, root, 'Directory.Build.props', 'Directory.Packages.props', 'global.json') ?? root;
}
