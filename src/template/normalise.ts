import type { LocationForm } from '../assembly/types.ts';
import type { Problem } from '../problem.ts';
import type { TemplateEdit } from './document.ts';
import type { LocalReference } from './local-assets.ts';
import { isObject, type Json, type JsonObject, type TemplatePath } from './types.ts';

/** A Docker image that metadata tells how to build. */
export interface ImageReference {
  readonly written: string;
  readonly path: TemplatePath;
  readonly dockerfile: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly extraParams: readonly string[];
}

/** What resource metadata says about local code. */
export interface NormalisedMetadata {
  readonly references: readonly LocalReference[];
  readonly images: readonly ImageReference[];
  /** What local tools see: each property holds its local path. Never deployed. */
  readonly edits: readonly TemplateEdit[];
  readonly warnings: readonly Omit<Problem, 'place'>[];
}

/** How the properties want the location that frameworks write metadata for; anything else gets an S3 URI. */
const FORMS: Readonly<Record<string, LocationForm>> = {
  Code: { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
  Content: { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
  BodyS3Location: { kind: 'object', bucket: 'Bucket', key: 'Key' },
  DefinitionS3Location: { kind: 'object', bucket: 'Bucket', key: 'Key' },
  SourceBundle: { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
  TemplateURL: { kind: 'https-url' },
};

/**
 * Reads the metadata with which other frameworks say where local code is: `aws:asset:path` and `aws:asset:property`.
 * A pure function over any JSON value; it never throws, and the template is left as it is.
 * Source: SAM CLI's design document for asset metadata; differences are in docs/normalisation.md.
 */
export function normaliseMetadata(template: Json): NormalisedMetadata {
  const references: LocalReference[] = [];
  const images: ImageReference[] = [];
  const warnings: Omit<Problem, 'place'>[] = [];
  const resources = isObject(template) && isObject(template.Resources) ? template.Resources : {};
  for (const [id, resource] of Object.entries(resources)) {
    if (id.startsWith('Fn::ForEach') || !isObject(resource) || !isObject(resource.Metadata)) continue;
    const { 'aws:asset:path': written, 'aws:asset:property': property } = resource.Metadata;
    if (!isText(written) || !isText(property)) {
      if (written !== undefined || property !== undefined) warnings.push(incomplete(id, resource.Metadata));
      continue;
    }
    const path = ['Resources', id, 'Properties', ...property.split('.')];
    if (property === 'Code.ImageUri') images.push(image(written, path, resource.Metadata));
    else references.push(file(written, path, property, String(resource.Type)));
  }
  const edits = [...references, ...images].map(({ path, written }) => ({ path, value: written }));
  return { references, images, edits, warnings };
}

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';

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
  const form = FORMS[property] ?? FORMS[last] ?? { kind: 's3-uri' };
  const template = type === 'AWS::CloudFormation::Stack' && property === 'TemplateURL';
  const forLambda = /^AWS::(Lambda|Serverless)::(Function|LayerVersion)$/.test(type);
  return {
    written,
    path,
    form,
    forLambda,
    packaging: template ? 'template' : forLambda ? 'archive' : 'file',
  };
}

function image(written: string, path: TemplatePath, metadata: JsonObject): ImageReference {
  const args = metadata['aws:asset:docker-build-args'];
  const extra = metadata['aws:asset:docker-build-extra-params'];
  const target = metadata['aws:asset:docker-build-target'];
  const dockerfile = metadata['aws:asset:dockerfile-path'];
  return {
    written,
    path,
    dockerfile: isText(dockerfile) ? dockerfile : 'Dockerfile',
    buildArgs: isObject(args)
      ? Object.fromEntries(Object.entries(args).map(([key, value]) => [key, String(value)]))
      : {},
    ...(isText(target) && { target }),
    extraParams: Array.isArray(extra) ? extra.map(String) : isText(extra) ? extra.split(/\s+/) : [],
  };
}

/**
 * A readable id for a resource, from the author's own `SamResourceId` or the construct path of AWS CDK:
 * `Stack/Hello/Resource` is `Hello`, `Stack/Nested.NestedStack/Nested.NestedStackResource` is `Nested`.
 */
export function readableId(logicalId: string, resource: Json): string {
  const metadata = isObject(resource) && isObject(resource.Metadata) ? resource.Metadata : {};
  if (isText(metadata.SamResourceId)) return metadata.SamResourceId;
  const path = metadata['aws:cdk:path'];
  if (!isText(path)) return logicalId;
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  if (last.endsWith('.NestedStackResource')) return last.slice(0, -'.NestedStackResource'.length);
  if (parts.length !== 2 && parts.length !== 3) return logicalId;
  return last === 'Resource' ? before : last;
}
