import { describe, expect, it } from '@jest/globals';
import { accessOf } from '../../src/picture/graph/access.ts';
import { pictureOf } from '../../src/picture/graph/index.ts';
import type { Json, JsonObject } from '../../src/template/types.ts';
import { linesOf, pictureOfResources, sourceOf } from '../support/pictures.ts';

const fn = (more: JsonObject = {}): JsonObject => ({ Type: 'AWS::Lambda::Function', Properties: more });
const of = (Type: string, Properties: JsonObject = {}): JsonObject => ({ Type, Properties });
const arn = (name: string): Json => ({ 'Fn::GetAtt': [name, 'Arn'] });
const edges = (Resources: JsonObject): readonly string[] =>
  linesOf(pictureOfResources(Resources)).filter((line) => line.includes('-->'));

/** A function that has a role with these statements. */
const allowed = (...Statement: JsonObject[]): JsonObject => ({
  Fn: fn({ Role: arn('Role') }),
  Role: of('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    Policies: [{ PolicyName: 'own', PolicyDocument: { Statement } }],
  }),
  Table: of('AWS::DynamoDB::Table'),
  Queue: of('AWS::SQS::Queue'),
});

describe('events', () => {
  it.each<[string, JsonObject, string]>([
    [
      'a queue',
      {
        Source: of('AWS::SQS::Queue'),
        Map: of('AWS::Lambda::EventSourceMapping', {
          EventSourceArn: arn('Source'),
          FunctionName: { Ref: 'Fn' },
        }),
      },
      'Source --event--> Fn',
    ],
    [
      'the stream of a table, filtered',
      {
        Source: of('AWS::DynamoDB::Table'),
        Map: of('AWS::Lambda::EventSourceMapping', {
          EventSourceArn: { 'Fn::GetAtt': 'Source.StreamArn' },
          FunctionName: arn('Fn'),
          FilterCriteria: { Filters: [] },
        }),
      },
      'Source --event: filtered--> Fn',
    ],
    [
      'a topic',
      {
        Source: of('AWS::SNS::Topic'),
        Sub: of('AWS::SNS::Subscription', { TopicArn: { Ref: 'Source' }, Endpoint: arn('Fn') }),
      },
      'Source --event--> Fn',
    ],
    [
      'a bucket',
      {
        Source: of('AWS::S3::Bucket', {
          NotificationConfiguration: {
            LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: arn('Fn') }],
          },
        }),
      },
      'Source --event: s3:ObjectCreated:*--> Fn',
    ],
    [
      'a bucket that CDK notifies for',
      {
        Source: of('AWS::S3::Bucket'),
        Notify: of('Custom::S3BucketNotifications', {
          BucketName: { Ref: 'Source' },
          NotificationConfiguration: {
            LambdaFunctionConfigurations: [{ Events: ['s3:ObjectRemoved:*'], LambdaFunctionArn: arn('Fn') }],
          },
        }),
      },
      'Source --event: s3:ObjectRemoved:*--> Fn',
    ],
    [
      'a rule',
      {
        Source: of('AWS::Events::Rule', {
          ScheduleExpression: 'rate(1 day)',
          Targets: [{ Arn: arn('Fn'), Id: 'a' }],
        }),
      },
      'Source --event--> Fn',
    ],
    [
      'a schedule',
      { Source: of('AWS::Scheduler::Schedule', { Target: { Arn: arn('Fn') } }) },
      'Source --event--> Fn',
    ],
    [
      'a user pool',
      { Source: of('AWS::Cognito::UserPool', { LambdaConfig: { PreSignUp: arn('Fn') } }) },
      'Source --event: PreSignUp--> Fn',
    ],
    [
      'a state machine',
      { Source: of('AWS::StepFunctions::StateMachine', { DefinitionSubstitutions: { Call: arn('Fn') } }) },
      'Source --event: calls--> Fn',
    ],
    [
      'an HTTP API',
      {
        Source: of('AWS::ApiGatewayV2::Api'),
        Int: of('AWS::ApiGatewayV2::Integration', { ApiId: { Ref: 'Source' }, IntegrationUri: arn('Fn') }),
        Route: of('AWS::ApiGatewayV2::Route', {
          ApiId: { Ref: 'Source' },
          RouteKey: 'GET /a',
          Target: { 'Fn::Sub': 'integrations/${Int}' },
        }),
      },
      'Source --event: GET /a--> Fn',
    ],
    [
      'a REST API of resources',
      {
        Source: of('AWS::ApiGateway::RestApi'),
        Res: of('AWS::ApiGateway::Resource', {
          RestApiId: { Ref: 'Source' },
          ParentId: { 'Fn::GetAtt': ['Source', 'RootResourceId'] },
          PathPart: 'a',
        }),
        Get: of('AWS::ApiGateway::Method', {
          RestApiId: { Ref: 'Source' },
          ResourceId: { Ref: 'Res' },
          HttpMethod: 'GET',
          Integration: { Uri: { 'Fn::Sub': 'arn:x/${Fn.Arn}/invocations' } },
        }),
      },
      'Source --event: GET /a--> Fn',
    ],
    [
      'a REST API of an OpenAPI document',
      {
        Source: of('AWS::ApiGateway::RestApi', {
          Body: {
            paths: {
              '/a': {
                'x-amazon-apigateway-any-method': {
                  'x-amazon-apigateway-integration': { uri: { 'Fn::Sub': '${Fn.Arn}' } },
                },
              },
            },
          },
        }),
      },
      'Source --event: ANY /a--> Fn',
    ],
    [
      'whoever may invoke it, where nothing else says why',
      {
        Source: of('AWS::IoT::Thing'),
        May: of('AWS::Lambda::Permission', { FunctionName: { Ref: 'Fn' }, SourceArn: arn('Source') }),
      },
      'Source --event--> Fn',
    ],
    [
      'a custom resource',
      { Source: of('Custom::Thing', { ServiceToken: arn('Fn') }) },
      'Source --event: made by--> Fn',
    ],
  ])('come from %s', (_, source, edge) => {
    expect(edges({ Fn: fn(), ...source })).toEqual([edge]);
  });

  it('come by way of versions and aliases', () => {
    const resources = {
      Fn: fn(),
      Version: of('AWS::Lambda::Version', { FunctionName: { Ref: 'Fn' } }),
      Live: of('AWS::Lambda::Alias', {
        FunctionName: { Ref: 'Fn' },
        FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
      }),
      Rule: of('AWS::Events::Rule', { Targets: [{ Arn: { Ref: 'Live' }, Id: 'a' }] }),
    };
    expect(edges(resources)).toEqual(['Rule --event--> Fn']);
  });

  it('come from elsewhere', () => {
    const map = (EventSourceArn: Json): JsonObject => ({
      Fn: fn(),
      Map: of('AWS::Lambda::EventSourceMapping', { EventSourceArn, FunctionName: { Ref: 'Fn' } }),
    });
    expect(edges(map('arn:aws:sqs:eu-west-1:123456789012:jobs'))).toEqual(['outside:sqs jobs --event--> Fn']);
    expect(edges(map({ Ref: 'QueueArn' }))).toEqual(['outside:${QueueArn} --event--> Fn']);
  });

  it('go on where something fails', () => {
    expect(
      edges({
        Fn: fn({ DeadLetterConfig: { TargetArn: arn('Dead') } }),
        Dead: of('AWS::SQS::Queue'),
        Config: of('AWS::Lambda::EventInvokeConfig', {
          FunctionName: { Ref: 'Fn' },
          DestinationConfig: { OnSuccess: { Destination: arn('Done') } },
        }),
        Done: of('AWS::SQS::Queue'),
      }),
    ).toEqual(['Fn --event: on failure--> Dead', 'Fn --event: on success--> Done']);
  });
});

describe('permissions', () => {
  it.each<[Json, string]>([
    ['dynamodb:GetItem', 'may read'],
    [['dynamodb:Query', 'dynamodb:PutItem'], 'may read and write'],
    ['dynamodb:*', 'may read and write'],
  ])('%j: %s', (Action, label) => {
    expect(edges(allowed({ Effect: 'Allow', Action, Resource: arn('Table') }))).toEqual([
      `Fn --permission: ${label}--> Table`,
    ]);
  });

  it('of a policy beside the role, of a managed one, and of parts of what is named', () => {
    const statement = (Resource: Json): JsonObject => ({
      Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource }],
    });
    const resources = {
      ...allowed(),
      Beside: of('AWS::IAM::Policy', {
        Roles: [{ Ref: 'Role' }],
        PolicyName: 'a',
        PolicyDocument: statement({ 'Fn::Join': ['', [arn('Queue'), '/x']] }),
      }),
      Managed: of('AWS::IAM::ManagedPolicy', {
        Roles: [{ Ref: 'Role' }],
        PolicyDocument: statement({ 'Fn::Sub': '${Table.Arn}/index/*' }),
      }),
    };
    expect(edges(resources)).toEqual([
      'Fn --permission: may write--> Queue',
      'Fn --permission: may write--> Table',
    ]);
  });

  it('are none where they are denied, bounded, or about somebody else', () => {
    expect(edges(allowed({ Effect: 'Deny', Action: 'dynamodb:*', Resource: arn('Table') }))).toEqual([]);
    expect(
      edges({
        ...allowed(),
        Queue: of('AWS::SQS::Queue'),
        Policy: of('AWS::SQS::QueuePolicy', {
          Queues: [{ Ref: 'Queue' }],
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: arn('Queue') },
            ],
          },
        }),
      }),
    ).toEqual([]);
  });

  it('on what is outside: its name, and no account', () => {
    const told = edges(
      allowed(
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::prices/*' },
        { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: '*' },
        { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' },
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Resource: { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:jobs' },
        },
      ),
    );
    expect(told).toEqual([
      'Fn --permission: may read--> outside:s3 prices',
      'Fn --permission: may write--> outside:all of dynamodb',
      'Fn --permission: may write--> outside:sqs jobs',
    ]);
  });

  it('on what the stack gives a name, where a policy writes that name', () => {
    const name = { 'Fn::Sub': '${AWS::StackName}-pack' };
    const arn =
      'arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-';
    const resources = {
      ...allowed(
        { Effect: 'Allow', Action: 'states:StartExecution', Resource: { 'Fn::Sub': `${arn}pack` } },
        { Effect: 'Allow', Action: 'states:StartExecution', Resource: { 'Fn::Sub': `${arn}other` } },
        { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::prices/of-today/*' },
        // A queue of that name is something else.
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:123456789012:prices' },
      ),
      Pack: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: name } },
      Prices: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'prices' } },
    };
    expect(edges(resources).toSorted()).toEqual([
      'Fn --permission: may call--> Pack',
      'Fn --permission: may call--> outside:states -other',
      'Fn --permission: may read--> Prices',
      'Fn --permission: may write--> outside:sqs prices',
    ]);
  });

  it('that an event needs are not told again', () => {
    const resources = {
      ...allowed({
        Effect: 'Allow',
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        Resource: arn('Queue'),
      }),
      Map: of('AWS::Lambda::EventSourceMapping', {
        EventSourceArn: arn('Queue'),
        FunctionName: { Ref: 'Fn' },
      }),
    };
    expect(edges(resources)).toEqual(['Queue --event--> Fn']);
  });

  it.each([
    ['lambda:InvokeFunction', ['call']],
    ['states:StartExecution', ['call']],
    ['sqs:ReceiveMessage', ['read']],
    ['kms:Decrypt', ['read']],
    ['s3:PutObject', ['write']],
    ['s3:*Object', ['read', 'write']],
    ['*', ['read', 'write']],
    ['not iam:*', ['read', 'write']],
  ])('%s is to %j', (action, access) => expect(accessOf(action)).toEqual(access));
});

describe('parts', () => {
  it('of a role that several share belong to all of them, who do not know each other by it', () => {
    const { nodes, edges: between } = pictureOfResources({
      A: fn({ Role: arn('Role') }),
      B: fn({ Role: arn('Role') }),
      Role: of('AWS::IAM::Role'),
    });
    expect(nodes.map(({ parts }) => parts)).toEqual([
      ['A', 'Role'],
      ['B', 'Role'],
    ]);
    expect(between).toEqual([]);
  });

  it('that lead in a circle stay nodes, and nothing is lost', () => {
    const { nodes } = pictureOfResources({
      Filter: of('AWS::Logs::SubscriptionFilter', { LogGroupName: { Ref: 'Filter' } }),
      Policy: of('AWS::IAM::Policy', { Roles: [{ Ref: 'Policy' }] }),
    });
    expect(nodes.map(({ id }) => id)).toEqual(['Filter', 'Policy']);
  });

  it('that do nothing are left', () => {
    expect(pictureOfResources({ Meta: of('AWS::CDK::Metadata') })).toEqual({
      nodes: [],
      edges: [],
      left: ['Meta'],
    });
  });
});

it('goes through parameters and outputs of nested stacks, which are boxes', () => {
  const inner = sourceOf(
    {
      Worker: fn({ Environment: { Variables: { TABLE: { Ref: 'TableName' } } } }),
      Jobs: of('AWS::SQS::Queue'),
    },
    { Outputs: { JobsArn: { Value: arn('Jobs') } } },
  );
  const outer = sourceOf(
    {
      Table: of('AWS::DynamoDB::Table'),
      Inner: of('AWS::CloudFormation::Stack', { Parameters: { TableName: { Ref: 'Table' } } }),
      Rule: of('AWS::Events::Rule', {
        Targets: [{ Id: 'a', Arn: { 'Fn::GetAtt': ['Inner', 'Outputs.JobsArn'] } }],
      }),
    },
    {},
    { Inner: inner },
  );
  expect(linesOf(pictureOf(outer))).toEqual([
    'table: Table',
    'nested stack: Inner/Inner',
    'rule: Rule',
    'function: Inner/Worker [128 MB] = Inner.Worker',
    'queue: Inner/Jobs = Inner.Jobs',
    'Inner --use--> Table',
    'Rule --event--> Inner.Jobs',
    'Inner.Worker --use--> Table',
  ]);
});
