import type { JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { WebSocketPlan, WebSocketRoutePlan } from '../plan.ts';
import { jsonMap, type PlannedResource, type PlanScope } from './scope.ts';
import { functionIn, webSocketTarget } from './web-socket-target.ts';

/** The WebSocket APIs of a template. */
export const webSocketsOf = (scope: PlanScope): WebSocketPlan[] =>
  scope
    .of('AWS::ApiGatewayV2::Api')
    .filter(({ properties }) => properties.ProtocolType === 'WEBSOCKET')
    .map((api) => webSocketOf(api, scope));

function webSocketOf({ logicalId, id, properties }: PlannedResource, scope: PlanScope): WebSocketPlan {
  const ours = (type: string): PlannedResource[] =>
    scope.of(type).filter((each) => text(each.properties.ApiId ?? '') === id);
  const stage = ours('AWS::ApiGatewayV2::Stage')[0]?.properties ?? {};
  const models = modelsOf(ours('AWS::ApiGatewayV2::Model'));
  const around: AroundRoutes = {
    scope,
    api: { stageVariables: (stage.StageVariables ?? {}) as Record<string, string> },
    integrations: byReference(scope, 'AWS::ApiGatewayV2::Integration'),
    authorizers: byReference(scope, 'AWS::ApiGatewayV2::Authorizer'),
    integrationResponses: scope.of('AWS::ApiGatewayV2::IntegrationResponse'),
    routeResponses: scope.of('AWS::ApiGatewayV2::RouteResponse'),
    models,
  };
  return {
    logicalId,
    id,
    name: text(properties.Name ?? logicalId),
    stage: text(stage.StageName ?? '$default'),
    ...around.api,
    selection: text(properties.RouteSelectionExpression ?? '$request.body.action'),
    ...(Object.keys(models).length > 0 && { models }),
    routes: ours('AWS::ApiGatewayV2::Route').map((route) => routeOf(route, around)),
  };
}

type ByReference = ReadonlyMap<string, JsonObject>;

/** Properties of resources of a type by what a reference to them is. */
const byReference = (scope: PlanScope, type: string): ByReference =>
  new Map(scope.of(type).map(({ id, properties }) => [id, properties]));

/** What routes of an API refer to, and what refers to them. */
interface AroundRoutes {
  readonly scope: PlanScope;
  readonly api: Pick<WebSocketPlan, 'stageVariables'>;
  readonly integrations: ByReference;
  readonly authorizers: ByReference;
  readonly integrationResponses: readonly PlannedResource[];
  readonly routeResponses: readonly PlannedResource[];
  /** By name, and by what a reference to them is. */
  readonly models: Readonly<Record<string, JsonObject>>;
}

function modelsOf(resources: readonly PlannedResource[]): Record<string, JsonObject> {
  const models: Record<string, JsonObject> = {};
  for (const { id, properties } of resources) {
    const schema = jsonMap(properties.Schema);
    if (schema) for (const each of [text(properties.Name ?? id), id]) models[each] = schema;
  }
  return models;
}

function routeOf({ logicalId, id, properties }: PlannedResource, around: AroundRoutes): WebSocketRoutePlan {
  const { scope, routeResponses } = around;
  const integrationId = text(properties.Target ?? '').replace(/^integrations\//, '');
  const target = webSocketTarget(around.integrations.get(integrationId) ?? {}, {
    resolve: scope.resolve,
    api: around.api,
    responses: around.integrationResponses.filter(
      (each) => text(each.properties.IntegrationId ?? '') === integrationId,
    ),
  });
  const authorizer = authorizerOf(properties, around.authorizers);
  // Source: Amazon API Gateway Developer Guide, "Set up route responses for WebSocket APIs in API Gateway". The route's own
  // expression is not asked for: serverless-patterns, `apigw-websocket-api-connection-dynamodb`, answers without one.
  const answers = routeResponses.some((each) => text(each.properties.RouteId ?? '') === id);
  if (!answers && properties.RouteResponseSelectionExpression !== undefined)
    scope.leave(
      `answers of ${logicalId}: it has RouteResponseSelectionExpression, and no AWS::ApiGatewayV2::RouteResponse, without which API Gateway sends none: add one`,
    );
  return {
    key: text(properties.RouteKey ?? ''),
    target,
    answers,
    ...checksOf(properties, around),
    ...(authorizer && { authorizer }),
  };
}

/** Source: Amazon API Gateway Developer Guide, "Request validation for WebSocket APIs in API Gateway". */
function checksOf(
  { ModelSelectionExpression: selection, RequestModels }: JsonObject,
  { models }: AroundRoutes,
): Pick<WebSocketRoutePlan, 'checks'> {
  if (selection === undefined) return {};
  const named = Object.entries(mapOf(RequestModels)).flatMap(([key, name]) => {
    const schema = models[text(name)];
    return schema ? [[key, schema] as const] : [];
  });
  return { checks: { selection: text(selection), models: Object.fromEntries(named) } };
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
