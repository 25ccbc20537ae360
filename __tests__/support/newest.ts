/** What `npm run keep-up` would find in the registries, as far as the packages that are installed say it. */
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as lambda from '@aws-sdk/client-lambda';
import type { Model, Newest } from '../../scripts/keep-up/newest.ts';

const enumOf = (values: Readonly<Record<string, string>>) => ({
  type: 'string',
  enum: Object.values(values),
});
/** Names of a structure's members, as the SDK's schemas have them. */
const membersOf = (schema: unknown) => ({
  type: 'structure',
  members: Object.fromEntries(
    (schema as [unknown, unknown, unknown, unknown, string[]])[4].map((name) => [name, {}]),
  ),
});
export const models: { lambda: Model; cloudFormation: Model } = {
  lambda: {
    Runtime: enumOf(lambda.Runtime),
    SourceAccessType: enumOf(lambda.SourceAccessType),
    FunctionUrlAuthType: enumOf(lambda.FunctionUrlAuthType),
    Timeout: { type: 'integer', max: 5400 },
    FunctionName: { type: 'string', max: 140 },
    CreateFunctionRequest: membersOf(lambda.CreateFunctionRequest$),
    FunctionCode: membersOf(lambda.FunctionCode$),
    CreateEventSourceMappingRequest: membersOf(lambda.CreateEventSourceMappingRequest$),
    ProvisionedPollerConfig: membersOf(lambda.ProvisionedPollerConfig$),
    SelfManagedKafkaEventSourceConfig: membersOf(lambda.SelfManagedKafkaEventSourceConfig$),
    MemorySize: { type: 'integer', max: 32_768 },
    ResourceNotFoundException: { type: 'structure', exception: true },
    CodeStorageExceededException: { type: 'structure', exception: true },
  },
  cloudFormation: {
    StackStatus: enumOf(cloudFormation.StackStatus),
    ChangeAction: enumOf(cloudFormation.ChangeAction),
    CreateChangeSetInput: membersOf(cloudFormation.CreateChangeSetInput$),
  },
};
const properties = (...paths: string[]) =>
  new Map(
    paths.map((path) => [path, { types: new Set<string>(), values: new Set<string>(), description: '' }]),
  );
export const newest: Newest = {
  versions: [],
  ...models,
  types: new Map([
    ['AWS::Lambda::Function', properties('Code.S3Bucket', 'Code.S3Key', 'Timeout')],
    ['AWS::Lambda::EventSourceMapping', properties('BatchSize', 'FilterCriteria.Filters.*.Pattern')],
    ['AWS::Lambda::Url', properties('AuthType')],
  ]),
  sam: {
    types: ['AWS::Serverless::Function', 'AWS::Serverless::MicrovmImage'],
    events: ['HttpApi', 'ScheduleV2'],
    policies: ['SQSPollerPolicy'],
    packaged: ['AWS::Serverless::Function', 'AWS::Glue::Job'],
  },
  cdk: {
    assembly: {
      definitions: {
        ArtifactType: { enum: ['aws:cloudformation:stack', 'cdk:asset-manifest'] },
        AwsCloudFormationStackProperties: { properties: { templateFile: {}, notificationArns: {} } },
      },
    },
    assets: { definitions: { FileSource: { properties: { packaging: {} } } } },
  },
};
