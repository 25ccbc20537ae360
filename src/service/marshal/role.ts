import type { Json, JsonObject } from '../../template/types.ts';
import type { RoleDefinition } from '../role-types.ts';
import { resourceArns } from './resource-arns.ts';
import { policyJson, type Statement } from './statement.ts';

/**
 * A role for functions.
 *
 * @param needed what the functions' own settings need
 * @param resources of the template, which privileges may name
 * @param services that may assume it
 */
export function roleResource(
  role: RoleDefinition,
  needed: readonly Statement[],
  resources: Readonly<Record<string, JsonObject>>,
  services: readonly string[],
): JsonObject {
  const granted = (role.privileges ?? []).map(
    ({ actions, resource, condition }): Statement => ({
      actions,
      resources: resourceArns(resource, resources),
      ...(condition && { condition: condition as JsonObject }),
    }),
  );
  const { managedPolicies = [], permissionsBoundary, description, path } = role;
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: services.length === 1 ? (services[0] ?? '') : [...services] },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ...(description !== undefined && { Description: description }),
      ...(path !== undefined && { Path: path }),
      ...(managedPolicies.length > 0 && { ManagedPolicyArns: managedPolicies as Json[] }),
      ...(permissionsBoundary !== undefined && { PermissionsBoundary: permissionsBoundary as Json }),
      Policies: [{ PolicyName: 'function', PolicyDocument: policyJson([...needed, ...granted]) }],
    },
  };
}
