import { isObject, type Json, type JsonObject, type TemplatePath } from './types.ts';

/** A resource, and where it stands. */
export interface DeclaredResource {
  /** Its logical ID; in a loop, the pattern that makes them (`Topic${Name}`). */
  readonly id: string;
  readonly path: TemplatePath;
  readonly resource: JsonObject;
  /** Inside of `Fn::ForEach`: it stands for any number of resources. */
  readonly looped: boolean;
}

/**
 * The resources of a template, those in `Fn::ForEach` loops included; what is no map is left out.
 * Source: CloudFormation template reference, `Fn::ForEach`: `[identifier, collection, { key: resource }]`.
 */
export function* declaredResources(template: Json): Generator<DeclaredResource> {
  if (isObject(template)) yield* resourcesIn(template.Resources, ['Resources'], false);
}

function* resourcesIn(
  section: Json | undefined,
  path: TemplatePath,
  looped: boolean,
): Generator<DeclaredResource> {
  if (!isObject(section)) return;
  for (const [id, resource] of Object.entries(section)) {
    if (id.startsWith('Fn::ForEach::') && Array.isArray(resource))
      yield* resourcesIn(resource[2], [...path, id, 2], true);
    else if (isObject(resource)) yield { id, path: [...path, id], resource, looped };
  }
}
