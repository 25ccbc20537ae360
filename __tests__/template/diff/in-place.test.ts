import { describe, expect, it } from '@jest/globals';
import { codeLocation } from '../../../src/template/assets/code-location.ts';
import { compareTemplates } from '../../../src/template/diff/compare.ts';
import { inPlaceAnswer } from '../../../src/template/diff/in-place.ts';
import type { JsonObject, Template } from '../../../src/template/types.ts';
import { knownParameters } from '../../../src/template/values/known-value.ts';

const PSEUDO = { 'AWS::Region': 'eu-central-1', 'AWS::AccountId': '123456789012' };
const lambda = (Code: JsonObject, more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs22.x', Handler: 'index.handler', Code, ...more },
});
const object = (S3Key: string): JsonObject => ({ S3Bucket: 'code', S3Key });
const serverless = (CodeUri: string, more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  Properties: { Runtime: 'nodejs22.x', CodeUri, ...more },
});
const SAM = { Transform: 'AWS::Serverless-2016-10-31' };

function answer(
  before: Template,
  after: Template,
  values: { before?: Record<string, string>; after?: Record<string, string>; tags?: string[] } = {},
) {
  const { before: old = {}, after: now = {}, tags = [] } = values;
  const from = { template: before, known: knownParameters(before, old, PSEUDO) };
  const to = { template: after, known: knownParameters(after, old, now, PSEUDO) };
  return inPlaceAnswer({
    before: from,
    after: to,
    diff: compareTemplates(from, to).diff,
    changedParameters: Object.keys(now).filter((name) => Object.hasOwn(old, name) && old[name] !== now[name]),
    changedTags: tags,
  });
}

const A = { Resources: { F: lambda(object('a.zip')) } };
const B = { Resources: { F: lambda(object('b.zip')) } };
const inPlace = (...functions: string[]) => ({ kind: 'in-place', functions });

/** Sparta and version 1 of CDK hand locations over by parameters. */
const byParameter = (more: JsonObject = {}): Template => ({
  Parameters: { Bucket: { Type: 'String' }, Key: { Type: 'String' } },
  Resources: {
    F: lambda({
      S3Bucket: { Ref: 'Bucket' },
      S3Key: { 'Fn::Select': ['0', { 'Fn::Split': ['||', { Ref: 'Key' }] }] },
    }),
    ...more,
  },
});
const cdk1 = (hash: string): Template => ({
  Parameters: { [`AssetParameters${hash.repeat(64)}S3Bucket0123ABCD`]: { Type: 'String' } },
  Resources: {
    F: lambda({ S3Bucket: { Ref: `AssetParameters${hash.repeat(64)}S3Bucket0123ABCD` }, S3Key: 'k' }),
  },
});

describe('code that the text of a function does not show', () => {
  const globals = (CodeUri: string): Template => ({
    ...SAM,
    Globals: { Function: { CodeUri, Runtime: 'nodejs22.x' } },
    Resources: { F: { Type: 'AWS::Serverless::Function' } },
  });
  const loop = (key: string): Template => ({
    Transform: 'AWS::LanguageExtensions',
    Resources: { 'Fn::ForEach::L': ['X', ['A', 'B'], { 'F${X}': lambda(object(key)) }] },
  });
  const mapped: Template = {
    Parameters: { Stage: { Type: 'String' } },
    Mappings: { Code: { dev: { key: 'a.zip' }, prod: { key: 'b.zip' } } },
    Resources: {
      F: lambda({ S3Bucket: 'code', S3Key: { 'Fn::FindInMap': ['Code', { Ref: 'Stage' }, 'key'] } }),
    },
  };
  it('is found all the same', () => {
    expect(answer(globals('s3://code/a.zip'), globals('s3://code/b.zip'))).toEqual(inPlace('F'));
    expect(answer(loop('a.zip'), loop('b.zip'))).toEqual(inPlace('FA', 'FB'));
    expect(answer(mapped, mapped, { before: { Stage: 'dev' }, after: { Stage: 'prod' } })).toEqual(
      inPlace('F'),
    );
  });
  it('is left to CloudFormation where no function is found', () => {
    const other = { Parameters: { Size: { Type: 'String', Default: '2' } }, ...A };
    expect(answer({ Parameters: { Size: { Type: 'String', Default: '1' } }, ...A }, other)).toEqual({
      kind: 'change-set',
      reasons: ['only CloudFormation can tell which function changes'],
    });
  });
});

describe('what is only code', () => {
  it.each<[string, ReturnType<typeof answer>, string[]]>([
    ['an object', answer(A, B), ['F']],
    [
      'the version of an object',
      answer(A, { Resources: { F: lambda({ ...object('a.zip'), S3ObjectVersion: '2' }) } }),
      ['F'],
    ],
    [
      'an image',
      answer(
        { Resources: { F: lambda({ ImageUri: 'r@sha256:1' }) } },
        { Resources: { F: lambda({ ImageUri: 'r@sha256:2' }) } },
      ),
      ['F'],
    ],
    [
      'inline code',
      answer({ Resources: { F: lambda({ ZipFile: '1' }) } }, { Resources: { F: lambda({ ZipFile: '2' }) } }),
      ['F'],
    ],
    [
      'CodeUri of SAM',
      answer(
        { ...SAM, Resources: { F: serverless('s3://code/a') } },
        { ...SAM, Resources: { F: serverless('s3://code/b') } },
      ),
      ['F'],
    ],
    [
      'a parameter that only says where code is',
      answer(byParameter(), byParameter(), {
        before: { Bucket: 'code', Key: 'a||' },
        after: { Bucket: 'code', Key: 'b||' },
      }),
      ['F'],
    ],
    [
      'parameters that are named after their content',
      answer(cdk1('a'), cdk1('b'), {
        before: { [`AssetParameters${'a'.repeat(64)}S3Bucket0123ABCD`]: 'one' },
        after: { [`AssetParameters${'b'.repeat(64)}S3Bucket0123ABCD`]: 'two' },
      }),
      ['F'],
    ],
  ])('%s', (_, found, functions) => expect(found).toEqual(inPlace(...functions)));
});

it('changes no function where nothing changes', () => {
  expect(answer(A, A)).toEqual(inPlace());
});

describe('what is not', () => {
  const version = { V: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'F' } } } };
  it.each<[string, ReturnType<typeof answer>, string[]]>([
    [
      'a property beside it',
      answer(A, { Resources: { F: lambda(object('b.zip'), { MemorySize: 256, Timeout: 3 }) } }),
      ['Properties.MemorySize changes', 'Properties.Timeout changes'],
    ],
    [
      'the key that encrypts it',
      answer(A, { Resources: { F: lambda({ ...object('b.zip'), SourceKMSKeyArn: 'k' }) } }),
      ['Properties.Code.SourceKMSKeyArn changes'],
    ],
    [
      'a version that is published',
      answer(A, { Resources: { ...B.Resources, ...version } }),
      ['V (AWS::Lambda::Version) is added; versions are published by CloudFormation only'],
    ],
    [
      'an alias that SAM publishes',
      answer(
        { ...SAM, Resources: { F: serverless('s3://code/a', { AutoPublishAlias: 'live' }) } },
        { ...SAM, Resources: { F: serverless('s3://code/b', { AutoPublishAlias: 'live' }) } },
      ),
      ['F: AutoPublishAlias publishes a version'],
    ],
    [
      'a layer',
      answer(
        { Resources: { L: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: object('a') } } } },
        { Resources: { L: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: object('b') } } } },
      ),
      ['the content of its layer changes'],
    ],
    ['an output', answer(A, { ...B, Outputs: { O: { Value: '1' } } }), ['output O changes']],
    ['a tag', answer(A, B, { tags: ['team'] }), ['tag team changes']],
    [
      'a parameter that says more than where code is',
      answer(
        byParameter({ T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Key' } } } }),
        byParameter({ T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Key' } } } }),
        { before: { Bucket: 'code', Key: 'a' }, after: { Bucket: 'code', Key: 'b' } },
      ),
      ['parameter Key changes'],
    ],
    ['a macro', answer({ ...A, Transform: 'Mine' }, { ...B, Transform: 'Mine' }), ['the transform Mine']],
    [
      'a place that only CloudFormation knows',
      answer(A, { Resources: { F: lambda({ S3Bucket: { 'Fn::ImportValue': 'b' }, S3Key: 'k' }) } }),
      ['F: only CloudFormation can tell where its code is'],
    ],
    [
      'inline code that CloudFormation adds a module to',
      answer(
        { Resources: { F: lambda({ ZipFile: '1' }) } },
        { Resources: { F: lambda({ ZipFile: "require('cfn-response')" }) } },
      ),
      ['F: only CloudFormation can tell where its code is'],
    ],
  ])('%s', (_, found, reasons) => {
    expect(found.kind).toBe('change-set');
    const told = found.kind === 'change-set' ? found.reasons.join('\n') : '';
    for (const reason of reasons) expect(told).toContain(reason);
  });
});

it('locates code by what is known, and by nothing else', () => {
  const CodeUri = { 'Fn::Sub': 's3://code-${AWS::AccountId}-${AWS::Region}/${constructor}' };
  const resource = { Type: 'AWS::Serverless::Function', Properties: { CodeUri } };
  expect(codeLocation(resource, PSEUDO)).toBeUndefined();
  expect(codeLocation(resource, { ...PSEUDO, constructor: 'a.zip' })).toEqual({
    kind: 's3',
    bucket: 'code-123456789012-eu-central-1',
    key: 'a.zip',
  });
});

it('does not give the executions of a durable function other code', () => {
  const durable = { DurableConfig: { ExecutionTimeout: 60 } };
  const of = (key: string, more: JsonObject = {}) => ({
    Resources: { F: lambda(object(key), { ...durable, ...more }), G: lambda(object(key)) },
  });
  expect(answer(of('a.zip'), of('b.zip'))).toEqual({ kind: 'durable', functions: ['F'] });
  // A change set makes it then, as it does of any function.
  expect(answer(of('a.zip'), of('b.zip', { MemorySize: 256 }))).toMatchObject({ kind: 'change-set' });
  const other = { Resources: { ...of('a.zip').Resources, G: lambda(object('b.zip')) } };
  expect(answer(of('a.zip'), other)).toEqual(inPlace('G'));
});
