import type { Json, JsonObject } from '../../../template/types.ts';
import { withGlobals } from '../../../template/values/globals.ts';
import { mapOf } from '../../functions/resolve.ts';
import type { Route } from '../route.ts';
import { apiOf, corsOf, functionTarget, type RouteScope } from './scope.ts';

/** Function URLs: `AWS::Lambda::Url`, and `FunctionUrlConfig` of SAM functions. */
export function urlRoutes(scope: RouteScope): Route[] {
  const plain = scope
    .resourcesOf('AWS::Lambda::Url')
    .map(([logicalId, properties]) => urlRoute(scope, logicalId, properties.TargetFunctionArn, properties));
  const sam = scope.resourcesOf('AWS::Serverless::Function').flatMap(([logicalId]) => {
    const config = withGlobals(scope.template, logicalId).FunctionUrlConfig;
    return config === undefined
      ? []
      : [urlRoute(scope, `${logicalId}Url`, { Ref: logicalId }, mapOf(config))];
  });
  return [...plain, ...sam];
}

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
