import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cdkModules, synthesise } from '../../scripts/cdk.ts';
import { PASSWORD, startRegistry, USERNAME, withoutContainerTools } from '../packaging/image/registry.ts';
import { ACCOUNT, assetsBucket, bootstrap, imagesRepository } from '../support/bootstrap.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { startProxy } from '../support/proxy.ts';
import { runAction, runCli } from '../support/runner.ts';

const examples = resolve(import.meta.dirname, '../../examples');

let aws: Emulator;
let github: GitHubServer;
/** The examples, synthesised once. */
let made: string;
/** A copy that a test may change. */
let workspace: string;

beforeAll(async () => {
  const cdk = await cdkModules();
  if ('missing' in cdk) throw new Error(cdk.missing);
  made = await realpath(await mkdtemp(join(tmpdir(), 'cdk-')));
  await symlink(cdk.modules, join(made, 'node_modules'));
  const names = ['cdk-orders', 'cdk-nested', 'cdk-two-stacks', 'cdk-image'];
  for (const name of names) await cp(join(examples, name), join(made, name), { recursive: true });
  // The base image of the example is a download; what is tested is how it gets to where the template says.
  const dockerfile = join(made, 'cdk-image', 'function', 'Dockerfile');
  await writeFile(dockerfile, (await readFile(dockerfile, 'utf8')).replace(/^FROM .*$/m, 'FROM scratch'));
  await Promise.all(names.map((name) => synthesise(join(made, name))));
  aws = await startEmulator();
});
afterAll(async () => {
  await aws?.stop();
  await rm(made, { recursive: true, force: true });
});
beforeEach(async () => {
  await aws.reset();
  await bootstrap(aws);
  github = await startGitHub();
  workspace = await realpath(await mkdtemp(join(tmpdir(), 'workspace-')));
});
afterEach(async () => {
  await github.stop();
  await rm(workspace, { recursive: true, force: true });
});

const use = (name: string) => cp(join(made, name), workspace, { recursive: true });

const step = (inputs: Record<string, string> = {}, options: Partial<Parameters<typeof runAction>[0]> = {}) =>
  runAction({
    workspace,
    inputs: { source: 'cdk.out', cache: 'false', 'github-token': 'token-canary', ...inputs },
    ...options,
    env: { ...aws.env, GITHUB_API_URL: github.url, ...options.env },
  });

const preview = (inputs: Record<string, string> = {}) =>
  step(inputs, { event: pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) }) });

const clientOptions = () => ({
  region: 'us-east-1',
  endpoint: aws.endpoint,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

async function invoke(name: string | undefined, payload: unknown = {}): Promise<unknown> {
  const client = new LambdaClient(clientOptions());
  const answer = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }),
  );
  client.destroy();
  expect(answer.FunctionError).toBeUndefined();
  return JSON.parse(Buffer.from(answer.Payload ?? []).toString());
}

async function keys(): Promise<string[]> {
  const client = new S3Client({ ...clientOptions(), forcePathStyle: true });
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: assetsBucket() }));
  client.destroy();
  return Contents.map(({ Key = '' }) => Key).sort();
}

async function stackOf(name: string, region = 'us-east-1') {
  const client = new CloudFormationClient({ ...clientOptions(), region });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  client.destroy();
  return Stacks[0];
}

/** Adds a stack to the assembly, with nothing that the default synthesizer gives. */
async function addStack(name: string, template: object): Promise<void> {
  const file = join(workspace, 'cdk.out', 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const properties = { templateFile: `${name}.template.json` };
  manifest.artifacts[name] = { type: 'aws:cloudformation:stack', properties };
  await writeFile(file, JSON.stringify(manifest));
  await writeFile(join(workspace, 'cdk.out', `${name}.template.json`), JSON.stringify(template));
}

const assets = async (name: string): Promise<{ files: Record<string, { destinations: object }> }> =>
  JSON.parse(await readFile(join(workspace, 'cdk.out', `${name}.assets.json`), 'utf8'));

describe('a function with an HTTP API, a table and a file', () => {
  it('is previewed, published under the keys of its manifest, deployed, and then unchanged', async () => {
    await use('cdk-orders');
    const shown = await preview();
    expect(shown.outputs).toMatchObject({
      operation: 'preview',
      changed: 'true',
      'stack-name': 'cdk-orders',
    });
    const comment = github.comments.get(7)?.[0]?.body ?? '';
    expect(comment).toContain('`TakeOrder/ServiceRole/DefaultPolicy`');
    expect(comment).not.toMatch(/CDKMetadata|BootstrapVersion/);

    let asked = new URLSearchParams();
    const proxy = await startProxy(aws.endpoint, (name, { body }) => {
      if (name === 'CreateChangeSet') asked = new URLSearchParams(body.toString());
    });
    const created = await step({}, { env: { AWS_ENDPOINT_URL: proxy.url } });
    await proxy.stop();
    expect(asked.get('RoleARN')).toBe(
      `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-us-east-1`,
    );
    expect(created.outputs).toMatchObject({ operation: 'create', 'stack-status': 'CREATE_COMPLETE' });
    expect(created.stdout).not.toContain('is not assumed');
    const manifest = await assets('Orders');
    const named = Object.values(manifest.files).flatMap(({ destinations }) =>
      Object.values(destinations).map(({ objectKey }: { objectKey: string }) => objectKey),
    );
    expect(await keys()).toEqual(named.sort());
    expect(named).toContain(asked.get('TemplateURL')?.split('/').at(-1));
    expect((await stackOf('cdk-orders'))?.Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
    expect(JSON.parse(created.outputs.outputs ?? '')).toMatchObject({ Url: expect.stringContaining('http') });
    expect(await invoke(created.outputs.Function, { body: '{"tea":1}' })).toMatchObject({
      statusCode: 201,
      body: expect.stringContaining(`s3://cdk-hnb659fds-assets-${ACCOUNT}-us-east-1/`),
    });

    const again = await step();
    expect(again.outputs).toMatchObject({ operation: 'none', changed: 'false' });
    expect((await preview()).outputs.changed).toBe('false');
  });

  it('shows new code as one change, and new versions of the framework as none', async () => {
    await use('cdk-orders');
    await step();
    await writeFile(join(workspace, 'function', 'index.mjs'), 'export const handler = async () => "new";\n');
    await symlink(join(made, 'node_modules'), join(workspace, 'node_modules'));
    await synthesise(workspace);
    const template = join(workspace, 'cdk.out', 'Orders.template.json');
    await writeFile(template, (await readFile(template, 'utf8')).replace('v2:deflate64:', 'v2:deflate64:H4'));
    const shown = await preview();
    const diff = JSON.parse(await readFile(shown.outputs.diff ?? '', 'utf8'));
    expect(diff.stacks[0].resources).toMatchObject([
      { action: 'code', name: 'TakeOrder', type: 'AWS::Lambda::Function', changes: [] },
    ]);
    expect(diff.stacks[0]).toMatchObject({ outputs: [], parameters: [], other: [], changedParameters: [] });

    const updated = await step();
    expect(updated.outputs.operation).toBe('update');
    expect(await invoke(updated.outputs.Function)).toBe('new');
  });
});

it('a nested stack is published under its own key, and its function runs', async () => {
  await use('cdk-nested');
  expect((await preview()).outputs.changed).toBe('true');
  const created = await step();
  expect(created.outputs['stack-status']).toBe('CREATE_COMPLETE');
  expect(await keys()).toHaveLength(Object.keys((await assets('Greetings')).files).length);
  expect(await invoke(created.outputs.Function)).toEqual({ greeting: 'Hello, world!' });
  expect((await step()).outputs.operation).toBe('none');
});

it('a function runs here under its construct path, on what would be deployed', async () => {
  await use('cdk-orders');
  const { exitCode, stdout } = await runCli(
    ['invoke', '--source', 'cdk.out', '--function', 'Orders/TakeOrder', '--event', '{"body":"{}"}'],
    workspace,
  );
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ statusCode: 201 });
});

describe('two stacks, one of which needs the other', () => {
  it('are shown in one comment, deployed in order, and give their outputs', async () => {
    await use('cdk-two-stacks');
    await preview();
    expect(github.comments.get(7)).toHaveLength(1);
    expect(github.comments.get(7)?.[0]?.body).toMatch(/cdk-data[\s\S]*cdk-service/);
    // From what the preview left; a stack brings along what it depends on.
    const created = await step({ source: '.sparta', stacks: 'Serv*' });
    expect(created.stdout).toContain('Also, because others depend on them: cdk-data');
    const outputs = JSON.parse(created.outputs.outputs ?? '');
    const table = outputs['cdk-data'].ExportsOutputRefTableCD117FA1D18A8047;
    expect(await invoke(outputs['cdk-service'].ReaderFunction)).toEqual({ reads: table });
    expect(await invoke(outputs['cdk-service'].WriterFunction)).toEqual({ writes: table });
    expect((await step()).outputs).toMatchObject({ operation: 'none', changed: 'false' });
  });

  it('stop where the first one fails, and the other says why', async () => {
    await use('cdk-two-stacks');
    const file = join(workspace, 'cdk.out', 'Data.template.json');
    const template = JSON.parse(await readFile(file, 'utf8'));
    template.Resources.Bad = { Type: 'AWS::Nope::Nothing', Properties: {} };
    await writeFile(file, JSON.stringify(template));
    await addStack('Other', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
    const failed = await step();
    expect(failed.exitCode).toBe(1);
    // What has nothing to do with it is carried out, without a bucket of the framework even.
    expect((await stackOf('Other'))?.StackStatus).toBe('CREATE_COMPLETE');
    expect(failed.errors.join('\n')).toContain(
      'cdk-service: not deployed, because cdk-data, which it depends on, failed',
    );
    await expect(stackOf('cdk-service')).rejects.toThrow(/does not exist/);
  });
});

describe('where an environment is not as the application needs it', () => {
  it('says how to bootstrap it', async () => {
    await aws.reset();
    await use('cdk-orders');
    const failed = await step();
    expect(failed.errors.join('\n')).toMatch(
      /is not bootstrapped for AWS CDK.*Run: npx cdk bootstrap aws:\/\//,
    );
    await bootstrap(aws, { version: 5 });
    expect((await step()).errors.join('\n')).toContain('has version 5; the application needs 6');
  });

  it('goes on with its own credentials where roles cannot be assumed, and says so', async () => {
    await aws.reset();
    await bootstrap(aws, { roles: ['cfn-exec-role'] });
    await use('cdk-nested');
    const created = await step();
    expect(created.outputs.operation).toBe('create');
    expect(created.stdout).toMatch(/deploy-role-\S+ is not assumed; our own credentials are used instead/);
    expect(created.stdout).toMatch(/file-publishing-role-\S+ is not assumed/);
  });

  it('goes to the region that the application fixes', async () => {
    await bootstrap(aws, { region: 'eu-west-1' });
    await use('cdk-nested');
    const file = join(workspace, 'cdk.out', 'manifest.json');
    const manifest = (await readFile(file, 'utf8')).replace('unknown-region', 'eu-west-1');
    await writeFile(file, manifest);
    const created = await step();
    expect(created.outputs.operation).toBe('create');
    expect(created.stdout).toContain('s3://cdk-hnb659fds-assets-000000000000-eu-west-1/');
    expect((await stackOf('cdk-nested', 'eu-west-1'))?.StackStatus).toBe('CREATE_COMPLETE');
    await expect(stackOf('cdk-nested')).rejects.toThrow(/does not exist/);
  });

  it('refuses credentials of another account', async () => {
    await use('cdk-orders');
    const file = join(workspace, 'cdk.out', 'manifest.json');
    const manifest = (await readFile(file, 'utf8')).replace(
      'aws://unknown-account/unknown-region',
      'aws://111111111111/us-east-1',
    );
    await writeFile(file, manifest);
    expect((await step()).errors.join('\n')).toContain(
      'belongs to account 111111111111, but the credentials are of 000000000000',
    );
    expect((await preview()).outputs.operation).toBe('preview');
  });
});

it('a stack of the legacy synthesizer gets its assets by parameters', async () => {
  const app = `
    import { App, LegacyStackSynthesizer, Stack, CfnOutput } from 'aws-cdk-lib';
    import { Code, Function as Fn, Runtime } from 'aws-cdk-lib/aws-lambda';
    const stack = new Stack(new App(), 'Legacy', { synthesizer: new LegacyStackSynthesizer() });
    const fn = new Fn(stack, 'Fn', {
      runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset('code'),
    });
    new CfnOutput(stack, 'Name', { value: fn.functionName });`;
  await mkdir(join(workspace, 'code'));
  await writeFile(join(workspace, 'code', 'index.mjs'), 'export const handler = async () => "legacy";\n');
  await writeFile(join(workspace, 'package.json'), '{ "type": "module" }');
  await writeFile(join(workspace, 'app.js'), app);
  await symlink(join(made, 'node_modules'), join(workspace, 'node_modules'));
  // Without the metadata that the CLI asks for.
  await synthesise(workspace, {});
  const created = await step();
  expect(created.outputs.operation).toBe('create');
  expect(await invoke(created.outputs.Name)).toBe('legacy');
  expect((await step()).outputs.operation).toBe('none');
});

const reason = withoutContainerTools();
if (reason) console.warn(`the image of a CDK application is not tested: ${reason}`);
(reason ? it.skip : it)('an image is built, and pushed to where its manifest says', async () => {
  const registry = await startRegistry();
  const token = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64');
  const proxy = await startProxy(
    aws.endpoint,
    () => undefined,
    (target) =>
      target.endsWith('.GetAuthorizationToken')
        ? { authorizationData: [{ authorizationToken: token, proxyEndpoint: registry.url }] }
        : undefined,
  );
  try {
    await use('cdk-image');
    // Podman without anything of the host's: works in containers too.
    const env = { AWS_ENDPOINT_URL: proxy.url, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' };
    const inputs = { 'container-tool': 'podman' };
    const created = await step(inputs, { env });
    expect(created.outputs.operation).toBe('create');
    const [tag = ''] = Object.keys(
      JSON.parse(await readFile(join(workspace, 'cdk.out', 'Image.assets.json'), 'utf8')).dockerImages,
    );
    const manifest = await fetch(`${registry.url}/v2/${imagesRepository()}/manifests/${tag}`, {
      headers: {
        authorization: `Basic ${token}`,
        accept: 'application/vnd.oci.image.manifest.v1+json',
      },
    });
    expect(manifest.status).toBe(200);
    expect(created.stdout).toMatch(new RegExp(`pushed: \\S+${imagesRepository()}:${tag}`));
    expect((await step(inputs, { env })).outputs.operation).toBe('none');
  } finally {
    await proxy.stop();
    await registry.stop();
  }
});
