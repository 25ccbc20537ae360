import type { JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { Api, Authorizer } from '../route.ts';
import { payloadVersionOf, type RouteScope, textList } from './scope.ts';

/** The authorizer of a SAM event: its own, or the API's default one; `NONE` opens the route. */
export function samAuthorizer(
  scope: RouteScope,
  event: JsonObject,
  auth: JsonObject,
  api: Api,
): Authorizer | undefined {
  const name = event.Authorizer ?? auth.DefaultAuthorizer;
  if (name === undefined)
    return auth.EnableIamAuthorizer === true && event.Authorizer === 'AWS_IAM' ? { kind: 'iam' } : undefined;
  if (name === 'NONE') return undefined;
  if (name === 'AWS_IAM') return { kind: 'iam' };
  const definition = mapOf(auth.Authorizers)[text(name)];
  if (definition === undefined)
    return { kind: 'unsupported', reason: `the API declares no authorizer ${text(name)}` };
  const own = mapOf(definition);
  if (own.JwtConfiguration !== undefined) return jwtAuthorizer(scope, own, event);
  if (own.FunctionArn !== undefined) return lambdaAuthorizer(scope, text(name), own, api);
  return {
    kind: 'unsupported',
    reason: `the authorizer ${text(name)} (a Cognito user pool) is not emulated`,
  };
}

function jwtAuthorizer(scope: RouteScope, own: JsonObject, event: JsonObject): Authorizer {
  const jwt = mapOf(scope.resolve(own.JwtConfiguration ?? {}));
  return {
    kind: 'jwt',
    identitySource: text(own.IdentitySource ?? '$request.header.Authorization'),
    issuer: text(jwt.issuer ?? jwt.Issuer ?? ''),
    audience: textList(jwt.audience ?? jwt.Audience),
    scopes: textList(scope.resolve(event.AuthorizationScopes ?? own.AuthorizationScopes ?? [])),
  };
}

function lambdaAuthorizer(scope: RouteScope, name: string, own: JsonObject, api: Api): Authorizer {
  const identity = mapOf(scope.resolve(own.Identity ?? {}));
  const kind = api.kind === 'http' || own.FunctionPayloadType === 'REQUEST' ? 'request' : 'token';
  const prefix = api.kind === 'http' ? '$request' : 'method.request';
  const sources =
    kind === 'token'
      ? [`method.request.header.${text(identity.Header ?? 'Authorization')}`]
      : [
          ...textList(identity.Headers).map((header) => `${prefix}.header.${header}`),
          ...textList(identity.QueryStrings).map((parameter) => `${prefix}.querystring.${parameter}`),
          ...textList(identity.StageVariables).map((variable) => `stageVariables.${variable}`),
          ...textList(identity.Context).map((key) => `context.${key}`),
        ];
  return {
    kind,
    logicalId: name,
    functionId: scope.functionOf(own.FunctionArn)?.logicalId ?? '',
    identitySources: sources,
    payloadVersion: api.kind === 'rest' ? '1.0' : payloadVersionOf(own.AuthorizerPayloadFormatVersion, '1.0'),
    simpleResponses: own.EnableSimpleResponses === true,
    ...(identity.ValidationExpression !== undefined && { validation: text(identity.ValidationExpression) }),
  };
}
