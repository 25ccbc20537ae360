import { apiBelow } from '../http-api/api-names.ts';
import { splitUrl } from '../server/split-url.ts';
import type { WebSocketPlan } from '../service/plan.ts';

/** Names of APIs, as their addresses begin with them. */
export type WebSocketNames = ReadonlyMap<WebSocketPlan, string>;

/**
 * The API that the path of a connection is of: below its name, its id or its stage, where no other API has the same one; with
 * an only API, any path is its.
 */
export function apiOf(names: WebSocketNames, url: string): WebSocketPlan | undefined {
  const { path } = splitUrl(url);
  const apis = [...names.keys()];
  if (apis.length === 1) return apis[0];
  const [, first = ''] = path.split('/');
  const only = (key: 'id' | 'stage'): WebSocketPlan | undefined => {
    const found = apis.filter((api) => api[key] === first);
    return found.length === 1 ? found[0] : undefined;
  };
  return apiBelow(names, path)?.api ?? only('id') ?? only('stage');
}

/** Where backends find the connections of an API: the terminal tells its name, and events its stage. */
export function placesOf(api: WebSocketPlan, names: WebSocketNames): readonly string[] {
  const { stage, id, logicalId } = api;
  const name = names.get(api) ?? logicalId;
  return ['', stage, ...[name, id].flatMap((each) => [each, `${each}/${stage}`])];
}
