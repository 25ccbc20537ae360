import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { StackAssembly } from '../../../src/assembly/types.ts';
import type { Aws } from '../../../src/aws/connection/clients.ts';
import { ensureBucket } from '../../../src/aws/uploads/bucket.ts';
import { hasWebCode, readyForWebCode } from '../../../src/stages/upload/web-functions.ts';
import { lambdaReads, withLambdaReads } from '../../../src/template/iam/lambda-reads.ts';
import type { JsonObject } from '../../../src/template/types.ts';
import { connectTo, lines } from '../../aws/support.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';

let emulator: Emulator;
let aws: Aws;
beforeAll(async () => {
  emulator = await startEmulator();
  aws = await connectTo(emulator.endpoint);
});
afterAll(() => emulator.stop());
beforeEach(() => emulator.reset());

const given = { name: 'of-the-user', owner: undefined };
const s3 = async () => (await aws.s3()).client;
const statements = async (Bucket: string): Promise<JsonObject[]> => {
  const { Policy = '{}' } = await (await s3()).send(new GetBucketPolicyCommand({ Bucket }));
  return JSON.parse(Policy).Statement;
};

describe('our own bucket', () => {
  it('keeps versions and lets Lambda read, once, beside what its policy has already', async () => {
    const log = lines();
    const bucket = await ensureBucket(aws, undefined, aws.identity, log);
    const own = {
      Sid: 'Own',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: `arn:aws:s3:::${bucket.name}/*`,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const client = await s3();
    await client.send(
      new PutBucketPolicyCommand({
        Bucket: bucket.name,
        Policy: JSON.stringify({ Version: '2012-10-17', Statement: [own] }),
      }),
    );
    await readyForWebCode(aws, bucket, log);
    expect(await client.send(new GetBucketVersioningCommand({ Bucket: bucket.name }))).toMatchObject({
      Status: 'Enabled',
    });
    expect(await statements(bucket.name)).toMatchObject([
      own,
      {
        Principal: { Service: 'lambda.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
      },
    ]);
    const before = log.lines.length;
    await readyForWebCode(aws, bucket, log);
    expect(log.lines).toHaveLength(before);
  });
});

describe('a bucket of the user', () => {
  it('is refused without versions, and with a key of AWS, both at once', async () => {
    const client = await s3();
    await client.send(new CreateBucketCommand({ Bucket: given.name }));
    await client.send(
      new PutBucketEncryptionCommand({
        Bucket: given.name,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
        },
      }),
    );
    await expect(readyForWebCode(aws, given, lines())).rejects.toThrow(
      /encrypts with a key of AWS.*\n?.*input s3-bucket: the bucket of-the-user keeps no versions/,
    );
  });

  it('is warned of where its policy does not let Lambda read, and left as it is', async () => {
    const client = await s3();
    await client.send(new CreateBucketCommand({ Bucket: given.name }));
    await client.send(
      new PutBucketVersioningCommand({
        Bucket: given.name,
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
    const log = lines();
    await readyForWebCode(aws, given, log);
    expect(log.lines).toEqual([expect.stringMatching(/^warning: The policy .* does not let lambda/)]);
    await expect(statements(given.name)).rejects.toThrow();
  });
});

describe('a policy', () => {
  const bucket = 'code';
  it.each<[string, JsonObject, boolean]>([
    ['that is empty', {}, false],
    ['of ours', withLambdaReads({}, { bucket, account: '123456789012', partition: 'aws' }), true],
    [
      'for another bucket',
      withLambdaReads({}, { bucket: 'other', account: '123456789012', partition: 'aws' }),
      false,
    ],
    [
      'that allows all of S3 to everybody',
      { Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' } },
      true,
    ],
    [
      'without versions',
      {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::code/*',
          },
        ],
      },
      false,
    ],
    ['that denies', { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }] }, false],
  ])('%s', (_what, policy, expected) => {
    expect(lambdaReads(policy, bucket)).toBe(expected);
  });
});

describe('the code of a web function', () => {
  const stack = (template: object, path: (string | number)[], more: object = {}): StackAssembly =>
    ({
      template: { template },
      nested: [],
      assets: [{ kind: 'zip', targets: [{ kind: 'property', path }], ...more }],
    }) as unknown as StackAssembly;
  const web = { Type: 'AWS::Serverless::WebFunction', Properties: { CodeUri: 'a' } };

  it.each<[string, StackAssembly, boolean]>([
    ['SAM', stack({ Resources: { Site: web } }, ['Resources', 'Site', 'Properties', 'CodeUri']), true],
    [
      'Globals',
      stack({ Globals: { WebFunction: {} }, Resources: {} }, ['Globals', 'WebFunction', 'CodeUri']),
      true,
    ],
    [
      'a loop',
      stack({ Resources: { 'Fn::ForEach::A': ['X', ['a'], { 'Site${X}': web }] } }, [
        'Resources',
        'Fn::ForEach::A',
        2,
        'Site${X}',
        'Properties',
        'CodeUri',
      ]),
      true,
    ],
    [
      'a function',
      stack({ Resources: { Fn: { Type: 'AWS::Lambda::Function' } } }, [
        'Resources',
        'Fn',
        'Properties',
        'Code',
      ]),
      false,
    ],
    [
      'CDK, which copies it itself',
      stack({ Resources: { Site: web } }, ['Resources', 'Site', 'Properties', 'CodeUri'], {
        destination: { bucket: 'cdk', key: 'k' },
      }),
      false,
    ],
  ])('of %s', (_what, assembled, expected) => {
    expect(hasWebCode(assembled)).toBe(expected);
  });
});
