import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { runAction } from '../support/runner.ts';

let aws: Emulator;
let workspace: Awaited<ReturnType<typeof exampleWorkspace>>;
beforeAll(async () => {
  aws = await startEmulator();
  workspace = await exampleWorkspace('asset-metadata');
});
afterAll(async () => {
  await workspace.remove();
  await aws.stop();
});

const run = (inputs: Record<string, string>) =>
  runAction({ workspace: workspace.path, inputs: { 'stack-name': 'metadata', ...inputs }, env: aws.env });

it('the template of the design document is previewed, packaged, deployed and invoked', async () => {
  const preview = await run({ noop: 'true' });
  expect(preview).toMatchObject({
    exitCode: 0,
    errors: [],
    outputs: { operation: 'preview', changed: 'true' },
  });

  const local = await run({ command: 'invoke', function: 'MyStack/MyFunction', event: '{"name": "Ada"}' });
  expect(local).toMatchObject({ exitCode: 0, errors: [] });
  expect(local.stdout).toContain('{"message": "Hello, Ada"}');

  const created = await run({ noop: 'false' });
  expect(created).toMatchObject({ exitCode: 0, errors: [], outputs: { operation: 'create' } });
  const settings = {
    region: 'us-east-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: aws.env.AWS_SECRET_ACCESS_KEY ?? '' },
  };
  const lambda = new LambdaClient(settings);
  const FunctionName = created.outputs.MyFunctionName ?? '';
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{"name": "Ada"}' }));
  lambda.destroy();
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({ message: 'Hello, Ada' });

  const cloudFormation = new CloudFormationClient(settings);
  const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName: 'metadata' }));
  cloudFormation.destroy();
  const authored = JSON.parse(await readFile(join(workspace.path, 'template.json'), 'utf8'));
  const deployed = JSON.parse(TemplateBody);
  expect(deployed.Resources.MyFunction.Metadata).toEqual(authored.Resources.MyFunction.Metadata);
  expect(deployed.Resources.MyFunction.Properties.Code.S3Key).toMatch(/^metadata\/[0-9a-f]{64}\.zip$/);
  expect((await run({ noop: 'false' })).outputs).toMatchObject({ operation: 'none', changed: 'false' });
});

it('what samconfig.toml says is taken where the inputs say nothing, and told', async () => {
  await writeFile(
    join(workspace.path, 'samconfig.toml'),
    '[default.deploy.parameters]\nstack_name = "from-config"\ns3_prefix = "x"\ntags = "team=a"\n',
  );
  const inputs = { noop: 'true', 's3-prefix': 'mine' };
  const preview = await runAction({ workspace: workspace.path, inputs, env: aws.env });
  expect(preview).toMatchObject({ exitCode: 0, errors: [], outputs: { 'stack-name': 'from-config' } });
  expect(preview.stdout).toContain('From samconfig.toml: stack-name, tags\n');
  expect(await readFile(preview.outputs.template ?? '', 'utf8')).toContain('mine/from-config/');
});
