import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { readShape, real, record, text, type ValueShape, whole } from '../checks/shape.ts';
import { awsPolicy } from '../iam/managed-policies.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { generated, getAtt, tagList } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import { addTags, markedTags, operatorRole } from './operator.ts';

const list: ValueShape = { is: 'list', of: text, allowsCalls: true };

/** What the properties look like in depth. Source: aws-sam-translator 1.115, its schema. */
const SHAPES: Readonly<Record<string, ValueShape>> = {
  VpcConfig: record({ SubnetIds: list, 'SecurityGroupIds?': list }),
  InstanceRequirements: record({ 'Architectures?': list, 'AllowedTypes?': list, 'ExcludedTypes?': list }),
  ScalingConfig: record({ 'MaxVCpuCount?': whole, 'AverageCPUUtilization?': real }),
  ManagedResourceTags: record({ 'Tags?': { is: 'map' } }),
};

/** `AWS::Serverless::CapacityProvider`: machines that functions run on. */
export const CAPACITY_PROVIDER: SamType = {
  properties: propertyTable({
    CapacityProviderName: '=string|map',
    VpcConfig: '=map!',
    OperatorRole: '=string|map',
    Tags: '=map',
    PropagateTags: '=bool',
    InstanceRequirements: '=map',
    ScalingConfig: '=map',
    KmsKeyArn: '=string|map',
    LoggingConfig: '=map',
    ManagedResourceTags: '=map',
  }),
  rank: RANKS.other,
  generate(source, build) {
    const { attributes, dependsOn, logicalId, passed, properties } = source;
    const part = (name: string): JsonObject => {
      const value = properties[name];
      const shape = SHAPES[name];
      const read = given(value) && shape ? readShape(logicalId, [name], { value, shape }) : value;
      return isObject(read) ? read : {};
    };
    const vpc = part('VpcConfig');
    const requirements = instances(logicalId, part('InstanceRequirements'));
    const scaled = scaling(part('ScalingConfig'));
    const managed = managedTags(part('ManagedResourceTags'));
    const { CapacityProviderName, OperatorRole, KmsKeyArn, LoggingConfig, PropagateTags } = properties;
    const role = truthy(OperatorRole)
      ? undefined
      : operatorRole(source, {
          suffix: 'OperatorRole',
          properties: { ManagedPolicyArns: [awsPolicy('AWSLambdaManagedEC2ResourceOperator', build)] },
        });
    const provider = generated(logicalId, 'AWS::Lambda::CapacityProvider', {
      attributes: { ...attributes, ...passed },
      ...(dependsOn !== undefined && { dependsOn }),
      properties: {
        CapacityProviderName: truthy(CapacityProviderName) ? CapacityProviderName : undefined,
        VpcConfig: vpc,
        PermissionsConfig: {
          CapacityProviderOperatorRoleArn: role ? getAtt(role.logicalId, 'Arn') : (OperatorRole ?? null),
        },
        Tags: markedTags(part('Tags')),
        InstanceRequirements: requirements,
        CapacityProviderScalingConfig: scaled,
        KmsKeyArn: truthy(KmsKeyArn) ? KmsKeyArn : undefined,
        TelemetryConfig: truthy(LoggingConfig) ? { LoggingConfig } : undefined,
        PropagateTags: managed,
      },
    });
    const resources = [...(role ? [role] : []), provider];
    if (truthy(PropagateTags)) addTags(resources, part('Tags'));
    return resources;
  },
};

function instances(logicalId: string, requirements: JsonObject): Json | undefined {
  const { Architectures, AllowedTypes, ExcludedTypes } = requirements;
  if (given(AllowedTypes) && given(ExcludedTypes))
    refuse(
      logicalId,
      ['InstanceRequirements'],
      'AllowedTypes and ExcludedTypes exclude each other; remove one of them',
    );
  const made: JsonObject = {
    ...(given(Architectures) && { Architectures }),
    ...(given(AllowedTypes) && { AllowedInstanceTypes: AllowedTypes }),
    ...(given(ExcludedTypes) && { ExcludedInstanceTypes: ExcludedTypes }),
  };
  return Object.keys(made).length > 0 ? made : undefined;
}

function scaling({ MaxVCpuCount, AverageCPUUtilization }: JsonObject): Json | undefined {
  if (!given(MaxVCpuCount) && !given(AverageCPUUtilization)) return undefined;
  return {
    ...(given(MaxVCpuCount) && { MaxVCpuCount }),
    ScalingMode: given(AverageCPUUtilization) ? 'Manual' : 'Auto',
    ...(given(AverageCPUUtilization) && {
      ScalingPolicies: [
        {
          PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization',
          TargetValue: AverageCPUUtilization,
        },
      ],
    }),
  };
}

/** Tags of the machines that the provider makes. */
function managedTags(managed: JsonObject): Json | undefined {
  if (!given(managed.Tags)) return undefined;
  return { Mode: 'Explicit', ExplicitTags: tagList(managed.Tags) };
}
