import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assembly } from '../../assembly/types.ts';
import { type Aws, connect } from '../../aws/connection/clients.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { type StackHere, stacksHere } from '../../local/functions/from-assembly.ts';
import type { HostOptions } from '../../local/runtime/environment-pool.ts';
import { ProblemError } from '../../problem.ts';
import { type Assembled, assemble } from '../../stages/assemble/index.ts';
import { codeFolders, refuseUntrusted } from '../../stages/assemble/trust.ts';
import { VERSION } from '../../version.ts';
import { loadRequest } from '../load-request.ts';
import { assembleOptions } from '../run.ts';

/** A service that was built and can be run on this machine. */
export interface Prepared extends Pick<Assembled, 'assembly' | 'warnings' | 'toSave'> {
  readonly stacks: readonly StackHere[];
  /** Where tools are kept that are installed. */
  readonly tools: string;
}

/** What a stack is called that nothing names; only functions that ask for its name see it. */
const NO_NAME = 'local';

/**
 * Builds the service as a deployment does, and finds its functions: what runs here is the archive that would be deployed.
 *
 * @throws ProblemError when the source is wrong, or its code must not be run with the rights of this run
 */
export async function prepare(inputs: Inputs, host: Host): Promise<Prepared> {
  const request = { ...loadRequest(inputs, host), fallbackName: NO_NAME };
  await refuseUntrusted(request.trust, ...codeFolders(request));
  const aws = await awsToAsk(inputs, host);
  const options = assembleOptions(request, inputs, host, { noop: true, aws });
  const assembled = await assemble(request, options, host.log);
  const stacks = await runnable(assembled.assembly, aws, inputs, host);
  return { ...assembled, stacks, tools: options.context.tools };
}

/**
 * The functions and routes of an assembly, with their references resolved as the input `resolve` says.
 *
 * @param aws where `resolve` is `deployed`
 * @throws ProblemError when there is no function
 */
export async function runnable(
  assembly: Assembly,
  aws: Aws | undefined,
  inputs: Inputs,
  host: Host,
): Promise<StackHere[]> {
  const { log, env, signal } = host;
  const stacks = stacksHere(assembly, {
    root: host.workspace,
    region: inputs.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined),
    deployed: aws ? await deployed(aws, assembly, host) : new Map(),
    environment: variablesOf(inputs, host),
    warn: (message) => log.warning(message),
  });
  signal.throwIfAborted();
  if (stacks.every(({ functions }) => functions.length === 0)) {
    throw new ProblemError({
      message: 'there is no function that can be run here',
      next: 'Check the input source.',
    });
  }
  return stacks;
}

/** The AWS that says what references mean, where the inputs want that. */
export async function awsToAsk(inputs: Inputs, { env }: Host): Promise<Aws | undefined> {
  return inputs.resolve === 'deployed'
    ? connect({ region: inputs.region, env, version: VERSION })
    : undefined;
}

async function deployed(aws: Aws, assembly: Assembly, { log, signal }: Host) {
  const { deployedIds } = await import('../../stages/here/deployed-ids.ts');
  return log.group('Look up what is deployed', () => deployedIds(aws, assembly, signal));
}

/** The variables that the input `env` names, as far as they have values. */
function variablesOf({ env: named = [] }: Inputs, { env, log }: Host): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, value = env[name] } of named) {
    if (value === undefined) log.warning(`The input env names ${name}, which is not set here`);
    else found[name] = value;
  }
  return found;
}

/** What processes of functions are started with; the work directory is the caller's to remove. */
export async function hostSettings(
  tools: string,
  inputs: Inputs,
  host: Host,
): Promise<Omit<HostOptions, 'output' | 'warn'>> {
  const { env } = host;
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = variablesOf(inputs, host);
  return {
    workDirectory: await realpath(await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), 'sparta-local-'))),
    runtimesDirectory: join(tools, 'sparta-runtimes'),
    ...(env.RUNNER_TOOL_CACHE && { toolCache: env.RUNNER_TOOL_CACHE }),
    ...(AWS_ACCESS_KEY_ID !== undefined &&
      AWS_SECRET_ACCESS_KEY !== undefined && {
        credentials: {
          accessKeyId: AWS_ACCESS_KEY_ID,
          secretAccessKey: AWS_SECRET_ACCESS_KEY,
          ...(AWS_SESSION_TOKEN !== undefined && { sessionToken: AWS_SESSION_TOKEN }),
        },
      }),
  };
}
