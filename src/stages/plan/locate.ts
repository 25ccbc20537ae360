import { type Locations, type RenderedStack, renderStack } from '../../assembly/render.ts';
import type { AssetLocation, FileDestination, ImageAsset, StackAssembly } from '../../assembly/types.ts';

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

type ObjectLocation = Extract<AssetLocation, { kind: 's3' }>;

/** Where something is put: where its source says, or under a key made of its content. */
export function objectLocation(
  destination: Destination,
  stackName: string,
  fixed: FileDestination | undefined,
  hash: string,
  extension: string,
): ObjectLocation {
  const { bucket, region, endpoint } = destination;
  return {
    kind: 's3',
    bucket: fixed?.bucket ?? bucket,
    key: fixed?.key ?? objectKey(destination, stackName, hash, extension),
    region: fixed?.region ?? region,
    ...(endpoint && { endpoint }),
  };
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
  const at = (fixed: FileDestination | undefined, hash: string, extension: string) =>
    objectLocation(destination, stack.stackName, fixed, hash, extension);
  const locations: Locations = {
    asset: (asset) =>
      asset.kind === 'image'
        ? { kind: 'image', uri: imageUri(destination, asset) }
        : at(asset.destination, asset.hash, asset.extension),
    nested: ({ destination: fixed }, hash, extension) => at(fixed, hash, extension),
  };
  return renderStack(stack, locations);
}
