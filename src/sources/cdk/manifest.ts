import { anything, count, fields, flag, list, mapOf, optional, text } from '../../parse/shape.ts';

/**
 * `manifest.json` of a cloud assembly, as far as it is used. Source: the documentation of the package
 * `@aws-cdk/cloud-assembly-schema`. Its major version rises with every addition, so it tells nothing: what is not known
 * is let through, what is known is checked.
 */
export interface AssemblyManifest {
  readonly version: string;
  readonly artifacts?: Readonly<Record<string, Artifact>>;
  readonly missing?: readonly MissingContext[];
}

/** A stack, an asset manifest, a nested assembly, or something that is of no use here. */
export interface Artifact {
  readonly type: string;
  /** `aws://<account>/<region>` */
  readonly environment?: string;
  readonly metadata?: Metadata;
  readonly additionalMetadataFile?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: unknown;
  /** The construct path, for people. */
  readonly displayName?: string;
}

export type Metadata = Readonly<
  Record<string, readonly { readonly type: string; readonly data?: unknown }[]>
>;

/** A value that synthesis looked up in vain. */
export interface MissingContext {
  readonly key: string;
  readonly provider: string;
}

/** What is said of a role. */
interface BootstrapVersion {
  readonly requiresBootstrapStackVersion?: number;
  readonly bootstrapStackVersionSsmParameter?: string;
}

export interface StackProperties extends BootstrapVersion {
  readonly templateFile: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly notificationArns?: readonly string[];
  readonly stackName?: string;
  readonly terminationProtection?: boolean;
  readonly assumeRoleArn?: string;
  readonly assumeRoleExternalId?: string;
  readonly assumeRoleAdditionalOptions?: Readonly<Record<string, unknown>>;
  readonly cloudFormationExecutionRoleArn?: string;
  readonly lookupRole?: {
    readonly arn: string;
    readonly assumeRoleExternalId?: string;
    readonly assumeRoleAdditionalOptions?: Readonly<Record<string, unknown>>;
  };
  /** `s3://bucket/key` */
  readonly stackTemplateAssetObjectUrl?: string;
}

export interface AssetManifestProperties extends BootstrapVersion {
  readonly file: string;
}

export interface NestedAssemblyProperties {
  readonly directoryName: string;
}

export const METADATA = mapOf(list(fields({ type: text })));

export const MANIFEST = fields({
  version: text,
  artifacts: optional(
    mapOf(
      fields({
        type: text,
        environment: optional(text),
        metadata: optional(METADATA),
        additionalMetadataFile: optional(text),
        dependencies: optional(list(text)),
        displayName: optional(text),
      }),
    ),
  ),
  missing: optional(list(fields({ key: text, provider: text }))),
});

const bootstrap = {
  requiresBootstrapStackVersion: optional(count),
  bootstrapStackVersionSsmParameter: optional(text),
};

/** How a role is assumed, besides its ARN. */
export const assuming = {
  assumeRoleExternalId: optional(text),
  assumeRoleAdditionalOptions: optional(mapOf(anything)),
};

/** Properties by the type of the artifact. */
export const STACK = fields({
  ...bootstrap,
  templateFile: text,
  parameters: optional(mapOf(text)),
  tags: optional(mapOf(text)),
  notificationArns: optional(list(text)),
  stackName: optional(text),
  terminationProtection: optional(flag),
  assumeRoleArn: optional(text),
  ...assuming,
  cloudFormationExecutionRoleArn: optional(text),
  lookupRole: optional(fields({ arn: text, ...assuming })),
  stackTemplateAssetObjectUrl: optional(text),
});
export const ASSET_MANIFEST = fields({ ...bootstrap, file: text });
export const NESTED_ASSEMBLY = fields({ directoryName: text });
