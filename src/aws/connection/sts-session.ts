import type { Session } from './session.ts';

/** What STS answers whoever assumes a role, as far as it is used. */
interface Assumed {
  readonly Credentials?:
    | {
        readonly AccessKeyId?: string | undefined;
        readonly SecretAccessKey?: string | undefined;
        readonly SessionToken?: string | undefined;
        readonly Expiration?: Date | undefined;
      }
    | undefined;
  readonly AssumedRoleUser?: { readonly Arn?: string | undefined } | undefined;
}

/** A session from an answer of STS. */
export const sessionOf = ({ Credentials: found, AssumedRoleUser }: Assumed): Session => ({
  accessKeyId: found?.AccessKeyId ?? '',
  secretAccessKey: found?.SecretAccessKey ?? '',
  ...(found?.SessionToken && { sessionToken: found.SessionToken }),
  ...(found?.Expiration && { expiration: found.Expiration }),
  arn: AssumedRoleUser?.Arn,
});
