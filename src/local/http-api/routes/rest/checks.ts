import { isObject, isYes, type Json, type JsonObject } from '../../../../template/types.ts';
import { mapOf, text } from '../../../functions/resolve.ts';
import type { RequestChecks } from '../../rest/types.ts';
import type { RouteScope } from '../scope.ts';

/** What `AWS::ApiGateway::Method` has checked of requests. */
export function methodChecks(scope: RouteScope, method: JsonObject): { readonly checks?: RequestChecks } {
  const own = (id: string | undefined): JsonObject =>
    mapOf(scope.resolve(mapOf(mapOf(scope.template.Resources[id ?? '']).Properties)));
  const validator = own(scope.logicalIdOf(method.RequestValidatorId));
  const models = Object.entries(mapOf(method.RequestModels)).flatMap(([type, model]) => {
    const resource = own(scope.logicalIdOf(model));
    const schema = schemaOf(resource.Schema) ?? named(scope, text(scope.resolve(model ?? '')));
    return schema ? [[type.toLowerCase(), schema] as const] : [];
  });
  const parameters = Object.entries(mapOf(scope.resolve(method.RequestParameters ?? {}))).flatMap(
    ([name, required]) => (isYes(required) ? [name.replace(/^method\.request\./, '')] : []),
  );
  return checksOf({
    body: isYes(validator.ValidateRequestBody),
    request: isYes(validator.ValidateRequestParameters),
    models: Object.fromEntries(models),
    parameters,
  });
}

/** Models may be named by their name instead of by a reference. */
const named = (scope: RouteScope, name: string): JsonObject | undefined =>
  scope
    .resourcesOf('AWS::ApiGateway::Model')
    .filter(([, { Name }]) => Name !== undefined && text(scope.resolve(Name)) === name)
    .map(([, { Schema }]) => schemaOf(scope.resolve(Schema ?? {})))[0];

/** The models of an API by their names, and by what a reference to them is. */
export function resourceModels(scope: RouteScope, api: string): Record<string, JsonObject> {
  const models: Record<string, JsonObject> = {};
  for (const [logicalId, own] of scope.resourcesOf('AWS::ApiGateway::Model')) {
    if (scope.logicalIdOf(own.RestApiId) !== api) continue;
    const schema = schemaOf(scope.resolve(own.Schema ?? {}));
    if (!schema) continue;
    const name = own.Name === undefined ? undefined : text(scope.resolve(own.Name));
    for (const each of [name, logicalId, text(scope.resolve({ Ref: logicalId }))])
      if (each !== undefined) models[each] = schema;
  }
  return models;
}

/** Schemas may be text. */
function schemaOf(value: Json | undefined): JsonObject | undefined {
  if (typeof value !== 'string') return isObject(value) ? value : undefined;
  try {
    return schemaOf(JSON.parse(value));
  } catch {
    return undefined;
  }
}

/**
 * What an operation of an OpenAPI document has checked.
 *
 * Source: API Gateway developer guide, "x-amazon-apigateway-request-validator property".
 */
export function operationChecks(
  body: JsonObject,
  item: JsonObject,
  operation: JsonObject,
): { readonly checks?: RequestChecks } {
  const name =
    operation['x-amazon-apigateway-request-validator'] ?? body['x-amazon-apigateway-request-validator'];
  const validator = mapOf(mapOf(body['x-amazon-apigateway-request-validators'])[text(name ?? '')]);
  const all = [...listOf(item.parameters), ...listOf(operation.parameters)].map((each) =>
    inPlace(body, each),
  );
  const parameters = all.flatMap((each) => {
    const place = PLACES[text(each.in ?? '')];
    return place !== undefined && isYes(each.required) ? [`${place}.${text(each.name ?? '')}`] : [];
  });
  const models: Record<string, JsonObject> = {};
  // OpenAPI 2 has one schema for all media types.
  for (const { in: place, schema } of all)
    if (place === 'body' && isObject(schema)) models['application/json'] = schema;
  for (const [type, { schema }] of Object.entries(mapOf(inPlace(body, operation.requestBody).content)).map(
    ([key, value]) => [key.toLowerCase(), mapOf(value)] as const,
  ))
    if (isObject(schema)) models[type] = schema;
  return checksOf({
    body: isYes(validator.validateRequestBody),
    request: isYes(validator.validateRequestParameters),
    models,
    parameters,
  });
}

const PLACES: Readonly<Record<string, string>> = { header: 'header', query: 'querystring', path: 'path' };

/** The models of an OpenAPI document. */
export const openApiModels = (document: Json | undefined): Record<string, JsonObject> =>
  Object.fromEntries(
    Object.entries({
      ...mapOf(mapOf(document).definitions),
      ...mapOf(mapOf(mapOf(document).components).schemas),
    }).map(([name, schema]) => [name, mapOf(schema)]),
  );

/** What `#/components/parameters/X` refers to. */
function inPlace(body: JsonObject, value: Json | undefined): JsonObject {
  const given = mapOf(value);
  if (typeof given.$ref !== 'string') return given;
  const steps = given.$ref.replace(/^#\//, '').split('/');
  return mapOf(steps.reduce<Json | undefined>((at, step) => mapOf(at)[step], body));
}

const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

function checksOf({
  body,
  request,
  models,
  parameters,
}: {
  readonly body: boolean;
  readonly request: boolean;
  readonly models: Readonly<Record<string, JsonObject>>;
  readonly parameters: readonly string[];
}): { readonly checks?: RequestChecks } {
  if (!body && !request) return {};
  return { checks: { parameters: request ? parameters : [], ...(body && { models }) } };
}
