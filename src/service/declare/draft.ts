import type { TemplatePath } from '../../template/types.ts';
import type { Fault } from '../schema/check.ts';
import type { OutputDefinition, ResourceDefinition, Service } from '../types.ts';
import type { Data, Value } from '../values.ts';
import { pascal, shortHash } from './identifiers.ts';
import type { Names } from './names.ts';
import { findArn, findResource } from './resources.ts';

/** A statement of an IAM policy, allowing. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly Data[];
  readonly condition?: Readonly<Record<string, Data>>;
}

/** Something whose archive the stack needs. */
export type AssetSource =
  /** The code of the custom resources, which the action brings along. */
  | { readonly kind: 'custom-resources' }
  /** A folder, or what a command leaves in one. Paths are relative to the definition. */
  | {
      readonly kind: 'site';
      readonly folder: string;
      readonly command?: string;
      /** All that the command is given. */
      readonly inputs?: readonly string[];
    };

export interface DeclaredAsset {
  readonly source: AssetSource;
  readonly targets: readonly DeclaredTarget[];
}

/** Where the address of an archive goes. */
export interface DeclaredTarget {
  readonly logicalId: string;
  /** Path, below the resource's properties, of what holds the bucket and the key. */
  readonly path: readonly (string | number)[];
  /** Names of the two. */
  readonly bucket: string;
  readonly key: string;
}

/** What a bucket calls. */
export interface BucketTarget {
  /** Name of the function. */
  readonly callee: string;
  /** Logical ID of a bucket of the service's own. */
  readonly bucketId?: string;
  readonly bucketName: Data;
  readonly bucketArn: Data;
  readonly target: Data;
  readonly permission: string;
  readonly events: readonly string[];
  readonly prefix?: string;
  readonly suffix?: string;
}

/** What declarations come to, while they are read one after the other. */
export interface Draft {
  readonly service: Service;
  readonly names: Names;
  readonly resources: Map<string, ResourceDefinition>;
  readonly outputs: Map<string, OutputDefinition>;
  readonly faults: Fault[];
  /** What may well be wrong. */
  readonly warnings: Fault[];
  /** What the roles of functions need besides, by function. */
  readonly grants: Map<string, Grant[]>;
  /** What mappings need before they are made: logical IDs by function. */
  readonly waiting: Map<string, string[]>;
  /** By what sets them up. */
  readonly notifications: Map<string, BucketTarget[]>;
  /** Logical IDs. */
  readonly customResources: string[];
  readonly assets: DeclaredAsset[];
}

export function newDraft(service: Service, names: Names): Draft {
  return {
    service,
    names,
    resources: new Map(Object.entries(service.resources ?? {})),
    outputs: new Map(),
    faults: [],
    warnings: [],
    grants: new Map(),
    waiting: new Map(),
    notifications: new Map(),
    customResources: [],
    assets: [],
  };
}

/**
 * Adds a resource. Its ID follows from what it is about; a second one about the same is told apart by its content, so
 * that neither depends on the order in which they are written.
 *
 * @returns the logical ID
 */
export function addResource(draft: Draft, id: string, resource: ResourceDefinition): string {
  const free = draft.resources.has(id) ? `${id}${shortHash(resource)}` : id;
  draft.resources.set(free, resource);
  return free;
}

/** Adds a resource whose ID others count on; a fault where the service has one of that name. */
export function setResource(draft: Draft, id: string, resource: ResourceDefinition): void {
  if (Object.hasOwn(draft.service.resources ?? {}, id)) {
    draft.faults.push({
      path: ['resources', id],
      message: `${id} is the name of something that the service declares besides`,
      next: 'Give the resource another name.',
    });
  } else draft.resources.set(id, resource);
}

/** Changes a resource of the service's own; `edit` gets its properties and returns them changed. */
export function editResource(
  draft: Draft,
  id: string,
  edit: (properties: Readonly<Record<string, Data>>) => Readonly<Record<string, Data>>,
): void {
  const resource = draft.resources.get(id);
  if (resource) draft.resources.set(id, { ...resource, Properties: edit(resource.Properties ?? {}) });
}

export function addOutput(draft: Draft, name: string, output: OutputDefinition): void {
  draft.outputs.set(name, output);
}

/** Lets a function's role do something; without a role of the service's own, the one that it has is trusted to. */
export function grant(draft: Draft, functionName: string, ...grants: readonly Grant[]): void {
  draft.grants.set(functionName, [...(draft.grants.get(functionName) ?? []), ...grants]);
}

/** The ARN that a field stands for; a fault, and `undefined`, where there is no such thing. */
export function arnIn(
  draft: Draft,
  path: TemplatePath,
  value: Value<string>,
  types: readonly string[],
): { readonly arn: Data; readonly id?: string } | undefined {
  const found = findArn(draft.service, value, types);
  if ('arn' in found) return found;
  draft.faults.push({ path, ...found });
  return undefined;
}

/** A resource that a field names; a fault, and `undefined`, where there is no such thing. */
export function resourceIn(
  draft: Draft,
  path: TemplatePath,
  id: string,
  types: readonly string[],
): ResourceDefinition | undefined {
  const found = findResource(draft.service, id, types);
  if ('Type' in found) return found;
  draft.faults.push({ path, ...found });
  return undefined;
}

/** What something is called in logical IDs: the name of a resource, else a hash of what it is. */
export const nameOf = (value: unknown, id: string | undefined): string =>
  pascal(id ?? '') || shortHash(value);

/** What a service calls a function for. */
export interface PermissionSource {
  readonly arn?: Data;
  /** The ARN has the account in it, and the service may not say it besides. */
  readonly arnOnly?: boolean;
}

/** Lets a service call a function, for the sake of one source in this account. */
export function permission(
  target: Data,
  principal: string,
  source: PermissionSource = {},
): ResourceDefinition {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: target,
      Principal: principal,
      ...(source.arn !== undefined && { SourceArn: source.arn }),
      ...(!source.arnOnly && { SourceAccount: { Ref: 'AWS::AccountId' } }),
    },
  };
}
