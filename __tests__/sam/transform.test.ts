/** What callers are told besides the template: who made a resource, and what is refused, where. */
import { describe, expect, it } from '@jest/globals';
import { transform } from '../../src/sam/index.ts';
import type { JsonObject } from '../../src/template/types.ts';

const context = { region: 'eu-west-1' };
const CODE = { Runtime: 'nodejs22.x', Handler: 'index.handler', CodeUri: 's3://bucket/key' };
const fn = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  Properties: { ...CODE, ...properties },
});
const sam = (Resources: JsonObject, rest: JsonObject = {}): JsonObject => ({
  Transform: 'AWS::Serverless-2016-10-31',
  ...rest,
  Resources,
});

describe('transform', () => {
  it('leaves the template that it is given as it is', () => {
    const template = sam({
      One: fn({ Events: { Get: { Type: 'Api', Properties: { Path: '/', Method: 'get' } } } }),
    });
    const before = JSON.stringify(template);
    transform(template, context);
    expect(JSON.stringify(template)).toBe(before);
  });

  it('tells which resource makes what, and all that share it', () => {
    const route = (Path: string): JsonObject => ({
      Get: { Type: 'HttpApi', Properties: { Path, Method: 'get' } },
    });
    const { origins, problems } = transform(
      sam({ One: fn({ Events: route('/one') }), Two: fn({ Events: route('/two') }) }),
      context,
    );
    expect(problems).toEqual([]);
    expect(origins.get('OneRole')).toEqual(['One']);
    expect(origins.get('TwoGetPermission')).toEqual(['Two']);
    expect(origins.get('ServerlessHttpApi')).toEqual(['One', 'Two']);
  });

  it('tells all problems at once, each with its place', () => {
    const { problems } = transform(
      sam({
        One: fn({ Memory: 1, Timeout: 3, Tags: 'x' }),
        Two: fn({ Events: { Every: { Type: 'Schedule', Properties: {} } } }),
        Three: {
          Type: 'AWS::Serverless::SimpleTable',
          Properties: { PrimaryKey: { Name: 'id', Type: 'Text' } },
        },
      }),
      context,
    );
    expect(problems.map(({ logicalId, path }) => [logicalId, path.slice(2).join('.')])).toEqual([
      ['One', 'Properties.Memory'],
      ['One', 'Properties.Tags'],
      ['Two', 'Properties.Events.Every.Properties'],
      ['Three', 'Properties.PrimaryKey.Type'],
    ]);
  });

  it('tells what Globals cannot have', () => {
    const { problems } = transform(
      sam({ One: fn({}) }, { Globals: { Function: { Events: {}, Role: 'r' }, Table: {} } }),
      context,
    );
    expect(problems.map(({ path }) => path.join('.'))).toEqual([
      'Globals.Function.Events',
      'Globals.Function.Role',
      'Globals.Table',
    ]);
  });

  it('says what is meant by a policy or a route that is misspelt, at its place', () => {
    const { problems } = transform(
      sam({
        One: fn({ Policies: ['Known', { DynamoDBCrudPolic: { TableName: 'x' } }] }),
        Two: fn({ Policies: [{ VPCAccessPolicy: {} }, { S3ReadPolicy: { Bucket: 'x' } }] }),
        Three: fn({ Policies: { S3ReadPolicy: {} } }),
      }),
      context,
    );
    expect(problems.map(({ path, message }) => [path.slice(3).join('.'), message])).toEqual([
      [
        'Policies.1',
        'DynamoDBCrudPolic is neither a managed policy, nor a statement, nor a policy template; DynamoDBCrudPolicy is one',
      ],
      ['Policies.1', 'the policy template S3ReadPolicy needs BucketName'],
      ['Policies', 'the policy template S3ReadPolicy needs BucketName'],
    ]);
    const route = { Get: { Type: 'Api', Properties: { Path: '/', Methd: 'get' } } };
    const [problem] = transform(sam({ One: fn({ Events: route }) }), context).problems;
    expect(problem?.message).toBe('event Get: Method is missing');
  });

  it('refuses to put a resource over another one', () => {
    const { problems } = transform(sam({ One: fn({}), OneRole: { Type: 'AWS::IAM::Role' } }), context);
    expect(problems).toMatchObject([{ logicalId: 'One', path: ['Resources', 'OneRole'] }]);
  });

  describe('with language extensions', () => {
    const extended = (Resources: JsonObject, rest: JsonObject = {}): JsonObject => ({
      Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'],
      Parameters: {
        Names: { Type: 'CommaDelimitedList', Default: 'Read,Write' },
        Keep: { Type: 'String', Default: 'Retain' },
      },
      Mappings: { Sizes: { eu: { memory: 512 } } },
      ...rest,
      Resources,
    });
    const loop = (properties: JsonObject): JsonObject => ({
      'Fn::ForEach::Functions': ['Name', { Ref: 'Names' }, { '${Name}Function': fn(properties) }],
    });

    it('writes loops out before', () => {
      const { template, origins, problems } = transform(
        extended(
          loop({ FunctionName: '${Name}', MemorySize: { 'Fn::FindInMap': ['Sizes', 'eu', 'memory'] } }),
        ),
        context,
      );
      expect(problems).toEqual([]);
      expect(Object.keys(template.Resources as JsonObject).sort()).toEqual([
        'ReadFunction',
        'ReadFunctionRole',
        'WriteFunction',
        'WriteFunctionRole',
      ]);
      expect(template.Resources).toMatchObject({
        WriteFunction: { Properties: { FunctionName: 'Write', MemorySize: 512 } },
      });
      expect(origins.get('ReadFunctionRole')).toEqual(['ReadFunction']);
    });

    it('writes loops out that stand alone in a map of properties', () => {
      const { template, problems } = transform(
        extended({
          One: fn({
            Environment: {
              Variables: {
                'Fn::ForEach::All': ['Name', { Ref: 'Names' }, { 'IS_${Name}': { Ref: 'Name' } }],
              },
            },
          }),
        }),
        context,
      );
      expect(problems).toEqual([]);
      expect(template.Resources).toMatchObject({
        One: { Properties: { Environment: { Variables: { IS_Read: 'Read', IS_Write: 'Write' } } } },
      });
    });

    it('puts in what functions of the extensions come to', () => {
      const { template } = transform(
        extended({
          One: {
            ...fn({
              MemorySize: { 'Fn::FindInMap': ['Sizes', 'us', 'memory', { DefaultValue: 256 }] },
              Timeout: { 'Fn::Length': { Ref: 'Names' } },
              Environment: { Variables: { DATA: { 'Fn::ToJsonString': { a: 1, b: ['é'] } } } },
            }),
            DeletionPolicy: { Ref: 'Keep' },
          },
        }),
        context,
      );
      expect(template.Resources).toMatchObject({
        One: {
          DeletionPolicy: 'Retain',
          Properties: {
            MemorySize: 256,
            Timeout: 2,
            Environment: { Variables: { DATA: '{"a":1,"b":["\\u00e9"]}' } },
          },
        },
      });
    });

    it('tells problems where they stand in the loop', () => {
      const { problems } = transform(extended(loop({ Memory: 1 })), context);
      expect(problems[0]?.path).toEqual([
        'Resources',
        'Fn::ForEach::Functions',
        2,
        '${Name}Function',
        'Properties',
        'Memory',
      ]);
    });

    it('refuses loops over what is not known yet', () => {
      const { problems } = transform(
        extended({ 'Fn::ForEach::All': ['X', { 'Fn::GetAtt': ['A', 'B'] }, { '${X}': fn({}) }] }),
        context,
      );
      expect(problems).toMatchObject([{ path: ['Resources', 'Fn::ForEach::All'] }]);
    });
  });
});
