import { describe, expect, it } from '@jest/globals';
import type { Mode } from '../../src/parse/modes.ts';
import { actionArns } from '../../src/policies/action-arns.ts';
import { HANDLER_DATA } from '../../src/policies/data/handler-data.ts';
import { policyDocument, statementsFor } from '../../src/policies/documents.ts';
import { handlerActions } from '../../src/policies/handlers.ts';
import { grantsOf } from '../../src/policies/modes.ts';
import { templateNeeds } from '../../src/policies/needs.ts';
import { roleName, roleTemplate } from '../../src/policies/role-template.ts';
import { policyFor } from '../../src/policies/roles.ts';
import { writtenPolicies } from '../../src/policies/write.ts';
import type { JsonObject } from '../../src/template/types.ts';

const place = (stackName = 'orders') => ({
  partition: 'aws',
  region: 'eu-central-1',
  account: '123456789012',
  stackName,
  artifacts: { bucket: 'artifacts', prefix: 'orders/' },
});
const needsOf = (Type: string, Properties: JsonObject = {}, stackName = 'orders') =>
  templateNeeds({ Resources: { Thing: { Type, Properties } } }, place(stackName));
const resourcesOf = (action: string, ...given: Parameters<typeof needsOf>) =>
  needsOf(...given).needs.find((need) => need.action === action)?.resources;

describe('what CloudFormation calls', () => {
  it('is known of most types, by handler', () => {
    const create = handlerActions('AWS::SQS::Queue')?.find(({ action }) => action === 'sqs:CreateQueue');
    expect([...(create?.handlers ?? [])]).toEqual(['c']);
    expect(handlerActions('AWS::SQS::Queu')).toBeUndefined();
    expect(handlerActions('AWS::CodeBuild::Project')).toBeUndefined();
  });

  it('is said to be unknown where the schemas say nothing', () => {
    expect(needsOf('AWS::CodeBuild::Project').unknown).toEqual(['AWS::CodeBuild::Project']);
    expect(needsOf('AWS::CDK::Metadata')).toEqual({ needs: [], unknown: [] });
  });

  it('leaves out other services that no property is a reason for', () => {
    const services = (Properties: JsonObject) =>
      new Set(needsOf('AWS::Lambda::Function', Properties).needs.map(({ action }) => action.split(':')[0]));
    expect(services({ Code: { ZipFile: 'x' } })).not.toContain('ec2');
    expect(services({ VpcConfig: { SubnetIds: ['subnet-1'] } })).toContain('ec2');
  });

  it.each([
    ['a name that CloudFormation makes', 'sqs:CreateQueue', 'AWS::SQS::Queue', {}, ['orders-*']],
    ['a given name', 'sqs:CreateQueue', 'AWS::SQS::Queue', { QueueName: 'incoming' }, ['incoming']],
    [
      'a name in part',
      'sqs:CreateQueue',
      'AWS::SQS::Queue',
      { QueueName: { 'Fn::Sub': 'in-${Stage}' } },
      ['in-*'],
    ],
  ] as const)('is narrowed to %s', (_what, action, type, properties, names) => {
    expect(resourcesOf(action, type, properties)).toEqual(
      names.map((name) => `arn:aws:sqs:eu-central-1:123456789012:${name}`),
    );
  });

  it.each([
    [
      'AWS::AutoScaling::AutoScalingGroup',
      'autoscaling:CreateAutoScalingGroup',
      ['autoscaling:R:A:autoScalingGroup:*'],
    ],
    ['AWS::Config::ConfigRule', 'config:PutConfigRule', ['config:R:A:config-rule/*']],
    ['AWS::Glue::Connection', 'glue:CreateConnection', ['glue:R:A:catalog', 'glue:R:A:connectionType:*']],
    ['AWS::Lambda::EventSourceMapping', 'lambda:CreateEventSourceMapping', ['*']],
  ] as const)('is narrowed for %s to what the service allows', (type, action, patterns) => {
    expect(resourcesOf(action, type)).toEqual(
      patterns.map((each) =>
        each === '*' ? each : `arn:aws:${each.replace(':R:A:', ':eu-central-1:123456789012:')}`,
      ),
    );
  });

  it('leaves few actions on everything', () => {
    const actions = new Set(
      HANDLER_DATA.matchAll(/ ([a-z0-9-]+):(\S+)/g).flatMap(([, service, all = '']) =>
        all.split(',').map((each) => `${service}:${each.split('/')[0]}`),
      ),
    );
    const wide = [...actions].filter((action) => actionArns(action).length === 0);
    expect(wide.length / actions.size).toBeLessThan(0.25);
    const changing = /^(lambda|sqs|sns|dynamodb|autoscaling|backup):(Delete|Update|Put)/;
    expect(wide.filter((action) => changing.test(action))).toEqual([]);
  });

  const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}`;

  it('reads no secrets but those of the stack', () => {
    const read = 'secretsmanager:GetSecretValue';
    const type = 'AWS::SecretsManager::Secret';
    expect(resourcesOf(read, type)).toEqual([secret('Thing-*')]);
    expect(resourcesOf(read, type, { Name: 'db' })).toEqual([secret('db'), secret('db-??????')]);
    expect(resourcesOf('secretsmanager:GetRandomPassword', type)).toEqual(['*']);
  });

  it.each([
    ['{{resolve:secretsmanager:db:SecretString:password}}', [secret('db-??????')]],
    ['{{resolve:secretsmanager:db}}', [secret('db-??????')]],
    [`{{resolve:secretsmanager:${secret('db-a1B2c3')}:SecretString:user}}`, [`${secret('db-a1B2c3')}*`]],
    [{ 'Fn::Sub': 'x-{{resolve:secretsmanager:${Stage}/db}}' }, [secret('*/db-??????')]],
    [{ List: [{ 'Fn::Join': [':', ['{{resolve', 'secretsmanager', 'db}}']] }] }, [secret('db-??????')]],
    ['{{resolve:ssm-secure:/orders/key:3}}', []],
    ['db', undefined],
  ])('reads what the dynamic reference %j names', (Value, resources) => {
    const { needs } = needsOf('AWS::SNS::Topic', { DisplayName: Value });
    const read = needs.filter(({ isCertain }) => isCertain);
    const secrets = read.filter(({ action }) => action === 'secretsmanager:GetSecretValue');
    expect(secrets.flatMap((each) => each.resources)).toEqual(resources ?? []);
    expect(read.length).toBe(resources === undefined ? 0 : 1);
  });

  it('reads parameters that dynamic references name', () => {
    const value = '{{resolve:ssm:/orders/key:3}}{{resolve:ssm-secure:other}}';
    const parameter = (name: string) => `arn:aws:ssm:eu-central-1:123456789012:parameter/${name}`;
    const read = needsOf('AWS::SNS::Topic', { DisplayName: value }).needs.filter(
      ({ action }) => action === 'ssm:GetParameters',
    );
    expect(read.flatMap(({ resources }) => resources)).toEqual([parameter('orders/key'), parameter('other')]);
  });

  it('lets databases make secrets of their own beside those of the stack', () => {
    const { needs } = templateNeeds(
      {
        Resources: {
          Own: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'db' } },
          Database: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserSecret: {} } },
        },
      },
      place(),
    );
    const create = needs.find(
      ({ logicalId, action }) => logicalId === 'Database' && action === 'secretsmanager:CreateSecret',
    );
    expect(create?.resources).toEqual([secret('db'), secret('db-??????'), secret('*!*')]);
  });

  it('is narrowed to as much of a long stack name as goes into every name', () => {
    const long = 'a-stack-of-a-name-that-does-not-fit';
    expect(resourcesOf('sqs:CreateQueue', 'AWS::SQS::Queue', {}, long)).toEqual([
      'arn:aws:sqs:eu-central-1:123456789012:a-stack-of-a-name-that-d*',
    ]);
    expect(resourcesOf('s3:CreateBucket', 'AWS::S3::Bucket', {}, 'Orders')).toEqual([
      'arn:aws:s3:::orders-*',
    ]);
  });
});

it('puts what is allowed on the same ARNs into one statement', () => {
  const statements = statementsFor([
    { action: 'b:Two', resources: ['arn:1-*'] },
    { action: 'a:One', resources: ['arn:1-*', 'arn:1-x'] },
  ]);
  expect(statements).toEqual([{ Effect: 'Allow', Action: ['a:One', 'b:Two'], Resource: ['arn:1-*'] }]);
});

it('writes policies for Terraform, where ${ begins an expression', () => {
  const document = policyDocument([{ Effect: 'Allow', Action: ['a:B'], Resource: ['x${y}'] }]);
  expect(writtenPolicies({ preview: document }, 'terraform')).toContain('resources = ["x$${y}"]');
});

it('divides what is too long for a role, and keeps all of it', () => {
  const Statement = Array.from({ length: 40 }, (_, index) => ({
    Effect: 'Allow' as const,
    Action: Array.from({ length: 20 }, (_each, at) => `service${index}:ActionWithALongName${at}`),
    Resource: [`arn:aws:service${index}:eu-central-1:123456789012:thing/*`],
  }));
  const { Resources } = roleTemplate({
    stackName: 'orders',
    repository: { owner: 'acme', name: 'orders', ids: undefined, host: 'github.com' },
    deployment: { kind: 'branch', branch: 'main' },
    makesProvider: true,
    policies: { cloudformation: { Version: '2012-10-17', Statement } },
  });
  const documents = Object.values(Resources).flatMap((resource) => {
    const text = JSON.stringify(resource);
    return text.includes('AWS::IAM::ManagedPolicy') ? [text] : [];
  });
  expect(Math.max(...documents.map(({ length }) => length))).toBeLessThan(6144);
  expect(documents.join().match(/ActionWithALongName/g)).toHaveLength(800);
  expect(documents.join()).toContain('"Effect":"Deny"');
});

it('has names of roles that IAM takes', () => {
  expect(roleName('a'.repeat(128), 'cloudformation').length).toBeLessThanOrEqual(64);
  expect(roleName('orders', 'preview')).toBe('sparta-orders-preview');
});

it('lets who previews assume no role of cdk bootstrap that deploys', () => {
  const facts = {
    ...{ place: place(), functions: true, images: false, nested: false, transforms: false },
    ...{ lookedUpRoles: [], ownBucket: false, createRepository: false, repository: '' },
    ...{ executionRole: 'exec', rollbackAlarms: false, checkedRoles: [] },
    assumed: { reading: ['lookup'], deploying: ['deploy', 'publish'] },
  };
  const resources = (modes: readonly Mode[], reading = ['lookup']) =>
    grantsOf(modes, { ...facts, assumed: { ...facts.assumed, reading } });
  expect(resources(['preview'])).toEqual([{ action: 'sts:AssumeRole', resources: ['lookup'] }]);
  expect(resources(['deploy'])).toEqual([{ action: 'sts:AssumeRole', resources: ['deploy', 'publish'] }]);
  // Without a lookup role the preview reads with its own rights.
  expect(resources(['preview'], []).map(({ action }) => action)).toContain('cloudformation:DescribeStacks');
  // CloudFormation's rights, drift included, are not those of who assumes.
  const { needs } = needsOf('AWS::SQS::Queue');
  const { Statement } = policyFor(['preview', 'drift'], { needs, facts: [facts] });
  expect(Statement.flatMap(({ Action }) => Action)).toEqual(['sts:AssumeRole']);
});
