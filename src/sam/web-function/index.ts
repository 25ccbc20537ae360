import { isObject, type Json } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import type { Build } from '../context.ts';
import { trusts } from '../iam/documents.ts';
import { awsPolicy } from '../iam/managed-policies.ts';
import { given, truthy } from '../python/values.ts';
import { generated, getAtt, samTags } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import type { Generated, SamSource } from '../types.ts';
import { checkWebFunction } from './checks.ts';
import { buildConfig, serviceConfig } from './configs.ts';
import { replicaRegions } from './regions.ts';

/** `AWS::Serverless::WebFunction`. */
export const WEB_FUNCTION: SamType = {
  properties: propertyTable({
    FunctionName: 'string|map',
    Tags: 'map',
    ReplicaRegions: 'list|map',
    AuthType: 'any',
    Runtime: 'any',
    CodeUri: 'any',
    InlineCode: 'any',
    RevisionDescription: 'any',
    KmsKeyArn: 'any',
    ExecutionRoleArn: 'string',
    EnvironmentVariables: 'map',
    EntryPoint: 'any',
    MaxConcurrencyPerEnvironment: 'any',
    EgressNetworkConnectorArn: 'any',
    Timeout: 'int',
    LoggingConfig: 'any',
    RevisionWeights: 'any',
    EndpointName: 'any',
    EndpointType: 'any',
    EndpointDescription: 'any',
    ScalingConfig: 'any',
    ThrottleConfig: 'any',
    AutoDeploymentMode: 'any',
  }),
  rank: RANKS.webFunction,
  generate(source, build) {
    checkWebFunction(source, build);
    const { attributes, dependsOn, logicalId, passed, properties } = source;
    const { ExecutionRoleArn, RevisionDescription, KmsKeyArn } = properties;
    const role = given(ExecutionRoleArn) ? undefined : executionRole(source, build);
    const FunctionName = functionName(source);
    const lambda = generated(logicalId, 'AWS::Lambda::WebFunction', {
      attributes,
      ...(dependsOn !== undefined && { dependsOn }),
      properties: { FunctionName, Tags: samTags(source) },
    });
    const revision = generated(`${logicalId}Revision`, 'AWS::Lambda::WebFunctionRevision', {
      attributes: passed,
      dependsOn: [logicalId],
      properties: {
        FunctionName,
        Description: RevisionDescription,
        KmsKeyArn,
        BuildConfig: buildConfig(source),
        ServiceConfig: serviceConfig(
          source,
          role ? getAtt(role.logicalId, 'Arn') : (ExecutionRoleArn ?? null),
        ),
      },
    });
    return [...(role ? [role] : []), lambda, revision, endpointOf(source, { revision, FunctionName })];
  },
};

/** Names of functions are not longer; what SAM adds to a logical ID has its place in it. */
const LONGEST_ID = 64 - '-12345678'.length;

/** Its name, or one made of the logical ID and a part of the stack's ID. */
function functionName({ logicalId, properties: { FunctionName } }: SamSource): Json {
  if (truthy(FunctionName)) return FunctionName;
  const stack = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
  const StackIdSuffix = { 'Fn::Select': [0, { 'Fn::Split': ['-', stack] }] };
  return { 'Fn::Sub': [`${logicalId.slice(0, LONGEST_ID)}-\${StackIdSuffix}`, { StackIdSuffix }] };
}

function endpointOf(
  source: SamSource,
  { revision, FunctionName }: { readonly revision: Generated; readonly FunctionName: Json },
): Generated {
  const { logicalId, passed, properties } = source;
  const {
    EndpointName,
    EndpointType,
    AuthType,
    RevisionWeights,
    EndpointDescription,
    ScalingConfig,
    ThrottleConfig,
  } = properties;
  return generated(`${logicalId}Endpoint`, 'AWS::Lambda::WebFunctionEndpoint', {
    attributes: passed,
    dependsOn: [logicalId, revision.logicalId],
    properties: {
      FunctionName,
      EndpointName: truthy(EndpointName) ? EndpointName : 'prod',
      EndpointType: truthy(EndpointType) ? EndpointType : 'HomeRegion',
      AuthType,
      RevisionWeights:
        isObject(RevisionWeights) && truthy(RevisionWeights)
          ? Object.keys(RevisionWeights).map((RevisionId) => ({
              RevisionId,
              Weight: RevisionWeights[RevisionId] ?? null,
            }))
          : [{ RevisionId: getAtt(revision.logicalId, 'RevisionId'), Weight: 100 }],
      Regions: replicaRegions(source),
      Description: EndpointDescription,
      ScalingConfig,
      ThrottleConfig,
    },
  });
}

const executionRole = (source: SamSource, build: Build): Generated =>
  generated(`${source.logicalId}Role`, 'AWS::IAM::Role', {
    attributes: source.passed,
    properties: {
      AssumeRolePolicyDocument: trusts('lambda.amazonaws.com'),
      ManagedPolicyArns: [awsPolicy('service-role/AWSLambdaBasicExecutionRole', build)],
      Tags: samTags(source),
    },
  });
