import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { textOf } from '../values/equivalence.ts';
import { asWritten } from '../values/resolved.ts';
import { isOpenApi } from './routes.ts';

/**
 * Routes of SAM's APIs that anybody may call: those of the events of functions and state machines without an authorizer, an API key or a default
 * of their API. Source: AWS SAM developer guide, "ApiFunctionAuth", "HttpApiFunctionAuth" and "ApiAuth".
 *
 * @param text how values are shown
 */
export function openRoutes(
  template: Template,
  properties: JsonObject,
  text: typeof textOf,
): readonly { readonly what: string; readonly property: string }[] {
  return Object.entries(mapOf(properties.Events)).flatMap(([name, event]) => {
    const { Type: type, Properties } = mapOf(event);
    if (type !== 'Api' && type !== 'HttpApi') return [];
    const route = mapOf(Properties);
    const api = apiOf(template, type, route.RestApiId ?? route.ApiId);
    const method = textOf(route.Method).toUpperCase();
    if (!api || method === 'OPTIONS' || isGuarded(mapOf(route.Auth), mapOf(api.Auth))) return [];
    if (!isOpenApi({ EndpointConfiguration: api.EndpointConfiguration ?? null })) return [];
    const path = text(route.Path);
    const shown = path === '' ? '$default' : `${text(route.Method).toUpperCase()} ${path}`;
    return [{ what: `route ${shown} without authorizer`, property: `Events.${name}` }];
  });
}

/** What SAM calls the API that it makes for events which name none. */
const IMPLICIT = { Api: 'ServerlessRestApi', HttpApi: 'ServerlessHttpApi' } as const;

/** Properties of an API; `undefined` where it, or what an OpenAPI definition says of it, is not known here. */
function apiOf(template: Template, type: 'Api' | 'HttpApi', named: Json | undefined): JsonObject | undefined {
  const written = named === undefined ? IMPLICIT[type] : asWritten(named);
  const logicalId = isObject(written) ? written.Ref : written;
  if (logicalId === IMPLICIT[type]) return mapOf(mapOf(template.Globals)[type]);
  const resource = typeof logicalId === 'string' ? own(template.Resources, logicalId) : undefined;
  if (!isObject(resource) || resource.Type !== `AWS::Serverless::${type}`) return undefined;
  const properties = mapOf(resource.Properties);
  return properties.DefinitionBody === undefined && properties.DefinitionUri === undefined
    ? properties
    : undefined;
}

function isGuarded(route: JsonObject, api: JsonObject): boolean {
  const authorizer = route.Authorizer ?? api.DefaultAuthorizer;
  const hasAuthorizer = authorizer !== undefined && textOf(authorizer) !== 'NONE';
  const needsKey = textOf(route.ApiKeyRequired ?? api.ApiKeyRequired) === 'true';
  // A resource policy has its own permissions, which are looked at by themselves.
  return hasAuthorizer || needsKey || (route.ResourcePolicy ?? api.ResourcePolicy) !== undefined;
}

const mapOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
