import { isObject, type Json, type JsonObject, own, scalarText, type TemplatePath } from '../types.ts';

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

/** The property that receives the image of a function; `undefined` for what is none. */
export const imageProperty = (type: string): TemplatePath | undefined => own(IMAGE_PROPERTIES, type);

/** The image that SAM's metadata (`Dockerfile`, `DockerContext`) describes for a function. */
export function samImage(metadata: JsonObject): Omit<ImageReference, 'path'> | undefined {
  return isText(metadata.DockerContext) ? image(metadata.DockerContext, metadata, SAM_KEYS) : undefined;
}

/** The image that asset metadata describes; a missing Dockerfile path means `Dockerfile`. */
export const assetImage = (written: string, path: TemplatePath, metadata: JsonObject): ImageReference => ({
  ...image(written, metadata, ASSET_KEYS),
  path,
});

function image(written: string, metadata: JsonObject, keys: ImageKeys): Omit<ImageReference, 'path'> {
  const args = metadata[keys.args];
  const extra = metadata[keys.extraParams];
  const target = metadata[keys.target];
  const dockerfile = metadata[keys.dockerfile];
  return {
    written,
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
