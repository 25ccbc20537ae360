import { forEachOf } from '../order/for-each.ts';
import { AT_ONCE } from '../order/limits.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { Aws } from './connection/clients.ts';
import { codeOf, withSignal } from './connection/errors.ts';
import { explained } from './connection/explained.ts';

/**
 * The ARNs of roles, each looked up once.
 *
 * @param roles names, or ARNs of roles of this account
 * @returns ARNs by what was given
 * @throws ProblemError with every role that does not exist, or may not be read
 */
export async function roleArns(
  aws: Aws,
  roles: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const problems: Problem[] = [];
  const found = await forEachOf([...new Set(roles)].sort(), AT_ONCE.roles, async (role) => {
    try {
      return [[role, await roleArn(aws, role, signal)] as const];
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return new Map(found.flat());
}

function roleArn(aws: Aws, role: string, signal: AbortSignal): Promise<string> {
  // A path stands between `role/` and the name; names themselves hold no slash.
  const name = role.split('/').at(-1) ?? role;
  return explained(`looking up the role ${role}`, async () => {
    const { client, sdk } = await aws.iam();
    try {
      const { Role } = await client.send(new sdk.GetRoleCommand({ RoleName: name }), withSignal(signal));
      const arn = Role?.Arn ?? '';
      if (!role.startsWith('arn:') || role === arn) return arn;
      throw new ProblemError({
        message: `there is no role ${role}; the role ${name} is ${arn}`,
        next: 'Correct the ARN.',
      });
    } catch (error) {
      if (codeOf(error) !== 'NoSuchEntity' && codeOf(error) !== 'NoSuchEntityException') throw error;
      throw new ProblemError({
        message: `there is no role ${role} in this account`,
        next: 'Create it, or define the role in the service.',
      });
    }
  });
}
