import type { Json, JsonObject, TemplatePath } from '../template/types.ts';

/** What the transform is told besides the template. */
export interface TransformContext {
  /** Where the stack is, such as `eu-west-1`. */
  readonly region: string;
  /** `aws`, `aws-cn`, ...; that of the region where it is not given. */
  readonly partition?: string;
  /** Values of parameters; those that are missing have their default. Lists are texts with commas, as CloudFormation has them. */
  readonly parameters?: Readonly<Record<string, Json>>;
  /** ARNs of managed policies by name, in place of AWS's own. */
  readonly managedPolicies?: Readonly<Record<string, string>>;
  /** Where the template of an application of the Serverless Application Repository is; only the repository knows. */
  applicationUrl?(applicationId: string, version: string): string | undefined;
  /** Whether `Metadata` of a SAM resource is handed on to all resources that it makes. */
  readonly passthroughMetadata?: boolean;
  /** The time in seconds, which is in the logical IDs of what is deployed each time; now, where it is not given. */
  readonly seconds?: number;
}

/** Something that the transform refuses; a value, never thrown to callers. */
export interface SamProblem {
  /** The resource of the author's template; none where it is about the template as a whole. */
  readonly logicalId?: string;
  /** Where it stands in the author's template. */
  readonly path: TemplatePath;
  /** What is wrong and why; one line. */
  readonly message: string;
  /** The next step: an imperative sentence. */
  readonly next?: string;
}

/** What the transform makes of a template. */
export interface Transformed {
  /** Complete only where there are no problems. */
  readonly template: JsonObject;
  /** Logical IDs of generated resources, each with those of the SAM resources that make it. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly SamProblem[];
}

/** A resource that is being made; generators may go on changing it until they return it. */
export interface Generated {
  readonly logicalId: string;
  readonly type: string;
  dependsOn?: Json;
  /** `Condition`, `DeletionPolicy`, `UpdatePolicy`, `Metadata`, ... */
  readonly attributes: JsonObject;
  /** Entries that are `null` or `undefined` are left out. */
  readonly properties: { [name: string]: Json | undefined };
}

/** A SAM resource as its generator is given it: `Globals` are merged, property names and kinds are checked. */
export interface SamSource {
  readonly logicalId: string;
  /** The resource itself, which may be changed: the transform works on its own copy. */
  readonly resource: JsonObject;
  /** Its properties; one that is `null` counts as missing. */
  readonly properties: JsonObject;
  readonly dependsOn: Json | undefined;
  /** Attributes that go to the resource of the same logical ID. */
  readonly attributes: JsonObject;
  /** Attributes that go to every resource that is made: `Condition`, `DeletionPolicy`, `UpdateReplacePolicy`. */
  readonly passed: JsonObject;
}
