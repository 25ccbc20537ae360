import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionCommand, LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { Fault } from './faults.ts';

const STACKS =
  '<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>orders</StackName></member></Stacks></DescribeStacksResult></DescribeStacksResponse>';

let aws: Server;
let reached = 0;
let proxy: FaultProxy;

beforeAll(async () => {
  aws = createServer((request, response) => {
    request.resume().on('end', () => {
      reached++;
      response.writeHead(200, { 'content-type': 'text/xml' }).end(STACKS);
    });
  });
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
  proxy = await startFaultProxy(`http://127.0.0.1:${(aws.address() as AddressInfo).port}`);
});
afterEach(() => {
  proxy.clear();
  reached = 0;
});
afterAll(async () => {
  await proxy.stop();
  await new Promise((resolve) => {
    aws.close(resolve);
    aws.closeAllConnections();
  });
});

const options = (attempts: number, timeout = 100_000) => ({
  region: 'us-east-1',
  endpoint: proxy.endpoint,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: attempts,
  requestHandler: { requestTimeout: timeout, throwOnRequestTimeout: true },
});

async function stackNames(attempts: number, timeout?: number): Promise<(string | undefined)[]> {
  const client = new CloudFormationClient(options(attempts, timeout));
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: 'orders' }));
    return Stacks.map(({ StackName }) => StackName);
  } finally {
    client.destroy();
  }
}

describe('the fault proxy', () => {
  it('names the calls of every protocol, and tells which may change something', async () => {
    const s3 = new S3Client({ ...options(1), forcePathStyle: true });
    const object = { Bucket: 'b', Key: 'a/k' };
    const cloudFormation = new CloudFormationClient(options(1));
    const lambda = new LambdaClient(options(1));
    const sent = [
      () => cloudFormation.send(new DescribeStacksCommand({})),
      () => cloudFormation.send(new CreateChangeSetCommand({ StackName: 's', ChangeSetName: 'c' })),
      () => lambda.send(new GetFunctionCommand({ FunctionName: 'f' })),
      () => lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: Buffer.from('') })),
      () => s3.send(new HeadBucketCommand({ Bucket: 'b' })),
      () => s3.send(new CreateBucketCommand({ Bucket: 'b' })),
      () => s3.send(new PutPublicAccessBlockCommand({ Bucket: 'b', PublicAccessBlockConfiguration: {} })),
      () => s3.send(new ListObjectsV2Command({ Bucket: 'b', Prefix: 'a/' })),
      () => s3.send(new HeadObjectCommand(object)),
      () => s3.send(new PutObjectCommand({ ...object, Body: 'x' })),
      () => s3.send(new UploadPartCommand({ ...object, UploadId: 'u', PartNumber: 1, Body: 'x' })),
    ];
    // What is answered suits one call only; what counts is what was asked.
    for (const send of sent) await send().catch(() => undefined);
    await fetch(proxy.endpoint, { method: 'POST', headers: { 'x-amz-target': 'AmazonSSM.GetParameter' } });
    expect(proxy.calls.map(({ operation, mutating }) => [operation, mutating])).toEqual([
      ['DescribeStacks', false],
      ['CreateChangeSet', true],
      ['GetFunction', false],
      ['UpdateFunctionCode', true],
      ['HeadBucket', false],
      ['CreateBucket', true],
      ['PutPublicAccessBlock', true],
      ['ListObjectsV2', false],
      ['HeadObject', false],
      ['PutObject', true],
      ['UploadPart', true],
      ['GetParameter', false],
    ]);
    for (const client of [s3, cloudFormation, lambda]) client.destroy();
  });

  const CASES: readonly [Fault, error: RegExp, reached: number][] = [
    ['throttling', /^Throttling: Rate exceeded/, 0],
    ['internal-error', /^InternalFailure/, 0],
    ['unavailable', /^ServiceUnavailable/, 0],
    ['clock-skew', /^SignatureDoesNotMatch/, 0],
    ['expired-credentials', /^ExpiredToken/, 0],
    ['reset', /ECONNRESET/, 0],
    ['hang', /^TimeoutError/, 0],
    ['truncated', /aborted/, 1],
  ];
  it.each(CASES)('%s: the caller sees %p, AWS %i calls', async (fault, error, calls) => {
    proxy.inject({ on: 'DescribeStacks', fault });
    const seen = await stackNames(1, fault === 'hang' ? 500 : undefined).catch(
      ({ name, message }: Error) => `${name}: ${message}`,
    );
    expect(seen).toMatch(error);
    expect(reached).toBe(calls);
    expect(proxy.calls).toMatchObject([{ operation: 'DescribeStacks', fault }]);
  });

  it.each([
    ['reset', /ECONNRESET/],
    ['internal-error', /^InternalFailure/],
    ['hang', /^TimeoutError/],
  ] as const)('%s after the work was done: AWS got the call', async (fault, error) => {
    proxy.inject({ on: 'DescribeStacks', fault, after: true });
    const seen = await stackNames(1, fault === 'hang' ? 500 : undefined).catch(
      ({ name, message }: Error) => `${name}: ${message}`,
    );
    expect(seen).toMatch(error);
    expect(reached).toBe(1);
  });

  it('slow: the reply takes its time, and is whole', async () => {
    proxy.inject({ on: 'DescribeStacks', fault: 'slow' });
    const start = performance.now();
    expect(await stackNames(1)).toEqual(['orders']);
    expect(performance.now() - start).toBeGreaterThan(1_000);
  });

  it('counts: leaves out the first calls, and spares those after the last', async () => {
    proxy.inject({ on: 'DescribeStacks', fault: 'unavailable', skip: 1, times: 2 });
    expect(await stackNames(1)).toEqual(['orders']);
    expect(await stackNames(3)).toEqual(['orders']);
    expect(proxy.calls.map(({ fault }) => fault)).toEqual([
      undefined,
      'unavailable',
      'unavailable',
      undefined,
    ]);
  });

  it('sends a recorded reply in place of the real one', async () => {
    proxy.inject({
      on: ({ service }) => service === 'cloudformation',
      fault: { status: 200, body: STACKS.replace('orders', 'recorded') },
    });
    expect(await stackNames(1)).toEqual(['recorded']);
    expect(reached).toBe(0);
  });
});
