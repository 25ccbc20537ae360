import { refuse } from '../../problems.ts';
import { type Definition, methodName } from '../document/definition.ts';
import { isTrue, PyMap } from '../document/python-map.ts';
import type { EventRoute } from './auth/event-auth.ts';

/** Merges the route of an event into the author's definition: what SAM made goes before what the author wrote. */
export function mergeRoute(
  definition: Definition,
  made: Definition,
  { path, method, apiId }: EventRoute,
): void {
  definition.root = definition.root.copy();
  const found = definition.root.get('paths');
  const paths = isTrue(found) ? found : definition.map();
  const refuseAt: (at: readonly string[]) => never = (at) =>
    refuse(apiId, ['DefinitionBody', 'paths', ...at], `${at.at(-1) ?? 'paths'} has to be a map`);
  if (!(paths instanceof PyMap)) refuseAt([]);
  const item = paths.get(path) ?? null;
  if (item !== null && !(item instanceof PyMap)) refuseAt([path]);
  const before = item?.get(method);
  if (isTrue(before) && !(before instanceof PyMap)) refuseAt([path, method]);
  const added = made.paths.get(path);
  const generated = added instanceof PyMap ? added.get(methodName(method)) : undefined;
  if (!(generated instanceof PyMap)) throw new Error(`no route ${method} ${path} was made`);
  const merged = new PyMap();
  for (const map of [before, generated.movedTo(definition.clock)])
    if (map instanceof PyMap) for (const key of map.keys()) merged.set(map.keyOf(key), map.get(key) ?? null);
  if (item) item.set(method, merged);
  else {
    const route = new PyMap();
    route.set(method, merged);
    paths.set(path, route);
  }
}
