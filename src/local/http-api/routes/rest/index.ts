import { isYes, type Json, type JsonObject } from '../../../../template/types.ts';
import { mapOf, text } from '../../../functions/resolve.ts';
import type { Api, Authorizer, Route } from '../../route.ts';
import { tenantSource } from '../../tenant.ts';
import { openApiBinaryTypes, openApiRoutes } from '../openapi.ts';
import { apiOf, type RouteScope, textList, textMap } from '../scope.ts';
import { restSettings } from './api.ts';
import { methodChecks } from './checks.ts';
import { resourceTarget } from './integration.ts';

/** Routes of `AWS::ApiGateway::*`: the tree of resources with their methods, and OpenAPI bodies. */
export function restRoutes(scope: RouteScope): Route[] {
  return scope.resourcesOf('AWS::ApiGateway::RestApi').flatMap(([logicalId, properties]) => {
    const api = restApi(scope, logicalId, properties);
    const methods = scope
      .resourcesOf('AWS::ApiGateway::Method')
      .filter(([, method]) => scope.logicalIdOf(method.RestApiId) === logicalId)
      .map(([, method]) => methodRoute(scope, api, method));
    return [...(properties.Body === undefined ? [] : openApiRoutes(scope, properties.Body, api)), ...methods];
  });
}

function restApi(scope: RouteScope, logicalId: string, properties: JsonObject): Api {
  const isOurs = ([, own]: readonly [string, JsonObject]): boolean =>
    scope.logicalIdOf(own.RestApiId) === logicalId;
  const [, stage = {}] = scope.resourcesOf('AWS::ApiGateway::Stage').find(isOurs) ?? [];
  const [, deployment = {}] =
    scope
      .resourcesOf('AWS::ApiGateway::Deployment')
      .find((each) => isOurs(each) && each[1].StageName !== undefined) ?? [];
  return apiOf({
    kind: 'rest',
    logicalId,
    stage: text(scope.resolve(stage.StageName ?? deployment.StageName ?? 'local')),
    stageVariables: textMap(scope, stage.Variables ?? mapOf(deployment.StageDescription).Variables),
    binaryMediaTypes: [
      ...textList(scope.resolve(properties.BinaryMediaTypes ?? [])),
      ...openApiBinaryTypes(properties.Body),
    ],
    rest: restSettings(scope, logicalId, properties),
  });
}

function methodRoute(scope: RouteScope, api: Api, method: JsonObject): Route {
  const authorizer = methodAuthorizer(scope, method);
  return {
    api,
    method: text(method.HttpMethod ?? 'ANY').toUpperCase(),
    path: pathOf(scope, method.ResourceId),
    target: resourceTarget(scope, mapOf(method.Integration), api),
    payloadVersion: '1.0',
    ...methodChecks(scope, method),
    ...tenantSource(mapOf(method.Integration).RequestParameters),
    ...(authorizer && { authorizer }),
    ...(isYes(scope.resolve(method.ApiKeyRequired ?? false)) && { apiKeyRequired: true }),
  };
}

/** Follows `ParentId` up to the root. */
function pathOf(scope: RouteScope, resourceId: Json | undefined): string {
  const parts: string[] = [];
  const seen = new Set<string>();
  for (let at = scope.logicalIdOf(resourceId); at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const resource = mapOf(scope.template.Resources[at]);
    if (resource.Type !== 'AWS::ApiGateway::Resource') break;
    const properties = mapOf(resource.Properties);
    parts.unshift(text(scope.resolve(properties.PathPart ?? '')));
    at = scope.logicalIdOf(properties.ParentId);
  }
  return `/${parts.join('/')}`;
}

function methodAuthorizer(scope: RouteScope, method: JsonObject): Authorizer | undefined {
  const type = text(method.AuthorizationType ?? 'NONE');
  if (type === 'NONE') return undefined;
  if (type === 'AWS_IAM') return { kind: 'iam' };
  const logicalId = scope.logicalIdOf(method.AuthorizerId) ?? '';
  const own = mapOf(mapOf(scope.template.Resources[logicalId]).Properties);
  const kind = text(own.Type ?? '').toLowerCase();
  if (kind !== 'token' && kind !== 'request')
    return { kind: 'unsupported', reason: `authorizers of type ${type} are not emulated` };
  return {
    kind,
    logicalId,
    functionId: scope.functionOf(own.AuthorizerUri)?.logicalId ?? '',
    identitySources: textList(
      scope.resolve(own.IdentitySource ?? (kind === 'token' ? 'method.request.header.Authorization' : '')),
    ).filter(Boolean),
    payloadVersion: '1.0',
    simpleResponses: false,
    ...(own.IdentityValidationExpression !== undefined && {
      validation: text(own.IdentityValidationExpression),
    }),
  };
}
