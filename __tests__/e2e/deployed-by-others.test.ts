import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { makeWorkspace, runAction, type StepResult } from '../support/runner.ts';

let emulator: Emulator;
let aws: FaultProxy;
let cloudFormation: CloudFormationClient;
beforeAll(async () => {
  emulator = await startEmulator();
  aws = await startFaultProxy(emulator.endpoint);
  cloudFormation = new CloudFormationClient({
    region: 'us-east-1',
    endpoint: emulator.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  cloudFormation.destroy();
  await aws.stop();
  await emulator.stop();
});
beforeEach(async () => {
  aws.clear();
  await emulator.reset();
});

async function run(template: string, inputs: Record<string, string> = {}): Promise<StepResult> {
  const workspace = await makeWorkspace({ 'template.yaml': template });
  const result = await runAction({
    workspace: workspace.path,
    inputs: { 'stack-name': 'demo', ...inputs },
    env: { ...emulator.env, AWS_ENDPOINT_URL: aws.endpoint },
  });
  await workspace.remove();
  return result;
}

const deployed = (TemplateBody: string) =>
  cloudFormation.send(new CreateStackCommand({ StackName: 'demo', TemplateBody }));

describe('a stack whose template somebody else wrote', () => {
  it.each([
    [
      'repeats a key, of which the last counts',
      'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: 5\n      DelaySeconds: 9\n',
      'Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: { DelaySeconds: 9 }\n',
    ],
    [
      'goes on in any column between quotes and brackets',
      'Resources:\n  Parameter:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Type: String\n      Value: \'{\n        "a": 1\n      }\'\n      Tags: {\n    team: blue\n  }\n',
      'Resources:\n  Parameter:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Type: String\n      Value: \'{ "a": 1 }\'\n      Tags: { team: blue }\n',
    ],
  ])('%s', async (_, former, same) => {
    await deployed(former);
    const result = await run(same, { noop: 'true' });
    expect(result.errors).toEqual([]);
    expect(result.summary).toContain('no changes');
    expect(result.outputs.changed).toBe('false');
  });
});

describe('a stack that may not be read', () => {
  it('is said to be that, without its account', async () => {
    aws.inject({
      on: 'DescribeStacks',
      fault: {
        status: 403,
        headers: { 'content-type': 'text/xml' },
        body: '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>arn:aws:sts::123456789012:assumed-role/x may not read 123456789012</Message></Error></ErrorResponse>',
      },
    });
    const { summary, errors } = await run('Resources:\n  T: { Type: AWS::SNS::Topic }\n', { noop: 'true' });
    expect(errors).toEqual([]);
    expect(summary).toContain('everything is new: reading the stack demo failed');
    expect(summary).not.toContain('123456789012');
  });
});

describe('a stack whose template cannot be read', () => {
  const topic = (name: string) =>
    `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties: { TopicName: ${name} }\n`;
  const unreadable = () =>
    aws.inject({
      on: 'GetTemplate',
      fault: {
        status: 200,
        headers: { 'content-type': 'text/xml' },
        body: '<GetTemplateResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><GetTemplateResult><TemplateBody>Resources: { Topic: [ }</TemplateBody></GetTemplateResult></GetTemplateResponse>',
      },
    });

  it('is not compared, and a preview says so', async () => {
    await deployed(topic('one'));
    unreadable();
    const { errors, outputs, summary } = await run(topic('two'), { noop: 'true' });
    expect(errors).toEqual([]);
    expect(outputs.changed).toBe('true');
    expect(summary).toContain('demo · us-east-1: not compared');
    expect(summary).toMatch(/what changes is not known: the template that is deployed cannot be read/);
  });

  it('is not taken for an empty one when it would be deleted', async () => {
    await deployed(topic('one'));
    unreadable();
    const { outputs, summary } = await run(topic('one'), { command: 'delete', noop: 'true' });
    expect(outputs.changed).toBe('true');
    expect(summary).toContain('demo · us-east-1: not compared');
    expect(summary).toContain('what is deployed cannot be read');
  });

  it('is deployed by a change set all the same', async () => {
    await deployed(topic('one'));
    unreadable();
    const { errors, outputs, stdout } = await run(topic('two'));
    expect(errors).toEqual([]);
    expect(outputs['stack-status']).toBe('UPDATE_COMPLETE');
    expect(stdout).toMatch(/::warning.*What changes in demo is not known: the template that is deployed/);
  });
});
