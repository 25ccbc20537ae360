import {
  anything,
  count,
  fields,
  flag,
  list,
  mapOf,
  matching,
  oneOf,
  optional,
  step,
  text,
  variants,
} from '../parse/shape.ts';
import type { FileAsset, ImageAsset, NestedTemplate, SourceKind, StackAssembly } from './types.ts';

/** Bumped when a reader of the old form would misread the new one. */
export const VERSION = 1;

/** `assembly.json`: the assembly with every file by its path below the folder, its digest and its size. */
export interface StoredAssembly {
  readonly version: number;
  readonly source: SourceKind;
  readonly stacks: readonly StoredStack[];
}

export interface StoredStack extends Omit<StackAssembly, 'template' | 'nested' | 'assets'> {
  readonly template: StoredTemplate;
  readonly nested: readonly (Omit<NestedTemplate, 'template'> & { readonly template: StoredTemplate })[];
  readonly assets: readonly StoredAsset[];
  /** NoEcho parameters: their values are not stored and have to be given again. */
  readonly withheld: readonly string[];
}

/** The hash of an image is that of its manifest; its file has another one. */
export type StoredAsset = FileAsset | (ImageAsset & { readonly fileHash?: string });

export interface StoredTemplate {
  readonly path: string;
  /** What people are told the template came from. */
  readonly name: string;
  readonly format: 'yaml' | 'json';
  readonly hash: string;
}

const digest = matching('a SHA-256 in lower-case hex', /^[0-9a-f]{64}$/);
const role = fields({ arn: text, externalId: optional(text), options: optional(mapOf(anything)) });

const template = fields({ path: text, name: text, format: oneOf('yaml', 'json'), hash: digest });

const propertyTarget = fields({
  kind: oneOf('property'),
  template: optional(text),
  path: list(step),
  form: variants('kind', {
    's3-uri': fields({}),
    'https-url': fields({}),
    'image-uri': fields({}),
    kept: fields({}),
    bucket: fields({}),
    key: fields({}),
    object: fields({ bucket: text, key: text }),
  }),
});

const target = variants('kind', {
  property: propertyTarget,
  parameter: fields({
    parameters: mapOf(oneOf('bucket', 'key', 'version', 'version-key', 'hash', 'image-uri')),
  }),
});

const fileDestination = fields({
  bucket: text,
  key: text,
  region: optional(text),
  role: optional(role),
});

const file = fields({
  hash: digest,
  path: text,
  size: count,
  extension: text,
  source: text,
  targets: list(target),
  destination: optional(fileDestination),
});

const image = fields({
  hash: matching('a digest', /^(sha256:)?[0-9a-f]{64}$/),
  path: optional(text),
  fileHash: optional(digest),
  size: count,
  source: text,
  architecture: optional(oneOf('x86_64', 'arm64')),
  targets: list(target),
  destination: optional(
    fields({ repository: text, tag: text, region: optional(text), role: optional(role) }),
  ),
});

const stack = fields({
  id: text,
  stackName: text,
  displayName: optional(text),
  template,
  nested: list(
    fields({
      id: text,
      template,
      targets: list(propertyTarget),
      destination: optional(fileDestination),
      isAsset: optional(flag),
    }),
  ),
  assets: list(variants('kind', { zip: file, file, image })),
  parameters: mapOf(text),
  builtFor: optional(mapOf(text)),
  tags: mapOf(text),
  dependsOn: list(text),
  withheld: list(text),
  environment: optional(fields({ account: optional(text), region: optional(text) })),
  roles: optional(fields({ deploy: optional(role), execution: optional(text), lookup: optional(role) })),
  templateDestination: optional(fileDestination),
  notificationArns: optional(list(text)),
  terminationProtection: optional(flag),
  bootstrap: optional(fields({ version: count, ssmParameter: text })),
});

/** What every reader of version {@link VERSION} relies on; docs/assembly.schema.json says the same. */
export const STORED_ASSEMBLY = fields({
  source: oneOf('template', 'service', 'cdk', 'sparta', 'assembly'),
  stacks: list(stack),
});
