import { canonicalJson, sha256 } from '../../hash/canonical.ts';
import { isObject, type JsonObject } from '../types.ts';

/**
 * Properties that no version holds: a change of these alone publishes nothing, so that a version with a new logical ID
 * would fail. Source: AWS Lambda Developer Guide, "Manage Lambda function versions".
 */
const NOT_VERSIONED = new Set([
  'CodeSigningConfigArn',
  'FunctionScalingConfig',
  'PublishToLatestPublished',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'RuntimeManagementConfig',
  'Tags',
]);

/**
 * A hash, in hex, of all that a version of a function holds: Lambda publishes a version only of what changed, so the
 * logical ID of a version follows this.
 *
 * @param resource the function's resource
 * @param codeHash of its archive or image
 */
export function versionHash({ Properties }: JsonObject, codeHash: string): string {
  const held = Object.entries(isObject(Properties) ? Properties : {}).filter(
    ([name]) => !NOT_VERSIONED.has(name),
  );
  return sha256(canonicalJson({ ...Object.fromEntries(held), codeHash }));
}
