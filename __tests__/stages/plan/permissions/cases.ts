import type { JsonObject } from '../../../../src/template/types.ts';

/** A pull request: resources by logical ID before and after it, and the call that the role is not allowed. */
export interface PreparedChange {
  readonly what: string;
  readonly before?: JsonObject;
  readonly after: JsonObject;
  readonly lacks: string;
  /** The stack has tags. */
  readonly tags?: true;
}

const resource = (Type: string, Properties: JsonObject = {}): JsonObject => ({ Type, Properties });

const CODE = { S3Bucket: 'sparta-000000000000-us-east-1', S3Key: 'orders/a.zip' };
const fn = (more: JsonObject = {}): JsonObject =>
  resource('AWS::Lambda::Function', {
    Code: CODE,
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    ...more,
  });
const role = (more: JsonObject = {}): JsonObject =>
  resource('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: [] }, ...more });
const table = (more: JsonObject = {}): JsonObject =>
  resource('AWS::DynamoDB::Table', {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...more,
  });
const queue = (more: JsonObject = {}): JsonObject => resource('AWS::SQS::Queue', more);
const topic = (more: JsonObject = {}): JsonObject => resource('AWS::SNS::Topic', more);
const bucket = (more: JsonObject = {}): JsonObject => resource('AWS::S3::Bucket', more);

/** Pull requests whose deployment fails without one permission; all others are there. */
export const PREPARED: readonly PreparedChange[] = [
  { what: 'adds a queue', after: { Queue: queue() }, lacks: 'sqs:CreateQueue' },
  {
    what: 'changes a queue',
    before: { Queue: queue({ DelaySeconds: 1 }) },
    after: { Queue: queue({ DelaySeconds: 2 }) },
    lacks: 'sqs:SetQueueAttributes',
  },
  {
    what: 'gives a queue another name, which replaces it',
    before: { Queue: queue({ QueueName: 'one' }) },
    after: { Queue: queue({ QueueName: 'two' }) },
    lacks: 'sqs:CreateQueue',
  },
  {
    what: 'replaces a table by one with another key',
    before: { Table: table() },
    after: { Table: table({ KeySchema: [{ AttributeName: 'number', KeyType: 'HASH' }] }) },
    lacks: 'dynamodb:DeleteTable',
  },
  {
    what: 'takes a value from a secret',
    after: { Topic: topic({ DisplayName: '{{resolve:secretsmanager:db:SecretString:name}}' }) },
    lacks: 'secretsmanager:GetSecretValue',
  },
  { what: 'removes a queue', before: { Queue: queue() }, after: {}, lacks: 'sqs:DeleteQueue' },
  { what: 'adds a queue with tags', after: { Queue: queue() }, lacks: 'sqs:TagQueue', tags: true },
  { what: 'adds a function', after: { Role: role(), Take: fn() }, lacks: 'lambda:CreateFunction' },
  { what: 'gives a new function its role', after: { Role: role(), Take: fn() }, lacks: 'iam:PassRole' },
  {
    what: 'changes the code of a function',
    before: { Role: role(), Take: fn() },
    after: { Role: role(), Take: fn({ Code: { ...CODE, S3Key: 'orders/b.zip' } }) },
    lacks: 'lambda:UpdateFunctionCode',
  },
  {
    what: 'changes the memory of a function',
    before: { Role: role(), Take: fn() },
    after: { Role: role(), Take: fn({ MemorySize: 512 }) },
    lacks: 'lambda:UpdateFunctionConfiguration',
  },
  {
    what: 'reserves concurrency',
    after: { Role: role(), Take: fn({ ReservedConcurrentExecutions: 5 }) },
    lacks: 'lambda:PutFunctionConcurrency',
  },
  {
    what: 'lets a service invoke a function',
    before: { Role: role(), Take: fn() },
    after: {
      Role: role(),
      Take: fn(),
      May: resource('AWS::Lambda::Permission', {
        FunctionName: { Ref: 'Take' },
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
      }),
    },
    lacks: 'lambda:AddPermission',
  },
  {
    what: 'adds a role with a policy of its own',
    after: { Role: role({ Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [] } }] }) },
    lacks: 'iam:PutRolePolicy',
  },
  {
    what: 'attaches a managed policy',
    before: { Role: role() },
    after: { Role: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }) },
    lacks: 'iam:AttachRolePolicy',
  },
  { what: 'adds a table', after: { Table: table() }, lacks: 'dynamodb:CreateTable' },
  {
    what: 'lets entries of a table expire',
    before: { Table: table() },
    after: { Table: table({ TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } }) },
    lacks: 'dynamodb:UpdateTimeToLive',
  },
  { what: 'removes a table', before: { Table: table() }, after: {}, lacks: 'dynamodb:DeleteTable' },
  { what: 'adds a bucket', after: { Files: bucket() }, lacks: 's3:CreateBucket' },
  {
    what: 'keeps versions of objects',
    before: { Files: bucket() },
    after: { Files: bucket({ VersioningConfiguration: { Status: 'Enabled' } }) },
    lacks: 's3:PutBucketVersioning',
  },
  {
    what: 'adds a log group that forgets',
    after: { Log: resource('AWS::Logs::LogGroup', { RetentionInDays: 7 }) },
    lacks: 'logs:PutRetentionPolicy',
  },
  {
    what: 'adds a rule with a target',
    before: { Role: role(), Take: fn() },
    after: {
      Role: role(),
      Take: fn(),
      Rule: resource('AWS::Events::Rule', {
        ScheduleExpression: 'rate(1 day)',
        Targets: [{ Id: 't', Arn: { 'Fn::GetAtt': ['Take', 'Arn'] } }],
      }),
    },
    lacks: 'events:PutTargets',
  },
  {
    what: 'adds an API',
    after: { Api: resource('AWS::ApiGatewayV2::Api', { Name: 'orders', ProtocolType: 'HTTP' }) },
    lacks: 'apigateway:POST',
  },
];

/** A change, and policies of a role that allow all that it needs, whatever they say besides. */
export interface HarmlessChange {
  readonly what: string;
  readonly before?: JsonObject;
  readonly after: JsonObject;
  readonly statements: readonly JsonObject[];
  readonly boundary?: readonly JsonObject[];
}

const allow = (Action: string | string[], Resource: string | string[] = '*'): JsonObject => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deny = (Action: string | string[], more: JsonObject = {}): JsonObject => ({
  Effect: 'Deny',
  Action,
  Resource: '*',
  ...more,
});
const REGION = { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } };

/** Ways to allow that say it otherwise than our own policies. */
export const HARMLESS: readonly HarmlessChange[] = [
  { what: 'everything is allowed', after: { Queue: queue(), Topic: topic() }, statements: [allow('*')] },
  { what: 'a service is allowed', after: { Queue: queue() }, statements: [allow('sqs:*')] },
  { what: 'names are in another case', after: { Queue: queue() }, statements: [allow('SQS:createqueue')] },
  { what: 'a part of a name is allowed', after: { Queue: queue() }, statements: [allow('sqs:Create*')] },
  {
    what: 'a character of a name is open',
    after: { Queue: queue() },
    statements: [allow('sqs:CreateQueu?')],
  },
  {
    what: 'the queue is allowed by its name',
    after: { Queue: queue({ QueueName: 'incoming' }) },
    statements: [allow('sqs:*', 'arn:aws:sqs:us-east-1:000000000000:incoming')],
  },
  {
    what: 'the queue is allowed by its logical ID',
    after: { Queue: queue() },
    statements: [allow('sqs:*', 'arn:aws:sqs:*:*:orders-Queue-*')],
  },
  {
    what: 'all but IAM is allowed',
    after: { Queue: queue() },
    statements: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
  },
  {
    what: 'all but one queue is allowed',
    after: { Queue: queue() },
    statements: [{ Effect: 'Allow', Action: 'sqs:*', NotResource: 'arn:aws:sqs:*:*:secret' }],
  },
  {
    what: 'something else is denied',
    after: { Queue: queue() },
    statements: [allow('*'), deny('sqs:DeleteQueue'), deny('iam:*')],
  },
  {
    what: 'a denial has a condition',
    after: { Queue: queue() },
    statements: [allow('*'), deny('*', { Condition: REGION })],
  },
  {
    what: 'a denial is of other names',
    after: { Queue: queue() },
    statements: [allow('*'), { ...deny('sqs:*'), Resource: 'arn:aws:sqs:*:*:payments-*' }],
  },
  {
    what: 'a boundary allows it, too',
    after: { Queue: queue() },
    statements: [allow('*')],
    boundary: [allow(['sqs:*', 'sns:*'])],
  },
  {
    what: 'two statements share it',
    after: { Queue: queue(), Topic: topic() },
    statements: [allow('sqs:CreateQueue'), allow('sns:CreateTopic')],
  },
  {
    what: 'nothing changes',
    before: { Queue: queue() },
    after: { Queue: queue() },
    statements: [allow('s3:GetObject')],
  },
  {
    what: 'only another resource changes',
    before: { Queue: queue(), Topic: topic() },
    after: { Queue: queue(), Topic: topic({ DisplayName: 'Orders' }) },
    statements: [allow('sns:SetTopicAttributes')],
  },
  {
    what: 'a resource is kept',
    before: { Queue: { ...queue(), DeletionPolicy: 'Retain' } },
    after: {},
    statements: [allow('s3:GetObject')],
  },
  {
    what: 'a queue is replaced, and the former one is kept',
    before: { Queue: queue({ QueueName: 'one' }) },
    after: { Queue: { ...queue({ QueueName: 'two' }), UpdateReplacePolicy: 'Retain' } },
    statements: [allow('sqs:*'), deny('sqs:DeleteQueue'), deny('sqs:SetQueueAttributes')],
  },
  {
    what: 'what only some functions need is not allowed',
    after: { Role: role(), Take: fn() },
    statements: [allow(['iam:CreateRole', 'iam:PassRole', 'lambda:CreateFunction'])],
  },
  {
    what: 'tags are not allowed, and there are none',
    after: { Table: table() },
    statements: [allow('dynamodb:CreateTable')],
  },
  {
    what: 'nobody knows what the type calls',
    after: { Build: resource('AWS::CodeBuild::Project') },
    statements: [allow('s3:GetObject')],
  },
];
