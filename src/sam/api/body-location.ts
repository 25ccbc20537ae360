import { isObject, type Json, type JsonObject } from '../../template/types.ts';
import { refuse } from '../problems.ts';
import { truthy } from '../python/values.ts';

/** `DefinitionUri` as the place of a definition in S3. */
export function bodyLocation(logicalId: string, uri: Json): JsonObject {
  if (isObject(uri)) {
    const { Bucket, Key } = uri;
    if (!truthy(Bucket) || !truthy(Key))
      return refuse(logicalId, ['DefinitionUri'], 'DefinitionUri needs Bucket and Key');
    return { Bucket, Key, ...(Object.hasOwn(uri, 'Version') && { Version: uri.Version ?? null }) };
  }
  const parts = typeof uri === 'string' ? /^s3:\/\/([^/?#]+)(\/[^?#]*)(?:\?([^#]*))?/i.exec(uri) : null;
  if (!parts)
    return refuse(
      logicalId,
      ['DefinitionUri'],
      'DefinitionUri has to be in S3, as in s3://bucket/key, which may have ?versionId= behind it',
    );
  const [, Bucket = '', path = '', query = ''] = parts;
  const versions = new URLSearchParams(query).getAll('versionId').filter((version) => version !== '');
  return {
    Bucket,
    Key: path.replace(/^\/+/, ''),
    ...(versions.length === 1 && { Version: versions[0] ?? '' }),
  };
}
