import type { Json } from '../../../template/types.ts';
import { StateFailure } from '../failure.ts';
import type { ItemSource } from './services.ts';

/** Reads an object, or the list of objects, from whatever serves S3. */
export async function readBucket(
  endpoint: string,
  { resource, bucket, key, prefix }: ItemSource,
): Promise<Buffer | Json> {
  const base = endpoint.replace(/\/$/, '');
  const isList = resource.endsWith(':listObjectsV2');
  const path = isList
    ? `${bucket}?list-type=2&prefix=${encodeURIComponent(prefix)}`
    : `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  const response = await fetch(`${base}/${path}`, {
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
    },
  });
  const content = Buffer.from(await response.arrayBuffer());
  if (!response.ok) {
    const [, message = response.statusText] = /<Message>(.*?)<\/Message>/.exec(content.toString()) ?? [];
    throw new StateFailure('States.ItemReaderFailed', message);
  }
  return isList ? listed(content.toString()) : content;
}

function listed(xml: string): Json {
  return [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, entry = '']) => {
    const value = (name: string): string =>
      new RegExp(`<${name}>(.*?)</${name}>`).exec(entry)?.[1]?.replaceAll('&quot;', '"') ?? '';
    return {
      Etag: value('ETag'),
      Key: value('Key'),
      LastModified: Math.floor(Date.parse(value('LastModified')) / 1000),
      Size: Number(value('Size')),
      StorageClass: value('StorageClass') || 'STANDARD',
    };
  });
}
