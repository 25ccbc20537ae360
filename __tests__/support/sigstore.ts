import { execFile } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Stand-ins for what signs an attestation: GitHub's issuer of tokens, Fulcio, Rekor, and GitHub's own Fulcio with its
 * authority for timestamps. All are reached under their own names and by TLS, through a proxy that knows no others.
 * Tokens, proofs of possession and signatures are checked as the real ones do.
 */
export interface Sigstore {
  /** What a job has that may sign. */
  readonly env: Readonly<Record<string, string>>;
  /** Hosts that were asked, in order. */
  readonly asked: string[];
  /** Envelopes in the public log. */
  readonly logged: DsseEntry[];
  stop(): Promise<void>;
}

interface DsseEntry {
  readonly kind: string;
  readonly apiVersion: string;
  readonly spec: {
    readonly proposedContent: { readonly envelope: string; readonly verifiers: readonly string[] };
  };
}

const ISSUER = 'token.actions.githubusercontent.com';
const HOSTS = [
  ISSUER,
  'fulcio.sigstore.dev',
  'rekor.sigstore.dev',
  'fulcio.githubapp.com',
  'timestamp.githubapp.com',
];
const SUBJECT = 'repo:acme/orders:ref:refs/heads/main';

/** @param commit that the job is of */
export async function startSigstore(commit: string): Promise<Sigstore> {
  const folder = await mkdtemp(join(tmpdir(), 'sigstore-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '1',
    '-subj',
    '/CN=ca',
  );
  const names = `subjectAltName=${HOSTS.map((host) => `DNS:${host}`).join(',')}`;
  await openssl('req', '-new', ...key, '-keyout', 'tls.key', '-out', 'tls.csr', '-subj', '/CN=stand-in');
  await writeFile(join(folder, 'tls.ext'), names);
  await openssl(
    ...['x509', '-req', '-in', 'tls.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', '1'],
    ...['-extfile', 'tls.ext', '-out', 'tls.pem'],
  );
  const tokens = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const asked: string[] = [];
  const logged: DsseEntry[] = [];

  const answers: Readonly<Record<string, (body: never) => Promise<unknown> | unknown>> = {
    [`${ISSUER}/.well-known/openid-configuration`]: () => ({
      jwks_uri: `https://${ISSUER}/.well-known/jwks`,
    }),
    [`${ISSUER}/.well-known/jwks`]: () => ({
      keys: [{ ...tokens.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
    }),
    'fulcio.sigstore.dev/api/v2/signingCert': certificate,
    'fulcio.githubapp.com/api/v2/signingCert': certificate,
    'timestamp.githubapp.com/api/v1/timestamp': () => Buffer.from('3003020100', 'hex'),
    'rekor.sigstore.dev/api/v1/log/entries': entry,
  };

  async function certificate(request: {
    readonly credentials: { readonly oidcIdentityToken: string };
    readonly publicKeyRequest: {
      readonly publicKey: { readonly content: string };
      readonly proofOfPossession: string;
    };
  }) {
    const { publicKey, proofOfPossession } = request.publicKeyRequest;
    const { aud, sub } = claimsIn(request.credentials.oidcIdentityToken, tokens.publicKey);
    const proof = Buffer.from(proofOfPossession, 'base64');
    if (aud !== 'sigstore' || !verify('sha256', Buffer.from(sub), createPublicKey(publicKey.content), proof))
      throw new Error('the key is not that of who asks');
    const name = `key-${asked.length}`;
    await writeFile(join(folder, `${name}.pub`), publicKey.content);
    await openssl(
      ...['x509', '-new', '-force_pubkey', `${name}.pub`, '-subj', '/CN=signer', '-CA', 'ca.pem'],
      ...['-CAkey', 'ca.key', '-days', '1', '-out', `${name}.pem`],
    );
    const certificates = [
      await readFile(join(folder, `${name}.pem`), 'utf8'),
      await readFile(join(folder, 'ca.pem'), 'utf8'),
    ];
    return { signedCertificateEmbeddedSct: { chain: { certificates } } };
  }

  function entry(proposed: DsseEntry) {
    const { envelope, verifiers } = proposed.spec.proposedContent;
    if (!isSigned(JSON.parse(envelope) as Envelope, Buffer.from(verifiers[0] ?? '', 'base64').toString()))
      throw new Error('the signature is not that of the certificate');
    logged.push(proposed);
    const body = Buffer.from(JSON.stringify(proposed)).toString('base64');
    return {
      [createHash('sha256').update(body).digest('hex')]: {
        body,
        integratedTime: 1_790_000_000,
        logID: createHash('sha256').update('log').digest('hex'),
        logIndex: logged.length,
        verification: { signedEntryTimestamp: Buffer.from('promised').toString('base64') },
      },
    };
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const path = `${request.headers.host}${request.url}`;
    asked.push(path);
    const answer = answers[path];
    const body = await answer?.((text === '' ? undefined : JSON.parse(text)) as never);
    const isBytes = Buffer.isBuffer(body);
    response.writeHead(answer ? 201 : 404, {
      'content-type': isBytes ? 'application/timestamp-reply' : 'application/json',
    });
    response.end(isBytes ? body : JSON.stringify(body ?? {}));
  };
  const tls = createTlsServer(
    { key: await readFile(join(folder, 'tls.key')), cert: await readFile(join(folder, 'tls.pem')) },
    (request, response) =>
      void serve(request, response).catch((error: unknown) => response.writeHead(400).end(String(error))),
  );
  const port = await listen(tls);
  // Tokens for jobs, and the way to all hosts.
  const plain = createServer((request, response) => {
    const audience = new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('audience') ?? '';
    const isJob = request.headers.authorization === 'Bearer job-canary';
    const value = tokenFor(audience, { commit, key: tokens.privateKey });
    response.writeHead(isJob ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isJob ? { value } : {}));
  });
  plain.on('connect', ({ url = '' }, socket) => {
    if (!HOSTS.includes(url.split(':')[0] ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const through = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.pipe(socket);
      socket.pipe(through);
    });
    for (const each of [through, socket]) each.on('error', () => through.destroy());
  });
  const address = `http://127.0.0.1:${await listen(plain)}`;
  return {
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${address}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job-canary',
      https_proxy: address,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    },
    asked,
    logged,
    stop: async () => {
      for (const server of [plain, tls]) {
        server.closeAllConnections();
        server.close();
      }
      await rm(folder, { recursive: true });
    },
  };
}

async function listen(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokenFor(
  audience: string,
  { commit, key }: { readonly commit: string; readonly key: KeyObject },
): string {
  const workflow = 'acme/orders/.github/workflows/deploy.yml@refs/heads/main';
  const claims = {
    ...{ iss: `https://${ISSUER}`, aud: audience, sub: SUBJECT, exp: Math.floor(Date.now() / 1000) + 300 },
    ...{ ref: 'refs/heads/main', sha: commit, repository: 'acme/orders', event_name: 'push' },
    ...{
      job_workflow_ref: workflow,
      workflow_ref: workflow,
      repository_id: '5678',
      repository_owner_id: '1234',
    },
    ...{ runner_environment: 'github-hosted', run_id: '42', run_attempt: '1' },
  };
  const signed = `${encoded({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${encoded(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}

function claimsIn(token: string, key: KeyObject): { readonly aud: string; readonly sub: string } {
  const [header, claims = '', signature = ''] = token.split('.');
  if (!verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url')))
    throw new Error('the token is not signed');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; sub: string };
}

interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly sig: string }[];
}

/** Whether an envelope is signed by a certificate's key. Source: DSSE, "Pre-Authentication Encoding". */
export function isSigned({ payload, payloadType, signatures }: Envelope, certificate: string): boolean {
  const bytes = Buffer.from(payload, 'base64');
  const signed = Buffer.concat([
    Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${bytes.length} `),
    bytes,
  ]);
  return verify(
    'sha256',
    signed,
    createPublicKey(certificate),
    Buffer.from(signatures[0]?.sig ?? '', 'base64'),
  );
}
