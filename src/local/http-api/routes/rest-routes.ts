import type { Json, JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { Api, Authorizer, Route, RouteTarget } from '../route.ts';
import { tenantSource } from '../tenant.ts';
import { openApiBinaryTypes, openApiRoutes } from './openapi.ts';
import { apiOf, functionTarget, mockTarget, type RouteScope, textList, textMap } from './scope.ts';

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
  });
}

function methodRoute(scope: RouteScope, api: Api, method: JsonObject): Route {
  const authorizer = methodAuthorizer(scope, method);
  return {
    api,
    method: text(method.HttpMethod ?? 'ANY').toUpperCase(),
    path: pathOf(scope, method.ResourceId),
    target: methodTarget(scope, api, mapOf(method.Integration)),
    payloadVersion: '1.0',
    ...tenantSource(mapOf(method.Integration).RequestParameters),
    ...(authorizer && { authorizer }),
    ...(method.ApiKeyRequired === true && { apiKeyRequired: true }),
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

function methodTarget(scope: RouteScope, api: Api, integration: JsonObject): RouteTarget {
  switch (integration.Type) {
    case 'AWS_PROXY':
      return functionTarget(scope, integration.Uri, api, integration.ResponseTransferMode === 'STREAM');
    case 'MOCK': {
      const responses = scope.resolve(integration.IntegrationResponses ?? []);
      return mockTarget(Array.isArray(responses) ? responses.map(mapOf) : []);
    }
    default:
      return {
        kind: 'unsupported',
        reason: `integrations of type ${text(integration.Type ?? 'none')} are not emulated`,
      };
  }
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
