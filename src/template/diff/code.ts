import { sha256 } from '../../hash/canonical.ts';
import { ASSET_PROPERTIES } from '../assets/asset-properties.ts';
import { LOCATION_KEYS } from '../assets/location-keys.ts';
import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { canonicalText } from '../values/equivalence.ts';
import { asResolved } from '../values/resolved.ts';
import type { ValueChange } from './values.ts';

/** New content behind a location: one change, however many properties tell where it is. */
export interface CodeChange {
  /** What was packaged: the code of a function, or whatever else a property points to. */
  readonly kind: 'function' | 'layer' | 'definition' | 'nested template';
  /** Content hashes where the locations hold them, else the last part of the location; equal when it only moved. */
  readonly before: string;
  readonly after: string;
}

/** Properties beside those that are packaged that say what code a function has. */
const ALSO_CODE: Readonly<Record<string, readonly string[]>> = {
  'AWS::Serverless::Function': ['ImageUri', 'InlineCode'],
};
/**
 * The property itself, or a key of it that is part of the location. Other keys (a signing profile, a KMS key) are no
 * change of code.
 */
const isLocation = (below: string): boolean =>
  below === '' || (below.startsWith('.') && LOCATION_KEYS.has(below.slice(1)));

/** Tells the change of a packaged property's location from other changes. */
export function splitCode(
  type: string,
  old: JsonObject,
  now: JsonObject,
  changes: readonly ValueChange[],
): { readonly code: CodeChange | undefined; readonly changes: readonly ValueChange[] } {
  const properties = codeProperties(type);
  const isCode = ({ path }: ValueChange) =>
    properties.some((name) => {
      const place = `Properties.${name}`;
      return path.startsWith(place) && isLocation(path.slice(place.length));
    });
  if (!changes.some(isCode)) return { code: undefined, changes };
  const [before, after] = [contentName(old, properties), contentName(now, properties)];
  return {
    code: { kind: kindOf(type), before, after },
    changes: changes.filter((change) => !isCode(change)),
  };
}

function codeProperties(type: string): readonly string[] {
  const packaged = Object.hasOwn(ASSET_PROPERTIES, type) ? (ASSET_PROPERTIES[type] ?? []) : [];
  return [
    ...packaged.map(({ property }) => property),
    ...((Object.hasOwn(ALSO_CODE, type) && ALSO_CODE[type]) || []),
  ];
}

function kindOf(type: string): CodeChange['kind'] {
  if (type.endsWith('::LayerVersion')) return 'layer';
  if (/^AWS::(Lambda|Serverless)::(Function|WebFunction|WebFunctionRevision)$/.test(type)) return 'function';
  return /^AWS::(CloudFormation::Stack|CloudFormation::StackSet|Serverless::Application)$/.test(type)
    ? 'nested template'
    : 'definition';
}

function contentName(resource: JsonObject, properties: readonly string[]): string {
  const values = properties.flatMap((property) => {
    const value = property
      .split('.')
      .reduce<Json | undefined>(
        (at, step) => (isObject(at) ? own(at, step) : undefined),
        own(resource, 'Properties'),
      );
    return value === undefined ? [] : [value];
  });
  return values.map(nameOf).join(' ');
}

/** A location given by parameters is shown by its hash only, as values of parameters may be secret. */
function nameOf(value: Json): string {
  const resolved = asResolved(value);
  const name = locationName(resolved);
  const isTold = resolved === value || /^[0-9a-f]{64}$/.test(name);
  return isTold ? name : sha256(name);
}

/** Locations of ours, and of CDK, end in a content hash; inline code is its own content. */
function locationName(value: Json): string {
  if (isObject(value) && value.ZipFile !== undefined) return sha256(canonicalText(value.ZipFile));
  const place = isObject(value) ? (value.S3Key ?? value.Key ?? value.ImageUri ?? value) : value;
  const text = typeof place === 'string' ? place : canonicalText(place);
  const hash = /(?:^|[^0-9a-f])([0-9a-f]{64})(?![0-9a-f])/i.exec(text)?.[1];
  if (hash) return hash.toLowerCase();
  if (typeof place !== 'string' || /[\n{]/.test(text)) return sha256(text);
  return text.split('/').at(-1) || text;
}

/** CDK v1 tells the location of each asset by parameters that are named after its content. */
export const isAssetParameter = (name: string): boolean =>
  /^AssetParameters[0-9a-f]{64}(S3Bucket|S3VersionKey|ArtifactHash)[0-9A-F]{8}$/i.test(name);
