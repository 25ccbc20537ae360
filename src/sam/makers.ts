import { isObject, type JsonObject } from '../template/types.ts';
import { namedResource } from './intrinsics.ts';

/**
 * Who stands behind resources that SAM puts into the template itself, by their logical IDs: behind an API that nobody
 * wrote, the functions and state machines whose events it has.
 */
export function makersOf(
  resources: JsonObject,
  authored: ReadonlySet<string>,
): Map<string, readonly string[]> {
  const makers = new Map<string, Set<string>>();
  for (const [logicalId, resource] of Object.entries(resources)) {
    const events =
      isObject(resource) && isObject(resource.Properties) ? resource.Properties.Events : undefined;
    if (!isObject(events)) continue;
    for (const event of Object.values(events)) {
      const properties = isObject(event) && isObject(event.Properties) ? event.Properties : {};
      const api = namedResource(properties.RestApiId) ?? namedResource(properties.ApiId);
      if (api === undefined || authored.has(api) || !Object.hasOwn(resources, api)) continue;
      const known = makers.get(api) ?? new Set<string>();
      makers.set(api, known.add(logicalId));
    }
  }
  return new Map([...makers].map(([api, ids]) => [api, [...ids]]));
}
