import type { LocationForm } from '../assembly/types.ts';
import type { Problem } from '../problem.ts';
import { ASSET_PROPERTIES, type AssetProperty, isLambdaCode } from './asset-properties.ts';
import type { TemplateDocument } from './document.ts';
import { isObject, type Json, type JsonObject, type TemplatePath } from './types.ts';

/** A property that names something on this machine. */
export interface LocalReference {
  /** As its author wrote it: relative to the template. */
  readonly written: string;
  /** From the template's root; receives the location. */
  readonly path: TemplatePath;
  readonly packaging: 'archive' | 'file' | 'template';
  readonly form: LocationForm;
  /** Lambda unpacks it, so its limits apply. */
  readonly forLambda: boolean;
}

/** What a template points to on this machine, and what is wrong with that. */
export interface LocalReferences {
  readonly references: readonly LocalReference[];
  readonly errors: readonly Problem[];
}

/** Finds all properties that `sam package` treats as local artifacts and that hold a local path. */
export function findLocalReferences(document: TemplateDocument): LocalReferences {
  const { template } = document;
  const references: LocalReference[] = [...includes(template, [])];
  const errors: Problem[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource) || typeof resource.Type !== 'string') continue;
    for (const asset of ASSET_PROPERTIES[resource.Type] ?? []) {
      const found = [
        ...valuesAt(resource.Properties ?? {}, asset.property.split('.'), ['Resources', id, 'Properties']),
      ];
      for (const { value, path } of found) {
        if (isLocalPath(value)) references.push(reference(value, path, resource.Type, asset));
      }
      if (found.length === 0 && isMissing(asset, resource, template.Globals)) {
        errors.push({
          subject: id,
          message: `the ${resource.Type} has no ${asset.property}`,
          place: document.locate(['Resources', id]),
          next: `Set ${asset.property} to the path of its code.`,
        });
      }
    }
  }
  references.push(...globalCode(template.Globals), ...repositoryFiles(template.Metadata));
  return { references, errors };
}

/** Relative and absolute paths; what already is an address (`s3://`, `https://`) or names a file by URL is left. */
export function isLocalPath(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '' && !/^(s3|https?):\/\//i.test(value);
}

const reference = (
  written: string,
  path: TemplatePath,
  type: string,
  asset: AssetProperty,
): LocalReference => ({
  written,
  path,
  packaging: asset.packaging,
  form: asset.form,
  forLambda: isLambdaCode(type, asset.property),
});

function isMissing(asset: AssetProperty, resource: JsonObject, globals: Json | undefined): boolean {
  if (asset.requiredUnless === undefined || mayComeFromElsewhere(resource, globals, asset.property))
    return false;
  const properties = isObject(resource.Properties) ? resource.Properties : {};
  return !asset.requiredUnless.some((name) => properties[name] !== undefined);
}

/** From Globals, from metadata (`aws:asset:property`), or from a macro. */
function mayComeFromElsewhere(resource: JsonObject, globals: Json | undefined, property: string): boolean {
  const { Properties, Metadata } = resource;
  if (isObject(Properties) && Properties['Fn::Transform'] !== undefined) return true;
  if (isObject(Metadata) && Metadata['aws:asset:path'] !== undefined) return true;
  const shared =
    isObject(globals) && resource.Type === 'AWS::Serverless::Function' ? globals.Function : undefined;
  return isObject(shared) && (shared[property] !== undefined || shared.ImageUri !== undefined);
}

/** Follows a dotted property; `*` stands for every key. */
function* valuesAt(
  value: Json,
  steps: readonly string[],
  path: TemplatePath,
): Generator<{ value: Json; path: TemplatePath }> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    yield { value, path };
    return;
  }
  if (!isObject(value)) return;
  for (const key of step === '*' ? Object.keys(value) : [step]) {
    const next = value[key];
    if (next !== undefined) yield* valuesAt(next, rest, [...path, key]);
  }
}

/** `Fn::Transform: { Name: AWS::Include, Parameters: { Location: ... } }`, anywhere. */
function* includes(value: Json, path: TemplatePath): Generator<LocalReference> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* includes(item, [...path, index]);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, key];
      if (
        (key === 'Fn::Transform' || key === 'Transform') &&
        isObject(item) &&
        item.Name === 'AWS::Include'
      ) {
        const location = isObject(item.Parameters) ? item.Parameters.Location : undefined;
        if (isLocalPath(location)) {
          yield {
            written: location,
            path: [...at, 'Parameters', 'Location'],
            packaging: 'file',
            form: { kind: 's3-uri' },
            forLambda: false,
          };
        }
      } else yield* includes(item, at);
    }
  }
}

function* globalCode(globals: Json | undefined): Generator<LocalReference> {
  const code = isObject(globals) && isObject(globals.Function) ? globals.Function.CodeUri : undefined;
  const property = ASSET_PROPERTIES['AWS::Serverless::Function']?.[0];
  if (isLocalPath(code) && property) {
    yield reference(code, ['Globals', 'Function', 'CodeUri'], 'AWS::Serverless::Function', property);
  }
}

/** The files that the Serverless Application Repository shows. */
function* repositoryFiles(metadata: Json | undefined): Generator<LocalReference> {
  const application = isObject(metadata) ? metadata['AWS::ServerlessRepo::Application'] : undefined;
  if (!isObject(application)) return;
  for (const key of ['LicenseUrl', 'ReadmeUrl']) {
    const written = application[key];
    const path = ['Metadata', 'AWS::ServerlessRepo::Application', key];
    if (isLocalPath(written))
      yield { written, path, packaging: 'file', form: { kind: 's3-uri' }, forLambda: false };
  }
}
