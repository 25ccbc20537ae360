import type { Problem } from '../../problem.ts';
import type { TemplateEdit } from '../document.ts';
import { references } from '../references.ts';
import { declaredResources } from '../resources.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  own,
  scalarText,
  type Template,
  type TemplatePath,
} from '../types.ts';
import { editValue } from '../write/edit-value.ts';
import { assetParameters, parametersOf } from './asset-parameters.ts';
import { isWebFunction } from './asset-properties.ts';
import { assetImage, type ImageReference, isText } from './images.ts';
import { isLocalPath, type LocalReference } from './local-assets.ts';
import type { LocationForm } from './targets.ts';

/** What resource metadata says about local code. */
export interface NormalisedMetadata {
  readonly references: readonly LocalReference[];
  readonly images: readonly ImageReference[];
  /** What local tools see: each property holds its local path. Never deployed. */
  readonly edits: readonly TemplateEdit[];
  /** Parameters of CDK version 1 that belong to no asset that is known here: nothing reads them, any text will do. */
  readonly unusedParameters: readonly string[];
  readonly warnings: readonly Omit<Problem, 'place'>[];
}

/** How the properties want the location that frameworks write metadata for; anything else gets an S3 URI. */
const FORMS: Readonly<Record<string, LocationForm>> = {
  Code: { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
  Content: { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
  BodyS3Location: { kind: 'object', bucket: 'Bucket', key: 'Key' },
  S3Object: { kind: 'object', bucket: 'Bucket', key: 'Key' },
  DefinitionS3Location: { kind: 'object', bucket: 'Bucket', key: 'Key' },
  SourceBundle: { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
  TemplateURL: { kind: 'https-url' },
};

/**
 * Reads the metadata with which other frameworks say where local code is: `aws:asset:path` and `aws:asset:property`. Where
 * SAM CLI has replaced the property already (`SamNormalized`), as `sam build` does, the property says what was built, and
 * the path is that of its sources.
 * A pure function over any JSON value; it never throws, and the template is left as it is.
 * Source: SAM CLI's design document for asset metadata; differences are in docs/normalisation.md.
 */
export function normaliseMetadata(template: Json): NormalisedMetadata {
  const local: LocalReference[] = [];
  const images: ImageReference[] = [];
  const warnings: Omit<Problem, 'place'>[] = [];
  const parameters = assetParameters(template);
  for (const { id, path: at, resource, looped } of declaredResources(template)) {
    const { Metadata: metadata } = resource;
    if (looped || !isObject(metadata)) continue;
    const { 'aws:asset:path': written, 'aws:asset:property': property } = metadata;
    const rewritten = isTrue(metadata.SamNormalized);
    if (!isText(written) || !isText(property)) {
      if (!rewritten && (written !== undefined || property !== undefined))
        warnings.push(incomplete(id, metadata));
      continue;
    }
    const path = [...at, 'Properties', ...property.split('.')];
    if (path.includes('__proto__')) continue;
    if (property === 'Code.ImageUri') {
      // Of an image, SAM CLI leaves a name that only one machine knows; where it is built from stays beside it.
      if (!rewritten || !isText(metadata.DockerContext)) images.push(assetImage(written, path, metadata));
    } else if (rewritten) {
      const built = valueAt(resource.Properties, property);
      if (isLocalPath(built))
        local.push({ ...file(built, path, property, scalarText(resource.Type)), bundled: true });
    } else {
      const filled = parametersOf(parameters, written, resource.Properties);
      local.push({
        ...file(written, path, property, scalarText(resource.Type)),
        ...(isTrue(metadata['aws:asset:is-bundled']) && { bundled: true }),
        ...(filled && { parameters: filled }),
      });
    }
  }
  const edits = [...local, ...images].map(({ path, written }) => ({ path, value: written }));
  const filled = local.flatMap((each) => Object.keys(each.parameters ?? {}));
  const unusedParameters = [...parameters.values()].flatMap((each) => unread(template, edits, each, filled));
  return { references: local, images, edits, unusedParameters, warnings };
}

/** Those of the parameters that are not filled, and that nothing refers to once properties hold local paths. */
function unread(
  template: Json,
  edits: readonly TemplateEdit[],
  parameters: object,
  filled: readonly string[],
): string[] {
  const read = new Set([...references(editValue(template as Template, edits))].map(({ name }) => name));
  return Object.keys(parameters).filter((name) => !filled.includes(name) && !read.has(name));
}

/** As Python has it, but that the text "false" means what it says. */
const isTrue = (value: Json | undefined): boolean =>
  !['', '0', 'false'].includes(scalarText(value ?? false).toLowerCase());

/** What a dotted property holds. */
const valueAt = (properties: Json | undefined, property: string): Json | undefined =>
  property
    .split('.')
    .reduce<Json | undefined>((value, key) => (isObject(value) ? own(value, key) : undefined), properties);

function incomplete(id: string, metadata: JsonObject): Omit<Problem, 'place'> {
  const [has, lacks] = isText(metadata['aws:asset:path'])
    ? ['aws:asset:path', 'aws:asset:property']
    : ['aws:asset:property', 'aws:asset:path'];
  return {
    subject: id,
    message: `its Metadata has ${has} but no usable ${lacks}, so nothing is packaged for it`,
    next: `Add ${lacks}, or remove ${has}.`,
  };
}

function file(written: string, path: TemplatePath, property: string, type: string): LocalReference {
  const last = property.split('.').at(-1) ?? property;
  const form = own(FORMS, property) ?? own(FORMS, last) ?? { kind: 's3-uri' };
  const template = type === 'AWS::CloudFormation::Stack' && property === 'TemplateURL';
  const web = isWebFunction(type);
  const forLambda = web || /^AWS::(Lambda|Serverless)::(Function|LayerVersion)$/.test(type);
  return {
    written,
    path,
    form,
    forLambda,
    ...(web && { web }),
    packaging: template ? 'template' : forLambda ? 'archive' : 'file',
  };
}

const NESTED_STACK = '.NestedStack';

/**
 * A readable id for a resource, as SAM CLI has it: from the author's own `SamResourceId`, or from a construct path of AWS CDK
 * that has two or three parts. `Stack/Hello/Resource` is `Hello`, and so is `Stack/Hello.NestedStack` of a nested stack.
 */
export function readableId(logicalId: string, resource: Json): string {
  const { Type, Metadata } = isObject(resource) ? resource : {};
  const metadata = isObject(Metadata) ? Metadata : {};
  if (isText(metadata.SamResourceId)) return metadata.SamResourceId;
  const path = metadata['aws:cdk:path'];
  if (!isText(path)) return logicalId;
  const parts = path.split('/');
  if (parts.length !== 2 && parts.length !== 3) return logicalId;
  const [before = '', last = ''] = parts.slice(-2);
  const isNested = Type === 'AWS::CloudFormation::Stack';
  const id = last === 'Resource' || (isNested && before.endsWith(NESTED_STACK)) ? before : last;
  return isNested && id.endsWith(NESTED_STACK) ? id.slice(0, -NESTED_STACK.length) : id;
}
