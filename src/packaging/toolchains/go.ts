import { join, relative } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { buildEnvironment, seenVariables } from '../inputs/variables.ts';
import { findUp } from '../workspace/source-files.ts';
import { compilerProblems, STYLES } from './compiler-messages.ts';
import { askOnce, type BuildContext } from './context.ts';
import { type Finished, runProgram } from './run-program.ts';
import type { GoBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

const GOARCH = { x86_64: 'amd64', arm64: 'arm64' } as const;
const MISSING = 'Install Go, for example with actions/setup-go, before this step.';
/** What `go env` is asked for: all that changes what the compiler makes of the same sources. */
const SETTINGS = ['GOVERSION', 'GOFLAGS', 'GOEXPERIMENT', 'GOAMD64', 'GOARM64', 'GOWORK', 'GODEBUG'];

/** Builds `bootstrap` with `go build`, the same on every machine that has the same Go. */
export const go: Toolchain<GoBuild> = {
  async identify(spec, context) {
    const { space, env } = context;
    const { GOWORK: work = '', ...environment } = await goEnvironment(spec, context);
    const { directory, environment: added, architecture, generate } = spec;
    return {
      folder: relative(space.root, directory),
      environment,
      work: work === '' || work === 'off' ? work : relative(space.root, work),
      added,
      architecture,
      generate,
      arguments: buildArguments(spec, 'bootstrap'),
      // A generator is code of the project; the compiler looks at its own variables only.
      variables: seenVariables(env, space.root, generate ? undefined : /^(GO|CGO_)/),
    };
  },

  async build(spec, { output, reads }, context) {
    const { space } = context;
    reads.everything();
    const { log, signal } = context;
    const env = crossEnvironment(spec, context);
    const options = { directory: spec.directory, env, log, signal, missing: MISSING };
    if (spec.generate) {
      // Generators run here, so they are built for this machine.
      const here = { ...options, env: buildEnvironment(context.env, spec.environment) };
      succeed(await runProgram(['go', 'generate', './...'], here), 'go generate');
    }
    const command = ['go', ...buildArguments(spec, join(output, 'bootstrap'))];
    succeed(await runProgram(command, options), 'go build');
    return { warnings: [] };

    function succeed({ code, stderr, stdout }: Finished, what: string): void {
      if (code === 0) return;
      const failure = `${what} failed (exit code ${code})`;
      throw new ProblemError(compilerProblems(space, spec.directory, stderr || stdout, STYLES.go, failure));
    }
  },
};

function buildArguments(spec: GoBuild, binary: string): string[] {
  return [
    'build',
    '-tags',
    ['lambdabinary', ...spec.tags].join(','),
    '-trimpath',
    '-buildvcs=false',
    '-ldflags',
    // The build id is a hash of the compiler's own paths and flags too; nothing reads it.
    ['-s', '-w', '-buildid=', spec.ldflags].filter((flag) => flag !== '').join(' '),
    '-o',
    binary,
    spec.package ?? '.',
  ];
}

const crossEnvironment = (spec: GoBuild, { env }: BuildContext): Record<string, string> =>
  buildEnvironment(env, {
    CGO_ENABLED: '0',
    ...spec.environment,
    GOOS: 'linux',
    GOARCH: GOARCH[spec.architecture],
  });

/** What Go says depends on its module and workspace too: they may ask for another release of it. */
function goEnvironment(spec: GoBuild, context: BuildContext): Promise<Readonly<Record<string, string>>> {
  const module = findUp(context.space, spec.directory, 'go.mod') ?? spec.directory;
  const env = crossEnvironment(spec, context);
  const question = `go env ${module} ${JSON.stringify([spec.environment, spec.architecture])}`;
  return askOnce(context, question, async () => {
    const { code, stdout, stderr } = await runProgram(['go', 'env', '-json', ...SETTINGS], {
      directory: spec.directory,
      env,
      log: context.log,
      signal: context.signal,
      missing: MISSING,
    });
    if (code !== 0) throw new ProblemError({ message: `go env failed: ${stderr.trim()}`, next: MISSING });
    return JSON.parse(stdout) as Readonly<Record<string, string>>;
  });
}
