import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CallName, callName } from './aws-calls.ts';
import { errorReply, type Reply } from './faults.ts';
import { passOn, readAll } from './pass-on.ts';

/** A role, and whom it trusts. */
export interface TrustingRole {
  /** The exact subject of a token of GitHub. */
  readonly sub?: string;
  /** The role that may assume it. */
  readonly principal?: string;
  readonly externalId?: string;
  /** It may be given tags. */
  readonly tags?: boolean;
}

export interface TokenServiceOptions {
  /** Where calls with credentials that are valid go. */
  readonly target: string;
  /** By ARN. */
  readonly roles: Readonly<Record<string, TrustingRole>>;
  /** What GitHub's tokens say of this job. */
  readonly sub: string;
}

/** Somebody was given credentials. */
export interface Assumed {
  readonly arn: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Stands in for GitHub's token service and for STS, in front of everything else of AWS, which it lets nobody reach without
 * credentials of its own. They last for 20 seconds by what it says, but it is the one to decide: they expire with the first
 * call of each operation in {@link expireAt}, which is refused.
 */
export interface TokenService {
  readonly env: Readonly<Record<string, string>>;
  readonly assumed: readonly Assumed[];
  /** Operations that were refused, as their credentials had expired. */
  readonly refused: readonly string[];
  readonly calls: readonly CallName[];
  /** Everything that nobody but the run may know. */
  readonly secrets: readonly string[];
  /** Names of operations. */
  expireAt(operations: readonly string[]): void;
  stop(): Promise<void>;
}

const LIFETIME = 20_000;
const REQUEST_TOKEN = 'request-token-canary';
const ISSUER = 'https://token.actions.githubusercontent.com';

export async function startTokenService({ target, roles, sub }: TokenServiceOptions): Promise<TokenService> {
  const tokens = new Set<string>();
  const sessions = new Map<string, { readonly arn: string; expired: boolean }>();
  const assumed: Assumed[] = [];
  const refused: string[] = [];
  const calls: CallName[] = [];
  const secrets = [REQUEST_TOKEN];
  let ends: string[] = [];

  const jwt = (audience: string): string => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: ISSUER, sub, aud: audience, jti: String(tokens.size) };
    const token = `${part({ alg: 'none' })}.${part(claims)}.canary`;
    tokens.add(token);
    secrets.push(token);
    return token;
  };

  const give = (action: string, arn: string, form: URLSearchParams): Reply => {
    const name = form.get('RoleSessionName') ?? '';
    const [, , , , account = ''] = arn.split(':');
    const secret = `secret-canary-${assumed.length}`;
    const session = `session-canary-${assumed.length}`;
    secrets.push(secret, session);
    sessions.set(session, { arn, expired: false });
    assumed.push({ arn, name, tags: tagsOf(form) });
    const end = new Date(Date.now() + LIFETIME).toISOString();
    // The emulator takes a key of twelve digits for an account.
    const credentials = `<AccessKeyId>${account}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${session}</SessionToken><Expiration>${end}</Expiration>`;
    const user = `<Arn>${arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${name}</Arn><AssumedRoleId>x:${name}</AssumedRoleId>`;
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>${credentials}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser></${action}Result></${action}Response>`,
    };
  };

  const withToken = (form: URLSearchParams): Reply => {
    const arn = form.get('RoleArn') ?? '';
    const token = form.get('WebIdentityToken') ?? '';
    if (!tokens.delete(token)) return denied('InvalidIdentityToken', 'This token was given to nobody');
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return claims.aud === 'sts.amazonaws.com' && roles[arn]?.sub === claims.sub
      ? give('AssumeRoleWithWebIdentity', arn, form)
      : denied('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
  };

  const asOther = (form: URLSearchParams, by: string): Reply => {
    const arn = form.get('RoleArn') ?? '';
    const { principal, externalId, tags } = roles[arn] ?? {};
    const no = (action: string) =>
      denied('AccessDenied', `User: ${by} is not authorized to perform: ${action} on resource: ${arn}`);
    if (principal !== by || (form.get('ExternalId') ?? undefined) !== externalId) return no('sts:AssumeRole');
    return Object.keys(tagsOf(form)).length > 0 && !tags
      ? no('sts:TagSession')
      : give('AssumeRole', arn, form);
  };

  /** `undefined`: it is for the service behind this one. */
  const ownAnswer = (call: CallName, incoming: IncomingMessage, body: Buffer): Reply | undefined => {
    const { authorization, 'x-amz-security-token': session } = incoming.headers;
    const url = new URL(incoming.url ?? '/', 'http://here');
    if (url.pathname === '/token')
      return authorization === `bearer ${REQUEST_TOKEN}`
        ? json({ value: jwt(url.searchParams.get('audience') ?? '') })
        : { status: 401, body: '' };
    calls.push(call);
    const form = new URLSearchParams(body.toString());
    if (call.operation === 'AssumeRoleWithWebIdentity') return withToken(form);
    const known = sessions.get(String(session));
    if (!known)
      return denied('InvalidClientTokenId', 'The security token included in the request is invalid');
    if (ends.includes(call.operation)) known.expired = true;
    if (known.expired) {
      ends = ends.filter((each) => each !== call.operation);
      refused.push(call.operation);
      return incoming.method === 'HEAD' ? { status: 400, body: '' } : errorReply('expired-credentials', call);
    }
    return call.operation === 'AssumeRole' ? asOther(form, known.arn) : undefined;
  };

  const server = createServer(async (incoming, outgoing) => {
    const body = await readAll(incoming);
    const call = callName(incoming.method ?? 'GET', incoming.url ?? '/', incoming.headers, body);
    const own = ownAnswer(call, incoming, body);
    if (own) outgoing.writeHead(own.status, { ...own.headers }).end(own.body);
    else passOn(target, { incoming, body }, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    },
    assumed,
    refused,
    calls,
    secrets,
    expireAt: (operations) => {
      ends = [...operations];
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const tagsOf = (form: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...form].flatMap(([name, key]) => {
      const [, index] = /^Tags\.member\.(\d+)\.Key$/.exec(name) ?? [];
      return index === undefined ? [] : [[key, form.get(`Tags.member.${index}.Value`) ?? '']];
    }),
  );

const json = (value: unknown): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const denied = (code: string, message: string): Reply => ({
  status: 403,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});
