import { isObject, type Json, type JsonObject, own } from '../../template/types.ts';
import type { Build } from '../context.ts';
import { generated, sourceOf } from '../resource.ts';
import type { Generated } from '../types.ts';
import { refuseEvent } from './refuse.ts';
import type { SamEvent } from './types.ts';

/** A resource of the author's that an event writes into, such as the bucket whose notifications it needs. */
export function referenced(
  event: SamEvent,
  property: string,
  { resources }: Build,
): { readonly id: string; readonly resource: JsonObject } {
  const value = event.properties[property];
  const id = isObject(value) ? value.Ref : undefined;
  const resource = typeof id === 'string' ? own(resources, id) : undefined;
  if (typeof id !== 'string' || !isObject(resource))
    return refuseEvent(event, [property], `${property} has to be a Ref to a resource of the same template`);
  return { id, resource };
}

/** A map in a map, made where it is missing. */
export function mapIn(map: JsonObject, key: string, refused: () => never): JsonObject {
  map[key] ??= {};
  const value = map[key];
  return isObject(value) ? value : refused();
}

/** A list in a map, made where it is missing. */
export function listIn(map: JsonObject, key: string, refused: () => never): Json[] {
  map[key] ??= [];
  const value = map[key];
  return Array.isArray(value) ? value : refused();
}

/** A resource of the author's as one of those that are generated: it takes its own place. */
export function rewritten(id: string, resource: JsonObject): Generated {
  const { attributes, properties, dependsOn } = sourceOf(id, resource);
  return generated(id, String(resource.Type), {
    attributes,
    properties,
    ...(dependsOn !== undefined && { dependsOn }),
  });
}
