import { execFileSync } from 'node:child_process';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { expect, it } from '@jest/globals';
import { withoutContainerTools } from '../packaging/image/registry.ts';
import { describeWithGo, GO_SETTINGS, withoutGo } from '../support/go.ts';
import { runAction } from '../support/runner.ts';
import { ADA, credentials, spartaApplication } from '../support/sparta-application.ts';

const app = spartaApplication();

describeWithGo('a Sparta application', () => {
  it('makes a new deployment of its API when the API changes, and only then', async () => {
    const deployments = async () => {
      const { outputs } = await app.step({ noop: 'true' });
      const { Resources } = await app.template(outputs.template);
      return Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::ApiGateway::Deployment');
    };
    const before = await deployments();
    expect(before).toHaveLength(1);
    await app.change('main.go', '"Hello, "', '"Hi, "');
    expect(await deployments()).toEqual(before);
    await app.change('main.go', '"/hello"', '"/hi"');
    expect(await deployments()).not.toEqual(before);
  });

  it('has its roles that are given by name verified, and named where nobody may ask', async () => {
    await app.change('main.go', 'hello, sparta.IAMRoleDefinition{})', 'hello, "greeter-role")');
    const roleIn = async (path: string | undefined) => {
      const { Resources } = await app.template(path);
      const id = Object.keys(Resources).find((each) => each.startsWith('HelloLambda')) ?? '';
      return Resources[id].Properties.Role;
    };
    const offline = await runAction({
      workspace: app.workspace.path,
      inputs: { noop: 'true', cache: 'false' },
      env: GO_SETTINGS,
    });
    expect(offline.errors).toEqual([]);
    expect(await roleIn(offline.outputs.template)).toEqual({
      'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/greeter-role`,
    });
    const missing = await app.step({ noop: 'true' });
    expect(missing.exitCode).toBe(1);
    expect(missing.errors.join()).toContain('greeter-role');
    const iam = new IAMClient({ region: 'us-east-1', endpoint: app.aws.endpoint, credentials });
    await iam.send(
      new CreateRoleCommand({ RoleName: 'greeter-role', Path: '/teams/', AssumeRolePolicyDocument: '{}' }),
    );
    iam.destroy();
    const found = await app.step({ noop: 'true' });
    expect(found.errors).toEqual([]);
    expect(await roleIn(found.outputs.template)).toBe('arn:aws:iam::000000000000:role/teams/greeter-role');
  });

  it('packs its site again, without what changes with each build', async () => {
    await mkdir(join(app.workspace.path, 'web', 'css'), { recursive: true });
    await writeFile(join(app.workspace.path, 'web', 'index.html'), '<h1>Hello</h1>');
    await writeFile(join(app.workspace.path, 'web', 'css', 'page.css'), 'h1 {}');
    await app.change(
      'main.go',
      '\tapi := sparta',
      '\tsite, err := sparta.NewS3Site("./web")\n\tif err != nil {\n\t\treturn err\n\t}\n\tapi := sparta',
    );
    await app.change('main.go', 'goodbyeFn}, api, nil)', 'goodbyeFn}, api, site)');
    const siteOf = async () => {
      const { outputs, errors } = await app.step({ noop: 'true' });
      expect(errors).toEqual([]);
      const { Resources } = await app.template(outputs.template);
      const [id = ''] = Object.keys(Resources).filter((each) => each.startsWith('S3SiteBuilder'));
      return { id, key: Resources[id].Properties.SrcKeyName };
    };
    const first = await siteOf();
    await utimes(join(app.workspace.path, 'web', 'index.html'), 1, 1);
    expect(await siteOf()).toEqual(first);
    await app.change('web/index.html', 'Hello', 'Hi');
    const second = await siteOf();
    expect(second.id).toBe(first.id);
    expect(second.key).not.toBe(first.key);
  });

  const reason = withoutGo ?? withoutContainerTools();
  if (reason) console.warn(`the image of a Sparta application is not tested: ${reason}`);
  (reason ? it.skip : it)('is packaged as an image by its Dockerfile, and runs from it', async () => {
    await writeFile(
      join(app.workspace.path, 'Dockerfile'),
      'FROM scratch\nARG SPARTA_BINARY\nCOPY ${SPARTA_BINARY} /bootstrap\nENTRYPOINT ["/bootstrap"]\n',
    );
    // They are links, which an image may not follow out of the workspace.
    await rm(join(app.workspace.path, 'node_modules'), { recursive: true });
    const inputs = { dockerfile: 'Dockerfile', 'container-tool': 'podman' };
    const options = { env: { STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' } };
    const first = await app.step({ noop: 'true', ...inputs }, options);
    expect(first.errors).toEqual([]);
    const { Resources, Parameters } = await app.template(first.outputs.template);
    const [id = ''] = Object.keys(Resources).filter((each) => each.startsWith('HelloLambda'));
    const { Code, PackageType, Runtime, Handler } = Resources[id].Properties;
    expect(Code).toEqual({ ImageUri: expect.stringMatching(/@sha256:[0-9a-f]{64}$/) });
    expect({ PackageType, Runtime, Handler }).toEqual({ PackageType: 'Image' });
    expect(Parameters ?? {}).toEqual({});
    const again = await app.step({ noop: 'true', ...inputs }, options);
    expect(again.stdout).toContain('unchanged since an earlier run');
    const ran = await app.step(
      { command: 'invoke', function: 'Hello', event: JSON.stringify(ADA), ...inputs },
      options,
    );
    expect(ran.errors).toEqual([]);
    expect(ran.stdout).toContain('{"message":"Hello, Ada"}');
    const elsewhere = await runAction({
      workspace: app.workspace.path,
      inputs: { dockerfile: '../Dockerfile', noop: 'true' },
      env: GO_SETTINGS,
    });
    expect(elsewhere.errors.join()).toContain('"../Dockerfile" leads out of the workspace');
  });

  it('is the only source that a Dockerfile by itself is for', async () => {
    await writeFile(
      join(app.workspace.path, 'template.json'),
      '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}',
    );
    const { exitCode, errors } = await app.step({
      source: 'template.json',
      dockerfile: 'Dockerfile',
      noop: 'true',
    });
    expect(exitCode).toBe(1);
    expect(errors.join()).toContain('input dockerfile: only an application that is built on Sparta');
  });

  it('of version 1 is previewed and deployed as well', async () => {
    await app.change('main.go', 'github.com/mweagle/Sparta/v3', 'github.com/mweagle/Sparta');
    await writeFile(
      join(app.workspace.path, 'go.mod'),
      'module example.com/sparta-go\n\ngo 1.17\n\nrequire github.com/mweagle/Sparta v1.15.0\n',
    );
    const env = { ...process.env, ...GO_SETTINGS };
    const go = (...args: string[]) =>
      execFileSync('go', args, { cwd: app.workspace.path, env, stdio: 'ignore' });
    go('mod', 'tidy', '-compat=1.17');
    const outdated = await app.step({ noop: 'true' });
    expect(outdated.exitCode).toBe(1);
    expect(outdated.errors.join()).toContain('Run: go get github.com/aws/aws-lambda-go@');
    go('get', 'github.com/aws/aws-lambda-go@v1.27.0');
    go('mod', 'tidy', '-compat=1.17');
    // On a new machine this takes longer than a run of the action may.
    go('build', '-o', '/dev/null', '.');
    const created = await app.step();
    expect(created.errors).toEqual([]);
    expect(created.outputs).toMatchObject({ operation: 'create', 'stack-name': 'Greeter' });
    expect(await app.invoke('Greeter_Hello', ADA)).toEqual({ message: 'Hello, Ada' });
    expect((await app.step()).outputs).toMatchObject({ operation: 'none', changed: 'false' });
  }, 600_000);
});
