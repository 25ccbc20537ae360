import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { makeRepository, type Repository, workflowOf } from '../support/act.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { pullRequestEvent, pushEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';

const WORKFLOW = '.github/workflows/deploy.yml';
const topic = (name: string, more = '') =>
  `Parameters:\n  Stage:\n    Type: String\n    Default: dev\nResources:\n  ${name}:\n    Type: AWS::SNS::Topic\n${more}`;
const GROWN = "    Properties:\n      DisplayName: !Sub 'orders ${Stage}'\n";

let aws: Emulator;
let github: GitHubServer;
let repository: Repository | undefined;

beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  github = await startGitHub();
});
afterEach(async () => {
  await github.stop();
  await repository?.remove();
  repository = undefined;
  expect(github.violations).toEqual([]);
});

const env = () => ({
  AWS_ENDPOINT_URL: aws.endpoint,
  GITHUB_API_URL: github.url,
  AWS_EC2_METADATA_DISABLED: 'true',
});
const titles = (pullRequest = 7) =>
  (github.comments.get(pullRequest) ?? []).map(({ body }) => body.split('\n')[1]?.replace(/^### /, ''));
const pull = (head: string, base: string) => pullRequestEvent(7, { headSha: head, baseSha: base });

it('serves a pull request from its first preview to its deployment, and the next change', async () => {
  const workflow = await workflowOf('README.md', (yaml) =>
    /^name: Deploy\non:\n {2}pull_request:\n {2}push/.test(yaml),
  );
  repository = await makeRepository({ [WORKFLOW]: workflow, 'template.yaml': topic('OrdersTopic') });
  // The code is on main already, and no stack is deployed: what every adopter's first pull request meets.
  const base = await repository.commit({});
  const head = await repository.commit({ 'README.md': 'words' });
  const first = await repository.run(pull(head, base), env());
  expect(first.log).toContain('Job succeeded');
  expect(titles()).toEqual(['🔍 orders · eu-central-1 · prod: 1 added']);

  const merged = await repository.commit({});
  github.merged.set(merged, 7);
  const deployed = await repository.run(pushEvent(merged, base), env());
  expect(deployed.log).toContain('This is the plan that was reviewed in #7');
  expect(titles()).toEqual(['✅ orders · eu-central-1 · prod: deployed (1 added)']);

  github.comments.clear();
  const changed = await repository.commit({ 'template.yaml': topic('OrdersTopic', GROWN) });
  await repository.run(pull(changed, merged), env());
  expect(titles()).toEqual(['🔍 orders · eu-central-1 · prod: 1 updated']);
});

it('makes a stack for a pull request, and deletes it when that is closed', async () => {
  const workflow = await workflowOf('README.md', (yaml) => yaml.includes('name: Pull request'));
  repository = await makeRepository({ [WORKFLOW]: workflow, 'template.yaml': topic('OrdersTopic') });
  const base = await repository.commit({});
  const head = await repository.commit({ 'README.md': 'words' });
  await repository.run(pull(head, base), env());
  expect(titles()).toEqual(['✅ orders-pr-7 · eu-central-1: deployed (1 added)']);
  const event = pull(head, base);
  const closed = { name: event.name, payload: { ...(event.payload as object), action: 'closed' } };
  const deleted = await repository.run(closed, env());
  expect(deleted.log).toContain('orders-pr-7 is deleted');
  expect(titles()).toEqual(['🗑️ orders-pr-7 · eu-central-1: deleted']);
});

/** A workflow with a job for each service, or for each account. */
const workflow = (jobs: string) => `name: Deploy
on: [pull_request, push]
jobs:
${jobs}`;
const job = (id: string, given: string, more = '') => `  ${id}:
    runs-on: ubuntu-latest
${more}    steps:
      - uses: actions/checkout@v7
      - uses: aws-actions/configure-aws-credentials@v6
        with: { role-to-assume: "arn:aws:iam::${id === 'accounts' ? '${{ matrix.account }}' : '000000000000'}:role/x", aws-region: eu-central-1 }
      - uses: org/sparta-action@v1
        with: { ${given} }
`;

it('keeps the comments of two services apart when one of them fails', async () => {
  repository = await makeRepository({
    [WORKFLOW]: workflow(
      job('orders', 'working-directory: orders, stack-name: orders') +
        job('hello', 'working-directory: hello, stack-name: hello'),
    ),
    'orders/template.yaml': topic('Orders'),
    'hello/template.yaml': [
      'Transform: AWS::Serverless-2016-10-31',
      'Resources:',
      '  Hello:',
      '    Type: AWS::Serverless::Function',
      '    Properties: { CodeUri: ., Handler: app.handler, Runtime: nodejs24.x }',
      '    Metadata: { BuildMethod: makefile }',
      '',
    ].join('\n'),
    'hello/app.mjs': 'export const handler = async () => 1;\n',
    'hello/Makefile': 'build-Hello:\n\tcp missing.mjs $(ARTIFACTS_DIR)\n',
  });
  const base = await repository.commit({});
  await repository.run(pull(base, base), env());
  expect(titles().toSorted()).toEqual([
    expect.stringMatching(/^❌ hello · eu-central-1 · failed: Hello: make build-Hello failed in hello/),
    '🔍 orders · eu-central-1: 1 added',
  ]);
});

it('tells the two accounts of a matrix apart', async () => {
  repository = await makeRepository({
    [WORKFLOW]: workflow(
      job(
        'accounts',
        'stack-name: orders',
        "    strategy: { matrix: { account: ['111111111111', '222222222222'] } }\n",
      ),
    ),
    'template.yaml': topic('Orders'),
  });
  const base = await repository.commit({});
  for (let run = 0; run < 2; run++) {
    await repository.run(pull(base, base), env());
    expect(titles()).toHaveLength(2);
    expect(new Set(titles()).size).toBe(2);
    expect(titles().join()).toMatch(/· account [0-9a-f]{4}: 1 added/);
  }
});
