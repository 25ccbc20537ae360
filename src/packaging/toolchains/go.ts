import { join, relative } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { copySources } from '../inputs/copy.ts';
import { runObserved } from '../inputs/trace.ts';
import { buildEnvironment, seenVariables } from '../inputs/variables.ts';
import { findUp } from '../workspace/source-files.ts';
import { compilerProblems, STYLES } from './compiler-messages.ts';
import { askOnce, type BuildContext } from './context.ts';
import { profilingFlags } from './go-profile.ts';
import { tellGoReads } from './go-reads.ts';
import { type Finished, runProgram } from './run-program.ts';
import type { GoBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

const GOARCH = { x86_64: 'amd64', arm64: 'arm64' } as const;
const MISSING = 'Install Go, for example with actions/setup-go, before this step.';
/** What `go env` is asked for: all that changes what the compiler makes of the same sources. */
const SETTINGS = [
  'GOVERSION',
  'GOFLAGS',
  'GOEXPERIMENT',
  'GOAMD64',
  'GOARM64',
  'GOWORK',
  'GODEBUG',
  'GO111MODULE',
];

/** Builds `bootstrap` with `go build`, the same on every machine that has the same Go. */
export const go: Toolchain<GoBuild> = {
  async identify(spec, context) {
    const { space, env } = context;
    const { GOWORK: work = '', ...environment } = await goEnvironment(spec, context);
    const { directory, environment: added, architecture, generate, profiled } = spec;
    return {
      folder: relative(space.root, directory),
      environment,
      work: work === '' || work === 'off' ? work : relative(space.root, work),
      added,
      architecture,
      generate,
      arguments: buildArguments(spec, 'bootstrap'),
      ...(profiled && { profiled }),
      // A generator is code of the project. The compiler's own settings are above; those of C's are not.
      variables: seenVariables(
        env,
        space.root,
        generate ? undefined : /^(CGO_.*|CC|CXX|AR|FC|PKG_CONFIG.*)$/,
      ),
    };
  },

  async build(spec, work, context) {
    const { output, scratch, reads } = work;
    const { log, signal, space } = context;
    const settings = await goEnvironment(spec, context);
    // Both write beside the sources.
    const isWriting = spec.generate || /-mod=mod\b/.test(settings.GOFLAGS ?? '');
    const copy = isWriting
      ? copySources(space, [space.root], spec.directory, join(scratch, 'sources'))
      : undefined;
    const directory = copy?.at(spec.directory) ?? spec.directory;
    const env = crossEnvironment(spec, context);
    const options = { directory, env, log, signal, missing: MISSING };
    if (copy && spec.generate) {
      // Generators run here, so they are built for this machine.
      const here = {
        ...options,
        env: copy.environment(buildEnvironment(context.env, spec.environment, copy.named)),
      };
      const observed = { copy, scratch: join(scratch, 'generate'), reads, traced: true };
      succeed(await runObserved(['go', 'generate', './...'], here, observed, context), 'go generate');
    }
    const flags = spec.profiled ? await profiling() : [];
    succeed(
      await runProgram(['go', ...buildArguments(spec, join(output, 'bootstrap'), flags)], options),
      'go build',
    );
    const original = (path: string): string => copy?.original(path) ?? path;
    const root = copy?.space.root ?? space.root;
    await tellGoReads(
      { options, asked: [...tagArguments(spec), packageOf(spec)], settings, root, original },
      reads,
    );
    return { warnings: [] };

    async function profiling(): Promise<readonly string[]> {
      const asked = ['list', '-f', '{{.Dir}}', ...tagArguments(spec), packageOf(spec)];
      const listed = await runProgram(['go', ...asked], options);
      succeed(listed, 'go list');
      return profilingFlags(listed.stdout.trim(), settings, { directory, scratch });
    }

    function succeed({ code, stderr, stdout }: Finished, what: string): void {
      if (code === 0) return;
      const failure = `${what} failed (exit code ${code})`;
      throw new ProblemError(
        compilerProblems(copy?.space ?? space, directory, stderr || stdout, STYLES.go, failure),
      );
    }
  },
};

const tagArguments = ({ tags }: GoBuild): string[] => ['-tags', ['lambdabinary', ...tags].join(',')];

const packageOf = (spec: GoBuild): string => spec.package ?? '.';

function buildArguments(spec: GoBuild, binary: string, flags: readonly string[] = []): string[] {
  return [
    'build',
    ...flags,
    ...tagArguments(spec),
    '-trimpath',
    '-buildvcs=false',
    '-ldflags',
    // The build id is a hash of the compiler's own paths and flags too; nothing reads it.
    ['-s', '-w', '-buildid=', spec.ldflags].filter((flag) => flag !== '').join(' '),
    '-o',
    binary,
    packageOf(spec),
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
