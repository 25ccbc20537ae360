import { isObject, isYes, type Json, type JsonObject } from '../../../../template/types.ts';
import { mapOf, text } from '../../../functions/resolve.ts';
import { gatewayResponsePlan } from '../../rest/gateway-response.ts';
import type {
  ApiKeys,
  GatewayResponsePlan,
  KeyPlan,
  KeyThrottle,
  RestApi,
  TakenKey,
} from '../../rest/types.ts';
import type { RouteScope } from '../scope.ts';
import { openApiModels, resourceModels } from './checks.ts';

/** What a REST API says of all its methods. */
export function restSettings(scope: RouteScope, logicalId: string, properties: JsonObject): RestApi {
  return {
    models: { ...openApiModels(scope.resolve(properties.Body ?? {})), ...resourceModels(scope, logicalId) },
    gatewayResponses: gatewayResponses(scope, logicalId, properties.Body),
    apiKeys: {
      source: sourceOf(scope, properties),
      ...planned(scope, logicalId),
    },
  };
}

function sourceOf(scope: RouteScope, { ApiKeySourceType, Body }: JsonObject): ApiKeys['source'] {
  const source = scope.resolve(
    ApiKeySourceType ?? mapOf(Body)['x-amazon-apigateway-api-key-source'] ?? 'HEADER',
  );
  return source === 'AUTHORIZER' ? 'AUTHORIZER' : 'HEADER';
}

/** Usage plans that have this API, and the keys in them. */
function planned(scope: RouteScope, api: string): Pick<ApiKeys, 'plans' | 'taken'> {
  const plans = scope
    .resourcesOf('AWS::ApiGateway::UsagePlan')
    .filter(([, { ApiStages }]) =>
      listOf(ApiStages).some((each) => scope.logicalIdOf(mapOf(each).ApiId) === api),
    )
    .map(([logicalId, own]) =>
      usagePlan(logicalId, mapOf(scope.resolve(own)), {
        isOurs: (at) => scope.logicalIdOf(mapOf(listOf(own.ApiStages)[at]).ApiId) === api,
      }),
    );
  const keys = scope
    .resourcesOf('AWS::ApiGateway::UsagePlanKey')
    .map(([, { UsagePlanId, KeyId }]) => ({
      plan: scope.logicalIdOf(UsagePlanId) ?? '',
      id: scope.logicalIdOf(KeyId) ?? '',
    }))
    .filter(({ plan }) => plans.some(({ id }) => id === plan));
  const taken: Record<string, TakenKey> = {};
  for (const { id, plan } of keys) {
    const own = mapOf(mapOf(scope.template.Resources[id]).Properties);
    if (!isYes(scope.resolve(own.Enabled ?? false))) continue;
    // AWS makes those values that a template does not say.
    if (own.Value === undefined) return { plans, taken: 'any' };
    taken[text(scope.resolve(own.Value))] = { id, plan };
  }
  return { plans, taken: keys.length === 0 ? 'any' : taken };
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** What an account allows where a plan says one of both only. */
const OF_ACCOUNTS = { rate: 10_000, burst: 5000 };

function throttleOf(value: Json | undefined): KeyThrottle | undefined {
  if (!isObject(value)) return undefined;
  const { RateLimit: rate = OF_ACCOUNTS.rate, BurstLimit: burst = OF_ACCOUNTS.burst } = value;
  return { rate: Number(rate), burst: Number(burst) };
}

/** @param options.isOurs whether a stage of the list is one of the API */
function usagePlan(
  id: string,
  { Throttle: all, Quota: counted, ApiStages: stages }: JsonObject,
  { isOurs }: { readonly isOurs: (at: number) => boolean },
): KeyPlan {
  const methods = listOf(stages).flatMap((stage, at) =>
    isOurs(at)
      ? Object.entries(mapOf(mapOf(stage).Throttle)).flatMap(([method, own]) => {
          const throttle = throttleOf(own);
          return throttle ? [[method, throttle] as const] : [];
        })
      : [],
  );
  const throttle = throttleOf(all);
  const { Limit: limit, Offset: offset = 0, Period: period } = mapOf(counted);
  return {
    id,
    ...(throttle && { throttle }),
    methods: Object.fromEntries(methods),
    ...(limit !== undefined && {
      quota: {
        limit: Number(limit),
        offset: Number(offset),
        period: period === 'DAY' || period === 'WEEK' ? period : 'MONTH',
      },
    }),
  };
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
