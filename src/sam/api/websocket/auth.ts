import type { JsonObject } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { truthy } from '../../python/values.ts';
import { generated, ref, sub } from '../../resource.ts';
import type { Generated } from '../../types.ts';
import { authorizerPermission } from '../rest/auth/api-auth.ts';

const TYPES = ['NONE', 'AWS_IAM', 'CUSTOM'];

/** Ends where `Auth` of a WebSocket API does not fit together. */
export function checkAuth(logicalId: string, auth: JsonObject): void {
  const { AuthType, AuthArn } = auth;
  if (!truthy(AuthType)) refuse(logicalId, ['Auth'], 'Auth needs an AuthType');
  const at = ['Auth', 'AuthType'];
  if (typeof AuthType !== 'string' || !TYPES.includes(AuthType))
    refuse(logicalId, at, `AuthType has to be one of ${TYPES.join(', ')}`);
  if (AuthType === 'CUSTOM' && !truthy(AuthArn)) refuse(logicalId, ['Auth'], 'AuthType CUSTOM needs AuthArn');
  if (AuthType !== 'CUSTOM' && Object.keys(auth).length > 1)
    refuse(logicalId, ['Auth'], `AuthType ${AuthType} takes no other settings`);
}

/** The authorizer that is a function, with its permission unless it has a role. */
export function authorizer(logicalId: string, auth: JsonObject): Generated[] {
  const { AuthArn, InvokeRole, IdentitySource, Name } = auth;
  const id = `${logicalId}ConnectAuthorizer`;
  const made = generated(id, 'AWS::ApiGatewayV2::Authorizer', {
    properties: {
      ApiId: ref(logicalId),
      AuthorizerCredentialsArn: InvokeRole,
      AuthorizerType: 'REQUEST',
      AuthorizerUri: sub(
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AuthArn}/invocations',
        { AuthArn: AuthArn ?? null },
      ),
      IdentitySource,
      Name: truthy(Name) ? Name : id,
    },
  });
  if (truthy(InvokeRole)) return [made];
  const permission = authorizerPermission(`${logicalId}AuthorizerPermission`, {
    functionArn: AuthArn ?? null,
    apiId: logicalId,
    partition: '${AWS::Partition}',
    passed: {},
  });
  return [made, permission];
}
