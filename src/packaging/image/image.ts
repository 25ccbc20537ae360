import { mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import { ProblemError } from '../../problem.ts';
import { fingerprint } from '../archive/fingerprint.ts';
import { programEnvironment } from '../inputs/variables.ts';
import type { BuildContext } from '../toolchains/context.ts';
import { runProgram } from '../toolchains/run-program.ts';
import type { ImageBuild } from '../toolchains/spec.ts';
import { prefixed } from '../workspace/source-files.ts';
import { resolveInside } from '../workspace/workspace.ts';
import { imageMachine } from './oci-archive.ts';
import { type BuiltImage, settleImage } from './settle-image.ts';

export type ContainerTool = 'docker' | 'podman';

const PLATFORM = { x86_64: 'linux/amd64', arm64: 'linux/arm64' } as const;

/** Without attestations, which Lambda does not take, and with fixed times. */
const TOOL_ENVIRONMENT: Readonly<Record<ContainerTool, Readonly<Record<string, string>>>> = {
  docker: { DOCKER_BUILDKIT: '1', BUILDX_NO_DEFAULT_ATTESTATIONS: '1', SOURCE_DATE_EPOCH: '0' },
  podman: {},
};

/** How each tool is asked whether it works: Docker's command is of no use without its daemon. */
const PROBES: Readonly<Record<ContainerTool, readonly string[]>> = {
  docker: ['docker', 'version', '--format', '{{.Server.Version}}'],
  podman: ['podman', '--version'],
};

/**
 * The tool that is asked for, or the first that works.
 *
 * @throws ProblemError when there is none
 */
export async function findContainerTool(
  asked: ContainerTool | undefined,
  context: BuildContext,
): Promise<ContainerTool> {
  const candidates: readonly ContainerTool[] = asked ? [asked] : ['docker', 'podman'];
  for (const tool of candidates) if (await works(tool, context)) return tool;
  throw new ProblemError({
    message: `${candidates.join(' and ')} cannot be used here: not installed, or no daemon runs`,
    next: asked
      ? 'Set container-tool to the one that is there.'
      : 'Install Docker or Podman before this step.',
  });
}

async function works(tool: ContainerTool, { space, env, log, signal }: BuildContext): Promise<boolean> {
  const options = { directory: space.root, env: programEnvironment(env), log, signal };
  try {
    return (await runProgram(PROBES[tool], options)).code === 0;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** A hash of everything that goes into an image, base images by name: what an image is called before it is built. */
export function imageKey(spec: ImageBuild, { space, version, files: index }: BuildContext): string {
  const { directory, ...settings } = spec;
  const files = prefixed(space, directory, (name) => /(^|\/)(\.git|\.sparta)$/.test(name));
  return sha256(
    canonicalJson({
      settings,
      folder: relative(space.root, directory),
      files: fingerprint(space, files, index),
      by: version,
    }),
  );
}

/**
 * Builds an image into an OCI archive. Podman gives the same digest for the same content; Docker as far as its builder
 * honours SOURCE_DATE_EPOCH.
 *
 * @param folder receives `sha256-<digest>.tar`
 * @throws ProblemError with the end of the tool's output
 */
export async function buildImage(
  spec: ImageBuild,
  tool: ContainerTool,
  folder: string,
  context: BuildContext,
): Promise<BuiltImage> {
  const { space, log, signal, env } = context;
  const place = { file: relative(space.root, spec.directory) || '.' };
  const dockerfile = resolveInside(space, spec.directory, spec.dockerfile ?? 'Dockerfile', place);
  if ('problem' in dockerfile) throw new ProblemError(dockerfile.problem);
  const key = imageKey(spec, context);
  const work = join(folder, `${key}.${process.pid}.tmp`);
  const image = `sparta-action/${key.slice(0, 24)}`;
  await mkdir(work, { recursive: true });
  const options = {
    directory: spec.directory,
    env: programEnvironment(env, TOOL_ENVIRONMENT[tool]),
    log,
    signal,
  };
  const run = async (args: readonly string[]): Promise<void> => {
    const { code, stderr, stdout } = await runProgram([tool, ...args], options);
    if (code === 0) return;
    const tail = (stderr || stdout).trim().split('\n').slice(-6).join(' | ');
    const file = relative(space.root, dockerfile.path);
    throw new ProblemError({
      message: `${tool} ${args[0]} failed (exit code ${code}): ${tail}`,
      place: { file },
    });
  };
  try {
    const saved = join(work, 'saved.tar');
    const asked = platformOf(spec);
    await run(buildArguments(spec, tool, dockerfile.path, image));
    await run(['save', ...(tool === 'podman' ? ['--format', 'oci-archive'] : []), '--output', saved, image]);
    const other = otherMachine(asked ?? ownPlatform(tool), await imageMachine(saved));
    if (other !== undefined && asked !== undefined) {
      throw new ProblemError({
        message: `${tool} built an image for ${other}, not for ${asked}`,
        place: { file: relative(space.root, dockerfile.path) },
        next: 'Look at the platforms that the Dockerfile names.',
      });
    }
    return await settleImage(saved, folder, spec.architecture);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const platformOf = ({ architecture, platform }: ImageBuild): string | undefined =>
  platform ?? (architecture && PLATFORM[architecture]);

/** Podman builds for this machine unless it is told otherwise; Docker's daemon may be on another one. */
const ownPlatform = (tool: ContainerTool): string | undefined =>
  tool === 'podman' ? `linux/${process.arch === 'x64' ? 'amd64' : process.arch}` : undefined;

/** The machine that an image is for, where it is another one than that of the platform: `os/architecture[/variant]`. */
function otherMachine(platform: string | undefined, machine: string): string | undefined {
  const [, wanted] = platform?.split('/') ?? [];
  return wanted === undefined || machine.split('/')[1] === wanted ? undefined : machine;
}

function buildArguments(spec: ImageBuild, tool: ContainerTool, dockerfile: string, image: string): string[] {
  const sorted = (map: Readonly<Record<string, string>>): string[] =>
    Object.entries(map)
      .map(([name, value]) => `${name}=${value}`)
      .sort();
  const platform = platformOf(spec);
  return [
    'build',
    ...['--file', dockerfile, '--tag', image],
    ...(platform === undefined ? [] : ['--platform', platform]),
    // Its cache of layers mixes up images FROM scratch for several machines, and values of other build arguments.
    ...(tool === 'podman' ? ['--timestamp', '0', '--no-cache'] : []),
    ...(spec.target === undefined ? [] : ['--target', spec.target]),
    ...sorted(spec.args).flatMap((arg) => ['--build-arg', arg]),
    ...sorted(spec.labels).flatMap((label) => ['--label', label]),
    ...(spec.extraArguments ?? []),
    '.',
  ];
}
