import { tagList } from '../../marshal/function.ts';
import { type Draft, setResource } from '../draft.ts';
import { defined } from '../events/shared/mapping.ts';
import { connectorId } from './ids.ts';
import { awsPolicy, operatorRole } from './operator.ts';

const COMPUTE = { microvms: 'MicroVm', 'web-functions': 'WebFunction' } as const;

/** Network connectors of the service. */
export function addConnectors(draft: Draft): void {
  for (const [name, definition] of Object.entries(draft.service.networkConnectors ?? {})) {
    const id = connectorId(name);
    const { subnets, securityGroups, protocol = 'IPv4', for: users = 'microvms', tags } = definition;
    const role = operatorRole(draft, definition.role, {
      id: `${id}Role`,
      properties: awsPolicy('AWSLambdaNetworkConnectorOperatorPolicy'),
    });
    setResource(draft, id, {
      Type: 'AWS::Lambda::NetworkConnector',
      Properties: defined({
        Name: definition.connectorName,
        Configuration: {
          VpcEgressConfiguration: {
            SubnetIds: subnets,
            SecurityGroupIds: securityGroups,
            NetworkProtocol: protocol,
            AssociatedComputeResourceTypes: [COMPUTE[users]],
          },
        },
        OperatorRole: role,
        Tags: tags && tagList(tags),
      }),
    });
  }
}
