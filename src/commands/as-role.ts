import { assumeRole, type RoleToAssume } from '../aws/connection/assume-role.ts';
import type { Aws } from '../aws/connection/clients.ts';
import { assumeWithToken } from '../aws/connection/web-identity.ts';
import { givesIdentityToken, identityToken } from '../github/identity-token.ts';
import type { Host } from '../host.ts';
import { AUDIENCE } from '../policies/trust.ts';
import { ProblemError } from '../problem.ts';

/** Whose rights a run uses. */
export interface RoleRequest {
  /** Each assumes the next one. */
  readonly roles: readonly string[];
  /** What the last one asks for of whoever assumes it. */
  readonly externalId: string | undefined;
}

type Surroundings = Pick<Host, 'env' | 'event' | 'log' | 'signal'>;

/**
 * A connection with the credentials of a role, which are renewed as long as the run lasts. The first role is assumed with
 * GitHub's token of this job; where there are credentials in the environment, or no token, with what the SDK finds. Nothing
 * is sent before the first call.
 *
 * @throws ProblemError where the roles do not fit the external ID
 */
export function asRole(own: Aws, { roles, externalId }: RoleRequest, surroundings: Surroundings): Aws {
  const { env } = surroundings;
  const hasToken = givesIdentityToken(env) && !env.AWS_ACCESS_KEY_ID;
  const [first, ...others] = roles;
  if (first === undefined) throw unused('there is no role that asks for it', 'Set role-to-assume, too.');
  if (externalId !== undefined && hasToken && others.length === 0)
    throw unused(
      `the role ${first} is assumed with the token of the job, with which no external ID goes`,
      'Name two roles in role-to-assume, of which the first assumes the second, or remove external-id.',
    );
  const last = roles.length - 1;
  return roles.reduce((aws, arn, index) => {
    if (index === 0 && hasToken) return withToken(aws, arn, surroundings);
    const role = roleOf(arn, index === last ? externalId : undefined, env);
    return index === 0 ? withOwn(aws, role, surroundings) : aws.assume(role);
  }, own);
}

/** A role that another one assumes: with the name and the tags of this run. */
export const roleOf = (
  arn: string,
  externalId: string | undefined,
  env: Surroundings['env'],
): RoleToAssume => ({
  arn,
  sessionName: sessionName(env),
  tags: sessionTags(env),
  ...(externalId !== undefined && { externalId }),
});

const unused = (why: string, next: string): ProblemError =>
  new ProblemError({ subject: 'input external-id', message: why, next });

function withToken(aws: Aws, arn: string, { env, log, signal }: Surroundings): Aws {
  const token = async () => {
    const given = await identityToken(env, AUDIENCE, signal).catch((error: unknown) => {
      throw new ProblemError(
        {
          message: `GitHub gives no identity token to assume the role ${arn} with: ${error instanceof Error ? error.message : error}`,
          next: 'Run the job again; githubstatus.com says whether GitHub has a problem.',
        },
        { cause: error },
      );
    });
    log.secret(given);
    return given;
  };
  return aws.withSession({
    make: () => assumeWithToken(aws, { arn, sessionName: sessionName(env), token }),
    isAvailable: async () => true,
  });
}

/** In a workflow, no credentials at all are most often a permission that is missing, which nobody else would say. */
function withOwn(aws: Aws, role: RoleToAssume, { env, event }: Surroundings): Aws {
  const isWorkflow = env.GITHUB_ACTIONS === 'true';
  const isFork = event.pullRequest?.isFork === true;
  return aws.withSession({
    make: async () => {
      if (isWorkflow && !(await aws.hasCredentials())) throw noToken(role.arn, isFork);
      return assumeRole(aws.sts, role);
    },
    isAvailable: async () => (isWorkflow && !isFork) || aws.hasCredentials(),
  });
}

const noToken = (arn: string, isFork: boolean): ProblemError =>
  new ProblemError(
    isFork
      ? {
          message: `the role ${arn} cannot be assumed: GitHub gives pull requests from forks no identity token`,
          next: 'Previews compare with the base commit then; docs/untrusted.md has what else there is.',
        }
      : {
          message: `the role ${arn} cannot be assumed: the job may not ask GitHub for an identity token, and there are no other credentials`,
          next: 'Add `id-token: write` to the permissions of the job.',
        },
  );

/** Source: AWS STS API reference, "AssumeRole", RoleSessionName: 2 to 64 characters. */
function sessionName({ GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run }: Surroundings['env']): string {
  if (!repository || !run) return 'sparta-action';
  const end = `-${run}`;
  const name = (repository.split('/')[1] ?? '').replaceAll(/[^\w+=,.@-]/g, '-');
  return `sparta-${name}`.slice(0, 64 - end.length) + end;
}

/** The names that aws-actions/configure-aws-credentials gives them, for which policies have been written. */
const TAGS = {
  Repository: 'GITHUB_REPOSITORY',
  Workflow: 'GITHUB_WORKFLOW',
  Actor: 'GITHUB_ACTOR',
  Branch: 'GITHUB_REF',
  Commit: 'GITHUB_SHA',
} as const;

/** Source: IAM user guide, "Passing session tags in AWS STS": letters, digits, blanks and _ . : / = + - @, up to 256. */
function sessionTags(env: Surroundings['env']): Readonly<Record<string, string>> {
  if (env.GITHUB_ACTIONS !== 'true') return {};
  const known = Object.entries(TAGS).flatMap(([tag, name]) => {
    const value = (env[name] ?? '').replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').slice(0, 256);
    return value === '' ? [] : [[tag, value]];
  });
  return { GitHub: 'Actions', ...Object.fromEntries(known) };
}
