import { sha256 } from '../hash/canonical.ts';
import { hostSuffix } from '../regions.ts';
import { LOCATION_KEYS } from '../template/assets/location-keys.ts';
import type { LocationForm, ParameterPart, PropertyTarget } from '../template/assets/targets.ts';
import type { TemplateDocument, TemplateEdit } from '../template/document.ts';
import { isObject, type Json, type TemplatePath } from '../template/types.ts';
import { withoutAliases } from '../template/write/aliases.ts';
import { editTemplate } from '../template/write/edit.ts';
import type { Asset, AssetLocation, NestedTemplate, StackAssembly } from './types.ts';

/** A stack with all its locations filled in: exactly what CloudFormation gets. */
export interface RenderedStack {
  readonly template: TemplateDocument;
  /** Templates that have to be uploaded first, leaves before those that name them. */
  readonly nested: readonly RenderedNested[];
  /** The stack's parameters, and those that receive locations. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface RenderedNested {
  readonly id: string;
  readonly template: TemplateDocument;
  /** SHA-256 of the text: part of its key. */
  readonly hash: string;
  readonly location: AssetLocation;
}

/** Where things go; pure, so that a preview and a deployment to the same place give the same text. */
export interface Locations {
  asset(asset: Asset): AssetLocation;
  nested(nested: NestedTemplate, hash: string, extension: string): AssetLocation;
}

/** Fills the locations of all assets and nested templates into a stack's templates. */
export function renderStack(stack: StackAssembly, locations: Locations): RenderedStack {
  const templates = new Map<string | undefined, Json>([
    [undefined, stack.template.template],
    ...stack.nested.map(({ id, template }) => [id, template.template] as const),
  ]);
  const edits = new Map<string, TemplateEdit[]>();
  const parameters: Record<string, string> = { ...stack.parameters };
  const fill = ({ template, path, form }: PropertyTarget, location: AssetLocation) => {
    if (form.kind === 'kept') return;
    const value = locationValue(location, form, valueAt(templates.get(template), path));
    const key = template ?? '';
    edits.set(key, [...(edits.get(key) ?? []), { path, value }]);
  };
  for (const asset of stack.assets) {
    const location = asset.targets.length > 0 ? locations.asset(asset) : undefined;
    for (const target of location ? asset.targets : []) {
      if (!location) continue;
      if (target.kind === 'property') fill(target, location);
      else {
        for (const [name, part] of Object.entries(target.parameters)) {
          parameters[name] = parameterValue(location, part, asset.hash);
        }
      }
    }
  }
  const nested: RenderedNested[] = [];
  // Deeper ids come first: a template's text, and so its key, depends on those that it names.
  for (const each of stack.nested.toSorted((a, b) => depth(b.id) - depth(a.id) || (a.id < b.id ? -1 : 1))) {
    const template = editTemplate(withoutAliases(each.template), edits.get(each.id) ?? []);
    const hash = sha256(template.text);
    const location = locations.nested(each, hash, template.format === 'json' ? '.json' : '.yaml');
    nested.push({ id: each.id, template, hash, location });
    for (const target of each.targets) fill(target, location);
  }
  const template = editTemplate(withoutAliases(stack.template), edits.get('') ?? []);
  return { template, nested, parameters };
}

function valueAt(value: Json | undefined, path: TemplatePath): Json | undefined {
  let at = value;
  for (const step of path) {
    if (Array.isArray(at) && typeof step === 'number') at = at[step];
    else if (isObject(at)) at = at[String(step)];
    else return undefined;
  }
  return at;
}

const depth = (id: string): number => id.split('/').length;

/**
 * A location in the form that a property wants.
 *
 * @param before what the property holds: keys beside the location (such as `SourceKMSKeyArn`) are kept
 */
export function locationValue(location: AssetLocation, form: LocationForm, before?: Json): Json {
  if (location.kind === 'image') return location.uri;
  const { bucketOfRegion } = location;
  const bucket: Json = bucketOfRegion === undefined ? location.bucket : { 'Fn::Sub': bucketOfRegion };
  if (form.kind === 'bucket') return bucket;
  if (form.kind === 'key') return location.key;
  // An address can name no function call.
  if (form.kind === 's3-uri' && bucketOfRegion !== undefined) return { Bucket: bucket, Key: location.key };
  if (form.kind === 'object') {
    const replaced = new Set([...LOCATION_KEYS, form.bucket, form.key]);
    const kept = isObject(before) ? Object.entries(before).filter(([key]) => !replaced.has(key)) : [];
    return { [form.bucket]: bucket, [form.key]: location.key, ...Object.fromEntries(kept) };
  }
  return form.kind === 'https-url' ? objectUrl(location) : `s3://${location.bucket}/${location.key}`;
}

/** The address by which CloudFormation reads an object, in path style. */
export function objectUrl({ bucket, key, region, endpoint }: Extract<AssetLocation, { kind: 's3' }>): string {
  const base = endpoint?.replace(/\/$/, '') ?? `https://s3.${region}.${hostSuffix(region)}`;
  return `${base}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

function parameterValue(location: AssetLocation, part: ParameterPart, hash: string): string {
  if (part === 'hash') return hash;
  if (location.kind === 'image') return location.uri;
  // `version-key` is what CDK v1 splits at `||`; keys made of content hashes need no version.
  const values = {
    bucket: location.bucket,
    key: location.key,
    version: '',
    'version-key': `${location.key}||`,
  };
  return part === 'image-uri' ? '' : values[part];
}
