import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { forAct, makeRepository, type Repository } from '../support/act.ts';
import { awsRequest } from '../support/aws-request.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { pullRequestEvent, pushEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';
import { startProxy } from '../support/proxy.ts';
import { runCli } from '../support/runner.ts';

const WORKFLOW = '.github/workflows/deploy-orders.yml';

let aws: Emulator;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let github: GitHubServer;
let repository: Repository | undefined;

beforeAll(async () => {
  aws = await startEmulator();
  proxy = await startProxy(aws.endpoint, async (name, { body }) =>
    name === 'SimulatePrincipalPolicy' ? simulated(body.toString()) : undefined,
  );
});
afterAll(async () => {
  await proxy.stop();
  await aws.stop();
});

/** The emulator asks for this call on everything; IAM asks for it on the role that it is about, which this does. */
async function simulated(body: string) {
  const form = Object.fromEntries(new URLSearchParams(body));
  const isAllowed = /:role\/sparta-orders-(deployment|cloudformation)$/.test(form.PolicySourceArn ?? '');
  return isAllowed
    ? { status: 200, body: String(await awsRequest(aws.endpoint, 'iam', { form })) }
    : { status: 403, body: '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>' };
}

beforeEach(async () => {
  await aws.reset();
  github = await startGitHub();
});
afterEach(async () => {
  await github.stop();
  await repository?.remove();
  repository = undefined;
});

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Take:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: app.handler, Runtime: nodejs24.x, Policies: [{ SQSSendMessagePolicy: { QueueName: !GetAtt Incoming.QueueName } }] }
  Incoming: { Type: AWS::SQS::Queue }
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      BillingMode: PAY_PER_REQUEST
`;
const HANDLER = 'export const handler = async () => 1;\n';
const TOPIC = '  News: { Type: AWS::SNS::Topic }\n';
/** What the roles were not allowed. */
const denials = (log: string) =>
  log.split('\n').filter((line) => /AccessDenied|not authorized|may not/i.test(line));
const titles = () =>
  (github.comments.get(7) ?? []).map(({ body }) => body.split('\n')[1]?.replace(/^### /, ''));

/** The workflow that setup wrote, as act reads it. */
async function written(path: string): Promise<Readonly<Record<string, string>>> {
  return { [WORKFLOW]: forAct(await readFile(join(path, WORKFLOW), 'utf8')) };
}

it('goes from an empty account to the first deployment, with the very roles that it made', async () => {
  // CloudFormation of the emulator does not know the type: as if another repository had made it.
  await awsRequest(aws.endpoint, 'iam', {
    form: {
      Version: '2010-05-08',
      Action: 'CreateOpenIDConnectProvider',
      Url: 'https://token.actions.githubusercontent.com',
      'ClientIDList.member.1': 'sts.amazonaws.com',
    },
  });
  repository = await makeRepository(
    { 'template.yaml': TEMPLATE, 'src/app.mjs': HANDLER, '.gitignore': '.sparta/\n' },
    { signIn: 'by web identity' },
  );
  const setup = await runCli(['setup', '--stack-name', 'orders', '--deploy', '--yes'], repository.path, {
    ...aws.env,
    GITHUB_API_URL: 'http://127.0.0.1:9',
  });
  expect(setup.output).toContain('sparta-roles-orders');
  expect(setup.exitCode).toBe(0);

  const env = {
    AWS_ENDPOINT_URL: proxy.url,
    GITHUB_API_URL: github.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const base = await repository.commit(await written(repository.path));
  const head = await repository.commit({ 'README.md': 'words' });
  const preview = await repository.run(pullRequestEvent(7, { headSha: head, baseSha: base }), env);
  expect(denials(preview.log)).toEqual([]);
  expect(preview.log).toContain('Job succeeded');
  expect(titles()).toEqual(['🔍 orders · us-east-1: 4 added']);

  const merged = await repository.commit({});
  const deployed = await repository.run(pushEvent(merged, base), env);
  expect(denials(deployed.log)).toEqual([]);
  expect(deployed.log).toMatch(/CREATE_COMPLETE +orders /);
  expect(deployed.log).toContain('Job succeeded');

  // The next change is previewed against what is deployed, and needs a permission that nobody has.
  const changed = await repository.commit({ 'template.yaml': TEMPLATE + TOPIC });
  const next = await repository.run(pullRequestEvent(7, { headSha: changed, baseSha: merged }), env);
  expect(denials(next.log)).toEqual([]);
  expect(github.comments.get(7)?.at(-1)?.body).toContain(
    'sns:CreateTopic is not allowed to the role sparta-orders-cloudformation',
  );
});

it('lets nobody assume the roles but the runs that they are for', async () => {
  await awsRequest(aws.endpoint, 'iam', {
    form: {
      Version: '2010-05-08',
      Action: 'CreateOpenIDConnectProvider',
      Url: 'https://token.actions.githubusercontent.com',
      'ClientIDList.member.1': 'sts.amazonaws.com',
    },
  });
  repository = await makeRepository(
    { 'template.yaml': TEMPLATE, 'src/app.mjs': HANDLER },
    { signIn: 'by web identity' },
  );
  const args = ['setup', '--stack-name', 'orders', '--deploy', '--yes', '--deployment-environment', 'prod'];
  await runCli(args, repository.path, { ...aws.env, GITHUB_API_URL: 'http://127.0.0.1:9' });
  const base = await repository.commit(await written(repository.path));
  // The job of the written workflow runs in the environment; this token is that of a branch.
  const run = await repository.run(pushEvent(base, base), {
    AWS_ENDPOINT_URL: aws.endpoint,
    GITHUB_API_URL: github.url,
  });
  expect(run.log).toContain('Not authorized to perform sts:AssumeRoleWithWebIdentity');
  expect(run.ok).toBe(false);
});
