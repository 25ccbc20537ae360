import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeStacksCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { startProxy } from '../support/proxy.ts';
import { makeWorkspace, runAction, type StepResult } from '../support/runner.ts';

let aws: Emulator;
let cloudFormation: CloudFormationClient;
beforeAll(async () => {
  aws = await startEmulator();
  cloudFormation = new CloudFormationClient({
    region: 'us-east-1',
    endpoint: aws.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  cloudFormation.destroy();
  await aws.stop();
});
beforeEach(() => aws.reset());

async function deploy(
  files: Record<string, string>,
  inputs: Record<string, string> = {},
): Promise<StepResult> {
  const workspace = await makeWorkspace(files);
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'demo', ...inputs },
    env: aws.env,
  });
  await workspace.remove();
  return result;
}

const status = async (name = 'demo'): Promise<string | undefined> => {
  try {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0]?.StackStatus;
  } catch {
    return undefined;
  }
};

const topic = JSON.stringify({
  Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
  Outputs: { Topic: { Value: { Ref: 'Topic' } } },
});

describe('stacks of all sorts', () => {
  it('uses a stack that is only a change set for review, and its leftovers go', async () => {
    await cloudFormation.send(
      new CreateChangeSetCommand({
        StackName: 'demo',
        ChangeSetName: 'sparta-leftover',
        ChangeSetType: 'CREATE',
        TemplateBody: topic,
      }),
    );
    expect(await status()).toBe('REVIEW_IN_PROGRESS');
    const result = await deploy({ 'template.json': topic });
    expect(result.outputs).toMatchObject({ operation: 'create', 'stack-status': 'CREATE_COMPLETE' });
    const { Summaries = [] } = await cloudFormation.send(new ListChangeSetsCommand({ StackName: 'demo' }));
    expect(Summaries.map(({ ChangeSetName }) => ChangeSetName)).not.toContain('sparta-leftover');
  });

  it('leaves nothing behind when CloudFormation refuses the change set', async () => {
    const template = { Transform: 'Nowhere::Macro', ...JSON.parse(topic) };
    const broken = { ...template, Resources: { Topic: { Type: 'AWS::No::SuchType' } } };
    const result = await deploy({ 'template.json': JSON.stringify(broken) });
    expect(result.exitCode).toBe(1);
    expect(result.errors).toHaveLength(1);
    expect(['ROLLBACK_COMPLETE', undefined]).toContain(await status());
  });

  it('names the first failed resource, its line and the way out, and deploys again afterwards', async () => {
    await deploy(
      {
        'template.json': JSON.stringify({
          Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'taken' } } },
        }),
      },
      { 'stack-name': 'first' },
    );
    const template =
      'Resources:\n  Mapping:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      FunctionName: nobody\n      EventSourceArn: arn:aws:sqs:us-east-1:000000000000:none\n  Broken:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: https://s3.us-east-1.amazonaws.com/no-such-bucket/none.json\n';
    const failed = await deploy({ 'template.yaml': template });
    expect(failed.exitCode).toBe(1);
    expect(failed.errors.join('\n')).toContain('template.yaml:');
    expect(failed.outputs.operation).toBe('create');
    const again = await deploy({ 'template.json': topic });
    expect(again.outputs['stack-status']).toBe('CREATE_COMPLETE');
  });

  it('follows nested stacks', async () => {
    const files = {
      'template.yaml':
        'Resources:\n  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: child/template.yaml\nOutputs:\n  Url:\n    Value: !GetAtt Child.Outputs.Name\n',
      'child/template.yaml':
        'Resources:\n  Inner:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: nodejs22.x\n      Handler: index.handler\n      Role: arn:aws:iam::000000000000:role/any\n      Code: ./code\nOutputs:\n  Name:\n    Value: !Ref Inner\n',
      'child/code/index.mjs': 'export const handler = async () => 1;',
    };
    const result = await deploy(files);
    expect(result.errors).toEqual([]);
    expect(result.outputs['stack-status']).toBe('CREATE_COMPLETE');
    expect(result.outputs.Url).not.toBe('');
    expect(result.stdout).toMatch(/Inner {2}\(AWS::Lambda::Function\)/);
    expect((await deploy(files)).outputs).toMatchObject({ operation: 'none', changed: 'false' });
    const next = await deploy({ ...files, 'child/code/index.mjs': 'export const handler = async () => 2;' });
    expect(next.outputs).toMatchObject({ operation: 'update', changed: 'true' });
  });

  it('deploys a template over 51,200 bytes with 200 resources', async () => {
    const Resources = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [
        `Topic${n}`,
        { Type: 'AWS::SNS::Topic', Properties: { DisplayName: `topic ${n} `.padEnd(200, 'x') } },
      ]),
    );
    const template = JSON.stringify({ Resources }, undefined, 2);
    expect(template.length).toBeGreaterThan(51_200);
    const result = await deploy({ 'template.json': template });
    expect(result.outputs['stack-status']).toBe('CREATE_COMPLETE');
    expect(result.outputs.changed).toBe('true');
    const lines = result.stdout
      .split('\n')
      .filter((line) => /CREATE_COMPLETE {2}/.test(line) && line.includes('AWS::SNS::Topic'));
    expect(new Set(lines).size).toBe(200);
    expect(lines).toHaveLength(200);
  });

  it('deploys the very bytes that another job built', async () => {
    const workspace = await makeWorkspace({ 'template.json': topic });
    const inputs = { 'stack-name': 'demo', parameters: '' };
    const built = await runAction({ workspace: workspace.path, inputs: { ...inputs, noop: 'true' } });
    expect(built.exitCode).toBe(0);
    const deployed = await runAction({
      workspace: workspace.path,
      inputs: { source: '.sparta' },
      env: aws.env,
    });
    await workspace.remove();
    expect(deployed.outputs).toMatchObject({
      'stack-name': 'demo',
      operation: 'create',
      'stack-status': 'CREATE_COMPLETE',
    });
    expect(deployed.outputs.Topic).toContain('arn:aws:sns');
  });

  it('keeps values of parameters that are not named, and never shows those of NoEcho', async () => {
    const template = JSON.stringify({
      Parameters: { Secret: { Type: 'String', NoEcho: true }, Size: { Type: 'String', Default: 'small' } },
      Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Size' } } } },
      Outputs: { Size: { Value: { Ref: 'Size' } } },
    });
    const first = await deploy(
      { 'template.json': template },
      { parameters: 'Secret=hush-canary\nSize=large', 'log-level': 'debug' },
    );
    expect(first.outputs).toMatchObject({ operation: 'create', Size: 'large' });
    const text = first.stdout.replace(/^::add-mask::.*$/gm, '') + first.summary;
    expect(text).not.toContain('hush-canary');
    expect(first.stdout).toContain('::add-mask::hush-canary');
    const second = await deploy(
      { 'template.json': template.replace('Outputs', 'Outputs') },
      { parameters: '[{"ParameterKey": "Secret", "UsePreviousValue": true}]' },
    );
    expect(second.outputs).toMatchObject({ operation: 'none', Size: 'large' });
  });

  it('makes outputs that collide with its own reachable, and cannot be tricked into others', async () => {
    const template = JSON.stringify({
      Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
      Outputs: {
        operation: { Value: 'mine' },
        Odd: { Value: 'one\nchanged=forged\nEOF\n::set-output name=x::y' },
      },
    });
    const result = await deploy({ 'template.json': template });
    expect(result.outputs).toMatchObject({ operation: 'create', changed: 'true' });
    expect(result.outputs.Odd).toBe('one\nchanged=forged\nEOF\n::set-output name=x::y');
    expect(JSON.parse(result.outputs.outputs ?? '')).toMatchObject({ operation: 'mine' });
    expect(result.stdout).toContain('The stack output operation has the name of an output of this action');
  });
});

it('tells what became of the stack when what comes after it fails', async () => {
  const proxy = await startProxy(aws.endpoint, (name) =>
    name === 'UpdateTerminationProtection'
      ? {
          status: 403,
          body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
        }
      : undefined,
  );
  const workspace = await makeWorkspace({ 'template.json': topic });
  const step = () =>
    runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'demo', 'termination-protection': 'true' },
      env: { ...aws.env, AWS_ENDPOINT_URL: proxy.url },
    });
  try {
    const created = await step();
    expect(created.exitCode).toBe(1);
    expect(created.errors).toEqual([
      expect.stringMatching(
        /the stack is CREATE_COMPLETE, but setting termination protection of demo failed/,
      ),
    ]);
    expect(created.outputs).toMatchObject({
      operation: 'create',
      changed: 'true',
      'stack-name': 'demo',
      'stack-status': 'CREATE_COMPLETE',
      Topic: expect.stringContaining(':sns:'),
    });
    const unchanged = await step();
    expect(unchanged.outputs).toMatchObject({
      operation: 'none',
      changed: 'false',
      'stack-status': 'CREATE_COMPLETE',
    });
    expect(unchanged.exitCode).toBe(1);
  } finally {
    await proxy.stop();
    await workspace.remove();
  }
});
