import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { cdkModules } from '../../scripts/cdk.ts';
import { forAct, makeRepository, type Repository } from '../support/act.ts';
import { awsRequest } from '../support/aws-request.ts';
import { bootstrap } from '../support/bootstrap.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { pullRequestEvent, pushEvent } from '../support/github-event.ts';
import { type GitHubServer, startGitHub } from '../support/github-server.ts';
import { startProxy } from '../support/proxy.ts';
import { runCli } from '../support/runner.ts';

const execute = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const WORKFLOW = '.github/workflows/deploy-orders.yml';

let aws: Emulator;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let github: GitHubServer;
let repository: Repository | undefined;
let programs: string | undefined;
/** Names of roles that were assumed. */
let assumed: Set<string>;

beforeAll(async () => {
  aws = await startEmulator();
  proxy = await startProxy(aws.endpoint, (name, { body }) => {
    if (!name.startsWith('AssumeRole')) return;
    assumed.add(new URLSearchParams(body.toString()).get('RoleArn')?.split(':role/')[1] ?? '');
  });
});
afterAll(async () => {
  await proxy.stop();
  await aws.stop();
});
beforeEach(async () => {
  await aws.reset();
  github = await startGitHub();
});
afterEach(async () => {
  await github.stop();
  await repository?.remove();
  repository = undefined;
  if (programs) await rm(programs, { recursive: true });
  programs = undefined;
});

const app = (more = '') => `import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
const stack = new Stack(new App(), 'Orders', { stackName: 'orders' });
const table = new Table(stack, 'Table', {
  partitionKey: { name: 'id', type: AttributeType.STRING },
  billingMode: BillingMode.PAY_PER_REQUEST,
  removalPolicy: RemovalPolicy.DESTROY,
});
const take = new LambdaFunction(stack, 'Take', {
  runtime: Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: Code.fromAsset('function'),
  environment: { TABLE: table.tableName },
});
table.grantWriteData(take);
${more}`;

const denials = (log: string) =>
  log.split('\n').filter((line) => /AccessDenied|not authorized|may not|is not assumed/i.test(line));
const titles = () =>
  (github.comments.get(7) ?? []).map(({ body }) => body.split('\n')[1]?.replace(/^### /, ''));
const ofBootstrap = (name: string) => `cdk-hnb659fds-${name}-000000000000-us-east-1`;
/** What a run assumed, in order of names. */
async function assuming<T>(run: () => Promise<T>): Promise<[T, readonly string[]]> {
  assumed = new Set();
  const result = await run();
  return [result, [...assumed].sort()];
}

it('goes from a bootstrapped account to the first deployment of a CDK application, with the very roles that it made', async () => {
  const cdk = await cdkModules();
  if ('missing' in cdk) throw new Error(cdk.missing);
  await bootstrap(aws);
  // CloudFormation of the emulator does not know the type: as if another repository had made it.
  await awsRequest(aws.endpoint, 'iam', {
    form: {
      Version: '2010-05-08',
      Action: 'CreateOpenIDConnectProvider',
      Url: 'https://token.actions.githubusercontent.com',
      'ClientIDList.member.1': 'sts.amazonaws.com',
    },
  });
  const packages = (name: string) => readFile(join(root, 'scripts', 'cdk', name), 'utf8');
  repository = await makeRepository(
    {
      'app.js': app(),
      'cdk.json': JSON.stringify({ app: 'node app.js' }),
      'package.json': await packages('package.json'),
      'package-lock.json': await packages('package-lock.json'),
      'function/index.mjs': 'export const handler = async () => 1;\n',
      '.gitignore': 'node_modules/\ncdk.out/\n.sparta/\n',
    },
    { signIn: 'by web identity', programs: await npmOf(cdk.modules) },
  );
  // At the terminal there is what the workflow installs; both synthesise with the CDK CLI.
  const { path } = repository;
  const modules = join(path, 'node_modules');
  await symlink(cdk.modules, modules);
  await execute(process.execPath, [join(cdk.modules, 'aws-cdk', 'bin', 'cdk'), 'synth', '--quiet'], {
    cwd: path,
    env: { PATH: process.env.PATH, HOME: path },
  });
  await rm(modules);
  const flags = ['--source', 'cdk.out', '--deploy', '--yes'];
  const setup = await runCli(['setup', ...flags], path, { ...aws.env, GITHUB_API_URL: 'http://127.0.0.1:9' });
  expect(setup.output).toContain('sparta-roles-orders');
  expect(setup.output).not.toContain('sparta-orders-cloudformation');
  expect(setup.exitCode).toBe(0);
  await rm(join(path, 'cdk.out'), { recursive: true });

  const env = {
    AWS_ENDPOINT_URL: proxy.url,
    GITHUB_API_URL: github.url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const workflow = forAct(await readFile(join(path, WORKFLOW), 'utf8'));
  expect(workflow).toContain('npx cdk synth --quiet');
  const base = await repository.commit({ [WORKFLOW]: workflow });
  const head = await repository.commit({ 'README.md': 'words' });
  const [preview, read] = await assuming(() =>
    run(pullRequestEvent(7, { headSha: head, baseSha: base }), env),
  );
  expect(denials(preview.log)).toEqual([]);
  expect(preview.log).toContain('Job succeeded');
  expect(read).toEqual([ofBootstrap('lookup-role'), 'sparta-orders-preview']);
  expect(titles()).toEqual([expect.stringMatching(/^🔍 orders · us-east-1: \d added$/)]);

  const merged = await repository.commit({});
  const [deployed, deploying] = await assuming(() => run(pushEvent(merged, base), env));
  expect(denials(deployed.log)).toEqual([]);
  expect(deployed.log).toMatch(/CREATE_COMPLETE +orders /);
  expect(deployed.log).toContain('Job succeeded');
  expect(deploying).toEqual([
    ofBootstrap('deploy-role'),
    ofBootstrap('file-publishing-role'),
    'sparta-orders-deployment',
  ]);

  // The next change is previewed against what is deployed.
  const changed = await repository.commit({ 'app.js': app("new Topic(stack, 'News');\n") });
  const next = await run(pullRequestEvent(7, { headSha: changed, baseSha: merged }), env);
  expect(denials(next.log)).toEqual([]);
  expect(titles()).toEqual([expect.stringContaining('1 added')]);

  // What was assumed is what the roles allow: whoever previews may not deploy.
  const roles = await readFile(join(path, '.github/sparta/orders-roles.yaml'), 'utf8');
  const [ofPreview = '', ofDeployment = ''] = roles.split('DeploymentRole:');
  const allowed = (text: string) => [...text.matchAll(/:role\/(cdk-[\w-]+)/g)].map(([, name]) => name).sort();
  expect(allowed(ofPreview)).toEqual(read.slice(0, -1));
  expect(allowed(ofDeployment)).toEqual(deploying.slice(0, -1));
});

/** A folder with an npm that installs what it has installed from the very same lock file before. */
async function npmOf(modules: string): Promise<string> {
  programs = await realpath(await mkdtemp(join(tmpdir(), 'npm-')));
  await writeFile(join(programs, 'npm'), `#!/bin/sh\nln -s '${modules}' node_modules\n`, { mode: 0o755 });
  return programs;
}

const run = (...args: Parameters<Repository['run']>) => {
  if (!repository) throw new Error('there is no repository');
  return repository.run(...args);
};
