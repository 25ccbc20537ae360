import { ASSET_PROPERTIES, isLambdaCode, isWebFunction } from '../../template/assets/asset-properties.ts';
import type { PropertyTarget } from '../../template/assets/targets.ts';
import { declaredResources } from '../../template/resources.ts';
import { isObject, type Json, type Template, type TemplatePath } from '../../template/types.ts';

/** A property that says where something is that was packaged. */
export interface Location {
  readonly path: TemplatePath;
  readonly text: string;
  readonly logicalId: string;
  readonly forLambda: boolean;
  readonly isTemplate: boolean;
  /** It is the code of a web function. */
  readonly web: boolean;
}

/** The properties of a template that name the location of an asset; they stay as they are. */
export interface NamedAssets {
  /** Those that name this object key, or this image tag. */
  readonly naming: (key: string) => readonly Location[];
}

/** Where a template names its assets. It is found by keys, so templates without asset metadata are no exception. */
export function namedAssets(template: Template): NamedAssets {
  const locations = [...locationsOf(template)];
  return { naming: (key) => locations.filter(({ text }) => text.includes(key)) };
}

/** The target that stands for a property which is left as it is. */
export const keptTarget = (path: TemplatePath, template: string | undefined): PropertyTarget => ({
  kind: 'property',
  ...(template !== undefined && { template }),
  path,
  form: { kind: 'kept' },
});

function* locationsOf(template: Template): Generator<Location> {
  for (const { id, path, resource } of declaredResources(template)) {
    const { Type, Properties } = resource;
    if (typeof Type !== 'string' || !Object.hasOwn(ASSET_PROPERTIES, Type)) continue;
    for (const { property, packaging } of ASSET_PROPERTIES[Type] ?? []) {
      const steps = property.split('.');
      const value = steps.reduce<Json | undefined>(
        (at, step) => (isObject(at) && Object.hasOwn(at, step) ? at[step] : undefined),
        Properties,
      );
      if (value === undefined) continue;
      yield {
        path: [...path, 'Properties', ...steps],
        text: JSON.stringify([value, ...copiedFrom(value, template)]),
        logicalId: id,
        forLambda: isLambdaCode(Type, property),
        isTemplate: packaging === 'template',
        web: isWebFunction(Type),
      };
    }
  }
}

/**
 * The object that a custom resource of CDK's copies the code of a web function from: the function has the copy.
 * Source: aws-cdk-lib 2.276, `WebFunctionCode.fromAssetToManagedBucket`.
 */
function copiedFrom(value: Json, { Resources }: Template): Json[] {
  const attribute = isObject(value) && isObject(value.Key) ? value.Key['Fn::GetAtt'] : undefined;
  const [id] = Array.isArray(attribute) ? attribute : [];
  const copy = typeof id === 'string' && Object.hasOwn(Resources, id) ? Resources[id] : undefined;
  return isObject(copy) && isObject(copy.Properties) ? [copy.Properties.SourceObjectKey ?? null] : [];
}
