import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { sha256 } from '../../../hash/canonical.ts';
import { fileHash } from '../../../hash/file-hash.ts';
import { ProblemError } from '../../../problem.ts';
import { copySources } from '../../inputs/copy.ts';
import { runObserved } from '../../inputs/trace.ts';
import { buildEnvironment } from '../../inputs/variables.ts';
import { copyEntries } from '../../workspace/copy-entries.ts';
import { findUp } from '../../workspace/source-files.ts';
import { walk } from '../../workspace/walk.ts';
import { isBelow } from '../../workspace/workspace.ts';
import { compilerProblems, STYLES } from '../compiler-messages.ts';
import { askOnce, type BuildContext } from '../context.ts';
import { runProgram } from '../run-program.ts';
import type { JavaBuild } from '../spec.ts';
import type { Work } from '../toolchain.ts';
import { settleJar } from './settle-jar.ts';

const MISSING = 'Install Maven and a JDK, for example with actions/setup-java, before this step.';
/** Newer plugins take it for all times that they write. Source: Maven, "Configuring for Reproducible Builds". */
const EPOCH = '-Dproject.build.outputTimestamp=1980-01-01T00:00:02Z';

/** What Maven says after each failure. */
const ADVICE =
  /^\[ERROR\] *(-> \[Help.*|To see the full stack.*|Re-run Maven.*|For more information.*|\[Help.*|After correcting.*| {2}mvn <args>.*)?$/gm;

/** What decides over the result besides the project: Maven, the JDK, and the user's settings. */
export const mavenVersion = ({ directory }: JavaBuild, context: BuildContext): Promise<unknown> =>
  askOnce(context, `mvn --version ${directory}`, () => ask(directory, context));

async function ask(directory: string, context: BuildContext): Promise<unknown> {
  const { log, signal, env } = context;
  const options = { directory, env: buildEnvironment(env), log, signal, missing: MISSING };
  const { code, stdout, stderr } = await runProgram(['mvn', '--version'], options);
  if (code !== 0) throw new ProblemError({ message: `mvn: ${(stderr || stdout).trim()}`, next: MISSING });
  const settings = join(env.HOME ?? homedir(), '.m2', 'settings.xml');
  return {
    // Where they are installed makes no difference, nor does the kernel.
    versions: stdout.match(/^.*(Apache Maven [\w.-]+|Java version: [\w.+-]+, vendor: [^,]+)/gm),
    settings: existsSync(settings) ? sha256(readFileSync(settings)) : undefined,
  };
}

/**
 * Runs `package` for the module, and for the modules of its project that it needs. They come from the sources, never from
 * a repository that has something of the same name; `install`, which `sam build` runs, would change the user's own.
 */
export async function buildWithMaven(
  { directory, layer }: JavaBuild,
  { output, scratch, reads }: Work,
  context: BuildContext,
): Promise<void> {
  const { space, log, signal, env } = context;
  const root = reactorOf(directory, context);
  const copy = copySources(
    space,
    [root, ...surroundings(root, directory, context)],
    directory,
    join(scratch, 'sources'),
  );
  const module = relative(root, directory) || '.';
  const command = [
    ...['mvn', '-B', '-q', EPOCH, ...(module === '.' ? [] : ['-pl', module, '-am'])],
    ...[
      'clean',
      'package',
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      '-Dmdep.prependGroupId=true',
    ],
  ];
  for (let at = directory; isBelow(space.root, at) && at !== dirname(at); at = dirname(at)) {
    reads.file(join(at, 'pom.xml'));
    reads.file(join(at, '.mvn'));
  }
  const { code, stdout, stderr } = await runObserved(
    command,
    {
      directory: copy.at(root),
      env: copy.environment(buildEnvironment(env, {}, copy.named)),
      log,
      signal,
      missing: MISSING,
    },
    { copy, scratch: join(scratch, 'trace'), reads, traced: true },
    context,
  );
  if (code !== 0) {
    const said = `${stdout}\n${stderr}`.replaceAll(copy.space.root, space.root).replaceAll(ADVICE, '');
    throw new ProblemError(
      compilerProblems(space, directory, said, STYLES.maven, `mvn package failed (exit code ${code})`),
    );
  }
  const target = join(copy.at(directory), 'target');
  const own = await jarsIn(copy.at(root));
  const lib = join(output, 'lib');
  const made = { root: copy.space.root, allowOutside: true };
  if (layer)
    copyEntries(
      made,
      walk(made, target, (name) => !/^[^/]+\.jar$/.test(name)),
      lib,
    );
  else if (existsSync(join(target, 'classes')))
    copyEntries(made, walk(made, join(target, 'classes')), output);
  else throw new ProblemError(nothingMade(directory, context));
  const dependencies = join(target, 'dependency');
  if (existsSync(dependencies)) copyEntries(made, walk(made, dependencies), lib);
  for (const name of await readdir(lib).catch(() => [])) {
    const jar = join(lib, name);
    if (own.has(await fileHash(jar))) await settleJar(jar, scratch);
  }
}

const nothingMade = (directory: string, { space }: BuildContext) => ({
  message: 'mvn package made no classes',
  place: { file: join(relative(space.root, directory), 'pom.xml') },
  next: 'Let the code property name the folder of the module with the handler.',
});

/** What Maven reads outside of the project: parents that do not list it, and the nearest folder of settings. */
function surroundings(root: string, directory: string, { space }: BuildContext): string[] {
  const found: string[] = [];
  for (let file = parentOf(join(directory, 'pom.xml')); file !== undefined; file = parentOf(file))
    if (isBelow(space.root, file) && !isBelow(root, file) && !found.includes(file)) found.push(file);
  const settings = findUp(space, root, '.mvn');
  if (settings !== undefined && settings !== root) found.push(join(settings, '.mvn'));
  return found;
}

/** Its file, where that is beside the project as Maven expects it. */
function parentOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const [, parent] = /<parent>([\s\S]*?)<\/parent>/.exec(textOf(file)) ?? [];
  if (parent === undefined) return undefined;
  const [, written = /<relativePath\s*\/>/.test(parent) ? undefined : '../pom.xml'] =
    /<relativePath>\s*([^<]*?)\s*<\//.exec(parent) ?? [];
  if (written === undefined || written === '') return undefined;
  const path = resolve(dirname(file), written);
  const found = path.endsWith('.xml') ? path : join(path, 'pom.xml');
  return existsSync(found) ? found : undefined;
}

/** Without comments. */
const textOf = (file: string): string => readFileSync(file, 'utf8').replaceAll(/<!--[\s\S]*?-->/g, '');

/** The outermost project that lists, directly or not, the module among its own; else the module itself. */
function reactorOf(directory: string, { space }: BuildContext): string {
  let root = directory;
  for (let at = directory; at !== space.root && at !== dirname(at); ) {
    at = dirname(at);
    const file = join(at, 'pom.xml');
    if (existsSync(file) && modulesOf(file).some((module) => module === root)) root = at;
  }
  return root;
}

/** Absolute folders. A module may be named by its file. */
function modulesOf(file: string): string[] {
  return Array.from(textOf(file).matchAll(/<(?:module|subproject)>\s*([^<]*?)\s*<\//g), ([, name = '']) => {
    const path = resolve(dirname(file), name);
    return name.endsWith('.xml') ? dirname(path) : path;
  });
}

/** Hashes of the JAR files that were built here. */
async function jarsIn(root: string): Promise<ReadonlySet<string>> {
  const files = await readdir(root, { recursive: true });
  const jars = files.filter((name) => /(^|\/)target\/[^/]+\.jar$/.test(name));
  return new Set(await Promise.all(jars.map((name) => fileHash(join(root, name)))));
}
