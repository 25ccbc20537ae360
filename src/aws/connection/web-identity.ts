import { ProblemError } from '../../problem.ts';
import type { Aws } from './clients.ts';
import { codeOf } from './errors.ts';
import { explained } from './explained.ts';
import type { Session } from './session.ts';
import { sessionOf } from './sts-session.ts';

/** A role that trusts whoever has a token of an issuer. */
export interface TrustingRole {
  readonly arn: string;
  /** Who it is, in AWS's own logs. */
  readonly sessionName: string;
  /** A fresh token (JWT): it lasts for minutes. */
  readonly token: () => Promise<string>;
}

/**
 * Credentials of a role, for a token. They last an hour, which is the least that a role can be set to
 * (MaxSessionDuration), so none refuses it; who works longer asks again.
 *
 * @throws ProblemError that says what the token has, where the role does not trust it
 */
export async function assumeWithToken(aws: Aws, role: TrustingRole): Promise<Session> {
  const token = await role.token();
  return explained(`assuming the role ${role.arn}`, async () => {
    const { client } = await aws.sts();
    const { AssumeRoleWithWebIdentityCommand } = await import('./sdk/sts-web-identity.ts');
    try {
      return sessionOf(
        await client.send(
          new AssumeRoleWithWebIdentityCommand({
            RoleArn: role.arn,
            RoleSessionName: role.sessionName,
            WebIdentityToken: token,
          }),
        ),
      );
    } catch (error) {
      throw refusal(error, role, claimsOf(token)) ?? error;
    }
  });
}

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
}

/** What a token says, unverified: it is shown to whoever writes the trust policy. */
function claimsOf(token: string): Claims {
  const read = (): Record<string, unknown> => {
    try {
      return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) ?? {};
    } catch {
      return {};
    }
  };
  const { iss, sub, aud } = read();
  return { iss: String(iss), sub: String(sub), aud: String(aud) };
}

/** Source: AWS STS API reference, "AssumeRoleWithWebIdentity". */
function refusal(error: unknown, { arn }: TrustingRole, { iss, sub, aud }: Claims): ProblemError | undefined {
  const code = codeOf(error);
  const issuer = iss.replace(/^https:\/\//, '');
  const problem = (message: string, next: string) => new ProblemError({ message, next }, { cause: error });
  if (/^AccessDenied/.test(code))
    return problem(
      `the role ${arn} does not trust this job, or there is no such role: the token has the sub ${JSON.stringify(sub)} and the aud ${JSON.stringify(aud)}`,
      `Let ${issuer}:sub be ${JSON.stringify(sub)} and ${issuer}:aud be ${JSON.stringify(aud)} in the trust policy of the role, if this job is to have its rights; docs/iam-policy.md, "Trust policies", has all of it.`,
    );
  if (code !== 'InvalidIdentityToken' && code !== 'InvalidIdentityTokenException') return undefined;
  const account = arn.split(':')[4] ?? '';
  return /audience/i.test((error as Error).message)
    ? problem(
        `the identity provider ${issuer} of the account ${account} does not take the audience ${JSON.stringify(aud)} of the token`,
        'Add it to the audiences (client IDs) of the identity provider in IAM.',
      )
    : problem(
        `the account ${account} does not take the token of ${issuer}: ${(error as Error).message}`,
        `Make an identity provider for https://${issuer} in IAM; the command setup writes a template of it.`,
      );
}
