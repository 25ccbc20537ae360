import type { LocalReference } from '../../template/assets/local-assets.ts';
import { splitUri } from '../../template/assets/s3-uri.ts';
import type { AssetTarget, LocationForm } from '../../template/assets/targets.ts';
import type { TemplateEdit } from '../../template/document.ts';
import { isObject, type Json, own, type Template, type TemplatePath } from '../../template/types.ts';

/** Properties of SAM's types that take a location as `s3://bucket/key` or as a map, but no function call. */
const PROPERTIES = new Set(['CodeUri', 'ContentUri', 'DefinitionUri']);

/** Locations whose parts are told one by one. */
export interface LocationParts {
  readonly edits: readonly TemplateEdit[];
  /** By the path of a reference, as JSON. */
  readonly targets: ReadonlyMap<string, readonly AssetTarget[]>;
}

/**
 * Where a template chooses between local paths by `Fn::If`, SAM's transform refuses the location ("requires Bucket and
 * Key properties"); it takes the same choice between buckets and between keys.
 *
 * @param target of a property of this template
 */
export function locationParts(
  template: Template,
  references: Iterable<LocalReference>,
  target: (path: TemplatePath, form: LocationForm) => AssetTarget,
): LocationParts {
  const edits = new Map<string, TemplateEdit>();
  const targets = new Map<string, readonly AssetTarget[]>();
  for (const { path, form } of references) {
    const at = path.indexOf('Fn::If');
    const property = path.slice(0, at);
    if (at < 0 || form.kind !== 's3-uri' || !PROPERTIES.has(String(property.at(-1)))) continue;
    const value = property.reduce<Json | undefined>(
      (map, step) =>
        isObject(map) ? own(map, String(step)) : Array.isArray(map) ? map[Number(step)] : undefined,
      template,
    );
    const [bucket, key] = [partOf(value, 'Bucket'), partOf(value, 'Key')];
    if (bucket === undefined || key === undefined) continue;
    edits.set(JSON.stringify(property), { path: property, value: { Bucket: bucket, Key: key } });
    targets.set(JSON.stringify(path), [
      target([...property, 'Bucket', ...path.slice(at)], { kind: 'bucket' }),
      target([...property, 'Key', ...path.slice(at)], { kind: 'key' }),
    ]);
  }
  return { edits: [...edits.values()], targets };
}

/** The same choice between parts; a local path stands for its part until that is known. */
function partOf(value: Json | undefined, part: 'Bucket' | 'Key'): Json | undefined {
  const choice = isObject(value) ? own(value, 'Fn::If') : undefined;
  if (Array.isArray(choice)) {
    const [condition, yes, no] = choice;
    const [first, second] = [partOf(yes, part), partOf(no, part)];
    if (condition === undefined || first === undefined || second === undefined) return undefined;
    return { 'Fn::If': [condition, first, second] };
  }
  if (typeof value === 'string' && !value.startsWith('s3://')) return value;
  const parts = value === undefined ? undefined : splitUri(value);
  // No choice could take a version along.
  return parts?.Version === undefined ? parts?.[part] : undefined;
}
