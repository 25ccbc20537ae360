import type { JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { Api, Authorizer, Route, RouteTarget } from '../route.ts';
import { actionTarget } from './called-action.ts';
import { passedOnTo } from './http-endpoint.ts';
import { openApiRoutes } from './openapi.ts';
import {
  apiOf,
  corsOf,
  functionTarget,
  payloadVersionOf,
  type RouteScope,
  textList,
  textMap,
} from './scope.ts';

/** Routes of `AWS::ApiGatewayV2::*` HTTP APIs; WebSocket APIs have none that a request could match. */
export function httpRoutes(scope: RouteScope): Route[] {
  return scope.resourcesOf('AWS::ApiGatewayV2::Api').flatMap(([logicalId, properties]) => {
    if (properties.ProtocolType === 'WEBSOCKET') return [];
    const api = httpApi(scope, logicalId, properties);
    const routes = scope
      .resourcesOf('AWS::ApiGatewayV2::Route')
      .filter(([, route]) => scope.logicalIdOf(route.ApiId) === logicalId)
      .map(([, route]) => routeOf(scope, api, route));
    if (properties.Body !== undefined) routes.push(...openApiRoutes(scope, properties.Body, api));
    if (properties.Target !== undefined) {
      const key = text(properties.RouteKey ?? '$default');
      routes.push({
        api,
        ...routeKey(key),
        target: functionTarget(scope, properties.Target, api),
        payloadVersion: '2.0',
      });
    }
    return routes;
  });
}

function httpApi(scope: RouteScope, logicalId: string, properties: JsonObject): Api {
  const [, stage = {}] =
    scope
      .resourcesOf('AWS::ApiGatewayV2::Stage')
      .find(([, own]) => scope.logicalIdOf(own.ApiId) === logicalId) ?? [];
  const cors = corsOf(
    scope,
    properties.CorsConfiguration ?? mapOf(properties.Body)['x-amazon-apigateway-cors'],
  );
  return apiOf({
    kind: 'http',
    logicalId,
    stage: text(scope.resolve(stage.StageName ?? '$default')),
    stageVariables: textMap(scope, stage.StageVariables),
    ...(cors && { cors }),
  });
}

function routeOf(scope: RouteScope, api: Api, route: JsonObject): Route {
  const integration = mapOf(
    mapOf(scope.template.Resources[scope.logicalIdOf(route.Target) ?? '']).Properties,
  );
  const authorizer = routeAuthorizer(scope, route);
  return {
    api,
    ...routeKey(text(route.RouteKey ?? '$default')),
    target: integrationTarget(scope, api, integration),
    payloadVersion: payloadVersionOf(integration.PayloadFormatVersion, '1.0'),
    ...(authorizer && { authorizer }),
  };
}

function integrationTarget(scope: RouteScope, api: Api, integration: JsonObject): RouteTarget {
  const type = text(integration.IntegrationType ?? 'AWS_PROXY');
  const subtype = integration.IntegrationSubtype;
  if (subtype === undefined && type === 'AWS_PROXY')
    return functionTarget(scope, integration.IntegrationUri, api);
  if (subtype === undefined && type !== 'HTTP_PROXY')
    return { kind: 'unsupported', reason: `integrations of type ${type} are not emulated` };
  const answers = Object.entries(mapOf(scope.resolve(integration.ResponseParameters ?? {}))).map(
    ([status, given]) => {
      const list = mapOf(given).ResponseParameters;
      const changes = (Array.isArray(list) ? list : [])
        .map(mapOf)
        .map(({ Destination, Source }) => [text(Destination ?? ''), text(Source ?? '')]);
      return [status, Object.fromEntries(changes)];
    },
  );
  const changes = Object.fromEntries(answers);
  const timeout = integration.TimeoutInMillis;
  const parameters = integration.RequestParameters;
  if (subtype !== undefined)
    return actionTarget(scope, { subtype: text(subtype), parameters, timeout, changes });
  return passedOnTo(scope, api, {
    uri: integration.IntegrationUri,
    method: integration.IntegrationMethod,
    parameters,
    connectionType: integration.ConnectionType,
    timeout,
    changes,
  });
}

/** `GET /orders/{id}`, or `$default`. */
export function routeKey(key: string): Pick<Route, 'method' | 'path'> {
  const [method = '', path] = key.trim().split(/\s+/);
  return path === undefined ? { method: 'ANY', path: method } : { method: method.toUpperCase(), path };
}

function routeAuthorizer(scope: RouteScope, route: JsonObject): Authorizer | undefined {
  const type = text(route.AuthorizationType ?? 'NONE');
  if (type === 'NONE') return undefined;
  if (type === 'AWS_IAM') return { kind: 'iam' };
  const logicalId = scope.logicalIdOf(route.AuthorizerId) ?? '';
  const own = mapOf(mapOf(scope.template.Resources[logicalId]).Properties);
  const sources = textList(scope.resolve(own.IdentitySource ?? []));
  if (type === 'JWT') {
    const jwt = mapOf(scope.resolve(own.JwtConfiguration ?? {}));
    return {
      kind: 'jwt',
      identitySource: sources[0] ?? '$request.header.Authorization',
      issuer: text(jwt.Issuer ?? ''),
      audience: textList(jwt.Audience),
      scopes: textList(scope.resolve(route.AuthorizationScopes ?? [])),
    };
  }
  return {
    kind: 'request',
    logicalId,
    functionId: scope.functionOf(own.AuthorizerUri)?.logicalId ?? '',
    identitySources: sources,
    payloadVersion: payloadVersionOf(own.AuthorizerPayloadFormatVersion, '1.0'),
    simpleResponses: own.EnableSimpleResponses === true,
  };
}
