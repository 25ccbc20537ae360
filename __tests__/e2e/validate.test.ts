import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type OnCall, startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const TEMPLATE = `Resources:
  Topic:
    Type: AWS::SNS::Topic
  Photos:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: photos-of-everybody
`;

let aws: Emulator;
let workspace: Awaited<ReturnType<typeof makeWorkspace>>;

beforeAll(async () => {
  aws = await startEmulator();
});
afterAll(() => aws.stop());
beforeEach(async () => {
  await aws.reset();
  workspace = await makeWorkspace({ 'template.yaml': TEMPLATE });
});
afterEach(() => workspace.remove());

const step = (inputs: Record<string, string>, endpoint = aws.endpoint) =>
  runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'photos', cache: 'false', noop: 'true', ...inputs },
    env: { ...aws.env, AWS_ENDPOINT_URL: endpoint },
  });

/** Names of stacks and change sets that are there. */
async function left(): Promise<readonly string[]> {
  const client = new CloudFormationClient({
    region: 'us-east-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
  client.destroy();
  return StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE').map(
    ({ StackName }) => StackName ?? '',
  );
}

const event = (fields: Record<string, string>) =>
  `<member>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</member>`;
const reply = (action: string, content: string) => ({
  status: 200,
  body: `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${content}</${action}Result></${action}Response>`,
});

/** What CloudFormation says in an account with limits and Hooks, which the emulator has not. */
const findings: OnCall = (name) => {
  switch (name) {
    case 'DescribeEvents': {
      const events = [
        event({
          EventId: '1',
          EventType: 'VALIDATION_ERROR',
          LogicalResourceId: 'Photos',
          ValidationName: 'NAME_CONFLICT_VALIDATION',
          ValidationStatus: 'FAILED',
          ValidationFailureMode: 'FAIL',
          ValidationPath: '/Resources/Photos/Properties/BucketName',
          ValidationStatusReason: 'a bucket of this name exists',
        }),
        event({
          EventId: '2',
          EventType: 'VALIDATION_ERROR',
          LogicalResourceId: 'Topic',
          ValidationName: 'SERVICE_QUOTA_VALIDATION',
          ValidationStatus: 'FAILED',
          ValidationFailureMode: 'WARN',
          ValidationStatusReason: '99999 of 100000 topics are in use',
        }),
      ];
      return reply('DescribeEvents', `<OperationEvents>${events.join('')}</OperationEvents>`);
    }
    case 'ListHookResults':
      return reply(
        'ListHookResults',
        `<HookResults>${event({ HookResultId: 'h-1', TypeName: 'Acme::Rules::Hook', Status: 'HOOK_COMPLETE_FAILED', FailureMode: 'WARN' })}</HookResults>`,
      );
    case 'GetHookResult': {
      const annotation = event({
        AnnotationName: 'encrypt-topics',
        Status: 'FAILED',
        StatusMessage: 'the topic is not encrypted',
        RemediationMessage: 'Set KmsMasterKeyId.',
      });
      return reply(
        'GetHookResult',
        `<TypeName>Acme::Rules::Hook</TypeName><Target><TargetType>RESOURCE</TargetType><TargetTypeName>AWS::SNS::Topic</TargetTypeName><TargetId>Topic</TargetId><Action>CREATE</Action></Target><Annotations>${annotation}</Annotations>`,
      );
    }
    default:
      return undefined;
  }
};

it('tells what CloudFormation and Hooks find, at the lines of the source, and leaves nothing behind', async () => {
  const proxy = await startProxy(aws.endpoint, findings);
  const asked = await step({ validate: 'true' }, proxy.url);
  await proxy.stop();
  expect(asked.exitCode).toBe(1);
  expect(asked.outputs).toMatchObject({ operation: 'preview', changed: 'true' });
  expect(asked.stdout).toMatch(
    /^::error file=template\.yaml,line=7[^:]*::Photos: .*a bucket of this name exists/m,
  );
  expect(asked.stdout).toMatch(/^::warning file=template\.yaml,line=2[^:]*::Topic: 99999 of 100000 topics/m);
  expect(asked.stdout).toMatch(
    /^::warning .*encrypt-topics: the topic is not encrypted\. Set KmsMasterKeyId/m,
  );
  expect(asked.summary).toMatch(/⛔ `Photos` is refused by CloudFormation: .*a bucket of this name exists/);
  expect(asked.summary).toMatch(/CloudFormation warns of Topic: 99999/);
  expect(await left()).toEqual([]);
});

it('says so when CloudFormation finds nothing, for a new stack and for one that is there', async () => {
  const fresh = await step({ validate: 'true' });
  expect(fresh.errors).toEqual([]);
  expect(fresh.summary).toContain('CloudFormation was asked, and finds nothing wrong');
  expect(await left()).toEqual([]);
  await step({ noop: 'false' });
  await writeFile(join(workspace.path, 'template.yaml'), TEMPLATE.replace('of-everybody', 'of-nobody'));
  const changed = await step({ validate: 'true' });
  expect(changed.errors).toEqual([]);
  expect(changed.summary).toMatch(/Photos · (may be )?replaced/);
  expect(await left()).toEqual(['photos']);
  const again = await step({ noop: 'false' });
  expect(again.outputs.operation).toBe('update');
});

it.each([
  ['ValidationError', 'Template error: resource Photos refers to nothing'],
  ['InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]'],
])('shows the preview with what CloudFormation refuses at once (%s)', async (code, message) => {
  const body = `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  const proxy = await startProxy(aws.endpoint, (name) =>
    name === 'CreateChangeSet' ? { status: 400, body } : undefined,
  );
  const asked = await step({ validate: 'true' }, proxy.url);
  await proxy.stop();
  expect(asked.exitCode).toBe(1);
  expect(asked.summary).toContain('photos · us-east-1: 2 added');
  expect(asked.summary).toContain('⛔ `photos` is refused by CloudFormation');
  expect(asked.errors).toEqual([message]);
  expect(await left()).toEqual([]);
});

it('says what was not asked', async () => {
  const files = {
    'nested.yaml': TEMPLATE,
    'template.yaml':
      'Resources:\n  In: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested.yaml } }\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(workspace.path, name), text);
  const nested = await step({ validate: 'true' });
  expect(nested.summary).toContain('CloudFormation was not asked about what is in nested stacks');
  const nowhere = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'photos', cache: 'false', noop: 'true', validate: 'true' },
  });
  expect(nowhere.summary).toContain('CloudFormation was not asked, because no AWS region is set');
});

it('reads the warnings of a deployment, too', async () => {
  const proxy = await startProxy(aws.endpoint, (name, call) =>
    name === 'GetHookResult' || name === 'ListHookResults' ? findings(name, call) : undefined,
  );
  const deployed = await step({ noop: 'false' }, proxy.url);
  await proxy.stop();
  expect(deployed.exitCode).toBe(0);
  expect(deployed.stdout).toMatch(/^::warning .*encrypt-topics/m);
});

it('flags capabilities that are too few, in every preview', async () => {
  await writeFile(
    join(workspace.path, 'template.yaml'),
    `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: photographer
      AssumeRolePolicyDocument: {}
`,
  );
  const few = await step({ capabilities: 'CAPABILITY_IAM' });
  expect(few.exitCode).toBe(0);
  expect(few.summary).toMatch(/⛔ `photos` .*the input capabilities lacks CAPABILITY.*NAMED.*IAM/);
  const enough = await step({ capabilities: 'CAPABILITY_NAMED_IAM' });
  expect(enough.summary).not.toContain('⛔');
});
