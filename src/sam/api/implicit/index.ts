import { isObject } from '../../../template/types.ts';
import { type Build, keysInOrder } from '../../context.ts';
import { truthy } from '../../python/values.ts';
import { bytes, isTrue } from '../document/python-map.ts';
import { isOpenApi3 } from '../rest/editor.ts';
import { stateOf } from '../state.ts';
import { HTTP, REST } from './kinds.ts';
import { addImplicitApi } from './plugin.ts';

/** Gives APIs without a definition an empty one, and adds paths of events; see `index.ts` of APIs. */
export function prepareApis(build: Build): void {
  const { definitions, managed } = stateOf(build);
  for (const kind of [REST, HTTP])
    for (const apiId of keysInOrder(build.resources, build)) {
      const api = build.resources[apiId];
      if (!isObject(api) || api.Type !== kind.type) continue;
      if (!isObject(api.Properties)) api.Properties = {};
      if (truthy(api.Properties.DefinitionBody) || truthy(api.Properties.DefinitionUri)) continue;
      definitions.set(apiId, kind.skeleton(apiId));
      managed.add(apiId);
    }
  for (const kind of [REST, HTTP]) addImplicitApi(kind, build);
}

/** Writes `OpenApiVersion`, once `Globals` are merged, into definitions that SAM manages. */
export function fixDefinitions(build: Build): void {
  const { definitions, managed } = stateOf(build);
  for (const apiId of managed) {
    const api = build.resources[apiId];
    const definition = definitions.get(apiId);
    if (!isObject(api) || api.Type !== REST.type || !isObject(api.Properties) || !definition) continue;
    const version = api.Properties.OpenApiVersion;
    if (version === undefined || !isOpenApi3(version)) continue;
    const text = typeof version === 'number' && Number.isInteger(version) ? `${version}.0` : String(version);
    api.Properties.OpenApiVersion = text;
    definition.root.set(bytes('openapi'), typeof version === 'string' ? text : bytes(text));
    if (isTrue(definition.root.get('swagger'))) definition.root.delete('swagger');
  }
}
