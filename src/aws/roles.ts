import type { Aws } from './clients.ts';

/**
 * Looks roles up in IAM, each once, side by side.
 *
 * @param roles names or ARNs
 * @returns ARNs by what was given; roles of other accounts cannot be looked up and are taken as they are
 * @throws ProblemError with every role that does not exist
 */
export async function verifyRoles(
  _aws: Aws,
  _roles: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  throw new Error('not implemented');
}
