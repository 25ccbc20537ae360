import type { Data, Value } from './values.ts';
/**
 * An execution role made for its functions. It may be assumed by Lambda alone, and holds what the functions' own
 * settings need (logs, and where they are used tracing, a VPC, a dead-letter target, file systems) and these privileges.
 */
export interface RoleDefinition {
    /** What the functions may do besides. */
    readonly privileges?: readonly Privilege[];
    /** ARNs of managed policies. */
    readonly managedPolicies?: readonly Value<string>[];
    /** ARN of a managed policy that limits whatever the role is given. */
    readonly permissionsBoundary?: Value<string>;
    readonly description?: string;
    /** IAM path, with a slash at both ends. */
    readonly path?: string;
}
export interface Privilege {
    /** Such as `dynamodb:GetItem`. */
    readonly actions: readonly string[];
    /**
     * ARNs, or logical IDs of this service's resources: those stand for the resource with what belongs to it (objects of
     * a bucket, indexes of a table).
     */
    readonly resource: Value<string> | readonly Value<string>[];
    /** A `Condition` of an IAM statement. */
    readonly condition?: Readonly<Record<string, Data>>;
}
