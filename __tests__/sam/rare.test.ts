/** Rare combinations, each found by changing public templates at random, against AWS's own transform. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { transform } from '../../src/sam/index.ts';
import type { JsonObject } from '../../src/template/types.ts';
import { firstDifference, type SamTranslator, startSamTranslator } from '../support/sam-translator.ts';

let reference: SamTranslator;
beforeAll(async () => {
  reference = await startSamTranslator();
});
afterAll(() => reference.stop());

const fn = (properties: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  ...more,
  Properties: { Runtime: 'nodejs22.x', Handler: 'a.b', CodeUri: 's3://bucket/key', ...properties },
});
const api = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::Serverless::Api',
  Properties: { StageName: 'prod', ...properties },
});
const route = (more: JsonObject = {}): JsonObject => ({
  Get: { Type: 'Api', Properties: { RestApiId: { Ref: 'Api' }, Path: '/', Method: 'get', ...more } },
});
/** A text with the region in it, which the transform fills in itself. */
const REGIONAL: JsonObject = { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Region' }, { Ref: 'Given' }]] };
const DESTINATIONS = { DestinationConfig: { OnFailure: { Type: 'SQS' }, OnSuccess: { Type: 'SNS' } } };

const SAME: Readonly<Record<string, JsonObject>> = {
  'a definition whose place is a function call': {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Api: api({
        DefinitionUri: {
          Bucket: { Ref: 'Bucket' },
          Key: { 'Fn::Sub': '${Bucket}/x' },
          Version: { 'Fn::If': ['IsOne', 'a', { Ref: 'AWS::NoValue' }] },
        },
      }),
    },
  },
  'the region in a resource policy': {
    Resources: {
      Api: api({
        Auth: {
          ResourcePolicy: {
            CustomStatements: [{ Effect: 'Allow', Resource: REGIONAL, Principal: { Ref: 'AWS::Region' } }],
          },
        },
      }),
    },
  },
  'the region in authorizers': {
    Resources: {
      Api: api({
        Auth: {
          DefaultAuthorizer: 'Pool',
          Authorizers: {
            Pool: { UserPoolArn: [REGIONAL] },
            Lambda: { FunctionArn: REGIONAL, FunctionInvokeRole: REGIONAL },
          },
        },
      }),
    },
  },
  'origins with variables whose names share a place in a hash table': {
    Resources: {
      Api: api({
        Cors: {
          AllowOrigin: {
            'Fn::Sub': [
              "'${AllowCredentials}${ExposeHeaders}'",
              { AllowCredentials: { Ref: 'AWS::StackName' }, ExposeHeaders: 'b' },
            ],
          },
        },
      }),
      Fn: fn({ Events: route() }),
    },
  },
  'a name of a stage with such variables, in a resource policy': {
    Resources: {
      Api: api({
        StageName: {
          'Fn::Sub': [
            '${AllowCredentials}${ExposeHeaders}',
            { AllowCredentials: { Ref: 'Given' }, ExposeHeaders: 'b' },
          ],
        },
        Auth: { ResourcePolicy: { IpRangeBlacklist: ['10.0.0.0/8'] } },
      }),
      Fn: fn({ Events: route() }),
    },
  },
  'a name of a function with such variables': {
    Resources: {
      Api: api({}),
      Fn: fn({
        FunctionName: {
          'Fn::Sub': ['${AllowCredentials}${ExposeHeaders}', { AllowCredentials: 'a', ExposeHeaders: 'b' }],
        },
        Events: route(),
      }),
    },
  },
  'several request parameters in one item, of which one counts': {
    Resources: {
      Api: api({}),
      Fn: fn({
        Events: route({
          RequestParameters: [
            { 'method.request.querystring.d': {}, 'method.request.querystring.a': { Required: true } },
            { 'method.request.querystring.c': { Caching: true }, 'method.request.querystring.b': {} },
          ],
        }),
      }),
    },
  },
  'the region in the name of a function with routes': {
    Resources: { Api: api({}), Fn: fn({ FunctionName: REGIONAL, Events: route() }) },
  },
  'destinations in Globals, which are made once': {
    Globals: { Function: { EventInvokeConfig: { ...DESTINATIONS, MaximumRetryAttempts: 1 } } },
    Resources: {
      One: fn({}, { Condition: 'IsOne' }),
      Two: fn({ EventInvokeConfig: { MaximumRetryAttempts: 2 } }),
      Three: fn({ EventInvokeConfig: { DestinationConfig: { OnSuccess: { Destination: 'arn' } } } }),
      Four: fn({}, { IgnoreGlobals: ['EventInvokeConfig'] }),
      Five: fn(),
    },
  },
  'functions of the same Globals, whose values are put in once': {
    Globals: { Function: { SourceKMSKeyArn: { 'Fn::Join': ['', [{ Ref: 'Given' }]] } } },
    Resources: {
      One: fn({ AutoPublishAlias: 'live' }),
      Two: fn(),
    },
  },
  'a number with a point that is read as a whole one': {
    Resources: {
      Fn: fn({ CapacityProviderConfig: { Arn: 'arn', ExecutionEnvironmentMemoryGiBPerVCpu: 2.5 } }),
      Other: fn({ CapacityProviderConfig: { Arn: 'arn', ExecutionEnvironmentMemoryGiBPerVCpu: '2.5' } }),
    },
  },
  'an HTTP API whose definition is elsewhere, and fails on warnings': {
    Resources: {
      Http: {
        Type: 'AWS::Serverless::HttpApi',
        Properties: {
          FailOnWarnings: true,
          DefinitionBody: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://a/b' } } },
        },
      },
      Empty: { Type: 'AWS::Serverless::HttpApi', Properties: { DefinitionUri: 's3://a/b', Tags: {} } },
    },
  },
  'a list of networks that a parameter has as a text': {
    Resources: {
      Api: api({ Auth: { ResourcePolicy: { IntrinsicVpcBlacklist: { Ref: 'Given' } } } }),
      Fn: fn({ Events: route() }),
    },
  },
  'a property that a GraphQL API does not have': {
    Resources: {
      Graph: {
        Type: 'AWS::Serverless::GraphQLApi',
        Properties: { SchemaInline: 'x', Auth: { Type: 'AWS_IAM' }, xrayEnabled: true },
      },
    },
  },
};

const REFUSED: Readonly<Record<string, JsonObject>> = {
  'Auth that is a text by a parameter': { Resources: { Api: api({ Auth: { Ref: 'Given' } }) } },
  'a function of a GraphQL API that is empty': {
    Resources: {
      Graph: {
        Type: 'AWS::Serverless::GraphQLApi',
        Properties: { SchemaInline: 'x', Auth: { Type: 'AWS_IAM' }, Functions: { One: '' } },
      },
    },
  },
  'security of a method that is null': {
    Resources: {
      Api: api({
        Auth: { DefaultAuthorizer: 'AWS_IAM' },
        DefinitionBody: {
          openapi: '3.0.1',
          paths: { '/a': { get: { 'x-amazon-apigateway-integration': { uri: 'x' }, security: null } } },
        },
      }),
    },
  },
};

const whole = (template: JsonObject): JsonObject => ({
  Transform: 'AWS::Serverless-2016-10-31',
  Parameters: { Given: { Type: 'String', Default: 'text' } },
  Conditions: { IsOne: { 'Fn::Equals': ['a', 'b'] }, IsTwo: { 'Fn::Equals': ['a', 'c'] } },
  ...template,
});

describe('transform', () => {
  it.each(Object.keys(SAME))('makes the same as AWS of %s', async (name) => {
    for (const region of ['eu-west-1', 'cn-north-1', 'us-gov-west-1']) {
      const context = { region, seconds: 0 };
      const theirs = await reference.transform(whole(SAME[name] ?? {}), context);
      if (!('template' in theirs)) throw new Error(JSON.stringify(theirs));
      const ours = transform(whole(SAME[name] ?? {}), context);
      expect(ours.problems).toEqual([]);
      expect(firstDifference(ours.template, theirs.template)).toBeUndefined();
    }
  });

  it.each(Object.keys(REFUSED))('refuses what AWS refuses: %s', async (name) => {
    const context = { region: 'eu-west-1' };
    expect(await reference.transform(whole(REFUSED[name] ?? {}), context)).toHaveProperty('refused');
    expect(transform(whole(REFUSED[name] ?? {}), context).problems).not.toEqual([]);
  });
});
