import type { Log } from '../../log.ts';
import { accountOf, type Run } from '../run.ts';

/**
 * Stage 2: looks up each role that exists outside of the service, once. A preview without credentials leaves that out.
 *
 * @param roles names, as the definition has them
 * @returns ARNs by name
 * @throws ProblemError with every role that does not exist
 */
export async function verifyRoles(
  roles: readonly string[],
  { aws, noop, host }: Run,
  log: Log,
): Promise<ReadonlyMap<string, string>> {
  if (noop && (await accountOf(aws)) === undefined) {
    log.info(`Not verified, as there are no AWS credentials: ${roles.join(', ')}`);
    return new Map();
  }
  if (!aws) return new Map();
  const { roleArns } = await import('../../aws/roles.ts');
  const arns = await roleArns(aws, roles, host.signal);
  for (const [role, arn] of arns) log.info(`${role}: ${arn}`);
  return arns;
}
