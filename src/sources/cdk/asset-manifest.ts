import { fields, flag, list, mapOf, optional, text } from '../../parse/shape.ts';
import { assuming } from './manifest.ts';

/** What is to be published for a stack. Source: the documentation of `@aws-cdk/cloud-assembly-schema`, asset manifest. */
export interface AssetManifest {
  readonly version: string;
  readonly files?: Readonly<Record<string, FileEntry>>;
  readonly dockerImages?: Readonly<Record<string, ImageEntry>>;
}

export interface FileEntry {
  readonly displayName?: string;
  readonly source: {
    readonly path?: string;
    readonly packaging?: string;
    readonly executable?: readonly string[];
  };
  readonly destinations: Readonly<Record<string, ManifestDestination & FilePlace>>;
}

interface FilePlace {
  readonly bucketName: string;
  readonly objectKey: string;
}

export interface ImageEntry {
  readonly displayName?: string;
  readonly source: ImageSource;
  readonly destinations: Readonly<Record<string, ManifestDestination & ImagePlace>>;
}

interface ImagePlace {
  readonly repositoryName: string;
  readonly imageTag: string;
}

/** Where and with which role something is published. */
export interface ManifestDestination {
  readonly region?: string;
  readonly assumeRoleArn?: string;
  readonly assumeRoleExternalId?: string;
  readonly assumeRoleAdditionalOptions?: Readonly<Record<string, unknown>>;
}

/** How an image is built: options of `docker build`. */
export interface ImageSource {
  readonly directory?: string;
  readonly executable?: readonly string[];
  readonly dockerFile?: string;
  readonly dockerBuildTarget?: string;
  readonly dockerBuildArgs?: Readonly<Record<string, string>>;
  readonly dockerBuildContexts?: Readonly<Record<string, string>>;
  readonly dockerBuildSsh?: string;
  readonly dockerBuildSecrets?: Readonly<Record<string, string>>;
  readonly networkMode?: string;
  readonly platform?: string;
  readonly dockerOutputs?: readonly string[];
  readonly cacheFrom?: readonly CacheOption[];
  readonly cacheTo?: CacheOption;
  readonly cacheDisabled?: boolean;
}

export interface CacheOption {
  readonly type: string;
  readonly params?: Readonly<Record<string, string>>;
}

const destination = {
  region: optional(text),
  assumeRoleArn: optional(text),
  ...assuming,
};
export const CACHE = fields({ type: text, params: optional(mapOf(text)) });

export const ASSETS = fields({
  version: text,
  files: optional(
    mapOf(
      fields({
        displayName: optional(text),
        source: fields({
          path: optional(text),
          packaging: optional(text),
          executable: optional(list(text)),
        }),
        destinations: mapOf(fields({ ...destination, bucketName: text, objectKey: text })),
      }),
    ),
  ),
  dockerImages: optional(
    mapOf(
      fields({
        displayName: optional(text),
        source: fields({
          directory: optional(text),
          executable: optional(list(text)),
          dockerFile: optional(text),
          dockerBuildTarget: optional(text),
          dockerBuildArgs: optional(mapOf(text)),
          dockerBuildContexts: optional(mapOf(text)),
          dockerBuildSsh: optional(text),
          dockerBuildSecrets: optional(mapOf(text)),
          networkMode: optional(text),
          platform: optional(text),
          dockerOutputs: optional(list(text)),
          cacheFrom: optional(list(CACHE)),
          cacheTo: optional(CACHE),
          cacheDisabled: optional(flag),
        }),
        destinations: mapOf(fields({ ...destination, repositoryName: text, imageTag: text })),
      }),
    ),
  ),
});

/** What `docker build` is given besides the context, the Dockerfile, arguments and target. */
export function buildOptions(source: ImageSource): string[] {
  const pairs = (map: Readonly<Record<string, string>> = {}) => Object.entries(map).sort(byName);
  const option = ({ type, params }: CacheOption) =>
    [`type=${type}`, ...pairs(params).map(([name, value]) => `${name}=${value}`)].join(',');
  // With `=` between name and value, so that no value can be read as an option.
  return [
    ...pairs(source.dockerBuildContexts).map(([name, value]) => `--build-context=${name}=${value}`),
    ...pairs(source.dockerBuildSecrets).map(([id, value]) => `--secret=id=${id},${value}`),
    ...(source.dockerBuildSsh === undefined ? [] : [`--ssh=${source.dockerBuildSsh}`]),
    ...(source.networkMode === undefined ? [] : [`--network=${source.networkMode}`]),
    ...(source.cacheFrom ?? []).map((each) => `--cache-from=${option(each)}`),
    ...(source.cacheTo === undefined ? [] : [`--cache-to=${option(source.cacheTo)}`]),
    ...(source.cacheDisabled ? ['--no-cache'] : []),
  ];
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);
