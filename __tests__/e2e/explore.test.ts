import { expect, it } from '@jest/globals';
import { openConsole } from '../support/console-service.ts';
import { makeWorkspace, runCli } from '../support/runner.ts';

const servedBy = async (command: string): Promise<string[]> => {
  const opened = await openConsole([command, '--stack-name', 'orders']);
  await opened.stop();
  return opened
    .said()
    .split('\n')
    .filter((line) => / -> |\(|^export /.test(line))
    .map((line) => line.replace(/127\.0\.0\.1:\d+/, 'here'));
};

it('serves all that start serves, event sources included', async () => {
  const explored = await servedBy('explore');
  expect(explored).toContain('queue orders-Queue -> CountOrders');
  expect(explored).toEqual(await servedBy('start'));
});

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } };
const templateOf = (Resources: object): Record<string, string> => ({
  'template.json': JSON.stringify({ Resources }),
});

it('serves event sources that lead to no function, in the region that is asked for', async () => {
  const Tick = {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: { 'Fn::GetAtt': ['Jobs', 'Arn'] }, RoleArn: 'arn:aws:iam::123456789012:role/tick' },
    },
  };
  const files = templateOf({ Jobs: QUEUE, Tick });
  const opened = await openConsole(
    ['start', '--stack-name', 'orders', '--region', 'eu-central-1'],
    {},
    files,
  );
  try {
    expect(opened.said()).toContain('schedule orders-Tick rate(1 hour) -> sqs jobs');
    const answer = await fetch(opened.url, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=a/20260101/eu-central-1/sqs/aws4_request, SignedHeaders=host, Signature=0',
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'AmazonSQS.GetQueueAttributes',
      },
      body: JSON.stringify({ QueueUrl: `${opened.url}/123456789012/jobs`, AttributeNames: ['QueueArn'] }),
    });
    expect(await answer.json()).toEqual({
      Attributes: { QueueArn: 'arn:aws:sqs:eu-central-1:123456789012:jobs' },
    });
  } finally {
    await opened.stop();
  }
});

it('warns of a table that is nowhere, and names the flag that helps', async () => {
  const Orders = {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
  };
  const opened = await openConsole(
    ['start', '--stack-name', 'orders'],
    {},
    templateOf({ Jobs: QUEUE, Orders }),
  );
  await opened.stop();
  expect(opened.said()).toContain(
    'warning not here: the table orders-Orders: name an emulator that has it in --backend\n',
  );
});

it('serves an API that answers by itself', async () => {
  const integration = { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 204}' } };
  const get = {
    'x-amazon-apigateway-integration': { ...integration, responses: { default: { statusCode: '204' } } },
  };
  const Api = {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: { Body: { openapi: '3.0.1', paths: { '/health': { get } } } },
  };
  const opened = await openConsole(['start-api', '--stack-name', 'orders'], {}, templateOf({ Api }));
  try {
    expect((await fetch(`${opened.url}/health`)).status).toBe(204);
  } finally {
    await opened.stop();
  }
});

it.each([
  [
    'start',
    { Alarm: { Type: 'AWS::SNS::TopicPolicy', Properties: {} } },
    'there is nothing that can be run here',
  ],
  ['start-lambda', { Jobs: QUEUE }, 'there is no function that can be run here'],
])('says of %s what there is nothing of', async (command, resources, why) => {
  const workspace = await makeWorkspace(templateOf(resources));
  try {
    const { output } = await runCli([command, '--stack-name', 'orders'], workspace.path, {});
    expect(output).toContain(why);
  } finally {
    await workspace.remove();
  }
});
