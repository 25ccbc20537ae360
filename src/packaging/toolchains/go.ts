import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ProblemError } from '../../problem.ts';
import { findUp, prefixed } from '../workspace/source-files.ts';
import { compilerProblems, STYLES } from './compiler-messages.ts';
import type { BuildContext } from './context.ts';
import { type Finished, programEnvironment, runProgram } from './run-program.ts';
import type { GoBuild } from './spec.ts';
import type { Toolchain } from './toolchain.ts';

const GOARCH = { x86_64: 'amd64', arm64: 'arm64' } as const;
const MISSING = 'Install Go, for example with actions/setup-go, before this step.';
/** What `go env` is asked for: all that changes what the compiler makes of the same sources. */
const SETTINGS = ['GOVERSION', 'GOFLAGS', 'GOEXPERIMENT', 'GOAMD64', 'GOARM64', 'GOWORK', 'GODEBUG'];

/** Builds `bootstrap` with `go build`, the same on every machine that has the same Go. */
export const go: Toolchain<GoBuild> = {
  async inputs(spec, context) {
    const { space } = context;
    const { GOWORK: work = '', ...environment } = await goEnvironment(spec, context);
    const module = findUp(space, spec.directory, 'go.mod') ?? spec.directory;
    const folders = new Set([module, ...(await localModules(module, work))]);
    const files = [...folders].sort().flatMap((folder) => prefixed(space, folder, isNoSource));
    if (work !== '' && work !== 'off') {
      files.push({ kind: 'bytes', name: 'go.work', bytes: await readFile(work), executable: false });
    }
    const folder = relative(space.root, spec.directory);
    const { architecture, generate, environment: added } = spec;
    return {
      files,
      settings: {
        folder,
        environment,
        added,
        architecture,
        generate,
        arguments: buildArguments(spec, 'bootstrap'),
      },
    };
  },

  async build(spec, output, context) {
    const { space } = context;
    const { log, signal } = context;
    const env = crossEnvironment(spec, context);
    const options = { directory: spec.directory, env, log, signal, missing: MISSING };
    if (spec.generate) {
      // Generators run here, so they are built for this machine.
      const here = { ...options, env: programEnvironment(context.env, spec.environment) };
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
  programEnvironment(env, {
    CGO_ENABLED: '0',
    ...spec.environment,
    GOOS: 'linux',
    GOARCH: GOARCH[spec.architecture],
  });

async function goEnvironment(
  spec: GoBuild,
  context: BuildContext,
): Promise<Readonly<Record<string, string>>> {
  const { code, stdout, stderr } = await runProgram(['go', 'env', '-json', ...SETTINGS], {
    directory: spec.directory,
    env: crossEnvironment(spec, context),
    log: context.log,
    signal: context.signal,
    missing: MISSING,
  });
  if (code !== 0) throw new ProblemError({ message: `go env failed: ${stderr.trim()}`, next: MISSING });
  return JSON.parse(stdout) as Readonly<Record<string, string>>;
}

/** Folders of modules that are taken from this machine: `replace` in go.mod, `use` and `replace` in go.work. */
async function localModules(module: string, work: string): Promise<string[]> {
  const goMod = await readFile(join(module, 'go.mod'), 'utf8').catch(() => '');
  const goWork = work === '' || work === 'off' ? '' : await readFile(work, 'utf8').catch(() => '');
  const replaced = (text: string): string[] =>
    Array.from(text.matchAll(/=>\s*"?(\.{1,2}\/[^\s"]*|\/[^\s"]+)/g), ([, path = '']) => path);
  const used = Array.from(
    goWork.matchAll(/^\s*(?:use\s+)?"?(\.{1,2}(?:\/[^\s"]*)?)"?\s*(?:\/\/.*)?$/gm),
    ([, path = '']) => path,
  );
  return [
    ...replaced(goMod).map((path) => resolve(module, path)),
    ...[...replaced(goWork), ...used].map((path) => resolve(dirname(work), path)),
  ];
}

/** Git's own files, what we write ourselves, and packages of another language. */
const isNoSource = (name: string): boolean =>
  /(^|\/)(\.git|\.sparta|node_modules)$/.test(name) || name.endsWith('_test.go');
