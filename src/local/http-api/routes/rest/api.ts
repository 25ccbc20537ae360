import { isYes, type Json, type JsonObject } from '../../../../template/types.ts';
import { mapOf, text } from '../../../functions/resolve.ts';
import { gatewayResponsePlan } from '../../rest/gateway-response.ts';
import type { ApiKeys, GatewayResponsePlan, RestApi } from '../../rest/types.ts';
import type { RouteScope } from '../scope.ts';
import { openApiModels, resourceModels } from './checks.ts';

/** What a REST API says of all its methods. */
export function restSettings(scope: RouteScope, logicalId: string, properties: JsonObject): RestApi {
  return {
    models: { ...openApiModels(scope.resolve(properties.Body ?? {})), ...resourceModels(scope, logicalId) },
    gatewayResponses: gatewayResponses(scope, logicalId, properties.Body),
    apiKeys: {
      source: sourceOf(scope, properties),
      taken: takenKeys(scope, logicalId),
    },
  };
}

function sourceOf(scope: RouteScope, { ApiKeySourceType, Body }: JsonObject): ApiKeys['source'] {
  const source = scope.resolve(
    ApiKeySourceType ?? mapOf(Body)['x-amazon-apigateway-api-key-source'] ?? 'HEADER',
  );
  return source === 'AUTHORIZER' ? 'AUTHORIZER' : 'HEADER';
}

/** Keys in usage plans that have this API. */
function takenKeys(scope: RouteScope, api: string): ApiKeys['taken'] {
  const plans = scope
    .resourcesOf('AWS::ApiGateway::UsagePlan')
    .filter(([, { ApiStages }]) =>
      (Array.isArray(ApiStages) ? ApiStages : []).some(
        (each) => scope.logicalIdOf(mapOf(each).ApiId) === api,
      ),
    )
    .map(([logicalId]) => logicalId);
  const keys = scope
    .resourcesOf('AWS::ApiGateway::UsagePlanKey')
    .filter(([, { UsagePlanId }]) => plans.includes(scope.logicalIdOf(UsagePlanId) ?? ''))
    .map(([, { KeyId }]) => scope.logicalIdOf(KeyId) ?? '');
  const taken: Record<string, { readonly id: string }> = {};
  for (const id of keys) {
    const own = mapOf(mapOf(scope.template.Resources[id]).Properties);
    if (!isYes(scope.resolve(own.Enabled ?? false))) continue;
    // AWS makes those values that a template does not say.
    if (own.Value === undefined) return 'any';
    taken[text(scope.resolve(own.Value))] = { id };
  }
  return keys.length === 0 ? 'any' : taken;
}

function gatewayResponses(
  scope: RouteScope,
  api: string,
  document: Json | undefined,
): Record<string, GatewayResponsePlan> {
  const plans: Record<string, GatewayResponsePlan> = {};
  const inDocument = scope.resolve(mapOf(document)['x-amazon-apigateway-gateway-responses'] ?? {});
  for (const [type, given] of Object.entries(mapOf(inDocument))) {
    const { statusCode: status, responseParameters: parameters, responseTemplates: templates } = mapOf(given);
    plans[type] = gatewayResponsePlan({ status, parameters, templates });
  }
  for (const [, own] of scope.resourcesOf('AWS::ApiGateway::GatewayResponse')) {
    if (scope.logicalIdOf(own.RestApiId) !== api) continue;
    const {
      ResponseType: type,
      StatusCode: status,
      ResponseParameters: parameters,
      ResponseTemplates: templates,
    } = mapOf(scope.resolve(own));
    plans[text(type ?? '')] = gatewayResponsePlan({ status, parameters, templates });
  }
  return plans;
}
