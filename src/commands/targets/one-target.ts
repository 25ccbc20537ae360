import type { Host } from '../../host.ts';
import type { Inputs } from '../../inputs.ts';
import { ProblemError } from '../../problem.ts';
import type { Target } from '../../targets/target.ts';
import { connectTo } from '../run.ts';
import { wrongAccount } from './connections.ts';
import { inputsOf } from './inputs-of.ts';

/**
 * The inputs of a command that is about one stack, which a target says: with the rights of the target's role.
 *
 * @throws ProblemError where AWS is asked, and the credentials are of another account than the target says
 */
export async function inputsOfOne(target: Target, inputs: Inputs, host: Host): Promise<Inputs> {
  const { roleToAssume: role, externalId, account } = target;
  const own = {
    ...inputsOf(target, inputs),
    ...(role !== undefined && { roleToAssume: [...(inputs.roleToAssume ?? []), role], externalId }),
  };
  if (account === undefined || !asksAws(own)) return own;
  const problems = await wrongAccount(target, await connectTo(own, host), false);
  if (problems.length > 0) throw new ProblemError(problems);
  return own;
}

/** What runs on this machine alone needs no credentials. */
const asksAws = ({ command, check, deployed, resolve }: Inputs): boolean =>
  command === 'sweep' || check || deployed || resolve === 'deployed';
