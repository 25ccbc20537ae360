import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { withoutContainerTools } from '../packaging/image/registry.ts';
import { callName } from '../support/aws-calls.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { type GitHubServer, pullRequestEvent, startGitHub } from '../support/github-server.ts';
import { describeWithGo, GO_SETTINGS, withoutGo } from '../support/go.ts';
import { startProxy } from '../support/proxy.ts';
import { runAction, runCli } from '../support/runner.ts';

let aws: Emulator;
let github: GitHubServer;
let workspace: Awaited<ReturnType<typeof exampleWorkspace>>;

beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  github = await startGitHub();
  workspace = await exampleWorkspace('sparta-go');
});
afterEach(async () => {
  await github.stop();
  await workspace.remove();
});

const step = (inputs: Record<string, string> = {}, options: Partial<Parameters<typeof runAction>[0]> = {}) =>
  runAction({
    workspace: workspace.path,
    inputs: { cache: 'false', ...inputs },
    ...options,
    env: { ...GO_SETTINGS, ...aws.env, ...options.env },
  });

const preview = (options: Partial<Parameters<typeof runAction>[0]> = {}) =>
  step(
    { 'github-token': 'token-canary' },
    {
      event: pullRequestEvent(7, { headSha: 'a'.repeat(40), baseSha: 'b'.repeat(40) }),
      ...options,
      env: { GITHUB_API_URL: github.url, ...options.env },
    },
  );

const comment = (): string => github.comments.get(7)?.[0]?.body ?? '';
const template = async (path: string | undefined) => JSON.parse(await readFile(path ?? '', 'utf8'));

async function invoke(name: string, payload: unknown): Promise<unknown> {
  const client = new LambdaClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials });
  const { Payload, FunctionError } = await client.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }),
  );
  client.destroy();
  const text = Buffer.from(Payload ?? []).toString();
  expect(`${FunctionError ?? ''} ${text}`).toMatch(/^ /);
  return JSON.parse(text);
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const ADA = { queryStringParameters: { name: 'Ada' } };

async function change(file: string, from: string | RegExp, to: string): Promise<void> {
  const path = join(workspace.path, file);
  const text = await readFile(path, 'utf8');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  await writeFile(path, changed);
}

describeWithGo('a Sparta application', () => {
  it('is previewed twice with the same result and no change in AWS, deployed, changed in place and found unchanged', async () => {
    const changing: string[] = [];
    const proxy = await startProxy(aws.endpoint, (_, { method, url, headers, body }) => {
      const { operation, mutating } = callName(method, url, headers, body);
      if (mutating) changing.push(operation);
    });
    const through = { env: { AWS_ENDPOINT_URL: proxy.url } };
    const first = await preview(through);
    expect(first.errors).toEqual([]);
    expect(first.outputs).toMatchObject({ operation: 'preview', 'stack-name': 'Greeter', changed: 'true' });
    const shown = comment();
    const made = await template(first.outputs.template);
    const second = await preview(through);
    expect(await template(second.outputs.template)).toEqual(made);
    expect(comment().replaceAll(/[\d.]+ m?s\b/g, '')).toBe(shown.replaceAll(/[\d.]+ m?s\b/g, ''));
    expect(changing).toEqual([]);
    await proxy.stop();

    const created = await step();
    expect(created.errors).toEqual([]);
    expect(created.outputs).toMatchObject({ operation: 'create', 'stack-status': 'CREATE_COMPLETE' });
    expect(await invoke('Greeter_Hello', ADA)).toEqual({ message: 'Hello, Ada' });
    expect(await invoke('Greeter_Goodbye', { name: 'Ada' })).toEqual({ message: 'Goodbye, Ada' });
    expect((await preview()).outputs).toMatchObject({ changed: 'false' });
    expect((await step()).outputs).toMatchObject({ operation: 'none', changed: 'false' });

    await change('main.go', '"Goodbye, "', '"Bye, "');
    await preview();
    expect(comment()).toContain('| 🔵 code | `Goodbye` | AWS::Lambda::Function | code |');
    expect(comment()).not.toMatch(/BuildID|TemplateCreationTime|APIGatewayDeployment/);
    const updated = await step({ inplace: 'true' });
    expect(updated.errors).toEqual([]);
    expect(updated.outputs).toMatchObject({ operation: 'in-place', changed: 'true' });
    expect(await invoke('Greeter_Goodbye', { name: 'Ada' })).toEqual({ message: 'Bye, Ada' });
    expect((await step({ inplace: 'true' })).outputs).toMatchObject({ operation: 'none' });
  });

  it('makes a new deployment of its API when the API changes, and only then', async () => {
    const deployments = async () => {
      const { outputs } = await step({ noop: 'true' });
      const { Resources } = await template(outputs.template);
      return Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::ApiGateway::Deployment');
    };
    const before = await deployments();
    expect(before).toHaveLength(1);
    await change('main.go', '"Hello, "', '"Hi, "');
    expect(await deployments()).toEqual(before);
    await change('main.go', '"/hello"', '"/hi"');
    expect(await deployments()).not.toEqual(before);
  });

  it('runs here', async () => {
    const event = join('events', 'Hello', 'ada.json');
    const args = ['invoke', '--function', 'Hello', '--event', event];
    const { stdout, exitCode } = await runCli(args, workspace.path, GO_SETTINGS);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('{"message":"Hello, Ada"}');
  });

  it('has its roles that are given by name verified, and named where nobody may ask', async () => {
    await change('main.go', 'hello, sparta.IAMRoleDefinition{})', 'hello, "greeter-role")');
    const roleIn = async (path: string | undefined) => {
      const { Resources } = await template(path);
      const id = Object.keys(Resources).find((each) => each.startsWith('HelloLambda')) ?? '';
      return Resources[id].Properties.Role;
    };
    const offline = await runAction({
      workspace: workspace.path,
      inputs: { noop: 'true', cache: 'false' },
      env: GO_SETTINGS,
    });
    expect(offline.errors).toEqual([]);
    expect(await roleIn(offline.outputs.template)).toEqual({
      'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/greeter-role`,
    });
    const missing = await step({ noop: 'true' });
    expect(missing.exitCode).toBe(1);
    expect(missing.errors.join()).toContain('greeter-role');
    const iam = new IAMClient({ region: 'us-east-1', endpoint: aws.endpoint, credentials });
    await iam.send(
      new CreateRoleCommand({ RoleName: 'greeter-role', Path: '/teams/', AssumeRolePolicyDocument: '{}' }),
    );
    iam.destroy();
    const found = await step({ noop: 'true' });
    expect(found.errors).toEqual([]);
    expect(await roleIn(found.outputs.template)).toBe('arn:aws:iam::000000000000:role/teams/greeter-role');
  });

  it('packs its site again, without what changes with each build', async () => {
    await mkdir(join(workspace.path, 'web', 'css'), { recursive: true });
    await writeFile(join(workspace.path, 'web', 'index.html'), '<h1>Hello</h1>');
    await writeFile(join(workspace.path, 'web', 'css', 'page.css'), 'h1 {}');
    await change(
      'main.go',
      '\tapi := sparta',
      '\tsite, err := sparta.NewS3Site("./web")\n\tif err != nil {\n\t\treturn err\n\t}\n\tapi := sparta',
    );
    await change('main.go', 'goodbyeFn}, api, nil)', 'goodbyeFn}, api, site)');
    const siteOf = async () => {
      const { outputs, errors } = await step({ noop: 'true' });
      expect(errors).toEqual([]);
      const { Resources } = await template(outputs.template);
      const [id = ''] = Object.keys(Resources).filter((each) => each.startsWith('S3SiteBuilder'));
      return { id, key: Resources[id].Properties.SrcKeyName };
    };
    const first = await siteOf();
    await utimes(join(workspace.path, 'web', 'index.html'), 1, 1);
    expect(await siteOf()).toEqual(first);
    await change('web/index.html', 'Hello', 'Hi');
    const second = await siteOf();
    expect(second.id).toBe(first.id);
    expect(second.key).not.toBe(first.key);
  });

  const reason = withoutGo ?? withoutContainerTools();
  if (reason) console.warn(`the image of a Sparta application is not tested: ${reason}`);
  (reason ? it.skip : it)('is packaged as an image by its Dockerfile, and runs from it', async () => {
    await writeFile(
      join(workspace.path, 'Dockerfile'),
      'FROM scratch\nARG SPARTA_BINARY\nCOPY ${SPARTA_BINARY} /bootstrap\nENTRYPOINT ["/bootstrap"]\n',
    );
    // They are links, which an image may not follow out of the workspace.
    await rm(join(workspace.path, 'node_modules'), { recursive: true });
    const inputs = { dockerfile: 'Dockerfile', 'container-tool': 'podman' };
    const options = { env: { STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' } };
    const first = await step({ noop: 'true', ...inputs }, options);
    expect(first.errors).toEqual([]);
    const { Resources, Parameters } = await template(first.outputs.template);
    const [id = ''] = Object.keys(Resources).filter((each) => each.startsWith('HelloLambda'));
    const { Code, PackageType, Runtime, Handler } = Resources[id].Properties;
    expect(Code).toEqual({ ImageUri: expect.stringMatching(/@sha256:[0-9a-f]{64}$/) });
    expect({ PackageType, Runtime, Handler }).toEqual({ PackageType: 'Image' });
    expect(Parameters ?? {}).toEqual({});
    const again = await step({ noop: 'true', ...inputs }, options);
    expect(again.stdout).toContain('unchanged since an earlier run');
    const ran = await step(
      { command: 'invoke', function: 'Hello', event: JSON.stringify(ADA), ...inputs },
      options,
    );
    expect(ran.errors).toEqual([]);
    expect(ran.stdout).toContain('{"message":"Hello, Ada"}');
    const elsewhere = await runAction({
      workspace: workspace.path,
      inputs: { dockerfile: '../Dockerfile', noop: 'true' },
      env: GO_SETTINGS,
    });
    expect(elsewhere.errors.join()).toContain('"../Dockerfile" leads out of the workspace');
  });

  it('is the only source that a Dockerfile by itself is for', async () => {
    await writeFile(join(workspace.path, 'template.json'), '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}');
    const { exitCode, errors } = await step({
      source: 'template.json',
      dockerfile: 'Dockerfile',
      noop: 'true',
    });
    expect(exitCode).toBe(1);
    expect(errors.join()).toContain('input dockerfile: only an application that is built on Sparta');
  });

  it('that does not compile, or is not sound, is told of with its place', async () => {
    await change('main.go', 'name := request', 'name = request');
    const broken = await step({ noop: 'true' });
    expect(broken.exitCode).toBe(1);
    expect(broken.errors.join('\n')).toMatch(/main\.go:\d+:\d+|undefined: name/);
    await change('main.go', 'name = request', 'name := request');
    await change('main.go', '"Goodbye", goodbye', '"Hello", goodbye');
    const twice = await step({ noop: 'true' });
    expect(twice.exitCode).toBe(1);
    expect(twice.errors.join('\n')).toContain('Multiple definitions of lambda: Hello');
  });

  it('of version 1 is previewed and deployed as well', async () => {
    await change('main.go', 'github.com/mweagle/Sparta/v3', 'github.com/mweagle/Sparta');
    await writeFile(
      join(workspace.path, 'go.mod'),
      'module example.com/sparta-go\n\ngo 1.17\n\nrequire github.com/mweagle/Sparta v1.15.0\n',
    );
    const env = { ...process.env, ...GO_SETTINGS };
    const go = (...args: string[]) => execFileSync('go', args, { cwd: workspace.path, env, stdio: 'ignore' });
    go('mod', 'tidy', '-compat=1.17');
    const outdated = await step({ noop: 'true' });
    expect(outdated.exitCode).toBe(1);
    expect(outdated.errors.join()).toContain('Run: go get github.com/aws/aws-lambda-go@');
    go('get', 'github.com/aws/aws-lambda-go@v1.27.0');
    go('mod', 'tidy', '-compat=1.17');
    // On a new machine this takes longer than a run of the action may.
    go('build', '-o', '/dev/null', '.');
    const created = await step();
    expect(created.errors).toEqual([]);
    expect(created.outputs).toMatchObject({ operation: 'create', 'stack-name': 'Greeter' });
    expect(await invoke('Greeter_Hello', ADA)).toEqual({ message: 'Hello, Ada' });
    expect((await step()).outputs).toMatchObject({ operation: 'none', changed: 'false' });
  }, 600_000);
});
