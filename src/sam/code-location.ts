import { isObject, type Json, type JsonObject } from '../template/types.ts';
import { refuse } from './problems.ts';
import { truthy } from './python/values.ts';

/** Where code is in S3. */
interface S3Location {
  readonly Bucket: Json;
  readonly Key: Json;
  readonly Version?: Json;
  readonly StorageMode?: Json;
}

/** Secrets and parameters cannot be filled in by CloudFormation before the transform reads their text. */
const DYNAMIC_REFERENCE = /\{\{resolve:(?:ssm|ssm-secure|secretsmanager):[a-zA-Z0-9_.\-/]+(?::\d+)?\}\}/;

/** `s3://bucket/key`, or a map of `Bucket`, `Key` and `Version`, as Lambda's `Code` and `Content` have it. */
export function codeLocation(logicalId: string, property: string, value: Json): JsonObject {
  const { Bucket, Key, Version, StorageMode } = s3Location(logicalId, property, value);
  return {
    S3Bucket: Bucket,
    S3Key: Key,
    ...(Version !== undefined && { S3ObjectVersion: Version }),
    ...(StorageMode !== undefined && { S3ObjectStorageMode: StorageMode }),
  };
}

export function s3Location(logicalId: string, property: string, value: Json): S3Location {
  if (isObject(value)) {
    if (!truthy(value.Bucket) || !truthy(value.Key))
      refuse(logicalId, [property], `${property} needs both Bucket and Key`);
    return value as unknown as S3Location;
  }
  if (typeof value !== 'string')
    return refuse(logicalId, [property], `${property} has to be a text or a map of Bucket and Key`);
  if (DYNAMIC_REFERENCE.exec(value)?.[0].includes('/'))
    return refuse(
      logicalId,
      [property],
      `${property} cannot hold a dynamic reference; write a map of Bucket and Key`,
    );
  return (
    parseS3Uri(value) ??
    refuse(
      logicalId,
      [property],
      `${property} is '${value}', which is no S3 location as s3://bucket/key is one`,
    )
  );
}

/** `s3://bucket/key?versionId=...`; `undefined` where a text is something else. */
export function parseS3Uri(text: string): S3Location | undefined {
  const match = /^s3:\/\/([^/?#[\]]+)(\/[^?#]*)(?:\?([^#]*))?(?:#.*)?$/i.exec(text.trim());
  const [, Bucket, path = '', query = ''] = match ?? [];
  if (Bucket === undefined) return undefined;
  const versions = new URLSearchParams(query).getAll('versionId').filter((each) => each !== '');
  return {
    Bucket,
    Key: path.replace(/^\/+/, ''),
    ...(versions.length === 1 && versions[0] !== undefined && { Version: versions[0] }),
  };
}
