import { expect, it } from '@jest/globals';
import type { PolicyDocument } from '../../src/policies/documents.ts';
import { makeWorkspace, runCli } from '../support/runner.ts';

const TEMPLATE = `Parameters:
  Ami: { Type: "AWS::SSM::Parameter::Value<String>", Default: /images/latest }
  Given: { Type: "AWS::SSM::Parameter::Value<List<String>>" }
Resources:
  News: { Type: AWS::SNS::Topic, Properties: { DisplayName: "{{resolve:secretsmanager:names:SecretString:news}}" } }
`;

it('prints what parameters of SSM types and dynamic references need, at a terminal and without AWS', async () => {
  const workspace = await makeWorkspace({ 'template.yaml': TEMPLATE });
  const flags = ['--mode', 'cloudformation', '--format', 'json', '--parameters', 'Given=zones'];
  const { exitCode, stdout } = await runCli(['policy', '--stack-name', 'demo', ...flags], workspace.path);
  const { Statement } = JSON.parse(stdout) as PolicyDocument;
  const resources = (action: string) =>
    Statement.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
  const arn = (name: string) => `arn:aws:${name.replace(':', ':REGION:ACCOUNT:')}`;
  expect(exitCode).toBe(0);
  expect(resources('ssm:GetParameters')).toEqual([
    arn('ssm:parameter/images/latest'),
    arn('ssm:parameter/zones'),
  ]);
  expect(resources('secretsmanager:GetSecretValue')).toEqual([arn('secretsmanager:secret:names-??????')]);
  expect(resources('sns:CreateTopic')).toEqual([arn('sns:demo-*')]);
});

it('goes on without the values of parameters, and says so, in policies and pictures', async () => {
  const template = `Parameters:
  Stage: { Type: String }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources:
  Incoming: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "orders-\${Stage}" } }
  News: { Type: AWS::SNS::Topic, Condition: IsProd }
`;
  const workspace = await makeWorkspace({ 'template.yaml': template });
  const flags = ['--mode', 'cloudformation', '--format', 'json'];
  const policy = await runCli(['policy', '--stack-name', 'demo', ...flags], workspace.path);
  expect(policy.exitCode).toBe(0);
  expect(policy.output).toContain('demo: Stage has no value: what depends on it is not known here');
  const { Statement } = JSON.parse(policy.stdout) as PolicyDocument;
  const resources = (action: string) =>
    Statement.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
  expect(resources('sqs:CreateQueue')).toEqual(['arn:aws:sqs:REGION:ACCOUNT:orders-*']);
  expect(resources('sns:CreateTopic')).toEqual(['arn:aws:sns:REGION:ACCOUNT:demo-*']);
  const picture = await runCli(['describe', '--stack-name', 'demo'], workspace.path);
  expect([picture.exitCode, picture.stdout]).toEqual([0, expect.stringContaining('News<br>topic')]);
  expect(picture.output).toContain('demo: Stage has no value');
  // What is deployed needs them all the same.
  const preview = await runCli(['provision', '--noop', '--stack-name', 'demo'], workspace.path);
  expect(preview.output).toContain('parameter Stage has no value and no default');
});
