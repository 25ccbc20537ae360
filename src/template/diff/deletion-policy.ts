import type { Json, JsonObject } from '../types.ts';
import { own } from '../types.ts';
import { textOf } from '../values/equivalence.ts';
import type { RemovedResource } from './types.ts';

/**
 * What a DeletionPolicy or UpdateReplacePolicy leaves behind; one that only CloudFormation knows is not relied upon.
 * Source: CloudFormation template reference, resource attributes.
 */
export function keptBy(policy: Json | undefined): RemovedResource['kept'] {
  const known = textOf(policy);
  if (known === 'Snapshot') return 'snapshot';
  return /^Retain/.test(known) ? 'resource' : 'nothing';
}

/** Databases leave a snapshot by themselves when they are deleted, not when they are replaced. */
export const defaultDeletionPolicy = (type: string, properties: JsonObject): Json | undefined =>
  type === 'AWS::RDS::DBCluster' ||
  (type === 'AWS::RDS::DBInstance' && own(properties, 'DBClusterIdentifier') === undefined)
    ? 'Snapshot'
    : undefined;

/** Resources that never change: when their source does, the template has another one with another logical ID. */
export const isSnapshot = (resource: JsonObject): boolean =>
  /^AWS::(Lambda::Version|ApiGateway(V2)?::Deployment)$/.test(typeOf(resource));

/**
 * Whether a resource is a revision of a web function. Revisions never change: CloudFormation makes a new one, lets the
 * endpoint serve it, and deletes the old one. That is every deployment, and nothing is lost by it.
 * Source: Lambda developer guide, "Revisions"; its schema has no property that can be updated.
 */
export const isRevision = ({ type }: { readonly type: string }): boolean =>
  type === 'AWS::Lambda::WebFunctionRevision';

/** The type of a resource as text. */
export const typeOf = (resource: JsonObject): string => textOf(own(resource, 'Type'));
