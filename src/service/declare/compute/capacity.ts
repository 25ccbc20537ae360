import type { CapacityDefinition, CapacityUse } from '../../compute-types.ts';
import { tagList } from '../../marshal/function.ts';
import type { Data } from '../../values.ts';
import { type Draft, setResource } from '../draft.ts';
import { defined } from '../events/shared/mapping.ts';
import { capacityId } from './ids.ts';
import { awsPolicy, operatorRole } from './operator.ts';

/** Capacity providers of the service. */
export function addCapacity(draft: Draft): void {
  for (const [name, definition] of Object.entries(draft.service.capacityProviders ?? {})) {
    const { instanceTypes, excludedInstanceTypes } = definition;
    if (instanceTypes && excludedInstanceTypes)
      draft.faults.push({
        path: ['capacityProviders', name],
        message: 'instanceTypes and excludedInstanceTypes exclude each other',
        next: 'Remove one of them.',
      });
    addProvider(draft, capacityId(name), definition);
  }
}

function addProvider(draft: Draft, id: string, definition: CapacityDefinition): void {
  const { subnets, securityGroups, architecture, instanceTypes, excludedInstanceTypes, maxCpus, use } =
    definition;
  const role = operatorRole(draft, definition.role, {
    id: `${id}Role`,
    properties: awsPolicy('AWSLambdaManagedEC2ResourceOperator'),
  });
  const { logging, machineTags } = definition;
  setResource(draft, id, {
    Type: 'AWS::Lambda::CapacityProvider',
    Properties: defined({
      CapacityProviderName: definition.providerName,
      VpcConfig: { SubnetIds: subnets, SecurityGroupIds: securityGroups },
      PermissionsConfig: { CapacityProviderOperatorRoleArn: role },
      InstanceRequirements: defined({
        Architectures: [architecture ?? 'x86_64'],
        AllowedInstanceTypes: instanceTypes,
        ExcludedInstanceTypes: excludedInstanceTypes,
      }),
      CapacityProviderScalingConfig: scaling(maxCpus, use),
      KmsKeyArn: definition.kmsKey,
      TelemetryConfig: logging && {
        LoggingConfig: defined({ LogGroup: logging.group, SystemLogLevel: logging.level }),
      },
      PropagateTags: machineTags && { Mode: 'Explicit', ExplicitTags: tagList(machineTags) },
      Tags: definition.tags && tagList(definition.tags),
    }),
  });
}

const METRICS = {
  cpu: 'LambdaCapacityProviderAverageCPUUtilization',
  gpu: 'LambdaCapacityProviderAverageGPUUtilization',
} as const;

/** With targets, machines come and go by them; without, as Lambda thinks best. */
function scaling(maxCpus: number | undefined, use: CapacityUse = {}): Data | undefined {
  const policies = (['cpu', 'gpu'] as const).flatMap((of) =>
    use[of] === undefined ? [] : [{ PredefinedMetricType: METRICS[of], TargetValue: use[of] }],
  );
  if (maxCpus === undefined && policies.length === 0) return undefined;
  return defined({
    MaxVCpuCount: maxCpus,
    ScalingMode: policies.length > 0 ? 'Manual' : 'Auto',
    ScalingPolicies: policies.length > 0 ? policies : undefined,
  });
}
