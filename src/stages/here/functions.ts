import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assembly } from '../../assembly/types.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { type StackHere, stacksHere } from '../../local/functions/from-assembly.ts';
import type { HostOptions } from '../../local/runtime/environment-pool.ts';
import { worksAlone } from '../../local/service/plan.ts';
import { ProblemError } from '../../problem.ts';
import { VERSION } from '../../version.ts';
import type { Run } from '../run.ts';

/** What a command runs: functions alone, with their APIs, or with queues, topics and event sources as well. */
export type Serves = 'functions' | 'apis' | 'all';

/**
 * The functions and routes of an assembly, with their references resolved as the input `resolve` says.
 *
 * @throws ProblemError when there is nothing of what is served
 */
export async function functionsHere(
  assembly: Assembly,
  run: Run,
  serves: Serves = 'functions',
): Promise<readonly StackHere[]> {
  const { inputs, host } = run;
  const { log, env, signal } = host;
  const stacks = await stacksHere(assembly, {
    root: host.workspace,
    region: inputs.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined),
    deployed: inputs.resolve === 'deployed' ? await deployed(assembly, run) : new Map(),
    environment: variablesOf(inputs, host),
    whole: serves === 'all',
    warn: (message) => log.warning(message),
  });
  signal.throwIfAborted();
  if (!stacks.some((stack) => runs(stack, serves)))
    throw new ProblemError({
      message: `there is ${NOTHING[serves]}`,
      next: 'Check the input source.',
    });
  return stacks;
}

const NOTHING: Readonly<Record<Serves, string>> = {
  functions: 'no function that can be run here',
  apis: 'no function and no API that can be run here',
  all: 'nothing that can be run here: no function, state machine, API, queue, topic, bus, rule, schedule or pipe',
};

/** An API needs no function where it calls services, endpoints or nobody, and neither does what only passes messages on. */
const runs = ({ functions, machines, routes, plan }: StackHere, serves: Serves): boolean =>
  functions.length + machines.length > 0 ||
  (serves !== 'functions' && routes.length > 0) ||
  (serves === 'all' && worksAlone(plan));

/** What a command serves of a service. */
export function servedBy(command: Inputs['command']): Serves {
  if (command === 'start' || command === 'explore') return 'all';
  return command === 'start-api' ? 'apis' : 'functions';
}

/** AWS says what references mean. */
async function deployed(assembly: Assembly, { inputs, aws, host: { log, env, signal } }: Run) {
  const { deployedIds } = await import('./deployed-ids.ts');
  const { connect } = await import('../../aws/connection/clients.ts');
  // Without a region a preview has no connection; what is missing is told then.
  const asked = aws ?? (await connect({ region: inputs.region, env, version: VERSION }));
  return log.group('Look up what is deployed', () => deployedIds(asked, assembly, signal));
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

/** Where executions of durable functions are kept, so that another process can go on with them. */
export const executionsFolder = ({ output }: Run): string => join(output, 'executions');

/** What processes of functions are started with; the work directory is the caller's to remove. */
export async function hostSettings(
  { inputs, host, context: { tools } }: Run,
  durable: NonNullable<HostOptions['durable']> = { waits: inputs.waits ?? 'skip' },
): Promise<Omit<HostOptions, 'output' | 'warn'>> {
  const { env } = host;
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = variablesOf(inputs, host);
  return {
    workDirectory: await realpath(await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), 'sparta-local-'))),
    runtimesDirectory: join(tools, 'sparta-runtimes'),
    durable,
    ...(inputs.containerTool && { containerTool: inputs.containerTool }),
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
