import { join } from 'node:path';
import type { AssumedRole, FileDestination, ImageDestination } from '../../assembly/types.ts';
import type { Workspace } from '../../packaging/workspace/workspace.ts';
import type { Place, Problem } from '../../problem.ts';
import type { AssetTarget } from '../../template/assets/targets.ts';
import type { LocalAsset, LocalImage } from '../draft.ts';
import {
  ASSETS,
  type AssetManifest,
  buildOptions,
  type FileEntry,
  type ImageEntry,
  type ImageSource,
  type ManifestDestination,
} from './asset-manifest.ts';
import { fileName, readShaped, resolveInAssembly } from './read.ts';
import type { CdkStack } from './stacks.ts';

/** A file to publish, to one place. */
export interface ManifestFile {
  /** Absolute. */
  readonly path: string;
  readonly written: string;
  /** A folder that is zipped, or a file as it is. */
  readonly packaging: 'zip' | 'file';
  readonly owner: string;
  readonly destination: FileDestination;
}

/** An image to build and to publish to one place. */
export interface ManifestImage {
  readonly image: Omit<LocalImage, 'targets' | 'build'> & { readonly destination: ImageDestination };
  /** Without a platform, an image of a function is built for the function's architecture. */
  readonly build: Omit<LocalImage['build'], 'architecture'>;
}

export interface ManifestAssets {
  readonly files: readonly ManifestFile[];
  readonly images: readonly ManifestImage[];
}

/** All that the asset manifests of a stack want published; what cannot be is added to the problems. */
export async function readAssets(
  space: Workspace,
  { assetManifests, folder }: CdkStack,
  problems: Problem[],
): Promise<ManifestAssets> {
  const files: ManifestFile[] = [];
  const images: ManifestImage[] = [];
  for (const { file } of assetManifests) {
    const manifest = await readShaped<AssetManifest>(space, folder, file, ASSETS);
    const place = { file: fileName(space, join(folder, file)) };
    const find = (subject: string, written: string | undefined, command: readonly string[] | undefined) => {
      if (written === undefined) {
        problems.push({ subject, place, ...withoutPath(command) });
        return undefined;
      }
      const resolved = resolveInAssembly(space, folder, written, place);
      if ('path' in resolved) return resolved.path;
      problems.push({ subject, ...resolved.problem });
      return undefined;
    };
    for (const [id, entry] of Object.entries(manifest.files ?? {})) {
      const path = find(entry.displayName ?? id, entry.source.path, entry.source.executable);
      if (path !== undefined) files.push(...filesOf(id, entry, path));
    }
    for (const [id, entry] of Object.entries(manifest.dockerImages ?? {})) {
      const directory = find(entry.displayName ?? id, entry.source.directory, entry.source.executable);
      if (directory !== undefined) images.push(...imagesOf(id, entry, directory));
      problems.push(...outputProblems(id, entry.source.dockerOutputs, place));
    }
  }
  return { files, images };
}

/** A prebuilt assembly is data: nothing of it is executed. */
const withoutPath = (command: readonly string[] | undefined) =>
  command === undefined
    ? { message: 'the asset names nothing to publish', next: 'Run cdk synth again.' }
    : {
        message: `the asset is made by a command (${command[0] ?? ''}), which is not run`,
        next: 'Use an asset that is a file, a folder, or built from a Dockerfile.',
      };

function filesOf(id: string, { displayName, source, destinations }: FileEntry, path: string): ManifestFile[] {
  const { path: written = '', packaging } = source;
  return sorted(destinations).map(({ bucketName, objectKey, ...where }) => ({
    path,
    written: displayName ?? written,
    packaging: packaging === 'zip' ? 'zip' : 'file',
    owner: displayName ?? id,
    destination: { bucket: bucketName, key: objectKey, ...placeOf(where) },
  }));
}

function imagesOf(
  id: string,
  { displayName, source, destinations }: ImageEntry,
  directory: string,
): ManifestImage[] {
  return sorted(destinations).map(({ repositoryName, imageTag, ...where }) => ({
    image: {
      written: displayName ?? source.directory ?? id,
      owner: displayName ?? id,
      destination: { repository: repositoryName, tag: imageTag, ...placeOf(where) },
    },
    build: buildOf(source, directory),
  }));
}

/** How the manifest wants an image built. */
export function buildOf(source: ImageSource, directory: string): ManifestImage['build'] {
  const { dockerFile, dockerBuildTarget: target, dockerBuildArgs: args = {}, platform } = source;
  return {
    kind: 'image',
    directory,
    ...(dockerFile !== undefined && { dockerfile: dockerFile }),
    ...(target !== undefined && { target }),
    ...(platform !== undefined && { platform }),
    args,
    labels: {},
    extraArguments: buildOptions(source),
  };
}

/**
 * Outputs that lead elsewhere: then there is nothing to publish. One without a destination is what the tool does anyway.
 * Source: Docker documentation, "docker buildx build --output".
 */
export const outputProblems = (
  id: string,
  outputs: readonly string[] | undefined,
  place: Place,
): readonly Problem[] =>
  (outputs ?? [])
    .filter((output) => !output.includes('=') || /(^|,)\s*dest=/.test(output))
    .map((output) => ({
      subject: id,
      message: `its build writes somewhere else (outputs: ${output}), which leaves nothing to publish`,
      place,
      next: 'Leave this output out.',
    }));

const sorted = <T>(destinations: Readonly<Record<string, T>>): T[] =>
  Object.entries(destinations)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each);

function placeOf({ region, assumeRoleArn, ...assumed }: ManifestDestination) {
  const role = roleOf(assumeRoleArn, assumed);
  return { ...(region !== undefined && { region }), ...(role && { role }) };
}

/** A role as manifests write it. */
export const roleOf = (
  arn: string | undefined,
  {
    assumeRoleExternalId: externalId,
    assumeRoleAdditionalOptions: options,
  }: Pick<ManifestDestination, 'assumeRoleExternalId' | 'assumeRoleAdditionalOptions'>,
): AssumedRole | undefined =>
  arn === undefined
    ? undefined
    : { arn, ...(externalId !== undefined && { externalId }), ...(options && { options }) };

/**
 * A file as something to package. What Lambda unpacks is looked into, so that its limits are checked; other single files
 * are published as they are.
 */
export function localFile(
  { path, written, packaging, owner, destination }: ManifestFile,
  targets: readonly AssetTarget[],
  forLambda: boolean,
): LocalAsset {
  const isArchive = /\.(zip|jar)$/i.test(path);
  return {
    path,
    written,
    packaging: packaging === 'zip' || (forLambda && isArchive) ? 'archive' : 'file',
    forLambda: forLambda && (packaging === 'zip' || isArchive),
    owner,
    targets,
    destination,
  };
}
