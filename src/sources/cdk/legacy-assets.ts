import type { Workspace } from '../../packaging/workspace/workspace.ts';
import { fields, flag, list, mapOf, optional, text } from '../../parse/shape.ts';
import type { Problem } from '../../problem.ts';
import type { ParameterTarget } from '../../template/assets/targets.ts';
import { declaredParameters } from '../../template/parameters.ts';
import type { Template } from '../../template/types.ts';
import type { LocalAsset } from '../draft.ts';
import { CACHE, type CacheOption, type ImageSource } from './asset-manifest.ts';
import { buildOf, type ManifestImage, outputProblems } from './assets.ts';
import { METADATA, type Metadata } from './manifest.ts';
import { readShaped, resolveInAssembly } from './read.ts';
import type { CdkStack } from './stacks.ts';

/** An asset as the legacy synthesizer notes it down: among the metadata, with the parameters that want its location. */
interface LegacyAsset {
  readonly packaging: string;
  readonly path: string;
  readonly id: string;
  readonly s3BucketParameter?: string;
  readonly s3KeyParameter?: string;
  readonly artifactHashParameter?: string;
  readonly repositoryName?: string;
  readonly imageTag?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly file?: string;
  readonly platform?: string;
  readonly buildSsh?: string;
  readonly buildSecrets?: Readonly<Record<string, string>>;
  readonly buildContexts?: Readonly<Record<string, string>>;
  readonly networkMode?: string;
  readonly outputs?: readonly string[];
  readonly cacheFrom?: readonly CacheOption[];
  readonly cacheTo?: CacheOption;
  readonly cacheDisabled?: boolean;
}

const LEGACY_ASSET = fields({
  packaging: text,
  path: text,
  id: text,
  s3BucketParameter: optional(text),
  s3KeyParameter: optional(text),
  artifactHashParameter: optional(text),
  repositoryName: optional(text),
  imageTag: optional(text),
  buildArgs: optional(mapOf(text)),
  target: optional(text),
  file: optional(text),
  platform: optional(text),
  buildSsh: optional(text),
  buildSecrets: optional(mapOf(text)),
  buildContexts: optional(mapOf(text)),
  networkMode: optional(text),
  outputs: optional(list(text)),
  cacheFrom: optional(list(CACHE)),
  cacheTo: optional(CACHE),
  cacheDisabled: optional(flag),
});

/** All metadata of a stack: what is in the manifest, and in the file beside it. */
export async function readMetadata(space: Workspace, { artifact, folder }: CdkStack): Promise<Metadata> {
  const { metadata = {}, additionalMetadataFile: file } = artifact;
  const more = file === undefined ? {} : await readShaped<Metadata>(space, folder, file, METADATA);
  return { ...metadata, ...more };
}

/** Tags where the manifest itself has none: version 1 of AWS CDK wrote them to the metadata. */
export function metadataTags(metadata: Metadata): Readonly<Record<string, string>> {
  const tags = Object.values(metadata)
    .flat()
    .filter(({ type }) => type === 'aws:cdk:stack-tags')
    .flatMap(({ data }) => (Array.isArray(data) ? data : []) as { key?: unknown; value?: unknown }[]);
  // Version 1 wrote `Key` and `Value` at first.
  return Object.fromEntries(tags.map((tag) => [textOf(tag, 'key'), textOf(tag, 'value')]));
}

function textOf(tag: object, name: string): string {
  const found = Object.entries(tag).find(([key]) => key.toLowerCase() === name)?.[1];
  return found === undefined ? '' : String(found);
}

/** What the legacy synthesizer wants published: files get a place of ours, images the repository that it names. */
export function legacyAssets(
  space: Workspace,
  { folder, file }: CdkStack,
  metadata: Metadata,
  template: Template,
  problems: Problem[],
): { readonly files: readonly LocalAsset[]; readonly images: readonly ManifestImage[] } {
  const files: LocalAsset[] = [];
  const images: ManifestImage[] = [];
  const declared = declaredParameters(template);
  const noted = Object.values(metadata)
    .flat()
    .filter(({ type }) => type === 'aws:cdk:asset')
    .map(({ data }) => data);
  for (const data of noted) {
    const wrong = LEGACY_ASSET(data, 'aws:cdk:asset');
    if (wrong.length > 0) {
      problems.push(...wrong.map((message) => ({ message, place: { file } })));
      continue;
    }
    const asset = data as LegacyAsset;
    const found = resolveInAssembly(space, folder, asset.path, { file });
    if ('problem' in found) {
      problems.push({ subject: asset.id, ...found.problem });
    } else if (asset.packaging === 'container-image') {
      images.push(legacyImage(asset, found.path));
      problems.push(...outputProblems(asset.id, asset.outputs, { file }));
    } else {
      const parameters: Record<string, ParameterTarget['parameters'][string]> = {};
      const wants = (name: string | undefined, part: ParameterTarget['parameters'][string]) => {
        if (name !== undefined && Object.hasOwn(declared, name)) parameters[name] = part;
      };
      wants(asset.s3BucketParameter, 'bucket');
      wants(asset.s3KeyParameter, 'version-key');
      wants(asset.artifactHashParameter, 'hash');
      files.push({
        path: found.path,
        written: asset.path,
        packaging: asset.packaging === 'zip' ? 'archive' : 'file',
        forLambda: false,
        owner: asset.id,
        targets: [{ kind: 'parameter', parameters }],
      });
    }
  }
  return { files, images };
}

/** Source: the legacy synthesizer of `aws-cdk-lib`, which names this repository in its templates. */
const REPOSITORY = 'aws-cdk/assets';

function legacyImage(asset: LegacyAsset, directory: string): ManifestImage {
  const { path, id, repositoryName = REPOSITORY, imageTag = id } = asset;
  const { file, target, buildArgs, buildContexts, buildSsh, buildSecrets } = asset;
  const { networkMode, platform, cacheFrom, cacheTo, cacheDisabled } = asset;
  const source: ImageSource = {
    ...(file !== undefined && { dockerFile: file }),
    ...(target !== undefined && { dockerBuildTarget: target }),
    ...(buildArgs && { dockerBuildArgs: buildArgs }),
    ...(buildContexts && { dockerBuildContexts: buildContexts }),
    ...(buildSsh !== undefined && { dockerBuildSsh: buildSsh }),
    ...(buildSecrets && { dockerBuildSecrets: buildSecrets }),
    ...(networkMode !== undefined && { networkMode }),
    ...(platform !== undefined && { platform }),
    ...(cacheFrom && { cacheFrom }),
    ...(cacheTo && { cacheTo }),
    ...(cacheDisabled !== undefined && { cacheDisabled }),
  };
  return {
    image: { written: path, owner: id, destination: { repository: repositoryName, tag: imageTag } },
    build: buildOf(source, directory),
  };
}
