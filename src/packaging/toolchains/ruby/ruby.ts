import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Problem, ProblemError } from '../../../problem.ts';
import { buildEnvironment, seenVariables } from '../../inputs/variables.ts';
import { copyEntries } from '../../workspace/copy-entries.ts';
import { walk } from '../../workspace/walk.ts';
import { isBelow } from '../../workspace/workspace.ts';
import { askOnce, type BuildContext } from '../context.ts';
import { lastLines } from '../last-lines.ts';
import { glibcOf, machineProblems } from '../native-code.ts';
import { type Finished, runProgram } from '../run-program.ts';
import type { RubyBuild } from '../spec.ts';
import type { Toolchain } from '../toolchain.ts';

/** The sources, and the gems of Gemfile.lock in `vendor/bundle`, where Lambda looks for them. */
export const ruby: Toolchain<RubyBuild> = {
  async identify(spec, context) {
    const { directory, ...settings } = spec;
    return {
      ...settings,
      folder: relative(context.space.root, directory),
      versions: await askOnce(context, `ruby ${directory} ${spec.runtime}`, () => versionsOf(spec, context)),
      // Gems compile themselves with code of their own.
      variables: seenVariables(context.env, context.space.root),
    };
  },

  async build(spec, work, context) {
    const { space } = context;
    const { scratch, reads } = work;
    const output = spec.layer ? join(work.output, 'ruby', 'lib') : work.output;
    reads.tree(spec.directory);
    copyEntries(space, walk(space, spec.directory, isNoSource), output);
    if (!existsSync(join(output, 'Gemfile'))) return { warnings: [] };
    const problems = pathProblems(spec.directory, context);
    if (problems.length > 0) throw new ProblemError(problems);
    const bundle = bundler(output, join(scratch, 'home'), context);
    // As `sam build` does it, so that the same is in .bundle/config.
    await bundle('config', 'set', '--local', 'without', 'development:test');
    if (!existsSync(join(output, 'Gemfile.lock'))) await bundle('lock');
    await bundle('config', 'set', '--local', 'deployment', 'true');
    await bundle('install');
    settleGems(join(output, 'vendor', 'bundle'));
    const machine = { architecture: spec.architecture, glibc: glibcOf(spec.runtime) };
    const misfits = machineProblems(walk(space, output), machine, {
      what: 'bundler',
      next: 'Build it on such a machine, or in a container with a makefile.',
    });
    if (misfits.length > 0) throw new ProblemError(misfits);
    return { warnings: [] };
  },
};

const isNoSource = (name: string): boolean =>
  /(^|\/)(\.git|\.sparta|\.aws-sam)$|^(\.bundle|vendor\/bundle)$/.test(name);

/**
 * Gems are installed for one minor version of Ruby, below a folder of its name. Lambda looks into that of its own.
 *
 * @throws ProblemError when there is no Ruby here, or another one
 */
async function versionsOf({ runtime, directory }: RubyBuild, context: BuildContext): Promise<unknown> {
  const { log, signal, env } = context;
  const wanted = runtime.replace(/^ruby/, '');
  const missing = `Install Ruby ${wanted} with Bundler, for example with ruby/setup-ruby, before this step.`;
  const options = { directory, env: buildEnvironment(env), log, signal, missing };
  const [found, bundle] = await Promise.all([
    runProgram(['ruby', '-e', 'puts RUBY_VERSION, RUBY_PLATFORM'], options),
    runProgram(['bundle', '--version'], options),
  ]);
  const [version = '', platform = ''] = found.stdout.trim().split('\n');
  if (found.code !== 0 || bundle.code !== 0)
    throw new ProblemError({ message: lastLines(`${found.stderr}\n${bundle.stderr}`), next: missing });
  if (!version.startsWith(`${wanted}.`))
    throw new ProblemError({
      message: `${runtime} needs Ruby ${wanted}, and here is ${version}`,
      next: missing,
    });
  return { version, platform, bundler: bundle.stdout.trim() };
}

/** Gems that lie beside the function: Bundler leaves them where they are, which is nowhere once it is deployed. */
function pathProblems(directory: string, { space }: BuildContext): Problem[] {
  const file = join(directory, 'Gemfile.lock');
  if (!existsSync(file)) return [];
  const [, ...sections] = readFileSync(file, 'utf8').split(/^PATH$/m);
  return sections.flatMap((section): Problem[] => {
    const [, remote = '.'] = /^ {2}remote: (.*)$/m.exec(section) ?? [];
    if (isBelow(directory, resolve(directory, remote))) return [];
    return [
      {
        message: `the gem in ${remote} lies outside of the function's folder, where it is not packaged`,
        place: { file: relative(space.root, file) },
        next: 'Move it into the folder, or copy it there with a makefile.',
      },
    ];
  });
}

function bundler(directory: string, home: string, context: BuildContext) {
  const { log, signal, env } = context;
  // Settings of the user's own, such as another path, do not count: Lambda has them not.
  const environment = buildEnvironment(env, { BUNDLE_USER_HOME: home, BUNDLE_SILENCE_ROOT_WARNING: 'true' });
  return async (...args: readonly string[]): Promise<Finished> => {
    const finished = await runProgram(['bundle', ...args], { directory, env: environment, log, signal });
    if (finished.code === 0) return finished;
    throw new ProblemError({
      message: `bundle ${args[0]} failed: ${lastLines(`${finished.stdout}\n${finished.stderr}`, 6)}`,
      place: { file: 'Gemfile' },
    });
  };
}

/** What was downloaded, and what compilers said: neither is looked at, and both differ between machines. */
function settleGems(folder: string): void {
  if (!existsSync(folder)) return;
  const space = { root: folder, allowOutside: false };
  for (const { name } of walk(space, folder))
    if (
      /^ruby\/[^/]+\/cache\/|(^|\/)(gem_make\.out|mkmf\.log|Makefile)$/.test(name) &&
      !/\/gems\/[^/]+\/lib\//.test(name)
    )
      rmSync(join(folder, name), { force: true });
}
