import type { Architecture } from '../packaging/toolchains/spec.ts';
import type { ImageReference } from '../template/assets/images.ts';
import type { PropertyTarget } from '../template/assets/targets.ts';
import { isObject, type Json, own, type Template } from '../template/types.ts';
import type { LocalImage } from './draft.ts';

/**
 * An image that a template's metadata tells how to build.
 *
 * @param directory the build context, absolute; checked to be inside of the workspace
 */
export function localImage(
  { written, path, dockerfile, target, buildArgs, extraParams }: ImageReference,
  directory: string,
  template: Template,
  property: PropertyTarget,
): LocalImage {
  return {
    written,
    owner: String(path[1]),
    targets: [property],
    build: {
      kind: 'image',
      directory,
      dockerfile,
      ...(target !== undefined && { target }),
      architecture: architectureOf(template, String(path[1])),
      args: buildArgs,
      labels: {},
      extraArguments: extraParams,
    },
  };
}

/** That of a function; SAM's `Globals` may say it for all of them. */
export function architectureOf({ Resources, Globals }: Template, id: string): Architecture {
  const resource = own(Resources, id);
  const properties = isObject(resource) ? resource.Properties : undefined;
  const globals = isObject(Globals) ? Globals.Function : undefined;
  return [properties, globals].flatMap(architectures)[0] === 'arm64' ? 'arm64' : 'x86_64';
}

function architectures(properties: Json | undefined): readonly Json[] {
  const list = isObject(properties) ? properties.Architectures : undefined;
  return Array.isArray(list) ? list : [];
}
