import { references } from '../references.ts';
import { isObject, type Json } from '../types.ts';
import type { ParameterTarget } from './targets.ts';

type LocationParameters = ParameterTarget['parameters'];
type LocationPart = LocationParameters[string];

/** What version 1 of AWS CDK declares for each asset, by the end of the parameter's name. */
const PARTS: Readonly<Record<string, LocationPart>> = {
  S3Bucket: 'bucket',
  S3VersionKey: 'version-key',
  ArtifactHash: 'hash',
};

/**
 * The parameters through which version 1 of AWS CDK hands over the locations of its assets, by the source hash in their
 * names: `AssetParameters<64 hex digits><S3Bucket|S3VersionKey|ArtifactHash><8 hex digits>`.
 */
export function assetParameters(template: Json): ReadonlyMap<string, LocationParameters> {
  const found = new Map<string, Record<string, LocationPart>>();
  const declared = isObject(template) && isObject(template.Parameters) ? template.Parameters : {};
  for (const [name, parameter] of Object.entries(declared)) {
    const [, hash, end] =
      /^AssetParameters([0-9a-f]{64})(S3Bucket|S3VersionKey|ArtifactHash)[0-9A-F]{8}$/.exec(name) ?? [];
    const part = end === undefined ? undefined : PARTS[end];
    if (hash === undefined || part === undefined) continue;
    if (!isObject(parameter) || parameter.Type !== 'String' || parameter.Default !== undefined) continue;
    found.set(hash, { ...found.get(hash), [name]: part });
  }
  return found;
}

/** The asset parameters that belong to one asset: by the hash in its path, else by what its property refers to. */
export function parametersOf(
  known: ReadonlyMap<string, LocationParameters>,
  written: string,
  property: Json | undefined,
): LocationParameters | undefined {
  const byPath = /(?:^|[\\/])asset\.([0-9a-f]{64})(?:\.[a-z]+)?$/.exec(written)?.[1];
  if (byPath !== undefined && known.has(byPath)) return known.get(byPath);
  const named = new Set(property === undefined ? [] : [...references(property)].map(({ name }) => name));
  return [...known.values()].find((parameters) => Object.keys(parameters).some((name) => named.has(name)));
}
