/** The workflows of docs/targets.md, in a repository of eight services that go to two regions. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { CREDENTIALS, makeRepository, type Repository, workflowOf } from '../support/act.ts';
import { ARTIFACTS } from '../support/act-artifacts.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { makeUploadBucket, stacksIn } from '../support/environment-case.ts';
import { pullRequestEvent, pushEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';
import { buildsIn, FILES, REGIONS, SERVICES, SHARED } from '../support/monorepo.ts';

const KEYS = { accessKeyId: '000000000000', secretAccessKey: 'not-a-secret' };
const PAGE = 'docs/targets.md';

/** There is one role that nobody can assume: its job ends before it could report anything. */
const UNRELIABLE = CREDENTIALS.replace(
  '        account=$',
  '        case "$role" in *404040404040*) echo \'Could not assume role\'; exit 1;; esac\n        account=$',
);

let aws: Emulator;
let github: GitHubServer;
let repository: Repository;
let folder: string;
let base: string;

beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  for (const region of REGIONS) await makeUploadBucket(aws, region);
  github = await startGitHub();
  folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
  repository = await makeRepository(
    {
      ...FILES,
      '.github/workflows/preview.yml': await workflow('preview.yml'),
      '.github/workflows/deploy.yml': await workflow('deploy.yml'),
    },
    { actions: { ...ARTIFACTS, 'aws-actions/configure-aws-credentials@v6': UNRELIABLE } },
  );
  base = await repository.commit({});
});
afterEach(async () => {
  await github.stop();
  await repository.remove();
  await rm(folder, { recursive: true, force: true });
  expect(github.violations).toEqual([]);
});

/** The page has each by the name of its file. */
const workflow = (file: string) =>
  workflowOf(PAGE, (yaml) => yaml.startsWith(`# .github/workflows/${file}\n`));
const env = (more: Readonly<Record<string, string>> = {}) => ({
  AWS_ENDPOINT_URL: aws.endpoint,
  GITHUB_API_URL: github.url,
  AWS_EC2_METADATA_DISABLED: 'true',
  ACT_ARTIFACTS: folder,
  BUILD_LOG: join(folder, 'builds'),
  ...more,
});
const builds = () => buildsIn(join(folder, 'builds')).toSorted();
const names = async (region: string) => Object.keys(await stacksIn(aws, region)).toSorted();
const comments = () => (github.comments.get(7) ?? []).map(({ body }) => body);
/** Jobs of an earlier run leave nothing to this one. */
const forget = async () => {
  await rm(folder, { recursive: true, force: true });
  folder = await mkdtemp(join(tmpdir(), 'artifacts-'));
};

it('previews what a pull request touches, and deploys all of main wave by wave', async () => {
  const head = await repository.commit({ [SHARED]: 'export const price = 2;\n', 'README.md': 'The shop\n' });
  const previewed = await repository.run(pullRequestEvent(7, { headSha: head, baseSha: base }), env());
  expect(previewed.log).toContain('Nothing that is built reads README.md');
  expect(previewed.log).toContain('mail-us-east-1: not touched');
  expect(previewed).toMatchObject({ ok: true });
  // Built once, in the job that plans.
  expect(builds()).toEqual(SERVICES.map((name) => `built ${name}`).toSorted());
  expect(comments()).toHaveLength(1);
  const [comment = ''] = comments();
  expect(comment).toContain(`|  | ${REGIONS.join(' | ')} |`);
  for (const name of ['orders', 'billing'])
    expect(comment).toContain(`| **services/${name}** | 🟢 3 added | 🟢 3 added |`);
  expect(comment).not.toContain('mail');
  expect(github.checks).toMatchObject([{ name: 'sparta / targets', conclusion: 'success', head_sha: head }]);
  expect(await names(REGIONS[0])).toEqual([]);

  await forget();
  github.merged.set(head, 7);
  const deployed = await repository.run(pushEvent(head, base), env());
  expect(deployed).toMatchObject({ ok: true });
  expect(builds()).toEqual(SERVICES.map((name) => `built ${name}`).toSorted());
  for (const region of REGIONS) expect(await names(region)).toEqual(SERVICES.toSorted());
  expect(comments()).toHaveLength(1);
  for (const name of SERVICES)
    expect(comments()[0]).toContain(
      `| **services/${name}** | ✅ deployed (3 added) | ✅ deployed (3 added) |`,
    );
  expect(await digests()).toEqual(await assembled());
}, 900_000);

/** Hashes of archives, as their stacks have them. */
async function digests(): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, string[]> = {};
  for (const region of REGIONS) {
    const client = new CloudFormationClient({ region, endpoint: aws.endpoint, credentials: KEYS });
    for (const name of SERVICES) {
      const { TemplateBody: text = '' } = await client.send(new GetTemplateCommand({ StackName: name }));
      found[name] = [...new Set([...(found[name] ?? []), /[0-9a-f]{64}/.exec(text)?.[0] ?? ''])];
    }
    client.destroy();
  }
  return found;
}

/** The same, as the plan has handed them on. */
async function assembled(): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, string[]> = {};
  for (const name of SERVICES) {
    const file = join(folder, 'plan', `${name}-${REGIONS[0]}.assembly.json`);
    const { stacks } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly stacks: readonly { readonly assets: readonly { readonly hash: string }[] }[];
    };
    found[name] = stacks.flatMap(({ assets }) => assets.map(({ hash }) => hash));
  }
  return found;
}

it('tells of a job that never reported, and skips the waves after it', async () => {
  const targets = FILES['sparta.targets.yml']?.replace(
    '  include:\n',
    "  include:\n    - { service: services/billing, region: eu-central-1, account: '404040404040' }\n",
  );
  const head = await repository.commit({ 'sparta.targets.yml': targets ?? '' });
  github.merged.set(head, 7);
  const run = await repository.run(pushEvent(head, base), env());
  expect(run).toMatchObject({ ok: false });
  expect(await names(REGIONS[0])).toEqual(SERVICES.filter((name) => name !== 'billing').toSorted());
  expect(await names(REGIONS[1])).toEqual([]);
  expect(run.log).toContain('billing-eu-central-1: its job has left no report that can be used');
  expect(github.checks).toMatchObject([{ conclusion: 'failure' }]);
  expect(comments()[0]).toContain('has left no report');
}, 900_000);

it('has no jobs where nothing is touched', async () => {
  const head = await repository.commit({ 'README.md': 'The shop\n' });
  const run = await repository.run(pullRequestEvent(7, { headSha: head, baseSha: base }), env());
  expect(run).toMatchObject({ ok: true });
  expect((await readdir(folder)).toSorted()).toEqual(['builds', 'plan']);
  expect(comments()).toEqual([]);
  expect(github.checks).toMatchObject([{ conclusion: 'success' }]);
}, 300_000);
