import type { Json, JsonObject } from '../../../template/types.ts';
import { truthy } from '../../python/values.ts';
import type { Definition } from '../document/definition.ts';
import { bytes, isTrue, PyMap, type PyValue, textOf } from '../document/python-map.ts';
import { isOpenApi3, openApiVersion } from '../rest/editor.ts';

/** Whether a definition can be edited as OpenAPI 3. */
export const isHttpEditable = ({ root }: Definition): boolean =>
  root.get('paths') instanceof PyMap && isTrue(root.get('openapi')) && isOpenApi3(openApiVersion(root));

/** Ends where a definition cannot be edited. */
export function checkHttp(definition: Definition): void {
  if (!isHttpEditable(definition))
    definition.refuse([], 'the definition of an HTTP API needs paths, and openapi with a version of 3');
  const { root } = definition;
  const components = root.get('components') ?? null;
  if (components !== null && !(components instanceof PyMap))
    definition.refuse(['components'], 'components of a definition has to be a map');
}

/** A map in another one, which is made where there is none. */
export function mapIn(definition: Definition, parent: PyMap, at: readonly string[]): PyMap {
  const key = at.at(-1) ?? '';
  const found = parent.get(key);
  if (isTrue(found)) return found instanceof PyMap ? found : definition.refuse(at, `${key} has to be a map`);
  const made = definition.map();
  parent.set(bytes(key), made);
  return made;
}

/** Tags of an API, as its definition has them. */
export function addTags(definition: Definition, tags: JsonObject): void {
  const found = definition.root.get('tags');
  const list = isTrue(found) ? found : [];
  if (!Array.isArray(list)) definition.refuse(['tags'], 'tags of a definition have to be a list');
  for (const [name, value] of Object.entries(tags)) {
    const existing = list.find((each) => each instanceof PyMap && each.get('name') === name);
    const tag = existing instanceof PyMap ? existing : definition.map();
    if (tag !== existing) {
      tag.set(bytes('name'), name);
      list.push(tag);
    }
    tag.set(bytes('x-amazon-apigateway-tag-value'), definition.authored(value));
  }
  definition.root.set(bytes('tags'), list);
}

/** Whether an API can be called under the name that AWS gives it. */
export function setHttpEndpoint(definition: Definition, isDisabled: Json): void {
  checkHttp(definition);
  const { root } = definition;
  const servers = root.has('servers') ? root.get('servers') : [definition.map()];
  if (!Array.isArray(servers)) definition.refuse(['servers'], 'servers has to be a list');
  for (const [index, server] of servers.entries()) {
    if (!(server instanceof PyMap)) definition.refuse(['servers', index], 'a server has to be a map');
    const key = 'x-amazon-apigateway-endpoint-configuration';
    const found = server.has(key) ? server.get(key) : definition.map();
    if (!(found instanceof PyMap)) definition.refuse(['servers', index, key], `${key} has to be a map`);
    found.set(bytes('disableExecuteApiEndpoint'), definition.authored(isDisabled));
    server.set(bytes(key), found);
  }
  root.set(bytes('servers'), servers);
}

/** Writes the name and the description of an API into its definition, which must not have others. */
export function setInfo(
  definition: Definition,
  { Name, Description }: JsonObject,
  refuse: (property: string, message: string) => never,
): void {
  const { root } = definition;
  const info = root.get('info') ?? null;
  if (!truthy(Name) && !truthy(Description)) return;
  if (info !== null && !(info instanceof PyMap)) definition.refuse(['info'], 'info has to be a map');
  if (truthy(Name)) {
    if (!isDefaultTitle(info?.get('title')))
      refuse('Name', 'the definition has a title already; remove it, or Name');
    checkHttp(definition);
    mapIn(definition, root, ['info']).set(bytes('title'), definition.authored(Name));
  }
  if (!truthy(Description)) return;
  if (isTrue(info?.get('description')))
    refuse('Description', 'the definition has a description already; remove it, or Description');
  checkHttp(definition);
  mapIn(definition, root, ['info']).set(bytes('description'), definition.authored(Description));
}

const isDefaultTitle = (title: PyValue | undefined): boolean =>
  title instanceof PyMap && title.size === 1 && textOf(title.get('Ref')) === 'AWS::StackName';
