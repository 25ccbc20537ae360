import type { FileBuild, ImageBuild } from '../../packaging/toolchains/spec.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import { ASSET_PROPERTIES } from '../../template/assets/asset-properties.ts';
import { type ImageReference, imageProperty, samImage } from '../../template/assets/images.ts';
import { isLocalPath } from '../../template/assets/local-assets.ts';
import type { LocationForm } from '../../template/assets/targets.ts';
import { isIntrinsic } from '../../template/intrinsics.ts';
import { isObject, isYes, type Json, type JsonObject, own, type TemplatePath } from '../../template/types.ts';
import { type Choice, choose, whereItExists } from '../../template/values/choice.ts';
import type { Scope } from '../../template/values/evaluate.ts';
import type { CodeResource } from './code-resource.ts';
import { methodBuild } from './methods.ts';
import { type Find, type Settings, settingsOf } from './settings.ts';

/** What becomes of the code of a resource, on one side of the conditions that nobody can decide yet. */
export type CodeOutcome =
  | {
      readonly kind: 'files';
      readonly build: FileBuild;
      /** The folder of the sources, as its author wrote it. */
      readonly written: string;
      readonly properties: JsonObject;
    }
  | {
      readonly kind: 'image';
      readonly build: ImageBuild;
      readonly written: string;
      readonly properties: JsonObject;
    }
  /** Nothing is made of it: what the property holds stays. */
  | { readonly kind: 'as it is'; readonly value: Json }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

/** A resource whose code is made here, by what its metadata says. */
export interface MadeCode {
  readonly resource: CodeResource;
  readonly made: Choice<CodeOutcome>;
  /** The property that receives the location of an archive. */
  readonly property: string;
  readonly form: LocationForm;
  /** The way to the property that receives an image, below the properties. */
  readonly image: TemplatePath;
}

const BUILT = /^AWS::(Serverless::(Function|WebFunction|LayerVersion)|Lambda::(Function|LayerVersion))$/;

/** Whether a resource says how its code is made. What is made already, and says so, does not. */
export const saysHow = ({ type, metadata }: Pick<CodeResource, 'type' | 'metadata'>): boolean =>
  BUILT.test(type) &&
  !isYes(metadata.SkipBuild) &&
  (metadata.BuildMethod !== undefined ||
    (type.endsWith('::Function') && metadata.DockerContext !== undefined));

/**
 * How the code of a resource is made, for each side of the conditions that its settings depend on.
 *
 * @param condition of the resource: that it is met goes without saying
 */
export function madeCode(
  resource: CodeResource,
  condition: Json | undefined,
  scope: Scope,
  find: Find,
): MadeCode | undefined {
  const [asset] = own(ASSET_PROPERTIES, resource.type) ?? [];
  if (!asset || !saysHow(resource)) return undefined;
  const { property, form } = asset;
  const made = chosen(resource, whereItExists(scope, condition), (settings) =>
    isImage(settings) ? image(settings, find) : files(settings, property, find),
  );
  return { resource, made, property, form, image: imageProperty(resource.type) ?? ['ImageUri'] };
}

/** An image whose metadata comes from another framework; only its architecture is the function's own. */
export function assetImage(
  resource: CodeResource,
  reference: ImageReference,
  directory: string,
  scope: Scope,
): MadeCode {
  const made = chosen(resource, scope, (settings) => ({
    kind: 'image',
    build: imageBuild(reference, directory, settings.architecture()),
    written: reference.written,
    properties: {},
  }));
  const [, , , ...image] = reference.path;
  return { resource, made, property: 'Code', form: { kind: 'image-uri' }, image };
}

/** What is made on each side of the conditions that its settings depend on. */
function chosen(
  resource: CodeResource,
  scope: Scope,
  make: (settings: Settings) => CodeOutcome,
): Choice<CodeOutcome> {
  try {
    return choose(scope, (ask) => {
      try {
        return make(settingsOf(resource, ask));
      } catch (error) {
        if (error instanceof ProblemError) return { kind: 'wrong', problems: error.problems };
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `its settings depend on too many conditions that only the deployment decides (${error.message})`;
    const next = 'Give values to the parameters that decide them.';
    const problems = [{ subject: resource.id, message, place: resource.place(), next }];
    return { value: { kind: 'wrong', problems } };
  }
}

/** Metadata for Docker counts unless the function says that it is an archive. */
function isImage(settings: Settings): boolean {
  const { type, metadata } = settings.resource;
  if (!type.endsWith('::Function') || metadata.DockerContext === undefined) return false;
  const packaged = settings.text('Properties', 'PackageType');
  return packaged === undefined ? metadata.BuildMethod === undefined : packaged === 'Image';
}

function image(settings: Settings, find: Find): CodeOutcome {
  const { resource } = settings;
  const keys = Object.keys(resource.metadata).filter((key) => /^Docker/.test(key));
  const metadata = Object.fromEntries(
    keys.flatMap((key): [string, Json][] => {
      const value = settings.value('Metadata', key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const found = samImage(metadata);
  if (!found) return { kind: 'as it is', value: null };
  const directory = find(found.written, 'Metadata', 'DockerContext');
  if (directory === undefined) return { kind: 'as it is', value: null };
  return {
    kind: 'image',
    build: imageBuild(found, directory, settings.architecture()),
    written: found.written,
    properties: packageType(settings, 'Image'),
  };
}

/** How an image is built of which metadata tells. */
const imageBuild = (
  { dockerfile, target, buildArgs, extraParams }: Omit<ImageReference, 'path'>,
  directory: string,
  architecture: ImageBuild['architecture'],
): ImageBuild => ({
  kind: 'image',
  directory,
  dockerfile,
  ...(target !== undefined && { target }),
  architecture,
  args: buildArgs,
  labels: {},
  extraArguments: extraParams,
});

function files(settings: Settings, property: string, find: Find): CodeOutcome {
  const { type, metadata } = settings.resource;
  // A function that comes as an image, and does not say how, has one that is there already.
  if (metadata.BuildMethod === undefined) return { kind: 'as it is', value: null };
  if (type.endsWith('::Function') && settings.text('Properties', 'PackageType') === 'Image')
    return { kind: 'as it is', value: null };
  const value = settings.raw('Properties', property);
  const isElsewhere = isObject(value) && !isIntrinsic(value);
  const isInline = settings.raw('Properties', 'InlineCode') !== undefined;
  if (isInline || isElsewhere) return { kind: 'as it is', value: value ?? null };
  // SAM's own types have the folder of the template by default.
  const isOurs = type.startsWith('AWS::Serverless::');
  const written = settings.text('Properties', property) ?? (isOurs ? '.' : undefined);
  if (!isLocalPath(written)) return { kind: 'as it is', value: value ?? null };
  const directory = find(written, 'Properties', property);
  if (directory === undefined) return { kind: 'as it is', value: value ?? null };
  const { build, properties: more = {} } = methodBuild(settings, directory, find);
  return { kind: 'files', build, written, properties: { ...more, ...packageType(settings, 'Zip') } };
}

/** SAM's transform takes no function call for it; CloudFormation itself does. */
function packageType({ resource: { type, properties } }: Settings, value: string): JsonObject {
  const isCall = isObject(properties.PackageType);
  return isCall && type.startsWith('AWS::Serverless::') ? { PackageType: value } : {};
}
