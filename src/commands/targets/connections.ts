import type { Aws } from '../../aws/connection/clients.ts';
import { use } from '../../aws/connection/users.ts';
import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { Target } from '../../targets/target.ts';
import { connectTo, isNoop } from '../run.ts';

/** With whose credentials, and where, something is done for a target; `undefined`: a preview goes on without AWS. */
export type ConnectionOf = (target: Target) => Promise<Aws | undefined>;

/**
 * Connections of targets. Those of one role and region share their clients, and AWS is asked once whose credentials they
 * are.
 */
export function connections(inputs: Inputs, host: Host): ConnectionOf {
  const bases = new Map<string, Promise<Aws>>();
  const regions = new Map<string, Promise<Aws>>();
  const shared = <T>(known: Map<string, T>, key: string, make: () => T): T => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  return async ({ name, region, roleToAssume: arn, externalId }) => {
    const connected = shared(regions, JSON.stringify([region, arn, externalId]), async () => {
      const placed = { ...inputs, region: inputs.region ?? region };
      const own = await shared(bases, '', () => connectTo(placed, host));
      const base = arn
        ? await shared(bases, JSON.stringify([arn, externalId]), async () => {
            // The role of the input, if there is one, assumes those of targets.
            if (!inputs.roleToAssume) return connectTo({ ...placed, roleToAssume: [arn], externalId }, host);
            const { roleOf } = await import('../as-role.ts');
            return own.assume(roleOf(arn, externalId, host.env));
          })
        : own;
      return base.inRegion(region ?? own.region);
    });
    try {
      return use(await connected);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (isNoop(inputs, host) && inputs.diffAgainst !== 'deployed') return undefined;
      throw new ProblemError(error.problems.map((problem) => ({ ...problem, subject: `target ${name}` })));
    }
  };
}

/** Whether the credentials are of the account that a target names; without credentials, a preview goes on. */
export async function wrongAccount(
  { name, account, roleToAssume }: Target,
  aws: Aws | undefined,
  noop: boolean,
): Promise<readonly Problem[]> {
  if (!aws || account === undefined || (noop && !(await aws.hasCredentials()))) return [];
  const subject = `target ${name}`;
  try {
    const own = await aws.identity();
    if (own.account === account) return [];
    return [
      {
        subject,
        message: `it belongs to account ${account}, but the credentials are of ${own.account}`,
        next: roleToAssume
          ? 'Correct its account or its roleToAssume.'
          : `Give it a roleToAssume of account ${account}, or use credentials of that account.`,
      },
    ];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // The preview says that it could not be compared.
    return noop ? [] : error.problems.map((problem) => ({ ...problem, subject }));
  }
}
