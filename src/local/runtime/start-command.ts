import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { listArchive } from '../../packaging/archive/zip-reader.ts';
import type { ContainerTool } from '../../packaging/image/image.ts';
import { ProblemError } from '../../problem.ts';
import { type Language, languageOf, languageVersion, RUNTIME_PREFIXES } from '../../runtimes.ts';
import { IMAGE, type LocalFunction } from '../functions/function.ts';
import type { ContainerStart } from './container/image.ts';
import { imageProgram, unpackedProgram } from './image.ts';
import { installedNode } from './installed-node.ts';
import type { PreparedCode } from './unpack-code.ts';

const run = promisify(execFile);

/** How a runtime process is started. */
export interface StartCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** It is one of our own programs, which speaks in frames at descriptor 3 (`frames.ts`); others speak the Runtime API. */
  readonly channel?: true;
  /** Where it starts, if that is not the root of the code. */
  readonly directory?: string;
  /** Starts it in a container; `file` means nothing then. */
  readonly container?: ContainerStart;
}

export interface RuntimeOptions {
  /** Where runtimes that are installed are kept; without it none is. */
  readonly runtimesDirectory?: string;
  /** A folder such as GitHub's RUNNER_TOOL_CACHE, with `node/<version>/<architecture>/bin/node`. */
  readonly toolCache?: string;
  /** Of one run: compiled copies of our own programs are left there. */
  readonly workDirectory: string;
  /** What runs images that need one: the first that works, if none is named. */
  readonly containerTool?: ContainerTool;
  readonly warn: (message: string) => void;
}

type Start = (fn: LocalFunction, code: PreparedCode, options: RuntimeOptions) => Promise<StartCommand>;

const STARTS: Readonly<Record<Language, Start>> = {
  node: startNode,
  python: startPython,
  provided: startBootstrap,
  go: startGo,
  java: startJava,
  ruby: startRuby,
  dotnet: startDotnet,
  custom: startCustom,
};

/**
 * What starts the function's runtime here.
 * @throws {ProblemError} when nothing here can run it; says what to install
 */
export async function startCommand(
  fn: LocalFunction,
  code: PreparedCode,
  options: RuntimeOptions,
): Promise<StartCommand> {
  if (fn.runtime === IMAGE) return startImage(fn, code, options);
  const language = languageOf(fn.runtime);
  if (!language) {
    throw problem(
      fn,
      `the runtime ${fn.runtime} is not known here`,
      `Use ${RUNTIME_PREFIXES.slice(0, -1).join(', ')} or ${RUNTIME_PREFIXES.at(-1)}.`,
    );
  }
  const command = await STARTS[language](fn, code, options);
  return ['provided', 'go'].includes(language) ? command : wrapped(command, { fn, code, options });
}

/**
 * The same, started by the wrapper script that the function names.
 * Source: AWS Lambda Developer Guide, "Modifying the runtime environment", "Wrapper scripts".
 */
function wrapped(
  command: StartCommand,
  {
    fn,
    code,
    options,
  }: { readonly fn: LocalFunction; readonly code: PreparedCode; readonly options: RuntimeOptions },
): StartCommand {
  const named = fn.environment.AWS_LAMBDA_EXEC_WRAPPER;
  if (!named) return command;
  const file = named
    .replace(/^\/var\/task(?=\/)/, () => code.taskRoot)
    .replace(/^\/opt(?=\/)/, (opt) => code.layers ?? opt);
  if (existsSync(file)) return { ...command, file, args: [command.file, ...command.args] };
  options.warn(`${fn.logicalId}: its wrapper ${named} is not on this machine: it starts without that`);
  return command;
}

/** What it is made of is known to Lambda only. */
async function startCustom(fn: LocalFunction): Promise<StartCommand> {
  throw problem(
    fn,
    'its customer-managed runtime is not on this machine',
    'Try its code on the runtime that the managed one was made of.',
  );
}

const problem = (fn: LocalFunction, message: string, next: string): ProblemError =>
  new ProblemError({ subject: fn.logicalId, message, next });

/** The bootstraps lie beside this file, in the bundle as in the sources. */
const bootstrap = (name: string): string => join(import.meta.dirname, 'bootstrap', name);

/** A program that needs nothing of its image starts faster without a container. */
async function startImage(
  fn: LocalFunction,
  { taskRoot }: PreparedCode,
  options: RuntimeOptions,
): Promise<StartCommand> {
  const { code } = fn;
  if (code.kind !== 'image') throw problem(fn, 'its image was not built', 'Build it first.');
  const program = await imageProgram(fn, code);
  if (program.words.length === 0) {
    throw problem(fn, 'its image names no program', 'Give it an ENTRYPOINT or a CMD.');
  }
  if (program.alone) return unpackedProgram(program, taskRoot);
  const { containerImage } = await import('./container/image.ts');
  return { file: '', args: [], container: await containerImage(fn, { code, program }, options) };
}

async function startNode(
  fn: LocalFunction,
  _code: PreparedCode,
  options: RuntimeOptions,
): Promise<StartCommand> {
  const node = await nodeFor(fn, options);
  return { file: node, args: ['--enable-source-maps', bootstrap('node.cjs')], channel: true };
}

/** The Node.js that a function runs on here. */
export async function nodeFor(fn: LocalFunction, options: RuntimeOptions): Promise<string> {
  const major = languageVersion('node', fn.runtime) ?? '';
  return (
    (await nodeOf(major, options)) ??
    fallBack(fn, process.execPath, `Node.js ${process.versions.node}`, options)
  );
}

async function nodeOf(major: string, options: RuntimeOptions): Promise<string | undefined> {
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  const cached = await nodeInToolCache(major, options.toolCache);
  if (cached || options.runtimesDirectory === undefined) return cached;
  try {
    await mkdir(options.runtimesDirectory, { recursive: true });
    return await installedNode(major, options.runtimesDirectory);
  } catch (error) {
    options.warn(`Node.js ${major} could not be installed from npm: ${firstLine(error)}`);
    return undefined;
  }
}

/** Hosted runners bring several versions of Node, and actions/setup-node adds to them. */
async function nodeInToolCache(major: string, toolCache: string | undefined): Promise<string | undefined> {
  if (!toolCache) return undefined;
  const versions = await readdir(join(toolCache, 'node')).catch(() => []);
  return versions
    .filter((version) => version.startsWith(`${major}.`))
    .map((version) => join(toolCache, 'node', version, process.arch, 'bin', 'node'))
    .find((file) => existsSync(file));
}

async function startPython(
  fn: LocalFunction,
  _code: PreparedCode,
  options: RuntimeOptions,
): Promise<StartCommand> {
  const version = languageVersion('python', fn.runtime) ?? '';
  const [exact, other] = await Promise.all([pythonAt(`python${version}`), pythonAt('python3')]);
  const copies = join(options.workDirectory, 'python-copies');
  // The program comes last: wrapper scripts put options of Python before it.
  const args = ['-u', '-X', `sparta_copies=${copies}`, bootstrap('python.py')];
  const started = { args, channel: true } as const;
  if (exact) return { file: exact.file, ...started };
  if (!other)
    throw problem(
      fn,
      `${fn.runtime} needs Python, which is not on the PATH`,
      `Install Python ${version} (actions/setup-python).`,
    );
  if (other.version === version) return { file: other.file, ...started };
  return { file: fallBack(fn, other.file, `Python ${other.version}`, options), ...started };
}

/** The interpreter itself: version managers put scripts on the PATH that need more of the environment. */
async function pythonAt(command: string): Promise<{ file: string; version: string } | undefined> {
  try {
    const script = 'import sys; print(sys.executable); print("%d.%d" % sys.version_info[:2])';
    const [file, version] = (await run(command, ['-c', script])).stdout.trim().split('\n');
    return file && version ? { file, version } : undefined;
  } catch {
    return undefined;
  }
}

async function startBootstrap(
  fn: LocalFunction,
  code: PreparedCode,
  options: RuntimeOptions,
): Promise<StartCommand> {
  const here = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  if (fn.architecture !== here)
    options.warn(`${fn.logicalId}: it is built for ${fn.architecture}, and this machine is ${here}`);
  const places = [code.taskRoot, code.layers].filter((place) => place !== undefined);
  const file = places.map((place) => join(place, 'bootstrap')).find((path) => existsSync(path));
  if (!file)
    throw problem(
      fn,
      `its code has no executable named bootstrap, which ${fn.runtime} starts`,
      'Name the binary bootstrap.',
    );
  return { file, args: [] };
}

async function startGo(fn: LocalFunction, code: PreparedCode): Promise<StartCommand> {
  const names = [fn.handler, 'bootstrap'].map((name) => join(code.taskRoot, name));
  const file = names.find((path) => existsSync(path));
  if (!file)
    throw problem(
      fn,
      `its code has no executable named ${fn.handler}`,
      'Set Handler to the name of the binary.',
    );
  return { file, args: [] };
}

async function startJava(fn: LocalFunction, code: PreparedCode): Promise<StartCommand> {
  const java = await onPath(fn, 'java', 'a Java runtime', 'Install one (actions/setup-java).');
  const classes = [code.taskRoot, join(code.taskRoot, 'lib', '*')];
  if (code.layers) classes.push(join(code.layers, 'java', 'lib', '*'));
  const client = 'com.amazonaws.services.lambda.runtime.api.client.AWSLambda';
  if (!(await holdsClass(classes, client))) {
    throw problem(
      fn,
      `its code has no Java runtime interface client, which Lambda brings along`,
      'Add com.amazonaws:aws-lambda-java-runtime-interface-client to the dependencies to run it here.',
    );
  }
  return { file: java, args: ['-cp', classes.join(':'), client, fn.handler] };
}

/** Whether a class is below one of the folders of a class path, or in a JAR file of those that end in `*`. */
async function holdsClass(path: readonly string[], name: string): Promise<boolean> {
  const file = `${name.replaceAll('.', '/')}.class`;
  for (const each of path) {
    if (!each.endsWith('*')) {
      if (existsSync(join(each, file))) return true;
      continue;
    }
    const folder = dirname(each);
    for (const jar of await readdir(folder).catch(() => [])) {
      const entries = jar.endsWith('.jar') ? await listArchive(join(folder, jar)).catch(() => []) : [];
      if (entries.some((entry) => entry.name === file)) return true;
    }
  }
  return false;
}

async function startRuby(fn: LocalFunction): Promise<StartCommand> {
  const next = 'Install it: gem install aws_lambda_ric.';
  return {
    file: await onPath(fn, 'aws_lambda_ric', 'the Ruby runtime interface client', next),
    args: [fn.handler],
  };
}

async function startDotnet(fn: LocalFunction, code: PreparedCode): Promise<StartCommand> {
  const client = join(code.taskRoot, 'Amazon.Lambda.RuntimeSupport.dll');
  if (!existsSync(client)) {
    throw problem(
      fn,
      'its code has no Amazon.Lambda.RuntimeSupport.dll, the .NET runtime interface client',
      'Add the package Amazon.Lambda.RuntimeSupport to the project.',
    );
  }
  const dotnet = await onPath(fn, 'dotnet', 'the .NET runtime', 'Install it (actions/setup-dotnet).');
  const assembly = join(code.taskRoot, fn.handler.split('::')[0] ?? '');
  return {
    file: dotnet,
    args: [
      'exec',
      '--depsfile',
      `${assembly}.deps.json`,
      '--runtimeconfig',
      `${assembly}.runtimeconfig.json`,
      client,
      fn.handler,
    ],
  };
}

async function onPath(fn: LocalFunction, command: string, what: string, next: string): Promise<string> {
  for (const directory of (process.env.PATH ?? '').split(':')) {
    const file = join(directory, command);
    if (directory !== '' && existsSync(file)) return file;
  }
  throw problem(fn, `${fn.runtime} needs ${what}: there is no ${command} on the PATH`, next);
}

function fallBack(fn: LocalFunction, file: string, what: string, options: RuntimeOptions): string {
  options.warn(`${fn.logicalId}: its runtime is ${fn.runtime}, but it runs here on ${what}`);
  return file;
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
