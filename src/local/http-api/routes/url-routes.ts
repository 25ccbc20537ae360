import type { Json, JsonObject } from '../../../template/types.ts';
import type { Route } from '../route.ts';
import { apiOf, corsOf, functionTarget, type RouteScope } from './scope.ts';

/** Function URLs: `AWS::Lambda::Url`. */
export const urlRoutes = (scope: RouteScope): Route[] =>
  scope
    .resourcesOf('AWS::Lambda::Url')
    .map(([logicalId, properties]) => urlRoute(scope, logicalId, properties.TargetFunctionArn, properties));

function urlRoute(
  scope: RouteScope,
  logicalId: string,
  target: Json | undefined,
  properties: JsonObject,
): Route {
  const cors = corsOf(scope, properties.Cors);
  const api = apiOf({ kind: 'url', logicalId, ...(cors && { cors }) });
  return {
    api,
    method: 'ANY',
    path: '$default',
    target: functionTarget(scope, target, api, properties.InvokeMode === 'RESPONSE_STREAM'),
    payloadVersion: '2.0',
    // Anything but a plain NONE needs a signature.
    ...(scope.resolve(properties.AuthType ?? 'AWS_IAM') !== 'NONE' && {
      authorizer: { kind: 'iam' as const },
    }),
  };
}
