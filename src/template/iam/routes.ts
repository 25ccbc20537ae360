import { isObject, type Json, type JsonObject, own, type Template } from '../types.ts';
import { itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';
import { asWritten } from '../values/resolved.ts';
import { limitsCallers } from './conditions.ts';
import { documentOf } from './documents.ts';
import { bounded, isAnyone, statementsOf } from './statements.ts';

/** A WebSocket API asks who it is for at `$connect` only; what comes later comes over that connection. */
export function isRequest({ RouteKey, ApiId }: JsonObject, template: Template): boolean {
  const key = textOf(RouteKey);
  if (key === '$connect' || /^[A-Z]+ \//.test(key)) return true;
  const protocol = textOf(propertiesOf(template, ApiId)?.ProtocolType);
  return key === '$default' ? protocol !== 'WEBSOCKET' : protocol === 'HTTP';
}

/** Whether anybody gets as far as the routes of an API: not of a private one, nor where a policy names who may. */
export function isReachable({ RestApiId }: JsonObject, template: Template): boolean {
  const api = propertiesOf(template, RestApiId);
  return api === undefined || isOpenApi(api);
}

/** Whether the API itself lets in anybody: one without a policy does. */
export function isOpenApi({ EndpointConfiguration, Policy }: JsonObject): boolean {
  const types = isObject(EndpointConfiguration)
    ? (EndpointConfiguration.Types ?? EndpointConfiguration.Type)
    : EndpointConfiguration;
  if (itemsOf(types).some((each) => textOf(each) === 'PRIVATE')) return false;
  return Policy === undefined || itemsOf(Policy).some((each) => letsInAnybody(documentOf(each)));
}

/** Where everybody is allowed, and no statement denies all but some, nobody is left out by name. */
function letsInAnybody(document: Json): boolean {
  if (!isObject(document) || document.Statement === undefined) return true;
  const stated = statementsOf(document, textOf);
  const bound = bounded(stated);
  return stated.some(
    (each) =>
      each.effect === 'Allow' &&
      isAnyone(each.principal) &&
      !limitsCallers(each.condition) &&
      !bound.has(each),
  );
}

/** Properties of the resource that a value refers to. */
function propertiesOf(template: Template, reference: Json | undefined): JsonObject | undefined {
  const written = reference === undefined ? undefined : asWritten(reference);
  const name = isObject(written) ? written.Ref : undefined;
  const resource = typeof name === 'string' ? own(template.Resources, name) : undefined;
  return isObject(resource) ? (isObject(resource.Properties) ? resource.Properties : {}) : undefined;
}
