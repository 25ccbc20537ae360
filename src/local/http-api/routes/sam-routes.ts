import type { Json, JsonObject } from '../../../template/types.ts';
import { mergeGlobals, withGlobals } from '../../../template/values/globals.ts';
import { mapOf, text } from '../../functions/resolve.ts';
import type { Api, Route } from '../route.ts';
import { openApiBinaryTypes, openApiRoutes } from './openapi.ts';
import { samAuthorizer } from './sam-authorizers.ts';
import { apiOf, corsOf, payloadVersionOf, type RouteScope, textList, textMap } from './scope.ts';

/** An API of a SAM template, with its properties after Globals. */
interface SamApi {
  readonly api: Api;
  readonly properties: JsonObject;
}

/** Names that SAM gives the APIs of events that name none. */
const implicit = { Api: 'ServerlessRestApi', HttpApi: 'ServerlessHttpApi' } as const;

/** Routes of SAM: events of functions, and OpenAPI bodies of `AWS::Serverless::Api` and `AWS::Serverless::HttpApi`. */
export function samRoutes(scope: RouteScope): Route[] {
  const apis = new Map<string, SamApi>();
  const apiFor = (kind: 'Api' | 'HttpApi', logicalId: string): SamApi => {
    const known = apis.get(logicalId);
    if (known) return known;
    const made = samApi(scope, kind, logicalId);
    apis.set(logicalId, made);
    return made;
  };
  const declared = (['Api', 'HttpApi'] as const).flatMap((kind) =>
    scope.resourcesOf(`AWS::Serverless::${kind}`).flatMap(([logicalId]) => {
      const { api, properties } = apiFor(kind, logicalId);
      return properties.DefinitionBody === undefined
        ? []
        : openApiRoutes(scope, properties.DefinitionBody, api);
    }),
  );
  const events = scope.resourcesOf('AWS::Serverless::Function').flatMap(([functionId]) => {
    const properties = withGlobals(scope.template, functionId);
    return Object.values(mapOf(properties.Events)).flatMap((event) => {
      const type = mapOf(event).Type;
      if (type !== 'Api' && type !== 'HttpApi') return [];
      const own = mapOf(mapOf(event).Properties);
      const named = own.RestApiId ?? own.ApiId;
      const logicalId =
        named === undefined ? implicit[type] : (scope.logicalIdOf(named) ?? text(scope.resolve(named)));
      return [eventRoute(scope, functionId, own, apiFor(type, logicalId), properties)];
    });
  });
  return [...declared, ...withPreflights(scope, events, apis)];
}

function eventRoute(
  scope: RouteScope,
  functionId: string,
  event: JsonObject,
  { api, properties }: SamApi,
  fn: JsonObject,
): Route {
  const authorizer = samAuthorizer(scope, mapOf(event.Auth), mapOf(properties.Auth), api);
  const keyRequired = mapOf(event.Auth).ApiKeyRequired ?? mapOf(properties.Auth).ApiKeyRequired;
  const alias = fn.AutoPublishAlias;
  const method = text(event.Method ?? 'any').toUpperCase();
  return {
    api,
    method: method === 'X-AMAZON-APIGATEWAY-ANY-METHOD' ? 'ANY' : method,
    path: text(scope.resolve(event.Path ?? '$default')),
    target: {
      kind: 'function',
      logicalId: functionId,
      ...(typeof alias === 'string' && { qualifier: alias }),
    },
    payloadVersion: api.kind === 'rest' ? '1.0' : payloadVersionOf(event.PayloadFormatVersion, '2.0'),
    ...(authorizer && { authorizer }),
    ...(keyRequired === true && { apiKeyRequired: true }),
  };
}

function samApi(scope: RouteScope, kind: 'Api' | 'HttpApi', logicalId: string): SamApi {
  const globals = mapOf(mapOf(scope.template.Globals)[kind]);
  const properties = mergeGlobals(globals, mapOf(mapOf(scope.template.Resources[logicalId]).Properties));
  const cors = kind === 'HttpApi' ? corsOf(scope, properties.CorsConfiguration) : undefined;
  const api = apiOf({
    kind: kind === 'Api' ? 'rest' : 'http',
    logicalId,
    stage: text(scope.resolve(properties.StageName ?? (kind === 'Api' ? 'Prod' : '$default'))),
    stageVariables: textMap(scope, properties.Variables ?? properties.StageVariables),
    // SAM writes the slash of a media type as ~1, because it becomes a key of a patch.
    binaryMediaTypes: [
      ...textList(scope.resolve(properties.BinaryMediaTypes ?? [])).map((type) => type.replaceAll('~1', '/')),
      ...openApiBinaryTypes(properties.DefinitionBody),
    ],
    ...(cors && { cors }),
  });
  return { api, properties };
}

/** `Cors` of a REST API: SAM adds a mock OPTIONS method to every path that has none. */
function withPreflights(
  scope: RouteScope,
  routes: readonly Route[],
  apis: ReadonlyMap<string, SamApi>,
): Route[] {
  const all = [...routes];
  for (const { api, properties } of apis.values()) {
    const cors = scope.resolve(properties.Cors ?? null);
    if (api.kind !== 'rest' || cors === null || cors === false) continue;
    const own = routes.filter((route) => route.api === api);
    for (const path of new Set(own.map((route) => route.path))) {
      const methods = own.filter((route) => route.path === path).map((route) => route.method);
      if (methods.includes('OPTIONS')) continue;
      const headers = preflightHeaders(cors, methods);
      all.push({
        api,
        method: 'OPTIONS',
        path,
        target: { kind: 'mock', status: 200, headers, body: '' },
        payloadVersion: '1.0',
      });
    }
  }
  return all;
}

/** Values are written as `'value'` in SAM, because they are mapping expressions in API Gateway. */
function preflightHeaders(cors: Json, methods: readonly string[]): Record<string, string> {
  const unquote = (value: Json): string => text(value).replace(/^'(.*)'$/s, '$1');
  const settings = typeof cors === 'string' ? { AllowOrigin: cors } : mapOf(cors);
  const any = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
  const allowed = methods.includes('ANY') ? any : [...methods, 'OPTIONS'];
  const headers: Record<string, string> = {
    'Access-Control-Allow-Origin': unquote(settings.AllowOrigin ?? '*'),
    'Access-Control-Allow-Methods': unquote(settings.AllowMethods ?? allowed.toSorted().join(',')),
  };
  if (settings.AllowHeaders !== undefined)
    headers['Access-Control-Allow-Headers'] = unquote(settings.AllowHeaders);
  if (settings.MaxAge !== undefined) headers['Access-Control-Max-Age'] = unquote(settings.MaxAge);
  if (settings.AllowCredentials === true) headers['Access-Control-Allow-Credentials'] = 'true';
  return headers;
}
