import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../log.ts';
import { programEnvironment } from '../../packaging/inputs/variables.ts';
import { compilerProblems, STYLES } from '../../packaging/toolchains/compiler-messages.ts';
import type { BuildContext } from '../../packaging/toolchains/context.ts';
import { runProgram } from '../../packaging/toolchains/run-program.ts';
import { findUp } from '../../packaging/workspace/source-files.ts';
import { ProblemError } from '../../problem.ts';
import { PLACEHOLDER_BUCKET } from './parameters.ts';
import { requiredSparta } from './required.ts';

/** A Go program that is its own provisioner. */
export interface Application {
  /** Of its package `main`; absolute. */
  readonly directory: string;
  /** The major version of Sparta that its module requires. */
  readonly major: number;
}

/** What is run of an application, and how. */
export interface RunOptions {
  /** Conditional compilation, of the program that runs here and of the one that is deployed. */
  readonly tags: readonly string[];
  readonly ldflags: string;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What an application left in its folder `.sparta`. */
export interface Made {
  /** The template's text. */
  readonly text: string;
  /** Its name in `.sparta`. */
  readonly file: string;
  /** As the application says it. */
  readonly serviceName: string | undefined;
  /** The binary needs C libraries, and was built in a container. */
  readonly cgo: boolean;
}

const MISSING = 'Install Go, for example with actions/setup-go, before this step.';
const TEMPLATE = '-cftemplate.json';

/**
 * The application in a folder.
 *
 * @throws ProblemError when its module does not require Sparta
 */
export async function findApplication(context: BuildContext, directory: string): Promise<Application> {
  const module = findUp(context.space, directory, 'go.mod') ?? directory;
  const goMod = await readFile(join(module, 'go.mod'), 'utf8').catch(() => '');
  const major = requiredSparta(goMod);
  if (major === undefined)
    throw new ProblemError({ message: `${module} is no Go module that requires Sparta` });
  await checkRuntime(directory, context);
  return { directory, major };
}

/** The first that speaks to the Runtime API, without which a program ran on `go1.x` only. */
const CURRENT = { name: 'github.com/aws/aws-lambda-go', minor: 18 };

async function checkRuntime(directory: string, { env, log, signal }: BuildContext): Promise<void> {
  const options = { directory, env: programEnvironment(env), log, signal, missing: MISSING };
  const { code, stdout } = await runProgram(
    ['go', 'list', '-m', '-f', '{{.Version}}', CURRENT.name],
    options,
  );
  const minor = /^v1\.(\d+)\./.exec(stdout)?.[1];
  // What is wrong with the module is told by the application's own build.
  if (code !== 0 || minor === undefined || Number(minor) >= CURRENT.minor) return;
  throw new ProblemError({
    subject: 'go.mod',
    message: `${CURRENT.name} ${stdout.trim()} runs on go1.x only, which Lambda has ended`,
    next: `Run: go get ${CURRENT.name}@latest`,
  });
}

/**
 * Runs the application's own build. It is told noop: nothing in AWS changes, and none of Sparta's own steps asks it.
 *
 * @throws ProblemError with the compiler's messages, or with what the application says is wrong
 */
export async function runApplication(
  { directory, major }: Application,
  { tags, ldflags, environment }: RunOptions,
  context: BuildContext,
): Promise<Made> {
  const { space, log, signal, env } = context;
  const folder = join(directory, '.sparta');
  const templates = async () =>
    (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(TEMPLATE));
  for (const old of await templates()) await rm(join(folder, old));
  const command = [
    ...['go', 'run', ...(tags.length > 0 ? ['-tags', tags.join(',')] : []), '.'],
    // Version 1 builds only on the way to a deployment.
    ...(major >= 3 ? ['build'] : ['provision', '--s3Bucket', PLACEHOLDER_BUCKET]),
    ...['--noop', '--format', 'json'],
    ...(tags.length > 0 ? ['--tags', tags.join(' ')] : []),
    ...(ldflags === '' ? [] : ['--ldflags', ldflags]),
  ];
  log.info(command.join(' '));
  const { code, stdout, stderr } = await runProgram(command, {
    directory,
    env: programEnvironment(env, environment),
    log,
    signal,
    missing: MISSING,
  });
  const said = messages(`${stdout}\n${stderr}`);
  if (code !== 0) {
    const what = `go run failed (exit code ${code})`;
    throw failure(said) ?? new ProblemError(compilerProblems(space, directory, stderr, STYLES.go, what));
  }
  tell(said, log);
  const [file] = await templates();
  if (file === undefined) {
    throw new ProblemError({
      message: `the application in ${directory} ended without an error and left no template in .sparta`,
      next: 'Call sparta.Main in its function main.',
    });
  }
  const service = said.map(({ text }) => /^Service: (.+)$/.exec(text)?.[1]).find(Boolean);
  return {
    text: await readFile(join(folder, file), 'utf8'),
    file,
    serviceName: service?.trim(),
    cgo: said.some(({ text }) => text.includes('Building `cgo` library')),
  };
}

interface Message {
  readonly level: string;
  readonly text: string;
  readonly error: string | undefined;
}

/** Sparta logs one JSON value a line when it is asked to; other lines are the application's own. */
function messages(output: string): readonly Message[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    try {
      const { level, message, msg, error } = JSON.parse(line) as Readonly<Record<string, unknown>>;
      const text = String(message ?? msg ?? '');
      return [{ level: String(level), text, error: error === undefined ? undefined : String(error) }];
    } catch {
      return [];
    }
  });
}

function failure(said: readonly Message[]): ProblemError | undefined {
  const errors = said.filter(({ level }) => level === 'error' || level === 'fatal');
  const causes = errors.flatMap(({ error }) => error ?? []);
  const found = causes.length > 0 ? causes : errors.map(({ text }) => text);
  if (found.length === 0) return undefined;
  return new ProblemError([...new Set(found)].map((message) => ({ subject: 'Sparta', message })));
}

function tell(said: readonly Message[], log: Log): void {
  for (const { level, text, error } of said) {
    if (level === 'warning' || level === 'warn')
      log.warning(`Sparta: ${[text, error].filter(Boolean).join(': ')}`);
  }
}
