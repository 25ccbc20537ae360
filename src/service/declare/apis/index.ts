import { isObject } from '../../../template/types.ts';
import type { Draft } from '../draft.ts';
import { pascal } from '../identifiers.ts';
import { addRestApi } from './rest.ts';
import { addHttpApi, addWebSocketApi } from './v2.ts';

/** Logical ID of an API. */
export const apiId = (name: string): string => `${pascal(name)}Api`.replace(/ApiApi$/, 'Api');

/** APIs of the service. */
export function addApis(draft: Draft): void {
  for (const [name, api] of Object.entries(draft.service.apis ?? {})) {
    const path = ['apis', name];
    if (!isObject(api.routes) || Object.keys(api.routes).length === 0) {
      draft.faults.push({ path, message: 'the API has no routes', next: 'Add routes.' });
      continue;
    }
    const context = { draft, path, id: apiId(name), name };
    if (api.kind === 'http') addHttpApi(context, api);
    else if (api.kind === 'rest') addRestApi(context, api);
    else addWebSocketApi(context, api);
  }
}
