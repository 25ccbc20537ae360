import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { readShape, record, text, whole, wholeOrReal } from '../checks/shape.ts';
import type { Build } from '../context.ts';
import { given, truthy } from '../python/values.ts';
import { generated, samTags } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';
import { checkPackage, codeOf } from './code.ts';
import { isTraced } from './role.ts';

/** Properties that `AWS::Lambda::Function` has under the same name. */
const SAME = [
  'Handler',
  'Runtime',
  'Description',
  'MemorySize',
  'Timeout',
  'VpcConfig',
  'Role',
  'Environment',
  'KmsKeyArn',
  'ReservedConcurrentExecutions',
  'Layers',
  'FileSystemConfigs',
  'ImageConfig',
  'PackageType',
  'Architectures',
  'SnapStart',
  'EphemeralStorage',
  'CodeSigningConfigArn',
  'RuntimeManagementConfig',
  'LoggingConfig',
  'TenancyConfig',
  'RecursiveLoop',
  'DurableConfig',
  'PublishToLatestPublished',
];

/** The function itself. */
export function lambdaFunction(source: SamSource, build: Build): Generated {
  const { logicalId, properties } = source;
  const made: Record<string, Json | undefined> = {};
  for (const name of SAME) if (given(properties[name])) made[name] = properties[name];
  if (truthy(properties.FunctionName)) made.FunctionName = properties.FunctionName;
  made.Code = codeOf(source);
  made.Tags = samTags(source);
  if (isTraced(source, build)) made.TracingConfig = { Mode: properties.Tracing ?? null };
  const { DeadLetterQueue, FunctionScalingConfig, CapacityProviderConfig } = properties;
  if (truthy(DeadLetterQueue) && isObject(DeadLetterQueue))
    made.DeadLetterConfig = { TargetArn: DeadLetterQueue.TargetArn ?? null };
  if (truthy(CapacityProviderConfig) && isObject(CapacityProviderConfig))
    made.CapacityProviderConfig = capacityProvider(logicalId, CapacityProviderConfig);
  if (truthy(FunctionScalingConfig)) made.FunctionScalingConfig = FunctionScalingConfig;
  checkPackage(source);
  return generated(logicalId, 'AWS::Lambda::Function', {
    attributes: source.attributes,
    ...(source.dependsOn !== undefined && { dependsOn: source.dependsOn }),
    properties: made,
  });
}

const CAPACITY = record({
  Arn: text,
  'PerExecutionEnvironmentMaxConcurrency?': whole,
  'ExecutionEnvironmentMemoryGiBPerVCpu?': wholeOrReal,
});

function capacityProvider(logicalId: string, config: JsonObject): JsonObject {
  const read = readShape(logicalId, ['CapacityProviderConfig'], { value: config, shape: CAPACITY });
  const { Arn = null, ...settings } = isObject(read) ? read : {};
  return { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: Arn, ...settings } };
}
