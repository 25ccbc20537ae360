import type { RenderedStack } from '../../assembly/render.ts';
import type { AssetLocation, FileDestination, ImageAsset } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { defaultBucketName } from '../../aws/uploads/bucket.ts';
import { type EcrRegistry, ecrHost } from '../../aws/uploads/image-registry.ts';
import type { Inputs } from '../../inputs.ts';
import type { StackEnvironment } from '../enter-environment.ts';

/** Where archives and templates go. */
export interface Destination {
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  /** Of a stack set in several regions, as each of them reads code from a bucket of its own; see `AssetLocation`. */
  readonly bucketOfRegion?: string | undefined;
  /** Where images go: the registry's host, and the repository in it. */
  readonly images: { readonly registry: string; readonly repository: string };
}

/** Something that is put into a bucket. */
export interface Uploadable {
  readonly stackName: string;
  /** Where its source says that it goes. */
  readonly destination: FileDestination | undefined;
  /** SHA-256 of its content, in lower-case hex. */
  readonly hash: string;
  /** With its dot; may be empty. */
  readonly extension: string;
}

export type ObjectLocation = Extract<AssetLocation, { kind: 's3' }>;

/** Where something is put: where its source says, or under a key made of its content. */
export function objectLocation(
  { bucket, region, endpoint, prefix, bucketOfRegion }: Destination,
  { stackName, destination: fixed, hash, extension }: Uploadable,
): ObjectLocation {
  const byContent = [prefix, stackName, `${hash}${extension}`].filter((part) => part !== '').join('/');
  return {
    kind: 's3',
    bucket: fixed?.bucket ?? bucket,
    key: fixed?.key ?? byContent,
    region: fixed?.region ?? region,
    ...(endpoint && { endpoint }),
    ...(bucketOfRegion && !fixed && { bucketOfRegion }),
  };
}

/**
 * The hash that stands in a key, in lower-case hex. Keys of ours are made of content; those of others (CDK) of what the
 * content was made from, so whether it is the content's is to be found out.
 */
export const hashInKey = (key: string): string | undefined =>
  /(?:^|\/)([0-9a-f]{64})(?:\.\w+)?$/.exec(key)?.[1];

/** By digest: a tag can be moved. An image that is not built is named by what goes into it, which a digest is not. */
export function imageUri(
  { images: { registry, repository } }: Destination,
  { hash, destination }: ImageAsset,
): string {
  const name = `${registry}/${destination?.repository ?? repository}`;
  return hash.startsWith('sha256:') ? `${name}@${hash}` : `${name}:${hash}`;
}

/** What decides where things go. */
interface Circumstances {
  readonly inputs: Inputs;
  readonly aws: Aws | undefined;
  /** Not known without credentials; its place in the bucket's name shows that. */
  readonly account: string | undefined;
  readonly registry?: EcrRegistry | undefined;
}

/** Where the things of a stack go. */
export function destinationOf(
  stackName: string,
  { inputs, aws, account, registry }: Circumstances,
): Destination {
  const region = aws?.region ?? 'region';
  const host = registry ? new URL(registry.url).host : ecrHost(account ?? 'account', region);
  const bucket = inputs.s3Bucket ?? defaultBucketName(account ?? 'account', region);
  const elsewhere =
    inputs.deployTo === 'stack-set' && inputs.stackSet?.regions.some((each) => each !== region);
  return {
    bucket,
    bucketOfRegion: elsewhere ? bucket.replace(region, '${AWS::Region}') : undefined,
    prefix: (inputs.s3Prefix ?? '').replace(/^\/+|\/+$/g, ''),
    region,
    endpoint: aws?.s3Endpoint,
    images: { registry: host, repository: inputs.ecrRepository ?? stackName.toLowerCase() },
  };
}

/** A stack in its environment, and where everything of it goes. */
export interface ToUpload extends StackEnvironment {
  readonly rendered: RenderedStack;
  readonly destination: Destination;
  /** For images whose source names none. */
  readonly registry: EcrRegistry | undefined;
}
