import { isObject, type Json, own } from '../types.ts';

/** The parts of a location in S3, as SAM writes them. */
export interface S3Parts {
  readonly Bucket: Json;
  readonly Key: Json;
  readonly Version?: Json;
}

/** `s3://bucket/key?versionId=v`, or a map of its parts; `undefined` for anything else. */
export function splitUri(value: Json): S3Parts | undefined {
  if (isObject(value)) {
    const [Bucket, Key, Version] = [own(value, 'Bucket'), own(value, 'Key'), own(value, 'Version')];
    if (Bucket === undefined || Key === undefined) return undefined;
    return { Bucket, Key, ...(Version !== undefined && { Version }) };
  }
  const [, Bucket, Key, Version] =
    /^s3:\/\/([^/?]+)\/([^?]+)(?:\?versionId=([^&]+))?$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (Bucket === undefined || Key === undefined) return undefined;
  return { Bucket, Key, ...(Version !== undefined && { Version }) };
}
