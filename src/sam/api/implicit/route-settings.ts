import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { refuse } from '../../problems.ts';
import { truthy } from '../../python/values.ts';
import { conditional } from '../../resource.ts';
import { ANY_METHOD } from '../document/definition.ts';

/** Adds `RouteSettings` of an event to those of its API. */
export function addRouteSettings(
  api: JsonObject,
  {
    apiId,
    event,
    condition,
  }: { readonly apiId: string; readonly event: JsonObject; readonly condition: Json | undefined },
  refuseEvent: (message: string) => never,
): void {
  const { Path, Method } = event;
  const route = Method === ANY_METHOD ? String(Path) : `${String(Method).toUpperCase()} ${String(Path)}`;
  const properties = isObject(api.Properties) ? api.Properties : {};
  const all = Object.hasOwn(properties, 'RouteSettings') ? properties.RouteSettings : {};
  if (!isObject(all)) refuse(apiId, ['RouteSettings'], 'RouteSettings has to be a map');
  const added = truthy(condition) ? conditional(condition, event.RouteSettings ?? null) : event.RouteSettings;
  if (!isObject(added)) refuseEvent('RouteSettings has to be a map');
  all[route] = { ...(isObject(all[route]) && all[route]), ...added };
  properties.RouteSettings = all;
  api.Properties = properties;
}
