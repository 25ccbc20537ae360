import { defaultDeletionPolicy, keptBy } from '../diff/deletion-policy.ts';
import { holdsData } from '../diff/impact.ts';
import { isObject, type Json, type JsonObject, own } from '../types.ts';
import { textOf } from '../values/equivalence.ts';
import type { LostProtection } from './types.ts';

const STRENGTH = { nothing: 0, snapshot: 1, resource: 2 } as const;

/** Policies by which less is kept of a resource that holds data; one that only CloudFormation knows is not relied upon. */
export function lessKept(type: string, before: JsonObject, after: JsonObject): LostProtection[] {
  if (!holdsData(type)) return [];
  return ['DeletionPolicy', 'UpdateReplacePolicy'].flatMap((property) => {
    const policyOf = (resource: JsonObject): Json =>
      own(resource, property) ??
      (property === 'DeletionPolicy' ? defaultDeletionPolicy(type, propertiesIn(resource)) : undefined) ??
      'Delete';
    const [old, now] = [policyOf(before), policyOf(after)];
    if (isObject(now) || STRENGTH[keptBy(now)] >= STRENGTH[keptBy(old)]) return [];
    return [{ what: 'policy that keeps its data', property, before: textOf(old), after: textOf(now) }];
  });
}

const propertiesIn = (resource: JsonObject): JsonObject =>
  isObject(resource.Properties) ? resource.Properties : {};
