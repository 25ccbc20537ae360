import type { DeclaredResource } from '../resources.ts';
import { isObject, type Json, type JsonObject, scalarText, type TemplatePath } from '../types.ts';

/** A Docker image that metadata tells how to build. */
export interface ImageReference {
  /** The build context as its author wrote it: relative to the template. */
  readonly written: string;
  /** From the template's root; receives the image's URI. */
  readonly path: TemplatePath;
  /** Relative to the build context. */
  readonly dockerfile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly extraParams: readonly string[];
}

/** Where frameworks write what is known of an image. */
interface ImageKeys {
  readonly dockerfile: string;
  readonly args: string;
  readonly target: string;
  readonly extraParams: string;
}

const ASSET_KEYS: ImageKeys = {
  dockerfile: 'aws:asset:dockerfile-path',
  args: 'aws:asset:docker-build-args',
  target: 'aws:asset:docker-build-target',
  extraParams: 'aws:asset:docker-build-extra-params',
};

/** Source: AWS SAM developer guide, "Building Lambda container images". */
const SAM_KEYS: ImageKeys = {
  dockerfile: 'Dockerfile',
  args: 'DockerBuildArgs',
  target: 'DockerBuildTarget',
  extraParams: 'DockerBuildExtraParams',
};

/** The property that names the image of a function. */
const IMAGE_PROPERTIES: Readonly<Record<string, TemplatePath>> = {
  'AWS::Lambda::Function': ['Code', 'ImageUri'],
  'AWS::Serverless::Function': ['ImageUri'],
};

/** The image that SAM's metadata (`Dockerfile`, `DockerContext`) describes for a function. */
export function samImage({ resource, path }: DeclaredResource): ImageReference | undefined {
  const { Type, Metadata } = resource;
  const property =
    typeof Type === 'string' && Object.hasOwn(IMAGE_PROPERTIES, Type) && IMAGE_PROPERTIES[Type];
  if (!property || !isObject(Metadata) || !isText(Metadata.DockerContext)) return undefined;
  return image(Metadata.DockerContext, [...path, 'Properties', ...property], Metadata, SAM_KEYS);
}

/** The image that asset metadata describes; a missing Dockerfile path means `Dockerfile`. */
export const assetImage = (written: string, path: TemplatePath, metadata: JsonObject): ImageReference =>
  image(written, path, metadata, ASSET_KEYS);

function image(written: string, path: TemplatePath, metadata: JsonObject, keys: ImageKeys): ImageReference {
  const args = metadata[keys.args];
  const extra = metadata[keys.extraParams];
  const target = metadata[keys.target];
  const dockerfile = metadata[keys.dockerfile];
  return {
    written,
    path,
    dockerfile: isText(dockerfile) ? dockerfile : 'Dockerfile',
    buildArgs: isObject(args)
      ? Object.fromEntries(Object.entries(args).map(([key, value]) => [key, scalarText(value)]))
      : {},
    ...(isText(target) && { target }),
    extraParams: Array.isArray(extra) ? extra.map(String) : isText(extra) ? extra.split(/\s+/) : [],
  };
}

/** A text that says something. */
export const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';
