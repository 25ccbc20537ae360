import { type Environment, inEnvironment } from '../assembly/environment.ts';
import type { AssumedRole, StackAssembly } from '../assembly/types.ts';
import type { Aws } from '../aws/connection/clients.ts';
import type { Log } from '../log.ts';
import { ProblemError, problemLine } from '../problem.ts';
import { knownPartition } from '../regions.ts';

/** A stack where it belongs, and with whose credentials things are done there. */
export interface StackEnvironment {
  /** Its destinations and roles hold no placeholders any more. */
  readonly stack: StackAssembly;
  /** `undefined` where its source fixes nothing. */
  readonly environment: Environment | undefined;
  /** For the stack itself. */
  readonly aws: Aws;
  /** For what is published: with a role, in a region. */
  readonly publisher: (role: AssumedRole | undefined, region: string | undefined) => Promise<Aws>;
}

/**
 * Goes to the account and region that the source fixes, with the roles that it wants assumed. A role that cannot be
 * assumed is done without as long as our own credentials are of the same account, as AWS CDK does.
 *
 * @param how with which credentials, and whether to deploy the stack or only to read it
 * @throws ProblemError when the credentials are of another account
 */
export async function enterEnvironment(
  stack: StackAssembly,
  { aws, purpose }: { readonly aws: Aws; readonly purpose: 'deploy' | 'read' },
  log: Log,
): Promise<StackEnvironment> {
  const { environment: fixed, roles, templateDestination } = stack;
  const isPlain =
    !fixed && !roles && !templateDestination && stack.assets.every(({ destination }) => !destination);
  if (isPlain) return { stack, environment: undefined, aws, publisher: async () => aws };
  const environment = await environmentOf(fixed, aws);
  const placed = inEnvironment(stack, environment);
  const asked = { aws, log, stackName: stack.stackName };
  const connections = new Map<string, Promise<Aws>>();
  const publisher = (role: AssumedRole | undefined, region = environment.region): Promise<Aws> => {
    const key = JSON.stringify([role, region]);
    const known = connections.get(key) ?? connectAs(role, { ...environment, region }, asked);
    connections.set(key, known);
    return known;
  };
  const role = purpose === 'deploy' ? placed.roles?.deploy : placed.roles?.lookup;
  const connected = await connectAs(role, environment, asked);
  return { stack: placed, environment, aws: connected, publisher };
}

/** Where a stack belongs; whose credentials these are is only asked where its source does not say all. */
async function environmentOf(fixed: StackAssembly['environment'], aws: Aws): Promise<Environment> {
  const region = fixed?.region ?? aws.region;
  const partition = knownPartition(region);
  if (fixed?.account !== undefined && partition !== undefined)
    return { account: fixed.account, region, partition };
  const own = await aws.identity();
  return { account: fixed?.account ?? own.account, region, partition: own.partition };
}

/** Connections with which a role could not be assumed: where it is not known whose they are, nothing else is asked with them. */
const doubtful = new WeakSet<Aws>();

async function connectAs(
  role: AssumedRole | undefined,
  { account, region }: Environment,
  { aws, log, stackName }: { readonly aws: Aws; readonly log: Log; readonly stackName: string },
): Promise<Aws> {
  let why = '';
  if (role) {
    if (doubtful.has(aws)) await aws.identity();
    const assumed = aws.assume(role, region);
    try {
      await assumed.identity();
      return assumed;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      why = error.problems.map(problemLine).join('; ');
      doubtful.add(aws);
    }
  }
  const own = await aws.identity();
  if (own.account !== account) {
    throw new ProblemError({
      subject: stackName,
      message: `this belongs to account ${account}, but the credentials are of ${own.account}${why && ` and ${why}`}`,
      next: `Use credentials of account ${account}${role ? ', or let those of this run assume the role' : ''}.`,
    });
  }
  if (role) log.info(`${role.arn} is not assumed; our own credentials are used instead (${why})`);
  return aws.inRegion(region);
}
