import { describe, expect, it } from '@jest/globals';
import type { Asset } from '../../../src/assembly/types.ts';
import { functionsOf } from '../../../src/local/functions/from-template.ts';
import { findFunction } from '../../../src/local/functions/function.ts';
import type { JsonObject } from '../../../src/template/types.ts';

const zip = (logicalId: string, ...property: string[]): Asset => ({
  kind: 'zip',
  hash: 'a'.repeat(64),
  path: '/assets/a.zip',
  size: 1,
  extension: '.zip',
  source: 'src',
  targets: [
    {
      kind: 'property',
      path: ['Resources', logicalId, 'Properties', ...property],
      form: { kind: 's3-uri' },
    },
  ],
});

function read(Resources: JsonObject, assets: readonly Asset[] = [], more: object = {}) {
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  return {
    functions: functionsOf({ Resources }, assets, { directory: '/repository', warn, ...more }),
    warnings,
  };
}

const code = (): JsonObject => ({ S3Object: { Bucket: 'b', Key: 'k' } });
const cloudFormation = (FunctionName: JsonObject[string]): JsonObject => ({
  Site: { Type: 'AWS::Lambda::WebFunction', Properties: { FunctionName: 'shop' } },
  First: {
    Type: 'AWS::Lambda::WebFunctionRevision',
    Properties: {
      FunctionName,
      BuildConfig: { CodeConfig: code(), RuntimeConfig: { Runtime: 'nodejs24.x' } },
      ServiceConfig: {
        ExecutionRoleArn: 'r',
        TimeoutSeconds: 60,
        MaxConcurrencyPerEnvironment: 2,
        EnvironmentVariables: { AWS_LAMBDA_NODEJS_ENTRYPOINT: 'server.mjs', A: { Ref: 'AWS::Region' } },
      },
    },
  },
  Front: {
    Type: 'AWS::Lambda::WebFunctionEndpoint',
    Properties: { FunctionName: 'shop', EndpointName: 'front', AuthType: 'ApplicationManaged' },
  },
});

describe('a web function', () => {
  it('of SAM, with what Lambda takes where nothing is said', () => {
    const { functions } = read(
      {
        Site: { Type: 'AWS::Serverless::WebFunction', Properties: { CodeUri: 'site', AuthType: 'IamAuth' } },
      },
      [zip('Site', 'CodeUri')],
    );
    expect(functions).toMatchObject([
      {
        logicalId: 'Site',
        name: 'Site',
        runtime: 'nodejs24.x',
        handler: 'index.js',
        code: { kind: 'zip', path: '/assets/a.zip' },
        timeout: 30,
        memory: 2048,
        web: { endpointName: 'prod', iam: true, concurrency: 64 },
      },
    ]);
  });

  it.each<[string, JsonObject[string]]>([
    ['its name', 'shop'],
    ['a reference', { Ref: 'Site' }],
    ['an attribute', { 'Fn::GetAtt': ['Site', 'FunctionArn'] }],
  ])('of CloudFormation, found by %s', (_how, name) => {
    const { functions } = read(
      cloudFormation(name),
      [zip('First', 'BuildConfig', 'CodeConfig', 'S3Object')],
      { region: 'eu-west-1' },
    );
    expect(functions).toMatchObject([
      {
        logicalId: 'Site',
        name: 'shop',
        handler: 'server.mjs',
        code: { kind: 'zip' },
        environment: { A: 'eu-west-1' },
        timeout: 60,
        web: { endpointName: 'front', iam: false, concurrency: 2 },
      },
    ]);
    expect(findFunction(functions, 'shop')).toBe(functions[0]);
  });

  it('is closed where nothing says who may call it', () => {
    const { Front: _, ...resources } = cloudFormation('shop');
    const [fn] = read(resources, [zip('First', 'BuildConfig', 'CodeConfig', 'S3Object')]).functions;
    expect(fn?.web?.iam).toBe(true);
  });

  it('with two revisions is each of them', () => {
    const one = cloudFormation('shop');
    const both = { ...one, Second: one.First ?? null };
    const assets = ['First', 'Second'].map((id) => zip(id, 'BuildConfig', 'CodeConfig', 'S3Object'));
    expect(read(both, assets).functions.map(({ logicalId }) => logicalId)).toEqual(['First', 'Second']);
  });

  it('whose code is in S3 only is told of', () => {
    expect(read(cloudFormation('shop')).warnings).toEqual([
      "First can't be run here: its code is not on this machine",
    ]);
  });
});
