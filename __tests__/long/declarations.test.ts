import { readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { lint } from '../service/declare/support.ts';
import { awsRequest } from '../support/aws-request.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { eventually } from '../support/eventually.ts';
import { exampleWorkspace } from '../support/examples.ts';
import { expectGolden } from '../support/golden.ts';
import { runAction, type StepResult } from '../support/runner.ts';

const EXAMPLES = ['decorators', 'events', 'http-api', 'site', 'websocket', 'workflow'];

let aws: Emulator;
let s3: S3Client;
let iam: IAMClient;
let lambda: LambdaClient;
let cloudFormation: CloudFormationClient;
const cleanUp: (() => Promise<void>)[] = [];

beforeAll(async () => {
  aws = await startEmulator();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const settings = { region: 'us-east-1', endpoint: aws.endpoint, credentials };
  s3 = new S3Client({ ...settings, forcePathStyle: true });
  iam = new IAMClient(settings);
  lambda = new LambdaClient(settings);
  cloudFormation = new CloudFormationClient(settings);
});
afterAll(async () => {
  for (const client of [s3, iam, lambda, cloudFormation]) client.destroy();
  await aws.stop();
});
beforeEach(() => aws.reset());
afterEach(async () => {
  for (const each of cleanUp.splice(0)) await each();
});

async function checkOut(name: string): Promise<string> {
  const workspace = await exampleWorkspace(name);
  cleanUp.push(() => workspace.remove());
  return workspace.path;
}

async function step(workspace: string, inputs: Record<string, string>, env = aws.env): Promise<StepResult> {
  const result = await runAction({ workspace, inputs, env });
  expect([result.errors, result.exitCode]).toEqual([[], 0]);
  return result;
}

async function edit(workspace: string, name: string, change: (text: string) => string): Promise<void> {
  const file = join(workspace, name);
  const before = await readFile(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

/** The emulator's CloudFormation has no `AWS::ApiGatewayV2::RouteResponse`. */
const takeAnswersOut = (workspace: string) =>
  edit(workspace, 'sparta.config.ts', (text) =>
    text.replace("{ function: 'chat', answers: true }", "'chat'"),
  );

const preview = async (workspace: string) =>
  expect((await step(workspace, { noop: 'true' })).outputs).toMatchObject({
    operation: 'preview',
    changed: 'true',
  });

async function deploy(workspace: string, operation: 'create' | 'update') {
  const { outputs } = await step(workspace, { noop: 'false' });
  expect(outputs).toMatchObject({ operation, 'stack-status': `${operation.toUpperCase()}_COMPLETE` });
  return outputs;
}

/** Deletes a stack, and looks for what it may have left. */
async function remove(workspace: string, stack: string): Promise<void> {
  expect((await step(workspace, { noop: 'false' })).outputs).toMatchObject({ operation: 'none' });
  await step(workspace, { command: 'delete', 'stack-name': stack });
  await expect(cloudFormation.send(new DescribeStacksCommand({ StackName: stack }))).rejects.toThrow(
    /does not exist/,
  );
  const { Functions } = await lambda.send(new ListFunctionsCommand({}));
  const { Roles } = await iam.send(new ListRolesCommand({}));
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  const names = [
    ...(Functions ?? []).map(({ FunctionName }) => FunctionName),
    ...(Roles ?? []).map(({ RoleName }) => RoleName),
    ...(Buckets ?? []).map(({ Name }) => Name),
  ];
  expect(names.filter((name) => name?.startsWith(`${stack}-`) && name !== 'http-api-health')).toEqual([]);
}

const json = (service: string, target: string, body: unknown, version: '1.0' | '1.1' = '1.0') =>
  awsRequest(aws.endpoint, service, { target, json: body, version });

/** A line of a function's log. */
const logLine = (logGroupName: string, pattern: RegExp): Promise<string> =>
  eventually(async () => {
    const found = await json('logs', 'Logs_20140328.FilterLogEvents', { logGroupName }, '1.1').catch(
      () => undefined,
    );
    const { events = [] } = (found ?? {}) as { events?: { message: string }[] };
    return events.find(({ message }) => pattern.test(message))?.message;
  });

const template = async (workspace: string, name: string) =>
  readFile(join(workspace, '.sparta', name, 'deploy.json'), 'utf8');
const read = async (Bucket: string, Key: string) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

it('the examples give the same templates in any folder, which CloudFormation takes', async () => {
  const templates: Record<string, object> = {};
  for (const name of EXAMPLES) {
    const [one, two] = [await checkOut(name), await checkOut(name)];
    for (const workspace of [one, two]) await step(workspace, { noop: 'true' }, {});
    const text = await template(one, name);
    expect(await template(two, name)).toBe(text);
    templates[name] = JSON.parse(text) as object;
    // Versions are named after what was compiled.
    expectGolden(name, text.replaceAll(/Version[0-9a-f]{10}/g, 'Version<hash>'));
  }
  expect(await lint(templates)).toEqual([]);
});

it('http-api: answers requests, and changes with its routes', async () => {
  const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
  await iam.send(new CreateRoleCommand({ RoleName: 'http-api-health', AssumeRolePolicyDocument }));
  const workspace = await checkOut('http-api');
  await preview(workspace);
  const { OrdersApiUrl: url = '' } = await deploy(workspace, 'create');
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
    new Promise<[number | undefined, string]>((done, reject) => {
      const { host } = new URL(url);
      const { port } = new URL(aws.endpoint);
      const sent = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: { 'content-type': 'application/json', ...headers, host },
        },
        (response) => {
          textOf(response).then((text) => done([response.statusCode, text]), reject);
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  const [status, answer] = await ask('GET', '/orders/7');
  expect([status, JSON.parse(answer)]).toEqual([
    200,
    { id: '7', table: expect.stringContaining('http-api-Orders') },
  ]);
  expect(await ask('GET', '/status')).toEqual([200, 'well']);
  expect((await ask('POST', '/orders', { authorization: 'Bearer wrong' }, '{}'))[0]).toBe(403);
  expect((await ask('POST', '/orders', { authorization: 'Bearer let-me-in' }, '{"id":"7"}'))[0]).toBe(201);
  expect((await ask('GET', '/state'))[0]).toBe(404);

  await edit(workspace, 'sparta.config.ts', (text) => text.replace("'GET /status'", "'GET /state'"));
  await deploy(workspace, 'update');
  expect((await ask('GET', '/status'))[0]).toBe(404);
  expect(await ask('GET', '/state')).toEqual([200, 'well']);
  await remove(workspace, 'http-api');
});

it('websocket: has an address', async () => {
  const workspace = await checkOut('websocket');
  await preview(workspace);
  await takeAnswersOut(workspace);
  expect((await deploy(workspace, 'create')).ChatApiUrl).toMatch(/^wss:.*\/prod$/);
  await edit(workspace, 'sparta.config.ts', (text) =>
    text.replace("say: 'chat'", "say: 'chat', shout: 'chat'"),
  );
  await deploy(workspace, 'update');
  await remove(workspace, 'websocket');
});

it('site: is in its bucket, without what was removed, and with the addresses of the APIs', async () => {
  const workspace = await checkOut('site');
  await preview(workspace);
  const { GreetingsApiUrl } = await deploy(workspace, 'create');
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  const Bucket = Buckets?.map(({ Name = '' }) => Name).find((name) => name.startsWith('site-')) ?? '';
  const keys = async () =>
    ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key);
  expect(await keys()).toEqual(['404.html', 'MANIFEST.json', 'assets/greet.js', 'index.html']);
  expect(JSON.parse((await read(Bucket, 'MANIFEST.json')) ?? '')).toEqual({ GreetingsApiUrl });
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'assets/greet.js' }))).toMatchObject({
    ContentType: 'text/javascript; charset=utf-8',
    CacheControl: 'public, max-age=31536000, immutable',
  });

  await edit(workspace, 'web/index.html', (text) => text.replace('A site', 'Another site'));
  await rm(join(workspace, 'web/assets'), { recursive: true });
  await deploy(workspace, 'update');
  expect(await keys()).toEqual(['404.html', 'MANIFEST.json', 'index.html']);
  expect(await read(Bucket, 'index.html')).toContain('Another site');
  await remove(workspace, 'site');
});

it('events: functions are called by what they name, and what others set up is kept', async () => {
  const Bucket = 'events-example-uploads';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const theirs = {
    Id: 'theirs',
    LambdaFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:theirs',
    Events: ['s3:ObjectRemoved:*' as const],
  };
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: { LambdaFunctionConfigurations: [theirs] },
      SkipDestinationValidation: true,
    }),
  );
  const notified = async () =>
    (await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).LambdaFunctionConfigurations ??
    [];
  const workspace = await checkOut('events');
  await preview(workspace);
  const { Photos = '', Jobs = '', Orders = '' } = await deploy(workspace, 'create');
  expect((await notified()).map(({ Id }) => Id).sort()).toEqual([
    expect.stringMatching(/^events-.*-0$/),
    'theirs',
  ]);

  await s3.send(new PutObjectCommand({ Bucket: Photos, Key: 'in/cat.jpg', Body: 'cat' }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'theirs.txt', Body: 'text' }));
  await json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: Jobs, MessageBody: 'a job' });
  await json('dynamodb', 'DynamoDB_20120810.PutItem', { TableName: Orders, Item: { id: { S: 'order-1' } } });
  const PutEvents = { Entries: [{ Source: 'shop.orders', DetailType: 'taken', Detail: '{"order":"7"}' }] };
  await json('events', 'AWSEvents.PutEvents', PutEvents, '1.1');
  expect(await logLine('/aws/lambda/events-files', /in\/cat\.jpg/)).toContain('ObjectCreated:Put');
  expect(await logLine('/aws/lambda/events-files', /theirs\.txt/)).toContain(Bucket);
  expect(await logLine('/aws/lambda/events-messages', /a job/)).toContain('aws:sqs');
  expect(await logLine('/aws/lambda/events-changes', /order-1/)).toContain('INSERT');
  expect(await logLine('/aws/lambda/events-times', /shop\.orders/)).toContain('"order":"7"');

  await edit(workspace, 'src/tell.ts', (text) => `${text}\nconsole.log('changed');\n`);
  const changed = await step(workspace, { noop: 'false', inplace: 'true' });
  expect(changed.outputs).toMatchObject({ operation: 'in-place', changed: 'true' });

  await edit(workspace, 'sparta.config.ts', (text) => text.replace("suffix: '.jpg'", "suffix: '.png'"));
  await deploy(workspace, 'update');
  await s3.send(new PutObjectCommand({ Bucket: Photos, Key: 'in/dog.png', Body: 'dog' }));
  expect(await logLine('/aws/lambda/events-files', /in\/dog\.png/)).toBeDefined();
  for (const Key of ['in/cat.jpg', 'in/dog.png'])
    await s3.send(new DeleteObjectCommand({ Bucket: Photos, Key }));
  await edit(workspace, 'sparta.config.ts', (text) =>
    text.replace(/ +\/\/ A bucket of somebody.*\n.*\n/, ''),
  );
  await deploy(workspace, 'update');
  expect(await notified()).toEqual([expect.objectContaining(theirs)]);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'theirs.txt' }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
  await remove(workspace, 'events');
});

it('workflow: runs to its end', async () => {
  const workspace = await checkOut('workflow');
  await preview(workspace);
  const { OrderStateMachine: stateMachineArn, Orders } = await deploy(workspace, 'create');
  const run = async (input: object) => {
    const started = await json('states', 'AWSStepFunctions.StartExecution', {
      stateMachineArn,
      input: JSON.stringify(input),
    });
    const { executionArn } = started as { executionArn: string };
    return eventually(async () => {
      const found = await json('states', 'AWSStepFunctions.DescribeExecution', { executionArn });
      const { status, output } = found as { status: string; output?: string };
      return status === 'RUNNING' ? undefined : { status, output: JSON.parse(output ?? 'null') };
    });
  };
  expect(await run({ id: '7', amount: 20, items: ['pen'] })).toEqual({
    status: 'SUCCEEDED',
    output: [{ packed: 'pen' }],
  });
  const item = await json('dynamodb', 'DynamoDB_20120810.GetItem', {
    TableName: Orders,
    Key: { id: { S: '7' } },
  });
  expect(item).toEqual({ Item: { id: { S: '7' } } });
  expect(await run({ id: '8', amount: 2000, items: [] })).toMatchObject({ status: 'FAILED' });

  await edit(workspace, 'src/pack.ts', (text) => text.replace('packed: item', 'sent: item'));
  await deploy(workspace, 'update');
  expect(await run({ id: '9', amount: 20, items: ['ink'] })).toMatchObject({ output: [{ sent: 'ink' }] });
  await remove(workspace, 'workflow');
});

it('decorators: add to the stack; what the emulator lacks is left out', async () => {
  const workspace = await checkOut('decorators');
  const config = 'sparta.config.ts';
  await edit(workspace, config, (text) =>
    text
      .replace(/ +safeDeployment\(\{\n(.+\n)+?.+\}\),\n/, '')
      .replace('minimum: 1, maximum: 5', 'minimum: 1'),
  );
  await preview(workspace);
  const { Reports = '', HelloArn, DashboardUrl } = await deploy(workspace, 'create');
  expect(DashboardUrl).toContain('dashboards:name=decorators');
  const document = async () => JSON.parse((await read(Reports, 'hello/outputs.json')) ?? '');
  expect(await document()).toEqual({ Hello: HelloArn, Api: expect.any(String) });
  await edit(workspace, config, (text) =>
    text.replace("Api: { Ref: 'HelloApi' }", "Stack: { Ref: 'AWS::StackName' }"),
  );
  await deploy(workspace, 'update');
  expect(await document()).toEqual({ Hello: HelloArn, Stack: 'decorators' });
  await remove(workspace, 'decorators');
});

it.each([
  ['http-api', 'src/order.ts'],
  ['site', 'src/greet.ts'],
  ['websocket', 'src/chat.ts'],
  ['workflow', 'src/charge.ts'],
])('%s: a change of code alone is made in place', async (name, file) => {
  const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
  if (name === 'http-api')
    await iam.send(new CreateRoleCommand({ RoleName: 'http-api-health', AssumeRolePolicyDocument }));
  const workspace = await checkOut(name);
  if (name === 'websocket') await takeAnswersOut(workspace);
  await deploy(workspace, 'create');
  await edit(workspace, file, (text) => `${text}\nconsole.log('changed');\n`);
  const { outputs } = await step(workspace, { noop: 'false', inplace: 'true' });
  expect(outputs).toMatchObject({ operation: 'in-place', changed: 'true' });
  await step(workspace, { command: 'delete', 'stack-name': name });
});
