import { isObject, type Json } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { choice, readShape, record, text, texts, type ValueShape, whole } from '../checks/shape.ts';
import type { Build } from '../context.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { generated, getAtt } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import type { Generated, SamSource } from '../types.ts';
import { addTags, markedTags, operatorRole } from './operator.ts';

const SWITCH = choice('ENABLED', 'DISABLED');

/** Moments of a machine that can have a hook, each with its timeout. */
const hooks = (...names: string[]): ValueShape =>
  record(
    Object.fromEntries(
      names.flatMap((name) => [
        [`${name}?`, SWITCH],
        [`${name}TimeoutInSeconds?`, whole],
      ]),
    ),
  );

/** What the properties look like in depth. Source: aws-sam-translator 1.115, its schema. */
const SHAPES: Readonly<Record<string, ValueShape>> = {
  Logging: record({
    'Disabled?': { is: 'bool' },
    'CloudWatch?': record({ 'LogGroup?': text, 'LogStream?': text }),
  }),
  EgressNetworkConnectors: texts,
  CpuConfigurations: { is: 'list', of: record({ Architecture: choice('ARM_64') }) },
  Resources: { is: 'list', of: record({ MinimumMemoryInMiB: whole }) },
  AdditionalOsCapabilities: { is: 'list', of: choice('ALL') },
  Hooks: record({
    'Port?': whole,
    'MicrovmHooks?': hooks('Run', 'Resume', 'Suspend', 'Terminate'),
    'MicrovmImageHooks?': hooks('Ready', 'Validate'),
  }),
};

/** `AWS::Serverless::MicrovmImage`: the image of small machines. */
export const MICROVM_IMAGE: SamType = {
  properties: propertyTable({
    Name: '=string|map!',
    CodeUri: '=string|map!',
    BaseImageArn: '=string|map!',
    BuildRoleArn: '=string|map',
    BaseImageVersion: '=string|map!',
    Description: '=string|map',
    Tags: '=map',
    Logging: '=map',
    EgressNetworkConnectors: '=list',
    CpuConfigurations: '=list',
    Resources: '=list',
    AdditionalOsCapabilities: '=list',
    Hooks: '=map',
    EnvironmentVariables: '=map',
    PropagateTags: '=bool',
  }),
  rank: RANKS.other,
  generate(source, build) {
    const { attributes, dependsOn, logicalId, passed, properties } = source;
    for (const [name, shape] of Object.entries(SHAPES)) {
      const value = properties[name];
      if (given(value)) readShape(logicalId, [name], { value, shape });
    }
    const { BuildRoleArn, CodeUri = null, EnvironmentVariables, PropagateTags, Tags } = properties;
    const role = truthy(BuildRoleArn) ? undefined : buildRole(source, build);
    const tags = isObject(Tags) ? Tags : {};
    const or = (name: string, empty: Json): Json => {
      const value = properties[name];
      return truthy(value) ? value : empty;
    };
    const image = generated(logicalId, 'AWS::Lambda::MicrovmImage', {
      attributes: { ...attributes, ...passed },
      ...(dependsOn !== undefined && { dependsOn }),
      properties: {
        Name: properties.Name,
        CodeArtifact: { Uri: CodeUri },
        BaseImageArn: properties.BaseImageArn,
        BuildRoleArn: role ? getAtt(role.logicalId, 'Arn') : BuildRoleArn,
        BaseImageVersion: properties.BaseImageVersion,
        Description: or('Description', ''),
        Tags: markedTags(tags),
        Logging: or('Logging', {}),
        EgressNetworkConnectors: or('EgressNetworkConnectors', []),
        CpuConfigurations: or('CpuConfigurations', []),
        Resources: or('Resources', []),
        AdditionalOsCapabilities: or('AdditionalOsCapabilities', []),
        Hooks: or('Hooks', {}),
        EnvironmentVariables: isObject(EnvironmentVariables)
          ? Object.entries(EnvironmentVariables).map(([Key, Value]) => ({ Key, Value }))
          : [],
      },
    });
    const resources = [...(role ? [role] : []), image];
    if (truthy(PropagateTags)) addTags(resources, tags);
    return resources;
  },
};

/** The role in which the image is built: it reads the code and writes logs. */
const buildRole = (source: SamSource, build: Build): Generated =>
  operatorRole(source, {
    suffix: 'BuildRole',
    properties: {
      Policies: [
        {
          PolicyName: 'MicrovmImageBuildPolicy',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: ['s3:GetObject'], Resource: bucketOf(source, build) },
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
                Resource: '*',
              },
            ],
          },
        },
      ],
    },
  });

/** All objects of the bucket that has the code; cut out of a location that is not known yet. */
function bucketOf({ logicalId, properties: { CodeUri = null } }: SamSource, { parameters }: Build): Json {
  const known = isObject(CodeUri) ? parameters.resolve(CodeUri) : CodeUri;
  if (typeof known === 'string' && known.startsWith('s3://')) {
    const [bucket = ''] = known.slice('s3://'.length).split('/');
    if (bucket === '')
      refuse(logicalId, ['CodeUri'], 'CodeUri has to name a bucket, as s3://bucket/key.zip does');
    return { 'Fn::Sub': `arn:\${AWS::Partition}:s3:::${bucket}/*` };
  }
  const Bucket = { 'Fn::Select': [2, { 'Fn::Split': ['/', CodeUri] }] };
  return { 'Fn::Sub': ['arn:${AWS::Partition}:s3:::${Bucket}/*', { Bucket }] };
}
