import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ProblemError } from '../../../problem.ts';
import { seenVariables } from '../../inputs/variables.ts';
import { walk } from '../../workspace/walk.ts';
import type { BuildContext } from '../context.ts';
import type { JavaBuild } from '../spec.ts';
import type { Toolchain } from '../toolchain.ts';
import { classProblems } from './class-version.ts';
import { buildWithGradle, gradleVersion } from './gradle.ts';
import { buildWithMaven, mavenVersion } from './maven.ts';

/** Build files, in the order in which `sam build` looks for them. */
const BUILD_FILES = [
  ['build.gradle', 'gradle'],
  ['build.gradle.kts', 'gradle'],
  ['pom.xml', 'maven'],
] as const;

/** Classes with the libraries that they need in `lib/`; of a layer, JAR files in `java/lib/` alone. Tests run, as the project's own build says. */
export const java: Toolchain<JavaBuild> = {
  async identify(spec, context) {
    const { directory, ...settings } = spec;
    const tool = toolOf(spec, context);
    const version = tool === 'maven' ? mavenVersion : gradleVersion;
    return {
      ...settings,
      folder: relative(context.space.root, directory),
      tool,
      version: await version(spec, context),
      // Both run code of the project.
      variables: seenVariables(context.env, context.space.root),
    };
  },

  async build(spec, work, context) {
    for (const [name] of BUILD_FILES) work.reads.file(join(spec.directory, name));
    const build = toolOf(spec, context) === 'maven' ? buildWithMaven : buildWithGradle;
    await build(spec, spec.layer ? { ...work, output: join(work.output, 'java') } : work, context);
    const problems = classProblems(spec.runtime, work.output, walk(context.space, work.output));
    if (problems.length > 0) throw new ProblemError(problems);
    return { warnings: [] };
  },
};

function toolOf({ directory }: JavaBuild, { space }: BuildContext): 'gradle' | 'maven' {
  const [, tool] = BUILD_FILES.find(([name]) => existsSync(join(directory, name))) ?? [];
  if (tool) return tool;
  throw new ProblemError({
    message: `there is neither ${BUILD_FILES.map(([name]) => name).join(' nor ')}`,
    place: { file: relative(space.root, directory) || '.' },
    next: 'Let the code property name the folder of the build file.',
  });
}
