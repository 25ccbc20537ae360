import type { AssetTarget, PropertyTarget } from '../template/assets/targets.ts';
import type { TemplateDocument } from '../template/document.ts';

/**
 * The hub of the project: every source of services ends in an assembly, and everything that is done with a service
 * (preview, deploy, run it here) starts from one. It knows what will be deployed, byte for byte, but not yet where
 * to: locations of assets are filled in by {@link file://./render.ts}.
 */
export interface Assembly {
  readonly source: SourceKind;
  /** Independent unless {@link StackAssembly.dependsOn} says so; in an order that respects it. */
  readonly stacks: readonly StackAssembly[];
}

export type SourceKind = 'template' | 'service' | 'cdk' | 'sparta' | 'assembly';

/** One stack: its template, what the template points to, and what is set when it is deployed. */
export interface StackAssembly {
  /** Unique in the assembly; the stack name unless two regions share it. What `stacks` selects. */
  readonly id: string;
  readonly stackName: string;
  /** A name for people where the source has one (a CDK path such as `Prod/Orders`). */
  readonly displayName?: string;
  /** The root template as authored or generated: asset properties still hold local paths or nothing. */
  readonly template: TemplateDocument;
  /** Nested templates by id; targets of assets may point into them. */
  readonly nested: readonly NestedTemplate[];
  readonly assets: readonly Asset[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Parameters and pseudo parameters that decided what was built, with the values that they had then. */
  readonly builtFor?: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Ids of stacks of this assembly that must be deployed before this one. */
  readonly dependsOn: readonly string[];
  /** Where the source fixes it (CDK environments); otherwise the ambient account and region are used. */
  readonly environment?: { readonly account?: string; readonly region?: string };
  /** Roles that the source wants assumed (CDK bootstrap roles); placeholders not yet resolved. */
  readonly roles?: StackRoles;
  /** Where the source says that the template must go (CDK); otherwise beside the archives. */
  readonly templateDestination?: FileDestination;
  /** SNS topics that hear of the stack's events. */
  readonly notificationArns?: readonly string[];
  readonly terminationProtection?: boolean;
  /** CDK: the bootstrap stack's version that the assets and roles rely on, and the parameter that tells it. */
  readonly bootstrap?: { readonly version: number; readonly ssmParameter: string };
}

export interface StackRoles {
  /** For the calls that change the stack. */
  readonly deploy?: AssumedRole;
  /** What CloudFormation itself works with. */
  readonly execution?: string;
  /** For the calls that only read it. */
  readonly lookup?: AssumedRole;
}

export interface AssumedRole {
  readonly arn: string;
  readonly externalId?: string;
  /** Further parameters of `AssumeRole`, such as session tags. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A template that another one includes as a stack resource. */
export interface NestedTemplate {
  /** `<logical ID of the stack resource>`, joined by `/` when deeper. */
  readonly id: string;
  readonly template: TemplateDocument;
  /** The properties that receive its URL. */
  readonly targets: readonly PropertyTarget[];
  /** As that of a file. */
  readonly destination?: FileDestination;
  /** It is one of the assets, too: that is uploaded, and its location comes by parameters. */
  readonly isAsset?: true;
}

/**
 * A thing that a property of the template points to: a packaged file or image, its content hash, and the places
 * that receive its uploaded location. Equal content is one asset with several targets.
 */
export type Asset = FileAsset | ImageAsset;

export interface FileAsset {
  readonly kind: 'zip' | 'file';
  /** SHA-256 of the bytes at `path`, in lower-case hex. */
  readonly hash: string;
  /** The packaged file on this machine: an archive below `.sparta/assets`, or the author's own file. */
  readonly path: string;
  /** Bytes of the packaged file. */
  readonly size: number;
  /** Extension of the object key, with its dot; may be empty. */
  readonly extension: string;
  /** What was packaged, relative to the workspace, for people. */
  readonly source: string;
  readonly targets: readonly AssetTarget[];
  /** Where the source says it must go (CDK asset manifests); otherwise `<prefix>/<stack>/<hash><extension>`. */
  readonly destination?: FileDestination;
}

export interface ImageAsset {
  readonly kind: 'image';
  /** Digest of the image manifest (`sha256:...`) once built; a hash of the build's inputs before that. */
  readonly hash: string;
  /** Docker archive or OCI layout of the built image; absent when noop does not build it. */
  readonly path?: string;
  readonly size: number;
  readonly source: string;
  /** Of images that Lambda runs. */
  readonly architecture?: 'x86_64' | 'arm64';
  readonly targets: readonly AssetTarget[];
  readonly destination?: ImageDestination;
}

/** Values may hold `${AWS::AccountId}`, `${AWS::Region}` and `${AWS::Partition}`. */
export interface FileDestination {
  readonly bucket: string;
  readonly key: string;
  readonly region?: string;
  readonly role?: AssumedRole;
}

export interface ImageDestination {
  readonly repository: string;
  readonly tag: string;
  readonly region?: string;
  readonly role?: AssumedRole;
}

/** Where an asset is, or will be. */
export type AssetLocation =
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
      readonly endpoint?: string;
      /** Of a stack set: the name of the bucket in each region, with `${AWS::Region}` in it. */
      readonly bucketOfRegion?: string;
    }
  | { readonly kind: 'image'; readonly uri: string };
