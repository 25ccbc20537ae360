import { describe, expect, it } from '@jest/globals';
import type { Asset } from '../../../src/assembly/types.ts';
import { functionsOf } from '../../../src/local/functions/from-template.ts';
import { findFunction } from '../../../src/local/functions/function.ts';
import type { JsonObject } from '../../../src/template/types.ts';

function read(
  resources: JsonObject,
  more: JsonObject = {},
  assets: readonly Asset[] = [],
  options: object = {},
) {
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  return {
    functions: functionsOf({ Resources: resources, ...more }, assets, {
      directory: '/repository',
      warn,
      ...options,
    }),
    warnings,
  };
}

const asset = (hash: string, targets: Asset['targets']): Asset => ({
  kind: 'zip',
  hash,
  path: `/assets/${hash}.zip`,
  size: 1,
  extension: '.zip',
  source: 'src',
  targets,
});

describe('functionsOf', () => {
  it('reads AWS::Lambda::Function, with the packaged code', () => {
    const { functions } = read(
      {
        Hello: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Runtime: 'nodejs22.x',
            Handler: 'index.handler',
            Code: { S3Bucket: 'b', S3Key: 'k' },
            Layers: [{ Ref: 'Layer' }],
            Environment: { Variables: { TABLE: { Ref: 'Table' } } },
            Timeout: 30,
            MemorySize: 512,
            Architectures: ['arm64'],
            ReservedConcurrentExecutions: 2,
            LoggingConfig: { LogFormat: 'JSON' },
          },
          Metadata: { 'aws:cdk:path': 'Stack/Hello/Resource' },
        },
        Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'b' } } },
        Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Hello' }, Name: 'live' } },
        Version: {
          Type: 'AWS::Lambda::Version',
          Properties: { FunctionName: { 'Fn::GetAtt': ['Hello', 'Arn'] } },
        },
        Table: { Type: 'AWS::DynamoDB::Table' },
      },
      {},
      [
        asset('code', [
          { kind: 'property', path: ['Resources', 'Hello', 'Properties', 'Code'], form: { kind: 's3-uri' } },
        ]),
        asset('layer', [
          {
            kind: 'property',
            path: ['Resources', 'Layer', 'Properties', 'Content'],
            form: { kind: 's3-uri' },
          },
        ]),
      ],
    );
    expect(functions).toEqual([
      {
        logicalId: 'Hello',
        name: 'Hello',
        path: 'Stack/Hello',
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        architecture: 'arm64',
        code: { kind: 'zip', path: '/assets/code.zip', hash: 'code' },
        layers: [{ kind: 'zip', path: '/assets/layer.zip', hash: 'layer' }],
        environment: { TABLE: 'unresolved-Table' },
        timeout: 30,
        memory: 512,
        region: 'us-east-1',
        account: '123456789012',
        qualifiers: ['live', '1'],
        reservedConcurrency: 2,
        logging: { format: 'JSON', level: 'INFO' },
      },
    ]);
  });

  it('finds the versions and aliases of functions with names', () => {
    const own = { 'Fn::GetAtt': ['Hello', 'Arn'] };
    const { functions } = read({
      Hello: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: { 'Fn::Sub': '${AWS::StackName}-hello' },
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: '' },
        },
      },
      Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: own, Name: 'live' } },
    });
    expect(functions).toEqual([expect.objectContaining({ name: 'local-hello', qualifiers: ['live'] })]);
  });

  it('reads SAM functions with Globals below their own properties', () => {
    const { functions } = read(
      {
        Hello: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            CodeUri: './src',
            Handler: 'a.b',
            Environment: { Variables: { B: 'own' } },
          },
        },
      },
      {
        Globals: {
          Function: {
            Runtime: 'python3.13',
            Timeout: 9,
            Environment: { Variables: { A: 'global', B: 'global' } },
          },
        },
      },
    );
    expect(functions).toMatchObject([
      {
        runtime: 'python3.13',
        timeout: 9,
        memory: 128,
        code: { kind: 'directory', path: '/repository/src' },
        environment: { A: 'global', B: 'own' },
      },
    ]);
  });

  it('takes inline code and parameters that stand for assets', () => {
    const parameters = {
      kind: 'parameter',
      parameters: { BucketParameter: 'bucket', KeyParameter: 'key' },
    } as const;
    const { functions } = read(
      {
        Inline: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { ZipFile: { 'Fn::Sub': 'region = "${AWS::Region}"' } } },
        },
        Sam: { Type: 'AWS::Serverless::Function', Properties: { InlineCode: 'x' } },
        Old: {
          Type: 'AWS::Lambda::Function',
          Properties: { Code: { S3Bucket: { Ref: 'BucketParameter' }, S3Key: { Ref: 'KeyParameter' } } },
        },
      },
      {},
      [asset('old', [parameters])],
    );
    expect(functions.map(({ code }) => code)).toEqual([
      { kind: 'inline', text: 'region = "us-east-1"' },
      { kind: 'inline', text: 'x' },
      { kind: 'zip', path: '/assets/old.zip', hash: 'old' },
    ]);
  });

  it('says what can not run here', () => {
    const { functions, warnings } = read({
      Image: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: 'x' } } },
      Remote: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'b', S3Key: 'k' } } },
      Layered: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: 'src', Layers: ['arn:aws:lambda:us-east-1:1:layer:x:1'] },
      },
    });
    expect(functions.map(({ logicalId }) => logicalId)).toEqual(['Layered']);
    expect(warnings).toEqual([
      "Image can't be run here: its image was not built",
      "Remote can't be run here: its code is not on this machine",
      'The layer arn:aws:lambda:us-east-1:1:layer:x:1 is left out: its content is not on this machine',
    ]);
  });
});

it.each([
  'Hello',
  'stack-hello-1',
  'arn:aws:lambda:us-east-1:123456789012:function:stack-hello-1',
  'App/Hello',
])('findFunction knows %s', (wanted) => {
  const { functions } = read(
    { Hello: { Type: 'AWS::Lambda::Function', Properties: { Code: 'src' } } },
    {},
    [],
    { physicalIds: { Hello: 'stack-hello-1' } },
  );
  const known = functions.map((fn) => ({ ...fn, path: 'App/Hello' }));
  expect(findFunction(known, wanted)?.logicalId).toBe('Hello');
  expect(findFunction(known, 'Other')).toBeUndefined();
});
