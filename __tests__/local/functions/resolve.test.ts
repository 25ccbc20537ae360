import { describe, expect, it } from '@jest/globals';
import { resolveEnvironment, resolverOf } from '../../../src/local/functions/resolve.ts';
import type { Json, Template } from '../../../src/template/types.ts';

const template: Template = {
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Open: { Type: 'String' },
  },
  Mappings: { Names: { 'us-east-1': { table: 'mapped' } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    Not: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    Circle: { Condition: 'Circle' },
    Both: {
      'Fn::And': [{ Condition: 'IsDev' }, { 'Fn::Or': [{ Condition: 'Not' }, { Condition: 'IsDev' }] }],
    },
  },
  Resources: {
    Table: { Type: 'AWS::DynamoDB::Table' },
    Hello: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: { 'Fn::Sub': 'hello-${Stage}' } } },
    Named: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'named' } },
    Maybe: {
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: { 'Fn::If': ['Not', 'x', { Ref: 'AWS::NoValue' }] } },
    },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Named' }, Name: 'live' } },
  },
};

describe('resolverOf', () => {
  it.each<[Json, Json]>([
    [{ Ref: 'Stage' }, 'dev'],
    [{ Ref: 'Zones' }, ['a', 'b']],
    [{ Ref: 'Open' }, 'unresolved-Open'],
    [{ Ref: 'Table' }, 'unresolved-Table'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'unresolved-Table.Arn'],
    [{ 'Fn::GetAtt': 'Table.StreamArn' }, 'unresolved-Table.StreamArn'],
    [{ Ref: 'Named' }, 'named'],
    [{ Ref: 'Hello' }, 'hello-dev'],
    [{ Ref: 'Maybe' }, 'Maybe'],
    [{ 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:lambda:us-east-1:123456789012:function:named'],
    [{ Ref: 'Live' }, 'arn:aws:lambda:us-east-1:123456789012:function:named:live'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [
      { 'Fn::Sub': '${AWS::StackName}/${Stage}/${Table.Arn}/${!Literal}' },
      'local/dev/unresolved-Table.Arn/${Literal}',
    ],
    [{ 'Fn::Sub': ['${A}-${Stage}', { A: { Ref: 'AWS::AccountId' } }] }, '123456789012-dev'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Stage' }]] }, 'a-dev'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
    [{ 'Fn::FindInMap': ['Names', { Ref: 'AWS::Region' }, 'table'] }, 'mapped'],
    [{ 'Fn::FindInMap': ['Names', 'eu-west-1', 'table'] }, 'unresolved-Names.eu-west-1.table'],
    [{ 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['Not', 'yes', 'no'] }, 'no'],
    [{ 'Fn::If': ['Both', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['Circle', 'yes', 'no'] }, 'no'],
    [{ 'Fn::Base64': 'hi' }, 'aGk='],
    [{ 'Fn::ImportValue': 'shared' }, 'unresolved-shared'],
    [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    [{ Condition: { StringEquals: {} } }, { Condition: { StringEquals: {} } }],
    [{ 'Fn::Sub': '${constructor}/${toString.Arn}' }, 'unresolved-constructor/unresolved-toString.Arn'],
    [{ 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"dev"}'],
  ])('%j is %j', (value, expected) => {
    expect(resolverOf(template)(value)).toEqual(expected);
  });

  it('uses what is known of the deployment', () => {
    const resolve = resolverOf(template, {
      parameters: { Stage: 'prod' },
      physicalIds: { Table: 'orders-123', Hello: 'stack-hello-ABC' },
      region: 'cn-north-1',
      account: '999999999999',
      stackName: 'shop',
    });
    expect(
      resolve([
        { Ref: 'Stage' },
        { Ref: 'Table' },
        { Ref: 'Hello' },
        { 'Fn::GetAtt': ['Hello', 'Arn'] },
        { Ref: 'AWS::StackName' },
      ]),
    ).toEqual([
      'prod',
      'orders-123',
      'stack-hello-ABC',
      'arn:aws-cn:lambda:cn-north-1:999999999999:function:stack-hello-ABC',
      'shop',
    ]);
  });
});

it('resolveEnvironment makes text of every value', () => {
  const variables = { A: 1, B: true, C: { Ref: 'Stage' }, D: { Ref: 'AWS::NoValue' } };
  expect(resolveEnvironment(variables, resolverOf(template))).toEqual({ A: '1', B: 'true', C: 'dev' });
  expect(resolveEnvironment(undefined, resolverOf(template))).toEqual({});
});
