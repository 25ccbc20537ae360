import type { Json } from '../../../template/types.ts';
import type { Definition } from '../document/definition.ts';
import { bytes, isTrue, listed, PyMap } from '../document/python-map.ts';
import { isOpenApi3, openApiVersion } from './editor.ts';

/**
 * Moves what Swagger 2 has in other places to where OpenAPI 3 has it, in definitions of that version. The reference does
 * so after each of some edits, and what it adds to headers is added each time.
 *
 * @param wanted `OpenApiVersion` of the API
 */
export function asOpenApi3(definition: Definition, wanted: Json | undefined): void {
  const { root } = definition;
  if ((root.get('swagger') ?? null) !== null) return;
  const own = openApiVersion(root) ?? null;
  const version = own !== null && (wanted ?? null) === null ? own : wanted;
  if (!version || !isOpenApi3(version)) return;
  for (const [from, to] of [
    ['securityDefinitions', 'securitySchemes'],
    ['definitions', 'schemas'],
  ] as const) {
    const section = root.get(from);
    if (!isTrue(section)) continue;
    const found = root.get('components');
    const components = isTrue(found) ? found : definition.map();
    if (!(components instanceof PyMap)) definition.refuse(['components'], 'components has to be a map');
    components.set(bytes(to), section);
    root.set(bytes('components'), components);
    root.delete(from);
  }
  const paths = root.get('paths');
  if (!isTrue(paths)) return;
  if (!(paths instanceof PyMap)) definition.refuse(['paths'], 'paths has to be a map');
  for (const path of paths.keys()) mendPreflight(definition, path, paths.get(path) ?? null);
}

function mendPreflight(definition: Definition, path: string, item: unknown): void {
  if (!(item instanceof PyMap)) definition.refuse(['paths', path], `the path ${path} has to be a map`);
  const options = item.get('options');
  if (!isTrue(options)) return;
  const at = ['paths', path, 'options'];
  if (!(options instanceof PyMap)) definition.refuse(at, `options of the path ${path} has to be a map`);
  options.delete('produces');
  options.delete('consumes');
  if (!options.has('responses')) return;
  const responses = options.get('responses') ?? null;
  if (responses === null) return;
  if (!(responses instanceof PyMap))
    definition.refuse([...at, 'responses'], `responses of options of the path ${path} has to be a map`);
  const response = responses.get('200') ?? null;
  if (response === null) return;
  if (!(response instanceof PyMap))
    definition.refuse(
      [...at, 'responses', '200'],
      `the response 200 of options of the path ${path} has to be a map`,
    );
  const headers = response.get('headers');
  if (!isTrue(headers)) return;
  if (!(headers instanceof PyMap))
    definition.refuse(
      [...at, 'responses', '200', 'headers'],
      `headers of options of the path ${path} has to be a map`,
    );
  for (const name of headers.keys())
    headers.set(headers.keyOf(name), listed({ schema: headers.get(name) ?? null }));
}
