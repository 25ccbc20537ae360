import { join } from 'node:path';
import type { Aws } from '../aws/connection/clients.ts';
import { actionsCache } from '../github/cache.ts';
import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Log } from '../log.ts';
import { once } from '../order/once.ts';
import { fileIndex } from '../packaging/inputs/file-index.ts';
import { ProblemError } from '../problem.ts';
import { type AssembleOptions, outputFolder } from '../stages/assemble/index.ts';
import type { LoadRequest } from '../stages/assemble/load-source.ts';
import type { ServiceOptions } from '../stages/assemble-service.ts';
import { VERSION } from '../version.ts';

export interface HowToAssemble {
  readonly noop: boolean;
  /** `undefined` where AWS is not asked. */
  readonly aws: Aws | undefined;
  readonly uploadAssets?: ServiceOptions['uploadAssets'] | undefined;
}

/** How the inputs want a source built. */
export function assembleOptions(
  request: LoadRequest,
  inputs: Inputs,
  host: Host,
  { noop, aws, uploadAssets }: HowToAssemble,
): AssembleOptions {
  const { log, env, signal } = host;
  const output = outputFolder(request);
  const tools = env.RUNNER_TOOL_CACHE ?? join(output, 'tools');
  return {
    output,
    context: {
      space: request.space,
      signal,
      env,
      tools,
      version: VERSION,
      files: fileIndex(join(output, 'index.json')),
      answers: new Map(),
    },
    reuse: inputs.cache,
    // At a terminal there is none, which nobody needs to be told.
    cache: inputs.cache && host.background ? actionsCache(log, env) : undefined,
    noop,
    containerTool: inputs.containerTool,
    definition: once(async () => ({
      noop,
      stage: inputs.stage,
      region: aws?.region,
      accountId: await accountOf(aws),
      buildId: env.GITHUB_SHA ?? 'local',
    })),
    deployed: (stackName) => valuesOf(stackName, { inputs, host, noop, aws }),
    service: {
      buildTags: inputs.buildTags ?? [],
      ldflags: inputs.ldflags ?? '',
      dockerfile: inputs.dockerfile,
      verifyRoles: (roles, each) => verifyRoles(aws, roles, noop, signal, each),
      ...(uploadAssets && { uploadAssets }),
    },
  };
}

interface Asked extends Pick<HowToAssemble, 'noop' | 'aws'> {
  readonly inputs: Inputs;
  readonly host: Host;
}

/**
 * Values that parameters have which are not given: a deployed stack keeps them. A preview goes on without credentials, and
 * takes what the template says.
 */
async function valuesOf(
  stackName: string,
  { inputs, host: { env, log, signal }, noop, aws }: Asked,
): Promise<Readonly<Record<string, string>>> {
  const region = aws?.region ?? inputs.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION);
  const here: Readonly<Record<string, string>> = region ? { 'AWS::Region': region } : {};
  if (!aws || (noop && !(await aws.hasCredentials()))) return here;
  try {
    const { valuesThere } = await import('../stages/assemble/values-there.ts');
    return { ...here, ...(await valuesThere(aws, stackName, signal)) };
  } catch (error) {
    if (!noop || !(error instanceof ProblemError)) throw error;
    log.info(`What is built depends on values of ${stackName}, which cannot be read: ${error.message}`);
    return here;
  }
}

/** A preview goes on without credentials. */
async function accountOf(aws: Aws | undefined): Promise<string | undefined> {
  if (!aws || !(await aws.hasCredentials())) return undefined;
  return aws.identity().then(
    ({ account }) => account,
    () => undefined,
  );
}

/** Stage 2: each role that exists outside of the service is looked up; a preview without credentials leaves that out. */
async function verifyRoles(
  aws: Aws | undefined,
  roles: readonly string[],
  noop: boolean,
  signal: AbortSignal,
  log: Log,
): Promise<ReadonlyMap<string, string>> {
  if (roles.length === 0) return new Map();
  if (noop && (await accountOf(aws)) === undefined) {
    log.info(`Not verified, as there are no AWS credentials: ${roles.join(', ')}`);
    return new Map();
  }
  if (!aws) return new Map();
  const { roleArns } = await import('../aws/roles.ts');
  const arns = await roleArns(aws, roles, signal);
  for (const [role, arn] of arns) log.info(`${role}: ${arn}`);
  return arns;
}
