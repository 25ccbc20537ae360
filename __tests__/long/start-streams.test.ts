/** Streams and buckets: `start` with an emulator behind it, and the same stack deployed there. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awsRequest } from '../support/aws-request.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { makeWorkspace, runAction, runPost, type StepResult } from '../support/runner.ts';
import { clientsOf, SERVICE } from '../support/service-cases.ts';

const NODE_PATH = resolve(import.meta.dirname, '../../node_modules');
const arn = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const mapping = (EventSourceArn: object, more: object) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: { Ref: 'Tell' }, EventSourceArn, StartingPosition: 'TRIM_HORIZON', ...more },
});
const { Role, Results, Failed, Tell } = SERVICE.Resources;
const [policy] = Role.Properties.Policies;
const template = {
  Parameters: SERVICE.Parameters,
  Resources: {
    Results,
    Failed,
    Tell,
    Role: {
      ...Role,
      Properties: {
        ...Role.Properties,
        Policies: [
          policy,
          {
            PolicyName: 'streams',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: ['dynamodb:*', 'kinesis:*'], Resource: '*' }],
            },
          },
        ],
      },
    },
    Orders: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'orders',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
    },
    Clicks: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'clicks', ShardCount: 1 } },
    FromOrders: mapping(arn('Orders', 'StreamArn'), {
      BatchSize: 10,
      FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    }),
    FromClicks: mapping(arn('Clicks'), { BatchSize: 10 }),
    MayCall: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Tell' },
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
      },
    },
    Photos: {
      Type: 'AWS::S3::Bucket',
      DependsOn: 'MayCall',
      Properties: {
        BucketName: 'photos-42',
        NotificationConfiguration: {
          LambdaConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Function: arn('Tell'),
              Filter: { S3Key: { Rules: [{ Name: 'suffix', Value: '.jpg' }] } },
            },
          ],
        },
      },
    },
  },
};

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe.each(['start', 'deployed'] as const)('%s', (where) => {
  let aws: Emulator;
  let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
  let temp: string;
  let step: StepResult;
  let clients: ReturnType<typeof clientsOf>;
  let s3: S3Client;
  beforeAll(async () => {
    aws = await startEmulator();
    workspace = await makeWorkspace({ 'template.json': JSON.stringify(template) });
    temp = await realpath(await mkdtemp(join(tmpdir(), 'streams-')));
    const inputs: Record<string, string> =
      where === 'start'
        ? { command: 'start', backend: aws.endpoint, env: `NODE_PATH=${NODE_PATH}` }
        : { noop: 'false', capabilities: 'CAPABILITY_IAM' };
    step = await runAction({
      workspace: workspace.path,
      inputs: { 'stack-name': 'shop', ...inputs },
      env: { ...aws.env, RUNNER_TEMP: temp },
    });
    expect([step.errors, step.exitCode]).toEqual([[], 0]);
    const endpoint = (where === 'start' ? step.outputs.endpoint : aws.endpoint) ?? '';
    clients = clientsOf({ endpoint, chat: '', rest: '', http: '', account: '' });
    s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
  });
  afterAll(async () => {
    clients?.close();
    s3?.destroy();
    if (where === 'start') await runPost({ workspace: workspace.path, env: { RUNNER_TEMP: temp } }, step);
    await aws.stop();
    await workspace.remove();
    await rm(temp, { recursive: true, force: true });
  });

  const told = (text: string) =>
    clients.message('results', (event) => JSON.stringify(event.Records ?? '').includes(text));

  it('a change of a table calls the function, where the filter takes it', async () => {
    const write = (target: string, json: object) =>
      awsRequest(aws.endpoint, 'dynamodb', { target: `DynamoDB_20120810.${target}`, json, version: '1.0' });
    await write('PutItem', { TableName: 'orders', Item: { id: { S: 'order-1' } } });
    await write('DeleteItem', { TableName: 'orders', Key: { id: { S: 'order-1' } } });
    await write('PutItem', { TableName: 'orders', Item: { id: { S: 'order-2' } } });
    const first = await told('order-1');
    const second = JSON.stringify(first).includes('order-2') ? first : await told('order-2');
    expect(JSON.stringify([first, second])).not.toContain('REMOVE');
    const [record] = (first.Records ?? []) as readonly unknown[];
    expect(record).toMatchObject({ eventName: 'INSERT', eventSource: 'aws:dynamodb' });
  });

  it('a record of a stream calls the function', async () => {
    const Data = Buffer.from('{"click":1}').toString('base64');
    await awsRequest(aws.endpoint, 'kinesis', {
      target: 'Kinesis_20131202.PutRecord',
      json: { StreamName: 'clicks', PartitionKey: 'one', Data },
      version: '1.1',
    });
    expect(await told('aws:kinesis')).toMatchObject({
      Records: [{ eventSource: 'aws:kinesis', kinesis: { partitionKey: 'one', data: Data } }],
    });
  });

  it('an object calls the function, where its name ends as the bucket says', async () => {
    for (const Key of ['in/a.png', 'in/a b.jpg'])
      await s3.send(new PutObjectCommand({ Bucket: 'photos-42', Key, Body: 'photo' }));
    expect(await told('aws:s3')).toMatchObject({
      Records: [
        {
          eventName: 'ObjectCreated:Put',
          s3: { bucket: { name: 'photos-42' }, object: { key: 'in/a+b.jpg', size: 5 } },
        },
      ],
    });
  });
});
