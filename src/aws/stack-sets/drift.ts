import type { StackSetOperationPreferences } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../connection/clients.ts';
import { withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { type FollowOptions, runOperation, type StackSetEnd } from './operation.ts';
import { allPages } from './pages.ts';
import { addressed, type Instance, listInstances, type StackSetAddress, stackSets } from './stack-set.ts';

/** An instance of which something was changed outside of CloudFormation. */
export interface DriftedInstance {
  readonly instance: Instance;
  /** Logical IDs and types, with the paths of properties; no values: those may be secret. */
  readonly resources: readonly string[];
}

/** Has CloudFormation compare the resources of all instances with the template, and waits for the result. */
export async function detectStackSetDrift(
  aws: Aws,
  { address, preferences }: { address: StackSetAddress; preferences: StackSetOperationPreferences },
  options: FollowOptions,
): Promise<{ readonly end: StackSetEnd; readonly drifted: readonly DriftedInstance[] }> {
  const { client, sdk } = await stackSets(aws);
  const end = await runOperation(
    aws,
    address,
    {
      what: `detecting drift of ${address.name}`,
      start: (OperationId) =>
        client.send(
          new sdk.DetectStackSetDriftCommand({
            ...addressed(address),
            OperationPreferences: preferences,
            OperationId,
          }),
        ),
    },
    options,
  );
  const instances = await listInstances(aws, address, options.signal);
  const drifted: DriftedInstance[] = [];
  for (const instance of instances.filter(({ drift }) => drift === 'DRIFTED'))
    drifted.push({ instance, resources: await driftedResources(aws, address, { instance, end }, options) });
  return { end, drifted };
}

function driftedResources(
  aws: Aws,
  address: StackSetAddress,
  { instance, end }: { readonly instance: Instance; readonly end: StackSetEnd },
  { signal }: FollowOptions,
): Promise<readonly string[]> {
  return explained(`reading the drift of ${address.name} in ${instance.region}`, async () => {
    const { client, sdk } = await stackSets(aws);
    const found = await allPages((NextToken) =>
      client.send(
        new sdk.ListStackInstanceResourceDriftsCommand({
          ...addressed(address),
          StackInstanceAccount: instance.account,
          StackInstanceRegion: instance.region,
          OperationId: end.id,
          StackInstanceResourceDriftStatuses: ['MODIFIED', 'DELETED'],
          NextToken,
        }),
        withSignal(signal),
      ),
    );
    return found.map(({ LogicalResourceId, ResourceType, StackResourceDriftStatus, PropertyDifferences }) => {
      const paths = (PropertyDifferences ?? []).map(({ PropertyPath = '' }) => PropertyPath);
      const how = StackResourceDriftStatus === 'DELETED' ? 'deleted' : 'modified';
      return `${LogicalResourceId} (${ResourceType}) was ${how}${paths.length > 0 ? `: ${paths.join(', ')}` : ''}`;
    });
  });
}
