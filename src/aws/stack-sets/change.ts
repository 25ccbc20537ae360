import type {
  Capability,
  DeploymentTargets,
  Parameter,
  StackSetOperationPreferences,
  Tag,
} from '@aws-sdk/client-cloudformation';
import type { Aws } from '../connection/clients.ts';
import { explained } from '../connection/explained.ts';
import { type FollowOptions, runOperation, type StackSetEnd } from './operation.ts';
import { addressed, type StackSetAddress, stackSets } from './stack-set.ts';

/** What a stack set shall be. */
export interface StackSetInput {
  readonly address: StackSetAddress;
  readonly templateUrl: string;
  /** `undefined`: the value that the stack set has. */
  readonly parameters: Readonly<Record<string, string | undefined>>;
  /** `undefined`: those that it has. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly capabilities: readonly Capability[];
  readonly permissions: StackSetPermissions;
  readonly preferences: StackSetOperationPreferences;
}

/** With whose rights the instances are made. */
export type StackSetPermissions =
  | {
      readonly kind: 'self-managed';
      readonly administrationRole: string | undefined;
      readonly executionRole: string | undefined;
    }
  | {
      readonly kind: 'service-managed';
      /** Accounts that come into an organisational unit get an instance, and those that leave lose it, unless it is retained. */
      readonly autoDeployment: { readonly enabled: boolean; readonly retain: boolean };
    };

/** Where instances are. */
export interface InstanceTargets {
  readonly where: { readonly accounts: readonly string[] } | { readonly units: DeploymentTargets };
  /** In the order of deployment. */
  readonly regions: readonly string[];
}

const permissionsOf = (permissions: StackSetPermissions) =>
  permissions.kind === 'self-managed'
    ? {
        PermissionModel: 'SELF_MANAGED' as const,
        ...(permissions.administrationRole && { AdministrationRoleARN: permissions.administrationRole }),
        ...(permissions.executionRole && { ExecutionRoleName: permissions.executionRole }),
      }
    : {
        PermissionModel: 'SERVICE_MANAGED' as const,
        AutoDeployment: {
          Enabled: permissions.autoDeployment.enabled,
          ...(permissions.autoDeployment.enabled && {
            RetainStacksOnAccountRemoval: permissions.autoDeployment.retain,
          }),
        },
      };

const content = (input: StackSetInput) => ({
  ...addressed(input.address),
  TemplateURL: input.templateUrl,
  Parameters: Object.entries(input.parameters).map(
    ([ParameterKey, value]): Parameter =>
      value === undefined
        ? { ParameterKey, UsePreviousValue: true }
        : { ParameterKey, ParameterValue: value },
  ),
  ...(input.tags && {
    Tags: Object.entries(input.tags).map(([Key, Value]): Tag => ({ Key, Value })),
  }),
  Capabilities: [...input.capabilities],
  ...permissionsOf(input.permissions),
});

/**
 * Creates a stack set, without instances.
 *
 * @param token a retry with the same one is the same request
 */
export function createStackSet(aws: Aws, input: StackSetInput, token: string): Promise<void> {
  return explained(`creating the stack set ${input.address.name}`, async () => {
    const { client, sdk } = await stackSets(aws);
    await client.send(new sdk.CreateStackSetCommand({ ...content(input), ClientRequestToken: token }));
  });
}

/** Changes a stack set and all of its instances, and waits for them. */
export async function updateStackSet(
  aws: Aws,
  input: StackSetInput,
  options: FollowOptions,
): Promise<StackSetEnd> {
  const { client, sdk } = await stackSets(aws);
  const request = { ...content(input), OperationPreferences: input.preferences };
  return runOperation(
    aws,
    input.address,
    {
      what: `updating the stack set ${input.address.name}`,
      start: (OperationId) => client.send(new sdk.UpdateStackSetCommand({ ...request, OperationId })),
    },
    options,
  );
}

/** Something that is done to instances. */
interface InstancesRequest {
  readonly address: StackSetAddress;
  readonly targets: InstanceTargets;
  readonly preferences: StackSetOperationPreferences;
}

const targeted = ({ address, targets: { where, regions }, preferences }: InstancesRequest) => ({
  ...addressed(address),
  ...('accounts' in where ? { Accounts: [...where.accounts] } : { DeploymentTargets: where.units }),
  Regions: [...regions],
  OperationPreferences: preferences,
});

/** Makes instances where there are none yet, and waits for them. */
export async function createInstances(
  aws: Aws,
  request: InstancesRequest,
  options: FollowOptions,
): Promise<StackSetEnd> {
  const { client, sdk } = await stackSets(aws);
  const start = (OperationId: string) =>
    client.send(new sdk.CreateStackInstancesCommand({ ...targeted(request), OperationId }));
  const what = `creating instances of ${request.address.name}`;
  return runOperation(aws, request.address, { what, start }, options);
}

/** Deletes instances with their stacks, and waits for that. */
export async function deleteInstances(
  aws: Aws,
  request: InstancesRequest,
  options: FollowOptions,
): Promise<StackSetEnd> {
  const { client, sdk } = await stackSets(aws);
  const start = (OperationId: string) =>
    client.send(
      new sdk.DeleteStackInstancesCommand({ ...targeted(request), OperationId, RetainStacks: false }),
    );
  const what = `deleting instances of ${request.address.name}`;
  return runOperation(aws, request.address, { what, start }, options);
}

/** Deletes a stack set that has no instances. */
export function deleteStackSet(aws: Aws, address: StackSetAddress): Promise<void> {
  return explained(`deleting the stack set ${address.name}`, async () => {
    const { client, sdk } = await stackSets(aws);
    await client.send(new sdk.DeleteStackSetCommand(addressed(address)));
  });
}
