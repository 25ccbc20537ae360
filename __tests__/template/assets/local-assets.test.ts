import { describe, expect, it } from '@jest/globals';
import { locationValue } from '../../../src/assembly/render.ts';
import { findLocalReferences } from '../../../src/template/assets/local-assets.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import type { Json } from '../../../src/template/types.ts';

const at = { kind: 's3', bucket: 'b', key: 'k', region: 'eu-west-1' } as const;
const uri = 's3://b/k';
const url = 'https://s3.eu-west-1.amazonaws.com/b/k';

const find = (template: object) => findLocalReferences(parseTemplate(JSON.stringify(template), 't.json'));

/** `sam package`: type, property, what becomes of a path, and the value once it is uploaded. */
const ROWS: readonly [type: string, property: string, packaging: string, value: Json][] = [
  ['AWS::Serverless::Function', 'CodeUri', 'archive', uri],
  ['AWS::Lambda::Function', 'Code', 'archive', { S3Bucket: 'b', S3Key: 'k' }],
  ['AWS::Serverless::LayerVersion', 'ContentUri', 'archive', uri],
  ['AWS::Lambda::LayerVersion', 'Content', 'archive', { S3Bucket: 'b', S3Key: 'k' }],
  ['AWS::Serverless::Api', 'DefinitionUri', 'file', uri],
  ['AWS::Serverless::WebFunction', 'CodeUri', 'archive', uri],
  [
    'AWS::Lambda::WebFunctionRevision',
    'BuildConfig.CodeConfig.S3Object',
    'archive',
    { Bucket: 'b', Key: 'k' },
  ],
  ['AWS::Serverless::HttpApi', 'DefinitionUri', 'file', uri],
  ['AWS::ApiGateway::RestApi', 'BodyS3Location', 'file', { Bucket: 'b', Key: 'k' }],
  ['AWS::ApiGatewayV2::Api', 'BodyS3Location', 'file', { Bucket: 'b', Key: 'k' }],
  ['AWS::Serverless::StateMachine', 'DefinitionUri', 'file', uri],
  ['AWS::StepFunctions::StateMachine', 'DefinitionS3Location', 'file', { Bucket: 'b', Key: 'k' }],
  ['AWS::AppSync::GraphQLSchema', 'DefinitionS3Location', 'file', uri],
  ['AWS::AppSync::Resolver', 'RequestMappingTemplateS3Location', 'file', uri],
  ['AWS::AppSync::Resolver', 'ResponseMappingTemplateS3Location', 'file', uri],
  ['AWS::AppSync::Resolver', 'CodeS3Location', 'file', uri],
  ['AWS::AppSync::FunctionConfiguration', 'RequestMappingTemplateS3Location', 'file', uri],
  ['AWS::AppSync::FunctionConfiguration', 'ResponseMappingTemplateS3Location', 'file', uri],
  ['AWS::AppSync::FunctionConfiguration', 'CodeS3Location', 'file', uri],
  ['AWS::Serverless::GraphQLApi', 'SchemaUri', 'file', uri],
  ['AWS::Serverless::GraphQLApi', 'Functions.f.CodeUri', 'file', uri],
  ['AWS::ElasticBeanstalk::ApplicationVersion', 'SourceBundle', 'file', { S3Bucket: 'b', S3Key: 'k' }],
  ['AWS::CloudFormation::ModuleVersion', 'ModulePackage', 'file', uri],
  ['AWS::CloudFormation::ResourceVersion', 'SchemaHandlerPackage', 'file', uri],
  ['AWS::Glue::Job', 'Command.ScriptLocation', 'file', uri],
  ['AWS::CloudFormation::Stack', 'TemplateURL', 'template', url],
  ['AWS::Serverless::Application', 'Location', 'template', url],
  ['AWS::CloudFormation::StackSet', 'TemplateURL', 'file', url],
];

describe('every property that sam package treats as a local artifact', () => {
  it.each(ROWS)('%s %s', (type, property, packaging, value) => {
    const path = property.split('.');
    const properties = path.reduceRight<Json>((inner, key) => ({ [key]: inner }), './local');
    const { references, errors } = find({ Resources: { R: { Type: type, Properties: properties } } });
    expect(errors).toEqual([]);
    expect(references).toHaveLength(1);
    expect(references[0]).toMatchObject({
      written: './local',
      packaging,
      path: ['Resources', 'R', 'Properties', ...path],
    });
    expect(references[0] && locationValue(at, references[0].form)).toEqual(value);
    for (const address of ['s3://bucket/key', 'https://example.com/x', { S3Bucket: 'x', S3Key: 'y' }]) {
      const given = path.reduceRight<Json>((inner, key) => ({ [key]: inner }), address);
      expect(find({ Resources: { R: { Type: type, Properties: given } } }).references).toEqual([]);
    }
  });

  it('in every branch of a condition', () => {
    const Code = { 'Fn::If': ['C', './a', { 'Fn::If': ['D', './b', { Ref: 'AWS::NoValue' }] }] };
    const { references, errors } = find({
      Resources: { F: { Type: 'AWS::Lambda::Function', Properties: { Code } } },
    });
    expect(errors).toEqual([]);
    const at = ['Resources', 'F', 'Properties', 'Code', 'Fn::If'];
    expect(references.map(({ written, path }) => [written, path])).toEqual([
      ['./a', [...at, 1]],
      ['./b', [...at, 2, 'Fn::If', 1]],
    ]);
  });

  it('AWS::Include, anywhere', () => {
    const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 'api.yaml' } } };
    const { references } = find({
      Resources: { A: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: include } } },
    });
    expect(references).toMatchObject([
      {
        written: 'api.yaml',
        path: ['Resources', 'A', 'Properties', 'Body', 'Fn::Transform', 'Parameters', 'Location'],
      },
    ]);
  });

  it('the files of the Serverless Application Repository', () => {
    const Metadata = {
      'AWS::ServerlessRepo::Application': { LicenseUrl: 'LICENSE', ReadmeUrl: 'README.md', Name: 'x' },
    };
    const { references } = find({ Metadata, Resources: { A: { Type: 'AWS::SNS::Topic' } } });
    expect(references.map(({ written }) => written)).toEqual(['LICENSE', 'README.md']);
  });
});

describe('code that is not there', () => {
  it.each([
    ['a function', { Type: 'AWS::Lambda::Function', Properties: {} }, 1],
    ['a layer without properties', { Type: 'AWS::Lambda::LayerVersion' }, 1],
    [
      'a SAM function with inline code',
      { Type: 'AWS::Serverless::Function', Properties: { InlineCode: 'x' } },
      0,
    ],
    [
      'a SAM function from an image',
      { Type: 'AWS::Serverless::Function', Properties: { PackageType: 'Image' } },
      0,
    ],
    ['a function with metadata', { Type: 'AWS::Lambda::Function', Metadata: { 'aws:asset:path': 'x' } }, 0],
    [
      'a function with inline code',
      { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' } } },
      0,
    ],
  ])('%s', (_, resource, errors) => {
    expect(find({ Resources: { R: resource } }).errors).toHaveLength(errors);
  });

  it.each<[string, object, string[] | undefined]>([
    ['a SAM function', { Type: 'AWS::Serverless::Function' }, ['CodeUri']],
    ['a SAM layer', { Type: 'AWS::Serverless::LayerVersion', Properties: {} }, ['ContentUri']],
    [
      'a SAM function that is a ZIP archive',
      { Type: 'AWS::Serverless::Function', Properties: { PackageType: 'Zip' } },
      ['CodeUri'],
    ],
    [
      'a SAM function with nothing as its code',
      { Type: 'AWS::Serverless::Function', Properties: { CodeUri: null } },
      ['CodeUri'],
    ],
    [
      'a SAM function that says how it is built',
      { Type: 'AWS::Serverless::Function', Metadata: { BuildMethod: 'makefile' } },
      ['CodeUri'],
    ],
    ['an image', { Type: 'AWS::Serverless::Function', Properties: { PackageType: 'Image' } }, undefined],
    ['inline code', { Type: 'AWS::Serverless::Function', Properties: { InlineCode: 'x' } }, undefined],
    [
      'an image that is built',
      { Type: 'AWS::Serverless::Function', Metadata: { DockerContext: './image' } },
      undefined,
    ],
  ])("is the template's own folder for %s, as SAM has it", (_, resource, property) => {
    const { references, errors } = find({ Resources: { R: resource } });
    expect(errors).toEqual([]);
    expect(references.map(({ written, path }) => [written, path])).toEqual(
      property ? [['.', ['Resources', 'R', 'Properties', ...property]]] : [],
    );
  });

  it('comes from Globals', () => {
    const template = {
      Globals: { Function: { CodeUri: 'src' } },
      Resources: { R: { Type: 'AWS::Serverless::Function' } },
    };
    const { references, errors } = find(template);
    expect(errors).toEqual([]);
    expect(references).toMatchObject([{ written: 'src', path: ['Globals', 'Function', 'CodeUri'] }]);
  });
});
