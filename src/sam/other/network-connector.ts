import { isObject } from '../../template/types.ts';
import { propertyTable } from '../checks/property-table.ts';
import { choice, readShape, record, texts } from '../checks/shape.ts';
import { awsPolicy } from '../iam/managed-policies.ts';
import { refuse } from '../problems.ts';
import { given, truthy } from '../python/values.ts';
import { generated, getAtt } from '../resource.ts';
import { RANKS, type SamType } from '../sam-type.ts';
import { addTags, markedTags, operatorRole } from './operator.ts';

const VPC = record({
  SubnetIds: texts,
  SecurityGroupIds: texts,
  NetworkProtocol: choice('IPv4', 'DualStack'),
});
const COMPUTE = { is: 'list', of: choice('MicroVm', 'WebFunction') } as const;

/** `AWS::Serverless::NetworkConnector`: a way into a network. */
export const NETWORK_CONNECTOR: SamType = {
  properties: propertyTable({
    Name: '=string|map',
    VpcConfig: '=map!',
    ComputeTypes: '=list',
    OperatorRole: '=string|map',
    Tags: '=map',
    PropagateTags: '=bool',
  }),
  rank: RANKS.other,
  generate(source, build) {
    const { attributes, dependsOn, logicalId, passed, properties } = source;
    const { ComputeTypes, Name, OperatorRole, PropagateTags, Tags, VpcConfig = null } = properties;
    if (Array.isArray(ComputeTypes)) {
      if (ComputeTypes.length !== 1)
        refuse(logicalId, ['ComputeTypes'], 'ComputeTypes has to be a list of one');
      readShape(logicalId, ['ComputeTypes'], { value: ComputeTypes, shape: COMPUTE });
    }
    readShape(logicalId, ['VpcConfig'], { value: VpcConfig, shape: VPC });
    const role = truthy(OperatorRole)
      ? undefined
      : operatorRole(source, {
          suffix: 'OperatorRole',
          properties: { ManagedPolicyArns: [awsPolicy('AWSLambdaNetworkConnectorOperatorPolicy', build)] },
        });
    const tags = isObject(Tags) ? Tags : {};
    const connector = generated(logicalId, 'AWS::Lambda::NetworkConnector', {
      attributes: { ...attributes, ...passed },
      ...(dependsOn !== undefined && { dependsOn }),
      properties: {
        Name: truthy(Name) ? Name : undefined,
        Configuration: {
          VpcEgressConfiguration: {
            ...(isObject(VpcConfig) && VpcConfig),
            AssociatedComputeResourceTypes: given(ComputeTypes) ? ComputeTypes : ['MicroVm'],
          },
        },
        OperatorRole: role ? getAtt(role.logicalId, 'Arn') : OperatorRole,
        Tags: markedTags(tags),
      },
    });
    const resources = [...(role ? [role] : []), connector];
    if (truthy(PropagateTags)) addTags(resources, tags);
    return resources;
  },
};
