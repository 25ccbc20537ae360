import { describe, expect, it } from '@jest/globals';
import { settle, withoutLocations, withParameters } from '../../../src/sources/sparta/adopt.ts';
import { PLACEHOLDER_BUCKET } from '../../../src/sources/sparta/parameters.ts';
import type { Json, JsonObject, Template } from '../../../src/template/types.ts';

const hash = (digit: string): string => digit.repeat(40);
const HELLO = `HelloLambda${hash('1')}`;
const API = `APIGateway${hash('2')}`;
const CODE = {
  S3Bucket: { Ref: 'ArtifactS3Bucket' },
  S3Key: { Ref: 'CodeArtifactS3Key' },
  S3ObjectVersion: { Ref: 'CodeArtifactS3ObjectVersion' },
};
const fn = (more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: CODE, Handler: 'Sparta.lambda.amd64', Runtime: 'go1.x', ...more },
});
const parameters = (...names: string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, { Type: 'String' }]));

const adopted = (template: JsonObject, code = 'c'.repeat(64)): Template =>
  withoutLocations(settle(template as Template, code));
const resource = (template: Template, id: string) => template.Resources[id] as JsonObject;
const idsOf = (template: Template, type: string) =>
  Object.keys(template.Resources).filter((id) => resource(template, id).Type === type);

describe('what a Sparta application leaves', () => {
  it('runs on a runtime that Lambda has, with its code filled in where it is wanted', () => {
    const template = adopted({
      Parameters: parameters('ArtifactS3Bucket', 'CodeArtifactS3Key', 'CodeArtifactS3ObjectVersion', 'Mine'),
      Resources: { [HELLO]: fn() },
    });
    expect(template.Parameters).toEqual(parameters('Mine'));
    expect(resource(template, HELLO).Properties).toEqual({
      Code: {},
      Handler: 'bootstrap',
      Runtime: 'provided.al2023',
    });
  });

  it('leaves functions alone whose code is somebody else’s', () => {
    const other = fn({ Code: { S3Bucket: 'b', S3Key: 'k' } });
    expect(resource(adopted({ Resources: { Other: other } }), 'Other')).toEqual(other);
  });

  it('keeps parameters that something else refers to', () => {
    const role = { Type: 'AWS::IAM::Role', Properties: { Arn: { 'Fn::Sub': '${ArtifactS3Bucket}/x' } } };
    const template = adopted({
      Parameters: parameters('ArtifactS3Bucket', 'CodeArtifactS3Key'),
      Resources: { [HELLO]: fn(), Role: role },
    });
    expect(template.Parameters).toEqual(parameters('ArtifactS3Bucket'));
  });

  it('says nothing of the machine, the time and the commit of its build', () => {
    const template = adopted({
      Metadata: { CodeArchivePath: './x.zip', S3SiteArtifactPath: '/home/x', ServiceName: 'Greeter' },
      Outputs: { TemplateCreationTime: { Value: 'now' }, BuildID: { Value: 'abc' }, Url: { Value: 'u' } },
      Resources: { [HELLO]: fn() },
    });
    expect(template.Metadata).toEqual({ ServiceName: 'Greeter' });
    expect(template.Outputs).toEqual({ Url: { Value: 'u' } });
  });

  it('has its lists in one order, and no resource that waits for itself', () => {
    const template = adopted({ Resources: { A: { Type: 'T', DependsOn: ['C', 'A', 'B', 'C'] } } });
    expect(resource(template, 'A').DependsOn).toEqual(['B', 'C']);
  });

  const api = (deployment: string, path: string, more: JsonObject = {}): JsonObject => ({
    Resources: {
      [API]: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Greeter' } },
      Path: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: { Ref: API }, PathPart: path } },
      [`APIGatewayDeployment${deployment}`]: {
        Type: 'AWS::ApiGateway::Deployment',
        Properties: { RestApiId: { Ref: API }, StageName: 'v1', ...more },
      },
    },
  });

  it('has a deployment of its API that follows what is deployed', () => {
    const one = adopted(api(hash('3'), 'hello', { StageDescription: {} }));
    expect(adopted(api(hash('4'), 'hello', { Description: 'Deployment' }))).toEqual(one);
    expect(adopted(api(hash('3'), 'hello'), 'd'.repeat(64))).toEqual(one);
    const [id = ''] = idsOf(one, 'AWS::ApiGateway::Deployment');
    expect(id).toMatch(/^APIGatewayDeployment[0-9a-f]{40}$/);
    expect(idsOf(adopted(api(hash('3'), 'hi')), 'AWS::ApiGateway::Deployment')).not.toEqual([id]);
  });

  it('has the settings of a stage in a stage', () => {
    const template = adopted(api(hash('3'), 'hello', { StageDescription: { Variables: { a: 'b' } } }));
    const [id = ''] = idsOf(template, 'AWS::ApiGateway::Deployment');
    expect(resource(template, id).Properties).toEqual({ RestApiId: { Ref: API } });
    expect(resource(template, 'APIGatewayDeploymentStage').Properties).toEqual({
      RestApiId: { Ref: API },
      DeploymentId: { Ref: id },
      StageName: 'v1',
      Variables: { a: 'b' },
    });
  });

  it('has a WebSocket API whose deployment and the stage that names it follow its routes', () => {
    const webSocket = (suffix: string, routes: string[]): JsonObject => ({
      Resources: {
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
        Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'send' } },
        [`APIV2GatewayDeployment${suffix}`]: {
          Type: 'AWS::ApiGatewayV2::Deployment',
          DependsOn: routes,
          Properties: { ApiId: { Ref: 'Api' } },
        },
        Stage: {
          Type: 'AWS::ApiGatewayV2::Stage',
          Properties: { ApiId: { Ref: 'Api' }, DeploymentId: { Ref: `APIV2GatewayDeployment${suffix}` } },
        },
      },
    });
    const one = adopted(webSocket(hash('5'), ['A', 'B']));
    expect(adopted(webSocket(hash('6'), ['B', 'A']))).toEqual(one);
    const [id] = idsOf(one, 'AWS::ApiGatewayV2::Deployment');
    expect(resource(one, 'Stage').Properties).toMatchObject({ DeploymentId: { Ref: id } });
  });

  it('publishes a version of a function when its code or its settings change', () => {
    const versioned = (suffix: string, memory: number): JsonObject => ({
      Resources: {
        [HELLO]: fn({ MemorySize: memory }),
        [`LambdaVersion${suffix}`]: {
          Type: 'AWS::Lambda::Version',
          Properties: { FunctionName: { 'Fn::GetAtt': [HELLO, 'Arn'] } },
        },
      },
    });
    const id = (template: Template) => idsOf(template, 'AWS::Lambda::Version');
    const one = id(adopted(versioned(hash('7'), 128)));
    expect(id(adopted(versioned(hash('8'), 128)))).toEqual(one);
    expect(id(adopted(versioned(hash('7'), 256)))).not.toEqual(one);
    expect(id(adopted(versioned(hash('7'), 128), 'd'.repeat(64)))).not.toEqual(one);
  });

  it('fills its site again without emptying it', () => {
    const site = (suffix: string): JsonObject => ({
      Parameters: parameters('ArtifactS3Bucket', 'SiteArtifactS3Key'),
      Resources: {
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { AccessControl: 'PublicRead' } },
        [`S3SiteBuilder${suffix}`]: {
          Type: 'Custom::Zip',
          Properties: {
            DestBucket: { Ref: 'Bucket' },
            SrcBucket: { Ref: 'ArtifactS3Bucket' },
            SrcKeyName: { Ref: 'SiteArtifactS3Key' },
          },
        },
      },
    });
    const one = adopted(site(hash('9')));
    expect(adopted(site(hash('a')), 'd'.repeat(64))).toEqual(one);
    expect(one.Parameters).toEqual({});
    const [id = ''] = idsOf(one, 'Custom::Zip');
    expect(resource(one, id).Properties).toEqual({ DestBucket: { Ref: 'Bucket' } });
    expect(resource(one, 'Bucket').Properties).not.toHaveProperty('AccessControl');
  });

  it('of version 1 is lifted to the form of version 3', () => {
    const template = withParameters({
      Resources: {
        [HELLO]: fn({ Code: { S3Bucket: PLACEHOLDER_BUCKET, S3Key: 'Greeter/code-1.zip' } }),
        Policy: { Type: 'T', Properties: { Arn: { 'Fn::Join': ['', ['arn:', PLACEHOLDER_BUCKET]] } } },
      } as Record<string, Json>,
    } as Template);
    expect(template.Parameters).toEqual(parameters('ArtifactS3Bucket', 'CodeArtifactS3Key'));
    const { S3ObjectVersion: _, ...code } = CODE;
    expect(resource(template, HELLO).Properties).toMatchObject({ Code: code });
    expect(resource(template, 'Policy').Properties).toEqual({
      Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'ArtifactS3Bucket' }]] },
    });
  });
});
