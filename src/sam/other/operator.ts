import type { Json, JsonObject } from '../../template/types.ts';
import { trusts } from '../iam/documents.ts';
import { generated, tagList } from '../resource.ts';
import type { Generated, SamSource } from '../types.ts';

/** The mark of SAM behind the author's tags; it cannot be another one. */
export const markedTags = (tags: JsonObject = {}): Json[] => tagList({ ...tags, 'lambda:createdBy': 'SAM' });

/** A role in which Lambda acts for what it runs. */
export const operatorRole = (
  { logicalId, passed }: SamSource,
  { suffix, properties }: { readonly suffix: string; readonly properties: Generated['properties'] },
): Generated =>
  generated(`${logicalId}${suffix}`, 'AWS::IAM::Role', {
    attributes: passed,
    properties: {
      AssumeRolePolicyDocument: trusts('lambda.amazonaws.com'),
      ...properties,
      Tags: markedTags(),
    },
  });

/** Adds the author's tags to those that resources have already, where `PropagateTags` wants it. */
export function addTags(resources: readonly Generated[], tags: JsonObject | undefined): void {
  if (!tags || Object.keys(tags).length === 0) return;
  for (const { properties } of resources) {
    if (!Array.isArray(properties.Tags)) continue;
    const all = [...properties.Tags, ...tagList(tags)] as { Key: string; Value: Json }[];
    properties.Tags = [...new Map(all.map(({ Key, Value }) => [Key, Value]))].map(([Key, Value]) => ({
      Key,
      Value,
    }));
  }
}
