import { type Locations, type RenderedStack, renderStack } from '../assembly/render.ts';
import type { AssetLocation, FileAsset, ImageAsset, StackAssembly } from '../assembly/types.ts';

/** Where archives and templates go. */
export interface Destination {
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  /** Where images go: the registry's host, and the repository in it. */
  readonly images: { readonly registry: string; readonly repository: string };
}

/** The key of something by its content: `<prefix>/<stack>/<hash><extension>`. */
export function objectKey(
  { prefix }: Destination,
  stackName: string,
  hash: string,
  extension: string,
): string {
  return [prefix, stackName, `${hash}${extension}`].filter((part) => part !== '').join('/');
}

/** Where an archive is uploaded to. */
export function assetKey(destination: Destination, stackName: string, asset: FileAsset): string {
  return asset.destination?.key ?? objectKey(destination, stackName, asset.hash, asset.extension);
}

/** By digest: a tag can be moved. An image that is not built is named by what goes into it, which a digest is not. */
function imageUri(
  { images: { registry, repository } }: Destination,
  { hash, destination }: ImageAsset,
): string {
  const name = `${registry}/${destination?.repository ?? repository}`;
  return hash.startsWith('sha256:') ? `${name}@${hash}` : `${name}:${hash}`;
}

/** Stage 11: fills locations into the templates. Content decides the keys, so nothing needs to be uploaded for it. */
export function locate(stack: StackAssembly, destination: Destination): RenderedStack {
  const at = (key: string): AssetLocation => ({
    kind: 's3',
    bucket: destination.bucket,
    key,
    region: destination.region,
    ...(destination.endpoint && { endpoint: destination.endpoint }),
  });
  const locations: Locations = {
    asset: (asset) =>
      asset.kind === 'image'
        ? { kind: 'image', uri: imageUri(destination, asset) }
        : at(assetKey(destination, stack.stackName, asset)),
    nested: (hash, extension) => at(objectKey(destination, stack.stackName, hash, extension)),
  };
  return renderStack(stack, locations);
}
