import type { JsonObject } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import type { WebSocketPlan, WebSocketRoutePlan } from '../plan.ts';
import { optionalText, type PlannedResource, type PlanScope } from './scope.ts';

/** The WebSocket APIs of a template. */
export function webSocketsOf(scope: PlanScope): WebSocketPlan[] {
  const integrations = byReference(scope, 'AWS::ApiGatewayV2::Integration');
  const authorizers = byReference(scope, 'AWS::ApiGatewayV2::Authorizer');
  return scope
    .of('AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => properties.ProtocolType === 'WEBSOCKET')
    .map(({ logicalId, id, properties }) => {
      const isOurs = (each: PlannedResource): boolean => text(each.properties.ApiId ?? '') === id;
      const stage = scope.of('AWS::ApiGatewayV2::Stage').find(isOurs)?.properties ?? {};
      return {
        logicalId,
        id,
        name: text(properties.Name ?? logicalId),
        stage: text(stage.StageName ?? '$default'),
        stageVariables: (stage.StageVariables ?? {}) as Record<string, string>,
        selection: text(properties.RouteSelectionExpression ?? '$request.body.action'),
        routes: scope
          .of('AWS::ApiGatewayV2::Route')
          .filter(isOurs)
          .map((route) => routeOf(route, integrations, authorizers)),
      };
    });
}

type ByReference = ReadonlyMap<string, JsonObject>;

/** Properties of resources of a type by what a reference to them is. */
const byReference = (scope: PlanScope, type: string): ByReference =>
  new Map(scope.of(type).map(({ id, properties }) => [id, properties]));

function routeOf(
  { properties }: PlannedResource,
  integrations: ByReference,
  authorizers: ByReference,
): WebSocketRoutePlan {
  const integration = integrations.get(text(properties.Target ?? '').replace(/^integrations\//, ''));
  const type = text(integration?.IntegrationType ?? 'of none');
  // Others get what mapping templates make of a message.
  const arn = type === 'AWS_PROXY' ? functionIn(integration?.IntegrationUri) : undefined;
  const authorizer = authorizerOf(properties, authorizers);
  return {
    key: text(properties.RouteKey ?? ''),
    target:
      arn !== undefined
        ? { kind: 'function', arn }
        : type === 'MOCK'
          ? { kind: 'mock' }
          : { kind: 'unsupported', reason: `integration ${type}` },
    answers: properties.RouteResponseSelectionExpression !== undefined,
    ...(authorizer && { authorizer }),
  };
}

function authorizerOf(properties: JsonObject, authorizers: ByReference): WebSocketRoutePlan['authorizer'] {
  if (properties.AuthorizationType === 'AWS_IAM') return { kind: 'iam' };
  if (properties.AuthorizationType !== 'CUSTOM') return undefined;
  const found = authorizers.get(text(properties.AuthorizerId ?? ''));
  const sources = found?.IdentitySource;
  return {
    kind: 'request',
    arn: functionIn(found?.AuthorizerUri) ?? '',
    identitySources: Array.isArray(sources) ? sources.map(text) : [],
  };
}

/** The function that an address of an integration has in it. */
function functionIn(uri: JsonObject[string] | undefined): string | undefined {
  const found = optionalText(uri);
  return found === undefined ? undefined : /arn:[\w-]+:lambda:[\w-]*:\d*:function:[^/]+/.exec(found)?.[0];
}
