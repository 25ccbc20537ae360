/** What is wrong with APIs, connectors and GraphQL APIs: refused here as by AWS, with its place. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from '../../../src/sam/index.ts';
import type { JsonObject } from '../../../src/template/types.ts';
import { type SamTranslator, startSamTranslator } from '../../support/sam-translator.ts';

let reference: SamTranslator;
beforeAll(async () => {
  reference = await startSamTranslator();
});
afterAll(() => reference.stop());

const rest = (properties: JsonObject): JsonObject => ({
  Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', ...properties } },
});
const http = (properties: JsonObject): JsonObject => ({
  Api: { Type: 'AWS::Serverless::HttpApi', Properties: properties },
});
const webSocket = (properties: JsonObject): JsonObject => ({
  Api: {
    Type: 'AWS::Serverless::WebSocketApi',
    Properties: {
      RouteSelectionExpression: '$request.body.action',
      Routes: { $connect: { FunctionArn: 'arn' } },
      ...properties,
    },
  },
});
const graphql = (properties: JsonObject): JsonObject => ({
  Api: {
    Type: 'AWS::Serverless::GraphQLApi',
    Properties: { Auth: { Type: 'AWS_IAM' }, SchemaInline: 'type Query', ...properties },
  },
});
const event = (Type: string, Properties: JsonObject, api: JsonObject = {}): JsonObject => ({
  ...api,
  Fn: {
    Type: 'AWS::Serverless::Function',
    Properties: {
      Runtime: 'nodejs22.x',
      Handler: 'a.b',
      InlineCode: 'x',
      Events: { On: { Type, Properties } },
    },
  },
});
const route = { Path: '/', Method: 'get' };
const toApi = { ...route, RestApiId: { Ref: 'Api' } };
const connector = (properties: JsonObject): JsonObject => ({
  Table: { Type: 'AWS::DynamoDB::Table' },
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  Link: {
    Type: 'AWS::Serverless::Connector',
    Properties: { Source: { Id: 'Fn' }, Destination: { Id: 'Table' }, Permissions: ['Read'], ...properties },
  },
});
const POOL = { Authorizers: { Pool: { UserPoolArn: 'arn' } } };

const CASES: readonly (readonly [where: string, resources: JsonObject])[] = [
  ['Api.Properties.Cors.Allow', rest({ Cors: { Allow: "'*'" } })],
  ['Api.Properties.Cors.AllowCredentials', rest({ Cors: { AllowCredentials: true } })],
  ['Api.Properties.Cors', rest({ Cors: "'*'", DefinitionUri: 's3://bucket/key' })],
  ['Api.Properties.DefinitionUri', rest({ DefinitionUri: 'https://bucket/key' })],
  ['Api.Properties.OpenApiVersion', rest({ OpenApiVersion: '4' })],
  ['Api.Properties.Auth.Authorizer', rest({ Auth: { Authorizer: 'x' } })],
  ['Api.Properties.Auth.DefaultAuthorizer', rest({ Auth: { ...POOL, DefaultAuthorizer: 'Other' } })],
  [
    'Api.Properties.Auth.Authorizers.A.Identity',
    rest({ Auth: { Authorizers: { A: { FunctionArn: 'arn', FunctionPayloadType: 'REQUEST' } } } }),
  ],
  ['Api.Properties.Auth.UsagePlan', rest({ Auth: { UsagePlan: { Description: 'x' } } })],
  [
    'Api.Properties.Auth.UsagePlan.CreateUsagePlan',
    rest({ Auth: { UsagePlan: { CreateUsagePlan: 'ALL' } } }),
  ],
  [
    'Api.Properties.GatewayResponses.DEFAULT_4XX.Status',
    rest({ GatewayResponses: { DEFAULT_4XX: { Status: 1 } } }),
  ],
  [
    'Api.Properties.GatewayResponses.DEFAULT_4XX.StatusCode',
    rest({ GatewayResponses: { DEFAULT_4XX: { StatusCode: 'bad' } } }),
  ],
  ['Api.Properties.Models.User', rest({ Models: { User: { properties: {} } } })],
  ['Api.Properties.Domain', rest({ Domain: { DomainName: 'a' } })],
  ['Api.Properties.Domain.Route53', rest({ Domain: { DomainName: 'a', CertificateArn: 'b', Route53: {} } })],
  [
    'Api.Properties.Domain.EndpointConfiguration',
    rest({ Domain: { DomainName: 'a', CertificateArn: 'b', EndpointConfiguration: 'GLOBAL' } }),
  ],
  [
    'Api.Properties.DefinitionBody.paths./a',
    rest({ DefinitionBody: { swagger: '2.0', paths: { '/a': 'x' } }, Cors: "'*'" }),
  ],
  [
    'Api.Properties.EndpointConfiguration',
    rest({ EndpointConfiguration: { Type: 'PRIVATE', VPCEndpointIds: [], VpcEndpointIds: [] } }),
  ],
  ['Fn.Properties.Events.On.Properties.RestApiId', event('Api', { ...route, RestApiId: { Ref: 'None' } })],
  [
    'Fn.Properties.Events.On.Properties.Auth.Authorizer',
    event('Api', { ...toApi, Auth: { Authorizer: 'Pool' } }, rest({})),
  ],
  [
    'Fn.Properties.Events.On.Properties.Auth.Authorizer',
    event('Api', { ...toApi, Auth: { Authorizer: 'NONE' } }, rest({ Auth: POOL })),
  ],
  [
    'Fn.Properties.Events.On.Properties.Auth.ApiKeyRequired',
    event('Api', { ...toApi, Auth: { ApiKeyRequired: false } }, rest({})),
  ],
  [
    'Fn.Properties.Events.On.Properties.RequestModel.Model',
    event('Api', { ...toApi, RequestModel: { Model: 'User' } }, rest({})),
  ],
  [
    'Fn.Properties.Events.On.Properties.RequestParameters.0',
    event('Api', { ...route, RequestParameters: ['header.X'] }),
  ],
  ['Api.Properties.CorsConfiguration.Allow', http({ CorsConfiguration: { Allow: ['*'] } })],
  ['Api.Properties.Tags', http({ DefinitionUri: 's3://bucket/key', Tags: { a: 'b' } })],
  [
    'Api.Properties.Auth.Authorizers.A',
    http({ Auth: { Authorizers: { A: { JwtConfiguration: { issuer: 'x' } } } } }),
  ],
  [
    'Api.Properties.Auth.Authorizers.A.Identity',
    http({
      Auth: { Authorizers: { A: { JwtConfiguration: { issuer: 'x' }, IdentitySource: 'y', Identity: {} } } },
    }),
  ],
  [
    'Fn.Properties.Events.On.Properties.Auth',
    event('HttpApi', { ...route, Auth: { AuthorizationScopes: ['a'] } }),
  ],
  ['Api.Properties.Routes', webSocket({ Routes: {} })],
  ['Api.Properties.Routes.a-b', webSocket({ Routes: { 'a-b': { FunctionArn: 'arn' } } })],
  ['Api.Properties.Auth', webSocket({ Auth: { AuthType: 'CUSTOM' } })],
  ['Api.Properties.StageName', webSocket({ StageName: '$default' })],
  ['Api.Properties', graphql({ SchemaUri: 's3://bucket/key' })],
  ['Api.Properties.Auth', graphql({ Auth: { Type: 'AWS_LAMBDA' } })],
  [
    'Api.Properties.Functions.One.DataSource',
    graphql({
      Functions: {
        One: { DataSource: 'None of these', InlineCode: 'x', Runtime: { Name: 'a', Version: 'b' } },
      },
    }),
  ],
  ['Link.Properties.Destination', connector({ Source: { Id: 'Table' } })],
  ['Link.Properties.Permissions', connector({ Permissions: [] })],
  ['Link.Properties.Permissions', connector({ Permissions: ['Delete'] })],
  ['Link.Properties.Destination.Id', connector({ Destination: { Id: 'None' } })],
  ['Link.Properties.Source', connector({ Source: { Id: 'Fn', Arn: 'x' } })],
];

describe('transform', () => {
  it.each(CASES)('refuses %s', async (where, Resources) => {
    const template = { Transform: 'AWS::Serverless-2016-10-31', Resources };
    expect(await reference.transform(template, { region: 'eu-west-1' })).toHaveProperty('refused');
    const { problems } = transform(template, { region: 'eu-west-1' });
    expect(problems.map(({ path }) => path.slice(1).join('.'))).toContain(where);
  });

  it('tells problems of a connector where its author wrote it', () => {
    const { Fn, Table } = connector({});
    const { problems } = transform(
      {
        Resources: {
          Fn: {
            ...(Fn as JsonObject),
            Connectors: { ToTable: { Properties: { Destination: { Id: 'Table' }, Permissions: ['Copy'] } } },
          },
          Table: Table ?? null,
        },
      },
      { region: 'eu-west-1' },
    );
    expect(problems).toMatchObject([
      { logicalId: 'Fn', path: ['Resources', 'Fn', 'Connectors', 'ToTable', 'Properties', 'Permissions'] },
    ]);
  });
});
