import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { truthy } from '../../python/values.ts';
import { generated, ref, sub } from '../../resource.ts';
import type { Generated, SamSource } from '../../types.ts';
import { authorizer } from './auth.ts';

const SPECIAL = ['$connect', '$disconnect', '$default'];

/** The routes of a WebSocket API, each with its integration and permission, and the authorizer of the first one. */
export function routeResources(
  { logicalId, properties }: SamSource,
  routes: JsonObject,
  stageName: Json,
): { readonly routes: readonly Generated[]; readonly authorizer: readonly Generated[] } {
  const auth = isObject(properties.Auth) && truthy(properties.Auth) ? properties.Auth : undefined;
  const made = Object.entries(routes).flatMap(([key, settings]) => {
    const at = ['Routes', key];
    if (!isObject(settings)) return refuse(logicalId, at, `the route ${key} has to be a map`);
    if (!Object.hasOwn(settings, 'FunctionArn'))
      return refuse(logicalId, at, `the route ${key} needs FunctionArn`);
    if (truthy(settings.RequestParameters) && key !== '$connect')
      refuse(logicalId, [...at, 'RequestParameters'], 'only the route $connect takes RequestParameters');
    const id = logicalId + idOf(logicalId, key);
    const isAuthorized = auth !== undefined && key === '$connect';
    return [
      route(logicalId, { id, key, settings, auth: isAuthorized ? auth : undefined }),
      integration(logicalId, id, settings),
      permission(logicalId, { id, key, settings, stageName }),
    ];
  });
  return { routes: made, authorizer: auth?.AuthType === 'CUSTOM' ? authorizer(logicalId, auth) : [] };
}

/** The part of a logical ID that stands for a route. */
function idOf(logicalId: string, key: string): string {
  if (!SPECIAL.includes(key) && !/^[\p{L}\p{N}]+$/u.test(key))
    refuse(
      logicalId,
      ['Routes', key],
      `a route has letters and digits only, or is one of ${SPECIAL.join(', ')}`,
    );
  const name = key.replace('$', '');
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
}

interface Route {
  readonly id: string;
  readonly key: string;
  readonly settings: JsonObject;
}

function route(
  logicalId: string,
  { id, key, settings, auth }: Route & { readonly auth: JsonObject | undefined },
): Generated {
  return generated(`${id}Route`, 'AWS::ApiGatewayV2::Route', {
    properties: {
      ApiId: ref(logicalId),
      ApiKeyRequired: settings.ApiKeyRequired,
      AuthorizationType: auth?.AuthType,
      AuthorizerId: auth?.AuthType === 'CUSTOM' ? ref(`${logicalId}ConnectAuthorizer`) : undefined,
      ModelSelectionExpression: settings.ModelSelectionExpression,
      OperationName: settings.OperationName,
      RequestModels: settings.RequestModels,
      RequestParameters: truthy(settings.RequestParameters) ? settings.RequestParameters : undefined,
      RouteKey: key,
      RouteResponseSelectionExpression: settings.RouteResponseSelectionExpression,
      Target: { 'Fn::Join': ['/', ['integrations', ref(`${id}Integration`)]] },
    },
  });
}

const integration = (
  logicalId: string,
  id: string,
  { FunctionArn, IntegrationTimeout }: JsonObject,
): Generated =>
  generated(`${id}Integration`, 'AWS::ApiGatewayV2::Integration', {
    properties: {
      ApiId: ref(logicalId),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: sub(
        'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations',
        { FunctionArn: FunctionArn ?? null },
      ),
      TimeoutInMillis: IntegrationTimeout,
    },
  });

function permission(
  logicalId: string,
  { id, key, settings, stageName }: Route & { readonly stageName: Json },
): Generated {
  const start = `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${logicalId}.ApiId}/`;
  return generated(`${id}Permission`, 'AWS::Lambda::Permission', {
    properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: settings.FunctionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn:
        typeof stageName === 'string'
          ? sub(`${start}${stageName}/${key}`)
          : sub(`${start}\${__StageName__}/${key}`, { __StageName__: stageName }),
    },
  });
}
