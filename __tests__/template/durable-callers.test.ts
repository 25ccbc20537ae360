import { describe, expect, it } from '@jest/globals';
import { durableFunctions, unpinnedCallers } from '../../src/template/durable-callers.ts';
import type { Json, JsonObject, Template } from '../../src/template/types.ts';

const durable = (more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { DurableConfig: { ExecutionTimeout: 60 }, ...more },
});
const arn: JsonObject = { 'Fn::GetAtt': ['Orders', 'Arn'] };

/** What is found of a resource beside the durable function Orders. */
const found = (Type: string, Properties: JsonObject, more: JsonObject = {}): string[] =>
  unpinnedCallers({
    Resources: { Orders: durable(), Caller: { Type, Properties }, ...more },
  } as Template).map(({ logicalId, property, qualifier }) => `${logicalId} ${property} ${qualifier}`);

const subbed = (text: string): JsonObject => ({ 'Fn::Sub': text });
const uri = (name: string): JsonObject =>
  subbed(`arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${name}/invocations`);

describe('unpinnedCallers', () => {
  it.each<[string, JsonObject, string]>([
    ['AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'Orders' } }, 'FunctionName none'],
    ['AWS::Lambda::Permission', { FunctionName: arn }, 'FunctionName none'],
    ['AWS::Lambda::Url', { TargetFunctionArn: arn }, 'TargetFunctionArn none'],
    ['AWS::Events::Rule', { Targets: [{ Id: 'a', Arn: arn }] }, 'Targets.0.Arn none'],
    ['AWS::Scheduler::Schedule', { Target: { Arn: arn } }, 'Target.Arn none'],
    ['AWS::SNS::Subscription', { Endpoint: { 'Fn::GetAtt': 'Orders.Arn' } }, 'Endpoint none'],
    ['AWS::ApiGatewayV2::Integration', { IntegrationUri: uri('${Orders.Arn}') }, 'IntegrationUri none'],
    ['AWS::ApiGateway::Method', { Integration: { Uri: uri('${Orders.Arn}') } }, 'Integration.Uri none'],
    [
      'AWS::ApiGateway::RestApi',
      {
        Body: {
          paths: { '/': { get: { 'x-amazon-apigateway-integration': { uri: uri('${Orders.Arn}') } } } },
        },
      },
      'Body.paths./.get.x-amazon-apigateway-integration.uri none',
    ],
    [
      'AWS::StepFunctions::StateMachine',
      { DefinitionSubstitutions: { Orders: arn } },
      'DefinitionSubstitutions.Orders none',
    ],
    // A chained invocation: the other function is told whom to call.
    [
      'AWS::Lambda::Function',
      { Environment: { Variables: { ORDERS: arn } } },
      'Environment.Variables.ORDERS none',
    ],
    [
      'AWS::Lambda::Function',
      { Environment: { Variables: { ORDERS: { 'Fn::Join': ['', [arn, ':$LATEST']] } } } },
      'Environment.Variables.ORDERS $LATEST',
    ],
    [
      'AWS::Lambda::EventSourceMapping',
      { FunctionName: subbed('${Orders}:$LATEST') },
      'FunctionName $LATEST',
    ],
    [
      'AWS::Events::Rule',
      { Targets: [{ Arn: { 'Fn::Sub': ['${Fn}', { Fn: arn }] } }] },
      'Targets.0.Arn none',
    ],
    [
      'AWS::Lambda::Alias',
      { FunctionName: { Ref: 'Orders' }, FunctionVersion: '$LATEST' },
      'FunctionVersion $LATEST',
    ],
    [
      'AWS::Events::Rule',
      { Targets: { 'Fn::If': ['Prod', [{ Arn: arn }], []] } },
      'Targets.Fn::If.1.0.Arn none',
    ],
  ])('finds %s %j', (type, properties, expected) => {
    expect(found(type, properties)).toEqual([`Caller ${expected}`]);
  });

  it.each<[string, JsonObject]>([
    ['AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'Live' } }],
    ['AWS::Lambda::EventSourceMapping', { FunctionName: subbed('${Orders}:live') }],
    ['AWS::Lambda::Permission', { FunctionName: { 'Fn::Join': [':', [arn, 'live']] } }],
    ['AWS::Lambda::Permission', { FunctionName: { 'Fn::Join': ['', [arn, ':', { Ref: 'Stage' }]] } }],
    ['AWS::Lambda::Url', { TargetFunctionArn: arn, Qualifier: 'live' }],
    ['AWS::ApiGatewayV2::Integration', { IntegrationUri: uri('${Orders.Arn}:${Stage}') }],
    ['AWS::ApiGatewayV2::Integration', { IntegrationUri: uri('${Live}') }],
    ['AWS::Events::Rule', { Targets: [{ Arn: { 'Fn::Sub': ['${Fn}:3', { Fn: arn }] } }] }],
    ['AWS::Lambda::Alias', { FunctionName: { Ref: 'Orders' }, FunctionVersion: '3' }],
    ['AWS::Lambda::Version', { FunctionName: { Ref: 'Orders' } }],
    ['AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Resource: arn }] } }],
    ['AWS::CloudWatch::Alarm', { Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Orders' } }] }],
    ['AWS::Events::Rule', { Targets: [{ Arn: { 'Fn::GetAtt': ['Other', 'Arn'] } }] }],
  ])('leaves %s %j alone', (type, properties) => {
    expect(found(type, properties)).toEqual([]);
  });

  it('knows a function by its physical name', () => {
    const named = (value: Json): string[] =>
      unpinnedCallers({
        Resources: {
          Orders: durable({ FunctionName: 'orders' }),
          Caller: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: value } },
        },
      } as Template).map(({ qualifier }) => qualifier);
    expect(named('orders')).toEqual(['none']);
    expect(named('arn:aws:lambda:eu-west-1:123456789012:function:orders')).toEqual(['none']);
    expect(named('arn:aws:lambda:eu-west-1:123456789012:function:orders:$LATEST')).toEqual(['$LATEST']);
    expect(named('arn:aws:lambda:eu-west-1:123456789012:function:orders:live')).toEqual([]);
    expect(named('arn:aws:lambda:eu-west-1:123456789012:function:orders-old')).toEqual([]);
  });

  it('says nothing of functions that are not durable', () => {
    const template = {
      Resources: {
        Orders: { Type: 'AWS::Lambda::Function', Properties: {} },
        Caller: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: arn } },
      },
    } as Template;
    expect([durableFunctions(template), unpinnedCallers(template)]).toEqual([[], []]);
  });

  it('reads the events of SAM functions where nobody knows what becomes of them', () => {
    const serverless = (more: JsonObject): Template =>
      ({
        Globals: { Function: { DurableConfig: { ExecutionTimeout: 60 } } },
        Resources: {
          Orders: { Type: 'AWS::Serverless::Function', Properties: { Events: { Q: {} }, ...more } },
        },
      }) as unknown as Template;
    expect(unpinnedCallers(serverless({}))).toMatchObject([{ logicalId: 'Orders', property: 'Events' }]);
    expect(unpinnedCallers(serverless({ AutoPublishAlias: 'live' }))).toEqual([]);
  });
});
