import { ProblemError } from '../../problem.ts';
import { codeOf } from './errors.ts';
import { explained } from './explained.ts';
import type { Session } from './session.ts';
import { sessionOf } from './sts-session.ts';

/** A role whose credentials are used instead of our own. */
export interface RoleToAssume {
  readonly arn: string;
  readonly externalId?: string;
  /** Who it is, in AWS's own logs. */
  readonly sessionName?: string;
  /** Of the session, where the role's trust policy allows them. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Further parameters of `AssumeRole`. */
  readonly options?: Readonly<Record<string, unknown>>;
}

type Sdk = typeof import('./sdk/sts.ts');
type Sts = () => Promise<{ readonly sdk: Sdk; readonly client: InstanceType<Sdk['STSClient']> }>;

/**
 * Credentials of a role, with those of another identity. They last an hour: AWS gives no more to whoever is in a role
 * itself, and every role allows it.
 *
 * @throws ProblemError
 */
export function assumeRole(sts: Sts, role: RoleToAssume): Promise<Session> {
  return explained(`assuming the role ${role.arn}`, async () => {
    const { sdk, client } = await sts();
    const ask = (tags: Readonly<Record<string, string>>) =>
      client.send(
        new sdk.AssumeRoleCommand({
          RoleSessionName: role.sessionName ?? 'sparta-action',
          ...(Object.keys(tags).length > 0 && {
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          }),
          ...role.options,
          RoleArn: role.arn,
          ...(role.externalId && { ExternalId: role.externalId }),
        }),
      );
    try {
      return sessionOf(await ask(role.tags ?? {}).catch((error: unknown) => untagged(error, role, ask)));
    } catch (error) {
      throw isRefused(error, 'sts:AssumeRole') ? refusal(error, role) : error;
    }
  });
}

/** Tags are for those who look for them; a trust policy that does not allow them is no reason to fail. */
function untagged<T>(
  error: unknown,
  { tags }: RoleToAssume,
  ask: (tags: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  if (tags && isRefused(error, 'sts:TagSession')) return ask({});
  throw error;
}

const isRefused = (error: unknown, action: string): boolean =>
  /^AccessDenied/.test(codeOf(error)) && (error as Error).message.includes(`${action} `);

function refusal(error: unknown, { arn, externalId }: RoleToAssume): ProblemError {
  const [, who = 'the identity of this run'] = /User: (\S+) is not/.exec((error as Error).message) ?? [];
  const condition = externalId === undefined ? '' : ' with the external ID that is given';
  return new ProblemError(
    {
      message: `${who} may not assume the role ${arn}`,
      next: `Name it as a principal in the trust policy of that role${condition}, and allow it sts:AssumeRole on the role.`,
    },
    { cause: error },
  );
}
