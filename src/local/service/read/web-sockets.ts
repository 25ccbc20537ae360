import type { Json, JsonObject } from '../../../template/types.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import { calledService } from '../../http-api/aws-service/uri.ts';
import type { MappedWebSocketTarget, WebSocketPlan, WebSocketRoutePlan } from '../plan.ts';
import { optionalText, type PlannedResource, type PlanScope } from './scope.ts';

/** The WebSocket APIs of a template. */
export function webSocketsOf(scope: PlanScope): WebSocketPlan[] {
  const integrations = byReference(scope, 'AWS::ApiGatewayV2::Integration');
  const authorizers = byReference(scope, 'AWS::ApiGatewayV2::Authorizer');
  const around: AroundRoutes = {
    integrations,
    authorizers,
    integrationResponses: scope.of('AWS::ApiGatewayV2::IntegrationResponse'),
    routeResponses: scope.of('AWS::ApiGatewayV2::RouteResponse'),
  };
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
          .map((route) => routeOf(route, around)),
      };
    });
}

type ByReference = ReadonlyMap<string, JsonObject>;

/** Properties of resources of a type by what a reference to them is. */
const byReference = (scope: PlanScope, type: string): ByReference =>
  new Map(scope.of(type).map(({ id, properties }) => [id, properties]));

/** What routes refer to, and what refers to them. */
interface AroundRoutes {
  readonly integrations: ByReference;
  readonly authorizers: ByReference;
  readonly integrationResponses: readonly PlannedResource[];
  readonly routeResponses: readonly PlannedResource[];
}

function routeOf({ id, properties }: PlannedResource, around: AroundRoutes): WebSocketRoutePlan {
  const integrationId = text(properties.Target ?? '').replace(/^integrations\//, '');
  const target = targetOf(integrationId, around);
  const authorizer = authorizerOf(properties, around.authorizers);
  // Source: serverless-patterns, `apigw-websocket-api-connection-dynamodb`: its answers come with a response alone.
  const isAnswered = around.routeResponses.some((each) => text(each.properties.RouteId ?? '') === id);
  return {
    key: text(properties.RouteKey ?? ''),
    target,
    answers: properties.RouteResponseSelectionExpression !== undefined || isAnswered,
    ...(authorizer && { authorizer }),
  };
}

function targetOf(
  id: string,
  { integrations, integrationResponses }: AroundRoutes,
): WebSocketRoutePlan['target'] {
  const integration = integrations.get(id) ?? {};
  const type = text(integration.IntegrationType ?? 'of none');
  if (type === 'MOCK') return { kind: 'mock' };
  const arn = functionIn(integration.IntegrationUri);
  if (type === 'AWS_PROXY' && arn !== undefined) return { kind: 'function', arn };
  if (type !== 'AWS') return { kind: 'unsupported', reason: `integration ${type}` };
  const to = arn === undefined ? serviceOf(integration) : ({ kind: 'function', arn } as const);
  if ('reason' in to) return { kind: 'unsupported', reason: to.reason };
  return {
    kind: 'mapped',
    to,
    ...templatesOf(integration.RequestTemplates, integration.TemplateSelectionExpression),
    passthrough: text(integration.PassthroughBehavior ?? 'WHEN_NO_MATCH'),
    responses: integrationResponses
      .map(({ properties }) => properties)
      .filter(({ IntegrationId }) => text(IntegrationId ?? '') === id)
      .map(({ IntegrationResponseKey, ResponseTemplates, TemplateSelectionExpression }) => ({
        key: text(IntegrationResponseKey ?? ''),
        ...templatesOf(ResponseTemplates, TemplateSelectionExpression),
      })),
  };
}

function serviceOf(
  integration: JsonObject,
): Extract<MappedWebSocketTarget['to'], { readonly kind: 'service' }> | { readonly reason: string } {
  const uri = text(integration.IntegrationUri ?? '');
  const timeout = integration.TimeoutInMillis;
  const called = calledService(uri, {
    method: text(integration.IntegrationMethod ?? 'POST').toUpperCase(),
    parameters: texts(integration.RequestParameters),
    ...(timeout !== undefined && { timeout: Number(text(timeout)) }),
  });
  if (called === undefined) return { reason: `integration AWS with ${uri}` };
  return 'reason' in called ? called : { kind: 'service', called };
}

const texts = (map: Json | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(mapOf(map)).map(([name, value]) => [name, text(value)]));

const templatesOf = (templates: Json | undefined, selection: Json | undefined) => ({
  templates: texts(templates),
  ...(selection !== undefined && { selection: text(selection) }),
});

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
