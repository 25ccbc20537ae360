import { describe, expect, it } from '@jest/globals';
import { checkService } from '../../src/service/check/index.ts';
import type { FunctionDefinition, RoleDefinition } from '../../src/service/index.ts';
import { mergeFragments } from '../../src/service/marshal/fragment.ts';
import { logicalId } from '../../src/service/marshal/ids.ts';
import { marshal } from '../../src/service/marshal/index.ts';
import { parseService } from '../../src/service/parse.ts';
import type { Service } from '../../src/service/types.ts';
import type { JsonObject } from '../../src/template/types.ts';
import { expectGolden } from '../support/golden.ts';

const nothing = { codeHashes: new Map<string, string>(), roleArns: new Map<string, string>() };
const code = (hash: string) => ({ ...nothing, codeHashes: new Map([['hello', hash]]) });
const service = (fn: Partial<FunctionDefinition>, more: Partial<Service> = {}): Service => ({
  name: 'shop',
  functions: { hello: { handler: 'src/hello.ts', ...fn } },
  ...more,
});
const resourcesOf = (value: Service, context = nothing) =>
  marshal(value, context).Resources as Record<string, { Type: string; Properties: JsonObject }>;

const ARN = 'arn:aws:lambda:eu-central-1:123456789012';

/** Every field of a function that one function can have. */
const EVERY_FIELD: Service = service(
  {
    description: 'Says hello',
    architecture: 'arm64',
    memory: 512,
    timeout: 30,
    ephemeralStorage: 1024,
    environment: { TEXT: 'x', NUMBER: 1, TRUTH: true, QUEUE: { Ref: 'Queue' } },
    dependsOn: ['Queue'],
    layers: [`${ARN}:layer:tools:3`],
    vpc: { subnets: ['subnet-0123456789abcdef0'], securityGroups: ['sg-0123456789abcdef0'] },
    deadLetter: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    tracing: true,
    reservedConcurrency: 5,
    logging: { format: 'JSON', applicationLevel: 'INFO', systemLevel: 'WARN', retention: 14 },
    fileSystems: [
      {
        arn: 'arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-0123456789abcdef0',
        mount: '/mnt/data',
      },
    ],
    kmsKey: 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555',
    tags: { team: 'shop', area: 'hello' },
    version: { description: 'Published', provisionedConcurrency: 1 },
    aliases: { live: { description: 'What users call' } },
    url: {
      auth: 'none',
      alias: 'live',
      streaming: true,
      cors: { origins: ['*'], methods: ['GET'], maxAge: 60 },
    },
    recursiveLoop: 'Terminate',
    runtimeManagement: { updateOn: 'FunctionUpdate' },
    role: {
      privileges: [
        { actions: ['dynamodb:GetItem'], resource: 'Table' },
        { actions: ['s3:GetObject'], resource: ['Files', 'arn:aws:s3:::others/*'] },
        {
          actions: ['sqs:SendMessage'],
          resource: 'Queue',
          condition: { Bool: { 'aws:SecureTransport': true } },
        },
      ],
      managedPolicies: ['arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess'],
      permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
      description: 'For hello',
      path: '/shop/',
    },
  },
  {
    resources: {
      Queue: { Type: 'AWS::SQS::Queue' },
      Files: { Type: 'AWS::S3::Bucket' },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
    },
  },
);

it('every field of a function ends in the template', () => {
  expect(parseService(EVERY_FIELD)).toEqual({ service: EVERY_FIELD });
  expect(checkService(EVERY_FIELD, { kindOf: () => 'file', today: '2025-01-01' })).toEqual({
    faults: [],
    warnings: [],
  });
  const text = `${JSON.stringify(marshal(EVERY_FIELD, code('c'.repeat(64))), undefined, 2)}\n`;
  expectGolden(
    'every-field',
    text.replace('"S3Bucket": ""', '"S3Bucket": "bucket"').replace('"S3Key": ""', '"S3Key": "key"'),
  );
});

describe('logical IDs', () => {
  it.each([
    ['hello', 'Hello'],
    ['send-mail', 'SendMail'],
    ['send_mail', 'SendMail'],
    ['sendMail', 'SendMail'],
    ['a1', 'A1'],
  ])('%s', (name, id) => {
    expect(logicalId(name)).toBe(id);
  });
});

describe('a role has what the function needs, and no more', () => {
  const actionsOf = (fn: Partial<FunctionDefinition>): string[] => {
    const policies = resourcesOf(service(fn)).HelloRole?.Properties.Policies as unknown as {
      PolicyDocument: { Statement: { Action: string[] }[] };
    }[];
    return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
  };
  const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  it.each<[string, Partial<FunctionDefinition>, RegExp | undefined]>([
    ['nothing', {}, undefined],
    ['tracing', { tracing: true }, /^xray:/],
    ['tracing that is off', { tracing: false }, undefined],
    ['a VPC', { vpc: { subnets: ['s'], securityGroups: ['g'] } }, /^ec2:/],
    ['a queue for failures', { deadLetter: 'arn:aws:sqs:eu-central-1:123456789012:q' }, /^sqs:SendMessage$/],
    ['a topic for failures', { deadLetter: 'arn:aws:sns:eu-central-1:123456789012:t' }, /^sns:Publish$/],
    ['files', { fileSystems: [{ arn: 'a', mount: '/mnt/a' }] }, /^elasticfilesystem:/],
    ['a key', { kmsKey: 'arn' }, /^kms:Decrypt$/],
  ])('%s', (_, fn, more) => {
    const [create, put, ...others] = actionsOf(fn);
    expect([create, put]).toEqual(LOGS);
    expect(others.length > 0).toBe(more !== undefined);
    for (const action of others) expect(action).toMatch(more ?? /$^/);
  });

  it('may be assumed by Lambda alone', () => {
    expect(resourcesOf(service({})).HelloRole?.Properties.AssumeRolePolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    });
  });

  it('that is shared has what each of its functions needs', () => {
    const role: RoleDefinition = { privileges: [{ actions: ['s3:GetObject'], resource: '*' }] };
    const value: Service = {
      name: 'shop',
      roles: { readers: role },
      functions: {
        one: { handler: 'a.ts', role: 'readers' },
        two: { handler: 'b.ts', role: 'readers', tracing: true },
      },
    };
    const { ReadersRole, One } = resourcesOf(value);
    expect(One?.Properties.Role).toEqual({ 'Fn::GetAtt': ['ReadersRole', 'Arn'] });
    expect(JSON.stringify(ReadersRole)).toMatch(/OneLogGroup.*TwoLogGroup.*xray:.*s3:GetObject/);
  });

  it('that exists is named by its ARN once that is known', () => {
    const value = service({ role: 'ops' });
    expect(resourcesOf(value).Hello?.Properties.Role).toEqual({
      'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/ops`,
    });
    const roleArns = new Map([['ops', 'arn:aws:iam::123456789012:role/x/ops']]);
    expect(resourcesOf(value, { ...nothing, roleArns }).Hello?.Properties.Role).toBe(
      'arn:aws:iam::123456789012:role/x/ops',
    );
  });
});

it('names resources of the service by their logical IDs', () => {
  const template = marshal(
    {
      name: 'shop',
      functions: { a: { handler: 'a.mjs', deadLetter: 'Failed', kmsKey: 'Key' } },
      resources: { Failed: { Type: 'AWS::SNS::Topic' }, Key: { Type: 'AWS::KMS::Key' } },
    } as never,
    { codeHashes: new Map(), roleArns: new Map() },
  );
  expect((template.Resources.A as JsonObject).Properties).toMatchObject({
    DeadLetterConfig: { TargetArn: { Ref: 'Failed' } },
    KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
  });
  expect(JSON.stringify(template.Resources.ARole)).toContain('"Resource":{"Fn::GetAtt":["Key","Arn"]}');
});

describe('a version', () => {
  const versionOf = (value: Service, hash: string) =>
    Object.keys(resourcesOf(value, code(hash))).find((id) => id.startsWith('HelloVersion'));
  it('is published anew when code or configuration changes, and only then', () => {
    const value = service({ version: true });
    expect(versionOf(value, 'a')).toBe(versionOf(value, 'a'));
    expect(versionOf(value, 'b')).not.toBe(versionOf(value, 'a'));
    expect(versionOf(service({ version: true, memory: 512 }), 'a')).not.toBe(versionOf(value, 'a'));
    expect(versionOf(service({}), 'a')).toBeUndefined();
  });

  it('is not published anew for what no version holds: Lambda would publish nothing', () => {
    const value = versionOf(service({ version: true }), 'a');
    for (const fn of [{ tags: { a: 'b' } }, { reservedConcurrency: 3 }, { recursiveLoop: 'Allow' as const }])
      expect(versionOf(service({ version: true, ...fn }), 'a')).toBe(value);
  });
});

describe('merging', () => {
  const topic = (name: string) => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName: name } });
  it('names both sides of a conflict', () => {
    expect(() =>
      mergeFragments([
        { from: 'the service', fragment: { Resources: { Alerts: topic('a') } } },
        { from: 'lambda decorator alarms of hello', fragment: { Resources: { Alerts: topic('b') } } },
      ]),
    ).toThrow('the service and lambda decorator alarms of hello both define Resources.Alerts, differently');
  });
  it('takes the same from two sides', () => {
    const fragment = { Resources: { Alerts: topic('a') } };
    expect(
      mergeFragments([
        { from: 'a', fragment },
        { from: 'b', fragment },
      ]).Resources,
    ).toEqual({ Alerts: topic('a') });
  });
});
