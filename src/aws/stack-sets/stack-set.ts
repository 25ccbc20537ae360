import type { Capability, StackInstanceSummary } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../connection/clients.ts';
import { answered, codeOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';
import { allPages } from './pages.ts';

/** Which stack set, and as whom it is asked for. */
export interface StackSetAddress {
  readonly name: string;
  /** A delegated administrator of the organisation asks in its management account's name. */
  readonly delegatedAdmin: boolean;
}

/** A stack set as it is now. */
export interface StackSet {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly description: string | undefined;
  /** As it was sent. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly Capability[];
  readonly isServiceManaged: boolean;
  readonly administrationRole: string | undefined;
  readonly executionRole: string | undefined;
  readonly autoDeployment: { readonly enabled: boolean; readonly retain: boolean };
}

/** One stack of a stack set. */
export interface Instance {
  readonly account: string;
  readonly region: string;
  /** The organisational unit that it came with; of self-managed ones none. */
  readonly unit: string | undefined;
  /** `undefined` where it could not be made. */
  readonly stackId: string | undefined;
  /** `CURRENT`, `OUTDATED`, `INOPERABLE`. */
  readonly status: string;
  readonly reason: string;
  /** `IN_SYNC`, `DRIFTED`, `NOT_CHECKED`, `UNKNOWN`. */
  readonly drift: string;
}

/** What every call about a stack set has. */
export const addressed = ({ name, delegatedAdmin }: StackSetAddress) => ({
  StackSetName: name,
  ...(delegatedAdmin && { CallAs: 'DELEGATED_ADMIN' as const }),
});

/** The client of CloudFormation, and the commands for stack sets. */
export async function stackSets(aws: Aws) {
  const [{ client }, sdk] = await Promise.all([
    aws.cloudFormation(),
    import('../connection/sdk/stack-sets.ts'),
  ]);
  return { client, sdk };
}

/**
 * Looks a stack set up.
 *
 * @returns `undefined` when there is none
 * @throws ProblemError when it may not be read
 */
export function describeStackSet(
  aws: Aws,
  address: StackSetAddress,
  signal?: AbortSignal,
): Promise<StackSet | undefined> {
  return explained(`reading the stack set ${address.name}`, async () => {
    const { client, sdk } = await stackSets(aws);
    try {
      const reply = await client.send(
        new sdk.DescribeStackSetCommand(addressed(address)),
        withSignal(signal),
      );
      const found = answered(reply.StackSet, 'stack set');
      return found.Status === 'DELETED' ? undefined : fromSdk(found);
    } catch (error) {
      if (/^StackSetNotFound/.test(codeOf(error))) return undefined;
      throw error;
    }
  });
}

type SdkStackSet = import('@aws-sdk/client-cloudformation').StackSet;

const fromSdk = (found: SdkStackSet): StackSet => ({
  id: found.StackSetId ?? '',
  name: found.StackSetName ?? '',
  status: found.Status ?? '',
  description: found.Description,
  template: found.TemplateBody ?? '',
  parameters: Object.fromEntries(
    (found.Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '' }) => [
      ParameterKey,
      ParameterValue,
    ]),
  ),
  tags: Object.fromEntries((found.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
  capabilities: found.Capabilities ?? [],
  isServiceManaged: found.PermissionModel === 'SERVICE_MANAGED',
  administrationRole: found.AdministrationRoleARN,
  executionRole: found.ExecutionRoleName,
  autoDeployment: {
    enabled: found.AutoDeployment?.Enabled ?? false,
    retain: found.AutoDeployment?.RetainStacksOnAccountRemoval ?? false,
  },
});

/** All instances of a stack set. */
export function listInstances(
  aws: Aws,
  address: StackSetAddress,
  signal?: AbortSignal,
): Promise<readonly Instance[]> {
  return explained(`listing the instances of ${address.name}`, async () => {
    const { client, sdk } = await stackSets(aws);
    const found = await allPages((NextToken) =>
      client.send(
        new sdk.ListStackInstancesCommand({ ...addressed(address), NextToken }),
        withSignal(signal),
      ),
    );
    return found.map(instanceOf).sort(byPlace);
  });
}

const instanceOf = (found: StackInstanceSummary): Instance => ({
  account: found.Account ?? '',
  region: found.Region ?? '',
  unit: found.OrganizationalUnitId,
  stackId: found.StackId,
  status: found.Status ?? '',
  reason: found.StatusReason ?? '',
  drift: found.DriftStatus ?? 'NOT_CHECKED',
});

type Place = Pick<Instance, 'account' | 'region'>;

/** By account, then by region. */
export const byPlace = (a: Place, b: Place): number => (placeKey(a) < placeKey(b) ? -1 : 1);

/** Tells instances of one stack set apart. */
export const placeKey = ({ account, region }: Place): string => `${account}/${region}`;
