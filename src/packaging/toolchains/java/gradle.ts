import { writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
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

const MISSING =
  'Install Gradle, for example with gradle/actions/setup-gradle, or commit the wrapper (gradlew) of the project.';

const SETTINGS = ['settings.gradle', 'settings.gradle.kts'];
const WRAPPER = 'gradlew';

/**
 * Adds a task to the project of the function: what its JAR file holds, or that file, and the libraries of its runtime class path.
 * Archives get fixed times and sorted entries. For Gradle 4 and later.
 */
const SCRIPT = `
allprojects { project ->
  project.tasks.withType(AbstractArchiveTask) { task ->
    task.preserveFileTimestamps = false
    task.reproducibleFileOrder = true
  }
  if (project.projectDir.path == System.getProperty('sparta.project')) project.plugins.withId('java') {
    project.tasks.create('spartaPackage', Sync) { task ->
      task.dependsOn 'build'
      task.into new File(System.getProperty('sparta.output'))
      if (Boolean.getBoolean('sparta.layer')) {
        task.into('lib') { it.from project.tasks.getByName('jar') }
      } else {
        // With what the JAR file has besides: its manifest, files that the build adds.
        def jar = project.tasks.getByName('jar').outputs.files
        task.from { jar.singleFile.exists() ? project.zipTree(jar.singleFile) : project.sourceSets.main.output }
      }
      task.into('lib') {
        it.from project.configurations.runtimeClasspath
        it.duplicatesStrategy = DuplicatesStrategy.FAIL
      }
    }
  }
}
`;

/** What decides over the result besides the project: Gradle and the JDK. */
export const gradleVersion = (spec: JavaBuild, context: BuildContext): Promise<unknown> =>
  askOnce(context, `gradle --version ${spec.directory}`, () => ask(spec, context));

async function ask(spec: JavaBuild, context: BuildContext): Promise<unknown> {
  const { log, signal, env } = context;
  const { program } = gradleOf(spec, context);
  const options = { directory: spec.directory, env: buildEnvironment(env), log, signal, missing: MISSING };
  const { code, stdout, stderr } = await runProgram([program, '--version'], options);
  if (code !== 0) throw new ProblemError({ message: `gradle: ${(stderr || stdout).trim()}`, next: MISSING });
  return stdout.match(/^(Gradle|(Launcher )?JVM:) .*$/gm);
}

/** Runs `build` of the project, in a copy of the whole that it belongs to, with a task of our own after it. */
export async function buildWithGradle(
  spec: JavaBuild,
  { output, scratch, reads }: Work,
  context: BuildContext,
): Promise<void> {
  const { space, log, signal } = context;
  const { directory, layer } = spec;
  const { program, root } = gradleOf(spec, context);
  const copy = copySources(space, [root], directory, join(scratch, 'sources'));
  const project = copy.at(directory);
  const script = join(scratch, 'package.gradle');
  const made = join(scratch, 'made');
  await writeFile(script, SCRIPT);
  const command = [
    program,
    ...['--no-daemon', '--quiet', '--console=plain', '--init-script', script],
    ...['--project-cache-dir', join(scratch, 'cache'), `-Dsparta.project=${project}`],
    ...[`-Dsparta.output=${made}`, `-Dsparta.layer=${layer}`, 'spartaPackage'],
  ];
  const env = buildEnvironment(context.env, {}, copy.named);
  for (let at = directory; isBelow(space.root, at) && at !== dirname(at); at = dirname(at))
    for (const name of [...SETTINGS, WRAPPER]) reads.file(join(at, name));
  const { code, stdout, stderr } = await runObserved(
    command,
    { directory: project, env: copy.environment(env), log, signal, missing: MISSING },
    { copy, scratch: join(scratch, 'trace'), reads, traced: true },
    context,
  );
  if (code !== 0) {
    const said = `${stdout}\n${stderr}`
      .replaceAll(copy.space.root, space.root)
      // What follows is advice for all failures alike.
      .replace(/^\* Try:[\s\S]*/m, '');
    if (said.includes("'spartaPackage' not found")) throw new ProblemError(noJava(directory, context));
    const failure = `gradle build failed (exit code ${code})`;
    throw new ProblemError(compilerProblems(space, directory, said, STYLES.javac, failure));
  }
  const place = { root: scratch, allowOutside: true };
  copyEntries(place, walk(place, made), output);
}

const noJava = (directory: string, { space }: BuildContext): Problem => ({
  message: 'the project has no Java plugin, or settings.gradle does not include it',
  place: { file: relative(space.root, directory) || '.' },
  next: "Apply the plugin 'java' (that of Kotlin brings it along) in its build file.",
});

interface Gradle {
  /** The wrapper that comes with the project, absolute, else `gradle`. */
  readonly program: string;
  /** The folder of the settings, which the project belongs to; absolute. */
  readonly root: string;
}

function gradleOf({ directory }: JavaBuild, { space }: BuildContext): Gradle {
  const wrapper = findUp(space, directory, WRAPPER);
  const root = findUp(space, directory, ...SETTINGS) ?? directory;
  return { program: wrapper === undefined ? 'gradle' : join(wrapper, WRAPPER), root };
}
