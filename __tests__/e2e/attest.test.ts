import { createHash, X509Certificate } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';
import { isSigned, type Sigstore, startSigstore } from '../support/sigstore.ts';

const COMMIT = '2'.repeat(40);
const TEMPLATE = `Resources:
  Take:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs24.x, Handler: app.handler, Role: "arn:aws:iam::000000000000:role/any", Code: ./src }
`;

let aws: Emulator;
let sigstore: Sigstore;
let github: GitHubServer;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  aws = await startEmulator();
  sigstore = await startSigstore(COMMIT);
});
afterAll(async () => {
  await sigstore.stop();
  await aws.stop();
});
beforeEach(async () => {
  await aws.reset();
  sigstore.asked.length = 0;
  github = await startGitHub();
  workspace = await makeWorkspace({
    'template.yaml': TEMPLATE,
    'src/app.mjs': 'export const handler = () => 1;\n',
  });
});
afterEach(async () => {
  await github.stop();
  await workspace.remove();
  expect(github.violations).toEqual([]);
});

const step = (
  inputs: Readonly<Record<string, string>>,
  {
    visibility = 'public',
    env = sigstore.env,
  }: { visibility?: string; env?: Readonly<Record<string, string>> } = {},
) =>
  runAction({
    workspace: workspace.path,
    event: { name: 'push', payload: { repository: { full_name: 'acme/orders', visibility } } },
    env: { ...aws.env, GITHUB_API_URL: github.url, ...env },
    inputs: {
      'stack-name': 'orders',
      cache: 'false',
      attest: 'true',
      'github-token': 'token-canary',
      ...inputs,
    },
  });

async function archiveDigest(): Promise<string> {
  const folder = join(workspace.path, '.sparta', 'assets');
  const [archive = ''] = (await readdir(folder)).filter((name) => name.endsWith('.zip'));
  return createHash('sha256')
    .update(await readFile(join(folder, archive)))
    .digest('hex');
}

it('attests what is deployed, tells GitHub where it runs, and knows its commit afterwards', async () => {
  const deployed = await step({ noop: 'false' });
  expect(deployed.errors).toEqual([]);
  const digest = await archiveDigest();
  expect(deployed.stdout).toContain(`src: sha256:${digest}`);
  const [attestation] = github.attestations;
  expect(github.attestations).toHaveLength(1);
  expect(attestation?.digests).toEqual([`sha256:${digest}`]);
  const { dsseEnvelope, verificationMaterial } = attestation?.bundle ?? (undefined as never);
  const certificate = new X509Certificate(Buffer.from(verificationMaterial.certificate.rawBytes, 'base64'));
  expect(isSigned(dsseEnvelope, certificate.toString())).toBe(true);
  const statement = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()) as Record<
    string,
    unknown
  >;
  expect(statement).toMatchObject({
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: COMMIT } }] },
      runDetails: { metadata: { invocationId: 'https://github.com/acme/orders/actions/runs/42/attempts/1' } },
    },
  });
  expect(sigstore.logged).toHaveLength(1);
  expect(github.records).toEqual([
    {
      name: 'src',
      digest: `sha256:${digest}`,
      status: 'deployed',
      logical_environment: 'dev',
      physical_environment: 'us-east-1',
      deployment_name: 'orders-src',
      github_repository: 'orders',
      return_records: false,
    },
  ]);

  const status = await step({ command: 'status' });
  expect(status.errors).toEqual([]);
  expect(status.stdout).toContain(
    `Take: commit ${COMMIT}, built by https://github.com/acme/orders/actions/runs/42/attempts/1`,
  );

  // The same bytes keep their attestation; nothing is signed again.
  const again = await step({ noop: 'false' });
  expect([again.errors, github.attestations.length, github.records.length]).toEqual([[], 1, 1]);
  expect(again.stdout).toContain('attested already');
});

it("signs by GitHub's own instance what is not public, and warns of code that nobody attested", async () => {
  const plain = await step({ noop: 'false', attest: 'false' });
  expect([plain.errors, sigstore.asked]).toEqual([[], []]);
  expect((await step({ command: 'status' })).stdout).toContain(
    'what runs there has no attestation of acme/orders',
  );
  await writeFile(join(workspace.path, 'src', 'app.mjs'), 'export const handler = () => 2;\n');
  const deployed = await step({ noop: 'false' }, { visibility: 'private' });
  expect(deployed.errors).toEqual([]);
  expect(sigstore.asked.filter((path) => !path.startsWith('token.'))).toEqual([
    'fulcio.githubapp.com/api/v2/signingCert',
    'timestamp.githubapp.com/api/v1/timestamp',
  ]);
});

it('deploys nothing that cannot be attested, and says why', async () => {
  const withoutToken = await step({ noop: 'false' }, { env: {} });
  expect(withoutToken.errors.join()).toContain(
    'Give the job the permissions id-token: write and attestations: write.',
  );
  github.refusal = {
    status: 403,
    message:
      'Feature not available for the acme organization. To enable this feature, please upgrade the billing plan.',
  };
  const withoutPlan = await step({ noop: 'false' }, { visibility: 'private' });
  expect(withoutPlan.errors.join()).toMatch(
    /GitHub keeps no attestations for this repository.*Enterprise Cloud/,
  );
  github.refusal = { status: 403, message: 'Resource not accessible by integration' };
  expect((await step({ noop: 'false' })).errors.join()).toContain('attestations: write');
  expect((await step({ command: 'status', attest: 'false' })).stdout).toContain('There is no stack orders');
});

it('signs once what several targets deploy', async () => {
  const targets = ['dev', 'prod'].map((stage) => ({ name: stage, stage, stackName: `orders-${stage}` }));
  const deployed = await step({ noop: 'false', 'stack-name': '', targets: JSON.stringify(targets) });
  expect(deployed.errors).toEqual([]);
  expect(github.attestations.map(({ digests }) => digests)).toEqual([[`sha256:${await archiveDigest()}`]]);
});
