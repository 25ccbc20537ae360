import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../document.ts';
import { isIntrinsic } from '../intrinsics.ts';
import { type DeclaredResource, declaredResources } from '../resources.ts';
import { expansionOf } from '../transforms.ts';
import { isObject, type Json, type JsonObject, own, scalarText, type TemplatePath } from '../types.ts';
import { ASSET_PROPERTIES, type AssetProperty, isLambdaCode, isWebFunction } from './asset-properties.ts';
import type { LocationForm, ParameterTarget } from './targets.ts';

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
  /** It is the code of a web function. */
  readonly web?: true;
  /** The framework that wrote the template has built it: it is packaged as it is. */
  readonly bundled?: true;
  /** A function call came to it: where nothing is there, it may mean something else. */
  readonly computed?: boolean;
  /** Template parameters that receive its location, too. */
  readonly parameters?: ParameterTarget['parameters'];
}

/** What a template points to on this machine, and what is wrong with that. */
export interface LocalReferences {
  readonly references: readonly LocalReference[];
  readonly errors: readonly Problem[];
}

/** What a function call comes to; `undefined` where only CloudFormation can tell. */
type ComesTo = (value: Json) => Json | undefined;

/**
 * Finds all properties that `sam package` treats as local artifacts and that hold a local path, or come to one.
 *
 * @param comesTo the value of a function call, as far as it is known
 */
export function findLocalReferences(
  document: TemplateDocument,
  comesTo: ComesTo = () => undefined,
): LocalReferences {
  const { template } = document;
  const references = [
    ...includes(template, []),
    ...globalReferences(template.Globals),
    ...repositoryFiles(template.Metadata),
  ];
  const errors: Problem[] = [];
  const complete = expansionOf(template) !== 'anything';
  for (const declared of declaredResources(template)) {
    const { path, resource } = declared;
    const type = scalarText(resource.Type);
    for (const asset of assetsOf(resource.Type)) {
      const found = valuesAt(resource.Properties ?? null, asset.property.split('.'), [...path, 'Properties']);
      for (const { value, path: at } of found) {
        const written = pathIn(value, comesTo);
        const computed = written !== value;
        if (written === undefined) continue;
        if ((declared.looped || computed) && /[$&]\{/.test(written))
          errors.push(undecided(document, declared, at, written));
        else references.push({ ...reference(written, at, type, asset), ...(computed && { computed }) });
      }
      if (found.some(({ value }) => !isNothing(value)) || !isMissing(asset, declared, template.Globals))
        continue;
      if (asset.missing?.means === 'own-folder')
        references.push(reference(OWN_FOLDER, [...path, 'Properties', asset.property], type, asset));
      else if (complete) errors.push(missing(document, declared, asset.property));
    }
  }
  return { references, errors };
}

const assetsOf = (type: Json | undefined): readonly AssetProperty[] =>
  (typeof type === 'string' ? own(ASSET_PROPERTIES, type) : undefined) ?? [];

/** Relative and absolute paths; an address (`s3://`, `https://`) and what CloudFormation looks up are left. */
export function isLocalPath(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '' && !/^([a-z][a-z0-9+.-]*:\/\/|\{\{resolve:)/i.test(value);
}

/**
 * The local path that a value is or comes to; one that is local, but not known as a whole, is returned with what is not
 * known in it.
 */
function pathIn(value: Json, comesTo: ComesTo): string | undefined {
  if (isLocalPath(value)) return value;
  if (!isObject(value) || !isIntrinsic(value)) return undefined;
  const found = comesTo(value);
  if (found !== undefined) return isLocalPath(found) ? found : undefined;
  const argument = own(value, 'Fn::Sub');
  const text = Array.isArray(argument) ? argument[0] : argument;
  return typeof text === 'string' && /^\.{1,2}\//.test(text) ? text : undefined;
}

const undecided = (
  document: TemplateDocument,
  { id, looped }: DeclaredResource,
  path: TemplatePath,
  value: string,
): Problem => ({
  subject: id,
  message: `the path ${JSON.stringify(value)} depends on ${looped ? 'a loop over what' : 'what'} only the deployment can tell, so it cannot be packaged`,
  place: document.locate(path),
  next: looped
    ? 'Write the items of the loop themselves, or give values to the parameters that they come from.'
    : 'Write the path itself, or give values to the parameters that it comes from.',
});

const missing = (document: TemplateDocument, declared: DeclaredResource, property: string): Problem => ({
  subject: declared.id,
  message: `the ${scalarText(declared.resource.Type)} has no ${property}`,
  place: document.locate(declared.path),
  next: `Set ${property} to the path of its code.`,
});

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
  ...(isWebFunction(type) && { web: true as const }),
});

/** The folder of the template, as its author would write it. */
const OWN_FOLDER = '.';

const isNothing = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

function isMissing(asset: AssetProperty, { resource }: DeclaredResource, globals: Json | undefined): boolean {
  if (!asset.missing) return false;
  const { Properties, Metadata, Type } = resource;
  // Metadata (`aws:asset:property`, a Dockerfile) and fragments may bring it.
  if (isObject(Metadata) && (Metadata['aws:asset:path'] ?? Metadata.DockerContext) !== undefined)
    return false;
  const beside = { ...globalsOf(globals, scalarText(Type)), ...(isObject(Properties) ? Properties : {}) };
  const isImage = beside.PackageType === 'Image' || isObject(beside.PackageType);
  return (
    !isImage &&
    isNothing(own(beside, asset.property)) &&
    !['Fn::Transform', ...asset.missing.unless].some((name) => Object.hasOwn(beside, name))
  );
}

/** What `Globals` sets for all resources of a type. */
function globalsOf(globals: Json | undefined, type: string): JsonObject {
  const [, name] = /^AWS::Serverless::(\w+)$/.exec(type) ?? [];
  const shared = name !== undefined && isObject(globals) ? own(globals, name) : undefined;
  return isObject(shared) ? shared : {};
}

/** What a dotted property may hold, in every branch of a condition; `*` stands for every key. */
function valuesAt(
  value: Json,
  steps: readonly string[],
  path: TemplatePath,
): { readonly value: Json; readonly path: TemplatePath }[] {
  const choice = isObject(value) ? own(value, 'Fn::If') : undefined;
  if (Array.isArray(choice)) {
    const [, ...branches] = choice;
    return branches.flatMap((each, index) => valuesAt(each, steps, [...path, 'Fn::If', index + 1]));
  }
  const [step, ...rest] = steps;
  if (step === undefined) return [{ value, path }];
  if (!isObject(value)) return [];
  return (step === '*' ? Object.keys(value) : [step]).flatMap((key) => {
    const next = own(value, key);
    return next === undefined ? [] : valuesAt(next, rest, [...path, key]);
  });
}

/** `Fn::Transform: { Name: AWS::Include, Parameters: { Location: ... } }`, anywhere, and `Transform` at the top. */
function* includes(value: Json, path: TemplatePath): Generator<LocalReference> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* includes(item, [...path, index]);
  } else if (isObject(value)) {
    const location = value.Name === 'AWS::Include' && isObject(value.Parameters) && value.Parameters.Location;
    const key = path.findLast((step) => typeof step === 'string');
    if (location !== false && isLocalPath(location) && (key === 'Fn::Transform' || key === 'Transform')) {
      const at = [...path, 'Parameters', 'Location'];
      yield { written: location, path: at, packaging: 'file', form: { kind: 's3-uri' }, forLambda: false };
    } else for (const [step, item] of Object.entries(value)) yield* includes(item, [...path, step]);
  }
}

/** `Globals.Function.CodeUri` and its like: one path for all resources of a type. */
function* globalReferences(globals: Json | undefined): Generator<LocalReference> {
  for (const name of isObject(globals) ? Object.keys(globals) : []) {
    const type = `AWS::Serverless::${name}`;
    for (const asset of assetsOf(type)) {
      for (const { value, path } of valuesAt(globalsOf(globals, type), asset.property.split('.'), [
        'Globals',
        name,
      ]))
        if (isLocalPath(value)) yield reference(value, path, type, asset);
    }
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
