import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ContainerTool } from '../../../packaging/image/image.ts';
import { programEnvironment } from '../../../packaging/inputs/variables.ts';
import { ProblemError } from '../../../problem.ts';

const run = promisify(execFile);

/** Docker or Podman, as it answered. */
export interface ContainerEngine {
  readonly tool: ContainerTool;
  /** Its containers run in a virtual machine (Docker Desktop, podman machine), whose processes are not ours. */
  readonly isElsewhere: boolean;
  /** What containers call this machine. */
  readonly hostName: string;
  /** Options for each container: they put it where it reaches what listens on 127.0.0.1 of this machine. */
  readonly options: readonly string[];
  readonly limitsMemory: boolean;
  /** What the tool itself runs with. */
  readonly env: Readonly<Record<string, string>>;
}

/** What `docker info` and `podman info` say of themselves, as far as it matters here. */
interface Told {
  readonly ServerVersion?: string;
  readonly OperatingSystem?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly MemoryLimit?: boolean;
  readonly host?: {
    readonly serviceIsRemote?: boolean;
    readonly cgroupControllers?: readonly string[] | null;
  };
}

/**
 * The tool that is asked for, or the first one that answers.
 *
 * @throws ProblemError when there is none, or when its containers would not reach this machine
 */
export async function findEngine(asked?: ContainerTool): Promise<ContainerEngine> {
  const env = programEnvironment(process.env);
  const reasons: string[] = [];
  for (const tool of asked ? [asked] : (['docker', 'podman'] as const)) {
    const told = await ask(tool, env);
    if (typeof told === 'string') reasons.push(`${tool}: ${told}`);
    else return told.host ? podman(tool, told.host, env) : docker(told, env);
  }
  throw new ProblemError({
    message: `no container tool works here (${reasons.join('; ')})`,
    next: 'Install and start Docker or Podman to run it here.',
  });
}

/** What the tool says of itself, or why it says nothing: Docker's command is of no use without its daemon. */
async function ask(tool: ContainerTool, env: ContainerEngine['env']): Promise<Told | string> {
  try {
    const { stdout } = await run(tool, ['info', '--format', '{{json .}}'], { env, timeout: 20_000 });
    const told = JSON.parse(stdout) as Told;
    return told.host || told.ServerVersion ? told : 'no daemon answers';
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') return 'not installed';
    return stderr.trim().split('\n').at(-1) || 'it gives no answer';
  }
}

/** `docker` may be another name of podman. */
function podman(
  tool: ContainerTool,
  { serviceIsRemote = false, cgroupControllers }: NonNullable<Told['host']>,
  env: ContainerEngine['env'],
): ContainerEngine {
  return {
    tool,
    env,
    isElsewhere: serviceIsRemote,
    ...(serviceIsRemote
      ? { hostName: 'host.containers.internal', options: [] }
      : { hostName: '127.0.0.1', options: ['--network=host', ...processesAllowed()] }),
    limitsMemory: serviceIsRemote || cgroupControllers?.includes('memory') === true,
  };
}

/** Processes of all containers of a user. */
const PROCESSES = 16_384;

/** Without a limit, podman asks for more than it may have where it is root without all rights. */
function processesAllowed(): string[] {
  try {
    const [, hard] = /^Max processes +\S+ +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    const allowed = Math.min(Number(hard ?? PROCESSES), PROCESSES);
    return ['--ulimit', `nproc=${allowed}:${allowed}`];
  } catch {
    return [];
  }
}

function docker(told: Told, env: ContainerEngine['env']): ContainerEngine {
  const { OperatingSystem, SecurityOptions, MemoryLimit } = told;
  const has = (option: string): boolean =>
    SecurityOptions?.some((each) => each.split(',').includes(`name=${option}`)) === true;
  const isElsewhere = process.platform !== 'linux' || OperatingSystem === 'Docker Desktop';
  const unreachable = /^(tcp|ssh|https?):/.test(env.DOCKER_HOST ?? '')
    ? `DOCKER_HOST is ${env.DOCKER_HOST?.replace(/\/\/[^/@]*@/, '//')}, on another machine`
    : has('rootless') && !isElsewhere
      ? 'it is Docker in rootless mode'
      : undefined;
  if (unreachable !== undefined) {
    throw new ProblemError({
      message: `containers of docker do not reach what listens on this machine: ${unreachable}`,
      next: 'Use Podman (container-tool: podman), or a Docker daemon of this machine.',
    });
  }
  return {
    tool: 'docker',
    env,
    isElsewhere,
    ...(isElsewhere
      ? { hostName: 'host.docker.internal', options: [] }
      : { hostName: '127.0.0.1', options: ['--network=host', ...(has('userns') ? ['--userns=host'] : [])] }),
    limitsMemory: MemoryLimit !== false,
  };
}
