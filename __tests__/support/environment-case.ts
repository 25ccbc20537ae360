import { type ChildProcess, execFileSync } from 'node:child_process';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Emulator } from './emulator.ts';
import { type GitHubServer, pullRequestEvent } from './github-server.ts';
import { makeWorkspace, runAction } from './runner.ts';

export const REGION = 'us-east-1';
export const HEAD = 'a'.repeat(40);
export const BASE = 'b'.repeat(40);

/** A service with what a deleted stack tends to leave: a bucket with versions, a function with logs, things to be kept. */
export const TEMPLATE = `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: orders
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }
  Uploads:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain # it holds what people sent
    Properties:
      VersioningConfiguration: { Status: Enabled }
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      DeletionProtectionEnabled: true
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Queue:
    Type: AWS::SQS::Queue
Outputs:
  BucketName: { Value: !Ref Uploads }
  FunctionName: { Value: !Ref Orders }
  OrdersUrl: { Value: 'https://orders.example.com' }
`;
export const FILES = {
  'template.yaml': TEMPLATE,
  'orders/index.mjs':
    "export const handler = async () => { console.log('said by orders'); return { ok: true }; };\n",
};

/** A pull request of one repository, with the events that happen to it. */
export interface PullRequestCase {
  readonly path: string;
  event(action: string, more?: Partial<EventOptions>): ReturnType<typeof runAction>;
  run(
    inputs: Record<string, string>,
    options?: Partial<Parameters<typeof runAction>[0]>,
  ): ReturnType<typeof runAction>;
  remove(): Promise<void>;
}

interface EventOptions {
  readonly number: number;
  readonly inputs: Record<string, string>;
  readonly env: Record<string, string>;
  readonly fork: boolean;
  readonly label: string;
  readonly headSha: string;
  readonly branch: string;
  readonly onStart: (child: ChildProcess) => void;
}

export async function pullRequestCase(
  { endpoint, env }: Emulator,
  github: GitHubServer,
  files: Readonly<Record<string, string>> = FILES,
): Promise<PullRequestCase> {
  const workspace = await makeWorkspace(files);
  const run: PullRequestCase['run'] = (inputs, options = {}) =>
    runAction({
      workspace: workspace.path,
      ...options,
      inputs: { 'github-token': 'token-canary', cache: 'false', ...inputs },
      env: { ...env, AWS_ENDPOINT_URL: endpoint, GITHUB_API_URL: github.url, ...options.env },
    });
  return {
    path: workspace.path,
    run,
    event: (action, { number = 7, inputs = {}, env: more = {}, onStart, headSha = HEAD, ...about } = {}) =>
      run(
        { 'stack-name': 'orders', environment: 'pull-request', ...inputs },
        {
          event: pullRequestEvent(number, { headSha, baseSha: BASE, action, ...about }),
          env: more,
          ...(onStart && { onStart }),
        },
      ),
    remove: workspace.remove,
  };
}

/** Makes the workspace a checkout. @returns its commit */
export function checkOut(path: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.email=dev@example.com', '-c', 'user.name=Dev', ...args], {
      cwd: path,
    }).toString();
  git('init', '--quiet');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'change');
  return git('rev-parse', 'HEAD').trim();
}

/** The stacks that are there, by name. */
export async function stacksIn(
  { endpoint }: Emulator,
  region = REGION,
): Promise<Readonly<Record<string, Stack>>> {
  const client = new CloudFormationClient({ endpoint, region, credentials: CREDENTIALS });
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({}));
  client.destroy();
  const there = Stacks.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  return Object.fromEntries(there.map((stack) => [stack.StackName ?? '', stack]));
}

export const tagsOf = ({ Tags = [] }: Stack): Readonly<Record<string, string>> =>
  Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/** Puts objects into a bucket, each twice, so that there are versions. */
export async function fillBucket(
  { endpoint }: Emulator,
  bucket: string,
  count: number,
  region = REGION,
): Promise<void> {
  const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials: CREDENTIALS });
  for (let at = 0; at < count; at += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, count - at) }, async (_, index) => {
        const Key = `object ${at + index}`;
        for (const Body of ['first', 'second'])
          await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
      }),
    );
  client.destroy();
}

/** The bucket that the action makes at its first deployment, which stays. */
export const makeUploadBucket = (emulator: Emulator, region = REGION): Promise<void> =>
  makeBucket(emulator, `sparta-000000000000-${region}`, region);

export async function makeBucket({ endpoint }: Emulator, Bucket: string, region = REGION): Promise<void> {
  const client = new S3Client({ endpoint, region, forcePathStyle: true, credentials: CREDENTIALS });
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(
    new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  client.destroy();
}

/** A stack of one queue, with tags. */
export async function makeStack(
  { endpoint }: Emulator,
  StackName: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const client = new CloudFormationClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  const TemplateBody = 'Resources: { Queue: { Type: AWS::SQS::Queue } }';
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Tags }));
  client.destroy();
}

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
