import { isFunctionCall } from '../../template/intrinsics.ts';
import type { Json, JsonObject } from '../../template/types.ts';
import type { FunctionDefinition } from '../function-types.ts';
import type { RoleDefinition } from '../role-types.ts';
import type { Service } from '../types.ts';
import { logicalId } from './ids.ts';

/** What has a role: a function, or a web function. */
export type HasRole = Pick<FunctionDefinition, 'role'>;

/** Whether the service defines a role of that name. */
export const isDefined = ({ roles = {} }: Pick<Service, 'roles'>, name: string): boolean =>
  Object.hasOwn(roles, name);

/** Whether nothing else has its role. */
export const hasOwnRole = ({ role }: HasRole): boolean =>
  role === undefined || (typeof role === 'object' && !isFunctionCall(role));

/** The role of its own. */
export const ownRole = ({ role }: HasRole): RoleDefinition => (role ?? {}) as RoleDefinition;

/**
 * ARN of a role.
 *
 * @param id of the function, which the ID of its own role begins with
 * @param arns of roles that exist, by what the definition calls them
 */
export function roleOf(
  id: string,
  { role }: HasRole,
  service: Pick<Service, 'roles'>,
  arns: ReadonlyMap<string, string>,
): Json {
  if (role === undefined) return { 'Fn::GetAtt': [`${id}Role`, 'Arn'] };
  if (typeof role === 'object') {
    return isFunctionCall(role) ? (role as JsonObject) : { 'Fn::GetAtt': [`${id}Role`, 'Arn'] };
  }
  if (isDefined(service, role)) return { 'Fn::GetAtt': [`${logicalId(role)}Role`, 'Arn'] };
  const arn = arns.get(role) ?? (role.startsWith('arn:') ? role : undefined);
  return arn ?? { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${role}` };
}
