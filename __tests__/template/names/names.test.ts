import { describe, expect, it } from '@jest/globals';
import { fixedNames } from '../../../src/template/names/fixed-names.ts';
import { isolated } from '../../../src/template/names/isolate.ts';
import { overruled } from '../../../src/template/names/retained.ts';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import type { Json } from '../../../src/template/types.ts';
import { editTemplate } from '../../../src/template/write/edit.ts';

const own = {
  isOwnText: (text: string) => text.includes('pr-7'),
  isOwnValue: (value: string) => value.includes('pr-7'),
};
const read = (text: string) => parseTemplate(text, 'template.yaml');
const fixed = (text: string, known: Record<string, string> = {}) =>
  fixedNames({ template: read(text).template, known }, own);
const idsOf = (text: string, known?: Record<string, string>) => fixed(text, known).map(({ id }) => id);

const resource = (type: string, properties: string) =>
  `Parameters: { Stage: { Type: String, Default: dev } }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources:
  One:
    Type: ${type}
    Properties: ${properties}
  Other: { Type: AWS::SNS::Topic }
`;

describe('names that every copy would have', () => {
  it.each([
    ['AWS::S3::Bucket', '{ BucketName: orders }'],
    ['AWS::DynamoDB::Table', '{ TableName: !Sub "orders-${Stage}" }'],
    ['AWS::Serverless::Function', '{ FunctionName: !Join ["-", [orders, !Ref Stage]] }'],
    ['AWS::IAM::Role', '{ RoleName: !Sub "orders-${AWS::Region}" }'],
    ['AWS::Serverless::Api', '{ StageName: x, Name: orders }'],
    ['AWS::ApiGateway::DomainName', '{ DomainName: api.example.com }'],
    ['AWS::Glue::Database', '{ CatalogId: x, DatabaseInput: { Name: orders } }'],
    ['AWS::S3::Bucket', '{ BucketName: !If [IsProd, !Ref AWS::NoValue, orders] }'],
    ['AWS::Lambda::WebFunction', '{ FunctionName: site }'],
    ['AWS::Serverless::WebFunction', '{ FunctionName: site, EndpointName: prod }'],
    ['AWS::Lambda::MicrovmImage', '{ Name: sandbox }'],
    ['AWS::Serverless::MicrovmImage', '{ Name: sandbox }'],
    ['AWS::Lambda::NetworkConnector', '{ Name: inner }'],
    ['AWS::Serverless::NetworkConnector', '{ Name: inner }'],
    ['AWS::Lambda::WebFunctionEndpoint', '{ FunctionName: site, EndpointName: prod }'],
    ['AWS::Events::Rule', '{ Name: nightly }'],
    ['AWS::Events::Rule', '{ Name: nightly, EventBusName: !Ref AWS::NoValue }'],
  ])('%s %s', (type, properties) => {
    expect(idsOf(resource(type, properties), { Stage: 'dev' })).toEqual(['One']);
  });

  it.each([
    ['AWS::S3::Bucket', '{}'],
    ['AWS::S3::Bucket', '{ BucketName: !Sub "${AWS::StackName}-orders" }'],
    ['AWS::S3::Bucket', '{ BucketName: !Ref AWS::StackName }'],
    ['AWS::Logs::LogGroup', '{ LogGroupName: !Sub "/aws/lambda/${Other}" }'],
    ['AWS::S3::Bucket', '{ BucketName: !If [IsProd, orders, !Ref AWS::NoValue] }'],
    ['AWS::Lambda::Function', '{ FunctionName: orders-pr-7_hello }'],
    ['AWS::Cognito::UserPool', '{ UserPoolName: orders }'],
    ['AWS::Lambda::WebFunctionEndpoint', '{ FunctionName: !Ref Other, EndpointName: prod }'],
    ['AWS::Events::Rule', '{ Name: nightly, EventBusName: !Ref Other }'],
    ['AWS::ECS::Service', '{ ServiceName: web, Cluster: !GetAtt Other.Arn }'],
    ['AWS::Serverless::WebFunction', '{ EndpointName: prod }'],
  ])('but not %s %s', (type, properties) => {
    expect(idsOf(resource(type, properties), { Stage: 'dev' })).toEqual([]);
  });

  it('nor what a parameter of this copy tells apart', () => {
    const text = resource('AWS::SQS::Queue', '{ QueueName: !Sub "orders-${Stage}" }');
    expect(idsOf(text, { Stage: 'pr-7' })).toEqual([]);
    expect(idsOf(text, { Stage: 'dev' })).toEqual(['One']);
  });

  it('of exports as well', () => {
    const text = `${resource('AWS::SNS::Topic', '{}')}Outputs:
  Fixed: { Value: 1, Export: { Name: orders-topic } }
  Free: { Value: 1, Export: { Name: !Sub "\${AWS::StackName}-topic" } }
`;
    expect(idsOf(text)).toEqual(['Fixed']);
  });
});

/** What becomes of the name of the resource `One`, or why nothing does. */
function isolate(text: string, stackName = 'orders-pr-7'): Json | string | undefined {
  const document = read(text);
  const all = fixed(text, { Stage: 'dev' });
  const one = all.find(({ id }) => id === 'One');
  const result = one && isolated(one, document, { stackName, all });
  if (result?.kind !== 'edit') return result?.why;
  // The rest of the text stays as it is.
  const edited = editTemplate(document, [result.edit]);
  expect(edited.template).not.toEqual(document.template);
  return result.edit.value;
}

describe('a name is made unique', () => {
  it.each([
    ['AWS::DynamoDB::Table', '{ TableName: orders }', 'orders-${AWS::StackName}'],
    ['AWS::SQS::Queue', '{ QueueName: orders.fifo, FifoQueue: true }', 'orders-${AWS::StackName}.fifo'],
    ['AWS::SQS::Queue', '{ QueueName: !Sub "orders-${Stage}" }', 'orders-${Stage}-${AWS::StackName}'],
    ['AWS::SQS::Queue', '{ QueueName: !Ref Stage }', '${Stage}-${AWS::StackName}'],
    ['AWS::SSM::Parameter', '{ Name: /orders/key, Type: String, Value: x }', '/orders/key-${AWS::StackName}'],
  ])('%s %s: %s', (type, properties, expected) => {
    expect(isolate(resource(type, properties))).toEqual({ 'Fn::Sub': expected });
  });

  it('by a join, where it is computed in another way', () => {
    expect(isolate(resource('AWS::SQS::Queue', '{ QueueName: !Join ["-", [a, !Ref Stage]] }'))).toEqual({
      'Fn::Join': ['-', [{ 'Fn::Join': ['-', ['a', { Ref: 'Stage' }]] }, { Ref: 'AWS::StackName' }]],
    });
  });

  it('cut and hashed, where it would be too long', () => {
    const made = isolate(resource('AWS::S3::Bucket', `{ BucketName: ${'b'.repeat(60)} }`));
    expect(made).toEqual({ 'Fn::Sub': expect.stringMatching(/^b{42}-[0-9a-f]{8}-\$\{AWS::StackName\}$/) });
  });

  it.each([
    [
      'goes by it',
      `${resource('AWS::SQS::Queue', '{ QueueName: orders }')}Outputs: { Name: { Value: orders } }\n`,
      'Outputs.Name (line 8) goes by it, and would not find it any more',
    ],
    [
      'an ARN',
      `${resource('AWS::S3::Bucket', '{ BucketName: orders }')}Outputs: { Arn: { Value: "arn:aws:s3:::orders/*" } }\n`,
      'Outputs.Arn (line 8) goes by it, and would not find it any more',
    ],
    [
      'an address',
      resource('AWS::ApiGateway::DomainName', '{ DomainName: api.example.com }'),
      'it is an address that the world knows',
    ],
    [
      'a loop',
      'Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::All:\n    - Name\n    - [e]\n    - On${Name}:\n        Type: AWS::SQS::Queue\n        Properties: { QueueName: orders }\n',
      'it is made by a loop or a default of all functions',
    ],
  ])('but not where it is not safe: %s', (_, text, why) => {
    expect(isolate(text)).toBe(why);
  });

  it('nor where the stack has upper-case letters, and the name may have none', () => {
    expect(isolate(resource('AWS::S3::Bucket', '{ BucketName: orders }'), 'Orders-pr-7')).toContain(
      'upper-case',
    );
    expect(isolate(resource('AWS::SQS::Queue', '{ QueueName: orders }'), 'Orders-pr-7')).toEqual({
      'Fn::Sub': 'orders-${AWS::StackName}',
    });
  });

  it('although a description or a path has the same word', () => {
    const text = resource('AWS::SQS::Queue', '{ QueueName: orders, Tags: [{ Key: path, Value: /orders }] }');
    expect(isolate(`Description: orders\n${text}`)).toEqual({ 'Fn::Sub': 'orders-${AWS::StackName}' });
  });
});

describe('what would outlive the stack', () => {
  it('is overruled, and told where somebody wrote it', () => {
    const document = read(`Resources:
  Table:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain # for ever
    UpdateReplacePolicy: Snapshot
    Properties: { DeletionProtectionEnabled: true }
  Pool:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: Delete
    Properties: { DeletionProtection: ACTIVE }
  Cluster:
    Type: AWS::RDS::DBCluster
    Properties: { Engine: aurora-mysql, DeletionProtection: false }
  Layer:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layer }
  Topic: { Type: AWS::SNS::Topic }
`);
    const { edits, what } = overruled(document.template);
    expect(what).toEqual([
      'Table (DeletionPolicy)',
      'Table (UpdateReplacePolicy)',
      'Table (DeletionProtectionEnabled)',
      'Pool (DeletionProtection)',
    ]);
    const edited = editTemplate(document, edits);
    expect(edited.text).toContain('DeletionPolicy: "Delete" # for ever');
    expect(edited.template.Resources).toMatchObject({
      Table: { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' },
      Pool: { DeletionPolicy: 'Delete', Properties: { DeletionProtection: 'INACTIVE' } },
      // Without a policy CloudFormation would take a snapshot.
      Cluster: { DeletionPolicy: 'Delete' },
      Layer: { Properties: { RetentionPolicy: 'Delete' } },
      Topic: { Type: 'AWS::SNS::Topic' },
    });
    expect(overruled(edited.template).edits).toEqual([]);
  });
});
