import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Place, type Problem, ProblemError } from '../../../problem.ts';
import { copySources, type SourceCopy } from '../../inputs/copy.ts';
import { runObserved } from '../../inputs/trace.ts';
import { buildEnvironment } from '../../inputs/variables.ts';
import { placeIn } from '../compiler-messages.ts';
import type { BuildContext } from '../context.ts';
import { lastLines } from '../last-lines.ts';
import { glibcOf } from '../native-code.ts';
import { type Finished, runProgram } from '../run-program.ts';
import type { PythonBuild } from '../spec.ts';
import type { Work } from '../toolchain.ts';
import { exportPoetryLock, exportUvLock, type RunCommand } from './export-lock.ts';
import { installedProblems } from './installed.ts';
import {
  findInstaller,
  hasPip,
  type Installation,
  type Installer,
  installCommand,
  pythonVersion,
} from './installer.ts';
import { nameIn } from './project.ts';
import { type InstallerPlace, tellNamed } from './requirement-files.ts';
import type { Requirements } from './requirements.ts';
import { settlePackages } from './settle.ts';
import { settleRequirements } from './settle-requirements.ts';
import { readTogether, type Wanted, wantedBy } from './wanted.ts';
import { ANY_GLIBC, isUvExact, wheelGlibc } from './wheel-platforms.ts';

/**
 * Installs what is required. What comes from this machine is built by code of its own, which writes beside its sources and
 * reads what it likes: that happens in a copy.
 *
 * @throws ProblemError with every requirement that cannot be installed, and with all that was installed but is not what
 * the project means
 */
export async function installRequirements(
  spec: PythonBuild,
  requirements: Requirements,
  work: Work,
  context: BuildContext,
): Promise<void> {
  const { space } = context;
  const { reads, scratch, output } = work;
  const wanted = wantedBy(requirements, spec, context);
  const installer = await findInstaller(requirements, wanted, context);
  tellNamed(wanted.named, reads);
  for (const file of readTogether(requirements, spec.directory, context)) reads.file(file);
  const copy =
    wanted.named.local.size > 0 || wanted.isEditable
      ? copySources(space, [space.root], spec.directory, join(scratch, 'sources'))
      : undefined;
  const run = runner(spec.directory, copy, work, context);
  const place = { file: nameIn(space, requirements.file) };
  const isLocked = requirements.kind === 'uv-lock' || requirements.kind === 'poetry-lock';
  const sources = {
    ...{ wanted, copy, run, scratch, place },
    installer: { directory: spec.directory, env: context.env },
  };
  for (const file of await requirementFiles(requirements, sources)) {
    const install = (kind: Installer['kind'], changes: Partial<Installation> = {}): Promise<Finished> =>
      run([
        ...installCommand({ kind }, { spec, requirements: file, target: output, ...changes }),
        // A lock file has all; what it leaves out for this machine is not wanted.
        ...(isLocked ? ['--no-deps'] : []),
        // uv believes that a name and version of a folder's wheel stand for its content.
        ...(kind === 'uv' && wanted.named.links.size > 0 ? ['--refresh'] : []),
        // Only uv counts folders among what must not be built.
        ...(kind === 'uv' ? [...wanted.built].flatMap((name) => ['--no-binary', name]) : []),
      ]);
    const { code, stderr, stdout } = await install(installer.kind);
    if (code === 0) continue;
    // uv knows some releases of glibc only; pip takes wheels for all that are not newer than the runtime's.
    const mayPip = installer.kind === 'uv' && !isUvExact(wheelGlibc(spec)) && requirements.kind !== 'uv-lock';
    if (mayPip && (await hasPip(context)) && (await install('pip')).code === 0) continue;
    const said = `${stdout}\n${stderr}`;
    const [, wheel] = /built wheel `([^`]+)` is not compatible with the target/.exec(said) ?? [];
    if (wheel !== undefined) throw new ProblemError({ ...builtElsewhere(wheel, spec), place });
    // What is built, or cannot be fetched, fails for a reason of its own.
    const isAboutWheels = !/failed to (build|fetch|download)|could not (build|fetch)/i.test(said);
    const isTooNew =
      isAboutWheels && (await install(installer.kind, { glibc: ANY_GLIBC, dryRun: true })).code === 0;
    throw new ProblemError(installProblems(requirements, said, { spec, isTooNew }, context));
  }
  const problems = installedProblems(output, {
    own: wanted.own.folders,
    machine: { architecture: spec.architecture, glibc: glibcOf(spec.runtime) },
    python: pythonVersion(spec),
    named: (folder) => nameIn(space, folder),
  });
  if (problems.length > 0) throw new ProblemError(problems.map((each) => ({ ...each, place })));
  settlePackages(output);
}

interface Sources {
  readonly wanted: Wanted;
  readonly copy: SourceCopy | undefined;
  readonly run: RunCommand;
  readonly scratch: string;
  readonly place: { readonly file: string };
  readonly installer: InstallerPlace;
}

/** Files that an installer takes, one after another; absolute. */
async function requirementFiles(
  requirements: Requirements,
  { wanted, copy, run, scratch, place, installer }: Sources,
): Promise<readonly string[]> {
  switch (requirements.kind) {
    case 'uv-lock':
      return [await exportUvLock(run, scratch, place)];
    case 'poetry-lock':
      return exportPoetryLock(run, scratch, place);
    case 'pyproject': {
      const file = join(scratch, 'requirements.txt');
      await writeFile(file, requirements.dependencies.map((each) => `${each}\n`).join(''));
      return [file];
    }
    case 'requirements': {
      if (!copy) return [requirements.file];
      settleRequirements(wanted, copy, installer);
      return [copy.at(requirements.file)];
    }
  }
}

function runner(
  directory: string,
  copy: SourceCopy | undefined,
  { scratch, reads }: Work,
  context: BuildContext,
): RunCommand {
  const { env, log, signal } = context;
  const given = buildEnvironment(env, { SOURCE_DATE_EPOCH: env.SOURCE_DATE_EPOCH ?? EPOCH }, copy?.named);
  if (!copy) return (command) => runProgram(command, { directory, env: given, log, signal });
  const options = { directory: copy.at(directory), env: copy.environment(given), log, signal };
  let count = 0;
  return (command) => {
    const observed = { copy, scratch: join(scratch, `install-${count++}`), reads, traced: true };
    return runObserved(command, options, observed, context);
  };
}

/** 1980-01-01, the first day that an archive knows: what is built here gets no other time. */
const EPOCH = '315532800';

/** What pip or uv could not install, at the line of the requirement. */
function installProblems(
  requirements: Requirements,
  output: string,
  { spec, isTooNew }: { readonly spec: PythonBuild; readonly isTooNew: boolean },
  { space }: BuildContext,
): Problem[] {
  const missing =
    /No matching distribution found for ([A-Za-z0-9._-]+)|(?:[Bb]ecause|and)\s+(?:there (?:is no version|are no versions) of |only )?([A-Za-z0-9._-]+)(?:[=<>!~].*?)? (?:has no|was not found|(?:is|are) available|and you require)/g;
  const names = new Set(Array.from(output.matchAll(missing), ([, pip, uv]) => pip ?? uv ?? ''));
  const lines = readFileSync(requirements.file, 'utf8').split('\n');
  const normal = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, '-');
  const problems = [...names].map((name): Problem => {
    const line =
      lines.findIndex((text) =>
        normal(text)
          .replace(/^[\s"']+/, '')
          .startsWith(normal(name)),
      ) + 1;
    const place = placeIn(space, '.', { file: requirements.file, ...(line > 0 && { line }) });
    return isTooNew ? tooNew(name, spec, place) : withoutWheel(name, spec, place);
  });
  if (problems.length > 0) return problems;
  if (isTooNew)
    return [tooNew('one of the requirements', spec, placeIn(space, '.', { file: requirements.file }))];
  return [
    {
      // Which Python uv has found says nothing of why.
      message: `the requirements could not be installed: ${lastLines(output.replaceAll(/^Using .*$/gm, ''))}`,
      place: placeIn(space, '.', { file: requirements.file }),
    },
  ];
}

const withoutWheel = (name: string, { runtime, architecture }: PythonBuild, place: Place): Problem => ({
  message: `${name} has no release as a wheel for ${runtime} on ${architecture}`,
  place,
  next: 'Correct the version, or build it in a container with a build command.',
});

/** uv looks at what it has just built; what pip has built is looked at when it is installed. */
const builtElsewhere = (wheel: string, { runtime, architecture }: PythonBuild): Problem => ({
  message: `${wheel.split('-')[0]} is compiled when it is built, here to ${wheel}; the function runs on ${runtime} and ${architecture}`,
  next: 'Build it on such a machine with such a Python, or in a container with a build command.',
});

/** There are wheels, for newer systems only. */
const tooNew = (name: string, spec: PythonBuild, place: Place): Problem => ({
  message: `${name} needs a newer glibc than the 2.${wheelGlibc(spec)} of ${spec.runtime}: its wheels for ${spec.architecture} are for newer systems only`,
  place,
  next: `Require an older version of it${wheelGlibc(spec) < 34 ? ', or use python3.12 or later, which has glibc 2.34' : ', or build it in a container with a build command'}.`,
});
