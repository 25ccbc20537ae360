/** APIs, connectors and GraphQL APIs with most of what they can have, against AWS's own transform. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from '../../../src/sam/index.ts';
import type { Json, JsonObject } from '../../../src/template/types.ts';
import { firstDifference, type SamTranslator, startSamTranslator } from '../../support/sam-translator.ts';

let reference: SamTranslator;
beforeAll(async () => {
  reference = await startSamTranslator();
});
afterAll(() => reference.stop());

const fn = (Events: JsonObject, more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  ...more,
  Properties: { Runtime: 'nodejs22.x', Handler: 'a.b', InlineCode: 'x', Events },
});
const arn = (id: string): JsonObject => ({ 'Fn::GetAtt': [id, 'Arn'] });
const http = (Path: string, Method: string, more: JsonObject = {}): JsonObject => ({
  Type: 'HttpApi',
  Properties: { Path, Method, ...more },
});
const rest = (Path: string, Method: string, more: JsonObject = {}): JsonObject => ({
  Type: 'Api',
  Properties: { Path, Method, ...more },
});
const domain = (more: JsonObject): JsonObject => ({
  DomainName: 'a.example',
  CertificateArn: 'cert',
  Route53: { HostedZoneId: 'Z1', IpV6: true, Region: 'eu-west-1', SetIdentifier: 'one' },
  ...more,
});

const HTTP: JsonObject = {
  Http: {
    Type: 'AWS::Serverless::HttpApi',
    Condition: 'IsOne',
    Properties: {
      Name: 'shop',
      Description: 'all of it',
      StageName: 'v-1',
      Tags: { team: 'a' },
      FailOnWarnings: true,
      DisableExecuteApiEndpoint: true,
      CorsConfiguration: { AllowOrigins: ['a'], AllowHeaders: ['*'], MaxAge: 0, AllowCredentials: true },
      Domain: domain({ BasePath: ['a', '/b-c/d'], MutualTlsAuthentication: { TruststoreUri: 's3://a/b' } }),
      RouteSettings: { 'GET /': { ThrottlingBurstLimit: 1 } },
      Auth: {
        EnableIamAuthorizer: true,
        DefaultAuthorizer: 'Jwt',
        Authorizers: {
          Jwt: {
            JwtConfiguration: { Issuer: 'i', Audience: ['a'] },
            IdentitySource: '$request.header.A',
            AuthorizationScopes: ['s'],
          },
          Lambda: {
            FunctionArn: arn('Fn'),
            AuthorizerPayloadFormatVersion: '2.0',
            EnableSimpleResponses: true,
            EnableFunctionDefaultPermissions: true,
            Identity: { Headers: ['A'], Context: ['c'], ReauthorizeEvery: 0 },
          },
        },
      },
    },
  },
  Fn: fn(
    {
      Root: http('/', 'GET', { ApiId: { Ref: 'Http' }, Auth: { Authorizer: 'NONE' }, TimeoutInMillis: 5000 }),
      Item: http('/items/{id}/{rest+}', 'any', {
        ApiId: { Ref: 'Http' },
        Auth: { Authorizer: 'Jwt', AuthorizationScopes: ['t'] },
        RouteSettings: { DetailedMetricsEnabled: true },
        PayloadFormatVersion: '1.0',
      }),
      Iam: http('/iam', 'post', { ApiId: { Ref: 'Http' }, Auth: { Authorizer: 'AWS_IAM' } }),
    },
    { Condition: 'IsOne' },
  ),
  All: fn(
    { All: { Type: 'HttpApi' }, Other: http('/other', 'put') },
    { Condition: 'IsTwo', DeletionPolicy: 'Retain' },
  ),
  Third: fn({ Get: http('/other', 'get') }, { Condition: 'IsOne', UpdateReplacePolicy: 'Snapshot' }),
};

const WEBSOCKET: JsonObject = {
  Socket: {
    Type: 'AWS::Serverless::WebSocketApi',
    Properties: {
      RouteSelectionExpression: '$request.body.action',
      StageName: 'live',
      Tags: { team: 'a' },
      PropagateTags: true,
      RouteSettings: { $connect: {} },
      Domain: domain({}),
      Auth: { AuthType: 'CUSTOM', AuthArn: arn('Fn'), IdentitySource: ['route.request.header.A'] },
      Routes: {
        $connect: { FunctionArn: arn('Fn'), RequestParameters: { a: { Required: true } } },
        sendMessage: { FunctionArn: arn('Fn'), IntegrationTimeout: 1000, ApiKeyRequired: true },
      },
    },
  },
  Fn: fn({}),
};

const MERGED: JsonObject = {
  Api: {
    Type: 'AWS::Serverless::Api',
    Properties: {
      StageName: 'prod',
      MergeDefinitions: true,
      Models: { User: { type: 'object' } },
      DefinitionBody: {
        openapi: '3.0.1',
        info: { title: 'a' },
        paths: {
          '/a': { get: { summary: 'mine', responses: { 200: {} } }, post: {} },
          '/b': { 'Fn::If': ['IsOne', { get: {} }, {}] },
        },
      },
      Auth: {
        Authorizers: { Pool: { UserPoolArn: arn('Pool') } },
        ResourcePolicy: { CustomStatements: [{ Effect: 'Allow' }] },
      },
    },
  },
  Fn: fn({
    Get: rest('/a', 'GET', {
      RestApiId: { Ref: 'Api' },
      RequestModel: { Model: 'User', ValidateBody: true },
    }),
    New: rest('/new/{id}', 'put', {
      RestApiId: { Ref: 'Api' },
      Auth: { Authorizer: 'Pool', OverrideApiAuth: true },
    }),
  }),
  Flow: {
    Type: 'AWS::Serverless::StateMachine',
    Properties: {
      DefinitionUri: 's3://a/b',
      Role: 'arn:role',
      Events: {
        Start: rest('/start', 'post', { UnescapeMappingTemplate: true }),
        Other: rest('/start', 'get'),
      },
    },
  },
  Private: {
    Type: 'AWS::Serverless::Api',
    Properties: {
      StageName: { Ref: 'AWS::StackName' },
      EndpointConfiguration: { Type: 'PRIVATE', VPCEndpointIds: ['vpce-1'] },
      DefinitionUri: { Bucket: 'a', Key: 'b', Version: '1' },
      Domain: domain({
        EndpointConfiguration: 'PRIVATE',
        AccessAssociation: { VpcEndpointId: 'vpce-1' },
        Policy: { Version: 'x' },
      }),
    },
  },
};

const CONNECTORS: JsonObject = {
  Table: { Type: 'AWS::Serverless::SimpleTable' },
  Topic: {
    Type: 'AWS::SNS::Topic',
    Connectors: {
      Send: { Properties: { Destination: [{ Id: 'Fn' }, { Id: 'Queue' }], Permissions: ['Write'] } },
    },
  },
  Queue: { Type: 'AWS::SQS::Queue', DependsOn: 'Link' },
  Api: { Type: 'AWS::Serverless::HttpApi', Properties: { DefinitionUri: 's3://a/b' } },
  Fn: {
    ...fn({ Poll: { Type: 'SQS', Properties: { Queue: arn('Queue') } } }),
    Connectors: {
      ToTable: {
        Properties: { Destination: { Id: 'Table' }, Permissions: ['Read', 'Write'] },
        Metadata: { a: 'b' },
      },
    },
  },
  Link: {
    Type: 'AWS::Serverless::Connector',
    DependsOn: ['Topic'],
    Condition: 'IsOne',
    Properties: { Source: { Id: 'Queue' }, Destination: { Id: 'Fn' }, Permissions: ['Read', 'Write'] },
  },
  Call: {
    Type: 'AWS::Serverless::Connector',
    Properties: {
      Source: { Id: 'Api', Qualifier: 'live/GET/*' },
      Destination: { Type: 'AWS::Serverless::Function', Arn: 'arn' },
      Permissions: ['Write'],
    },
  },
};

const GRAPHQL: JsonObject = {
  Graph: {
    Type: 'AWS::Serverless::GraphQLApi',
    DependsOn: 'Fn',
    Condition: 'IsOne',
    Properties: {
      SchemaInline: 'type Query { a: String }',
      XrayEnabled: true,
      Tags: { team: 'a' },
      Auth: {
        Type: 'AWS_LAMBDA',
        LambdaAuthorizer: { AuthorizerUri: arn('Fn') },
        Additional: [
          { Type: 'AMAZON_COGNITO_USER_POOLS', UserPool: { UserPoolId: 'p', DefaultAction: 'ALLOW' } },
          { Type: 'API_KEY' },
        ],
      },
      ApiKeys: { Key: { ExpiresOn: 1 } },
      Cache: { ApiCachingBehavior: 'a', Ttl: 1, Type: 'T2' },
      DomainName: { CertificateArn: 'c', DomainName: 'd' },
      DataSources: {
        DynamoDb: {
          Items: {
            TableName: 't',
            Permissions: ['Read'],
            DeltaSync: { BaseTableTTL: 1, DeltaSyncTableName: 'x', DeltaSyncTableTTL: 2 },
          },
        },
        Lambda: { Call: { FunctionArn: arn('Fn') }, Own: { FunctionArn: 'arn', ServiceRoleArn: 'role' } },
      },
      Functions: {
        One: {
          DataSource: 'Items',
          InlineCode: 'x',
          Runtime: { Name: 'APPSYNC_JS', Version: '1.0.0' },
          Sync: { ConflictDetection: 'VERSION' },
        },
        Two: { DataSource: 'none', CodeUri: 's3://a/b', Runtime: { Name: 'APPSYNC_JS', Version: '1.0.0' } },
        Elsewhere: { Id: 'id' },
      },
      Resolvers: {
        Query: { a: { Pipeline: ['One', 'Two', 'Elsewhere'], Caching: { Ttl: 1, CachingKeys: ['k'] } } },
      },
    },
  },
  Fn: fn({}),
};

const CASES: Readonly<Record<string, JsonObject>> = { HTTP, WEBSOCKET, MERGED, CONNECTORS, GRAPHQL };

describe('transform', () => {
  it.each(Object.keys(CASES))('makes the same as AWS of %s', async (name) => {
    const template: JsonObject = {
      Transform: 'AWS::Serverless-2016-10-31',
      Conditions: { IsOne: { 'Fn::Equals': ['a', 'b'] }, IsTwo: { 'Fn::Equals': ['a', 'c'] } },
      Resources: { Pool: { Type: 'AWS::Cognito::UserPool' }, ...(CASES[name] ?? {}) } satisfies Record<
        string,
        Json
      >,
    };
    for (const region of ['eu-west-1', 'cn-north-1', 'us-gov-west-1']) {
      const context = { region, seconds: 0 };
      const theirs = await reference.transform(template, context);
      if (!('template' in theirs)) throw new Error(JSON.stringify(theirs));
      const ours = transform(template, context);
      expect(ours.problems).toEqual([]);
      expect(firstDifference(ours.template, theirs.template)).toBeUndefined();
    }
  });
});
