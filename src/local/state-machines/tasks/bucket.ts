import { randomUUID } from 'node:crypto';
import { isObject, type Json, type JsonObject, own } from '../../../template/types.ts';
import { xmlUnescaped } from '../../aws-api/xml-text.ts';
import { fetchFailure } from '../../fetch-failure.ts';
import { StateFailure } from '../failure.ts';
import type { ItemSource, ServiceCall } from './services.ts';

/** Local servers read the service of it, and check nothing. */
const SIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
};

interface BucketAction {
  readonly method: 'GET' | 'PUT';
  answer(headers: Headers, content: Buffer): JsonObject;
}

/** `aws-sdk:s3`: the calls whose answers are an object or nothing. */
const ACTIONS: Readonly<Record<string, BucketAction>> = {
  getObject: {
    method: 'GET',
    answer: (headers, content) => ({
      ...shown(headers, ['accept-ranges', 'content-type', 'etag', 'x-amz-server-side-encryption']),
      ContentLength: content.length,
      LastModified: new Date(headers.get('last-modified') ?? 0).toISOString(),
      Metadata: Object.fromEntries(
        [...headers].flatMap(([name, value]) =>
          name.startsWith('x-amz-meta-') ? [[name.slice('x-amz-meta-'.length), value]] : [],
        ),
      ),
      Body: content.toString(),
    }),
  },
  putObject: {
    method: 'PUT',
    answer: (headers) =>
      shown(headers, ['etag', 'x-amz-checksum-crc32', 'x-amz-checksum-type', 'x-amz-server-side-encryption']),
  },
  headObject: {
    method: 'GET',
    answer: (headers, content) => {
      const { Body: _, ...head } = ACTIONS.getObject?.answer(headers, content) ?? {};
      return head;
    },
  },
};

/** What headers are called in answers. */
const MEMBERS: Readonly<Record<string, string>> = {
  'accept-ranges': 'AcceptRanges',
  'content-type': 'ContentType',
  etag: 'ETag',
  'x-amz-checksum-crc32': 'ChecksumCRC32',
  'x-amz-checksum-type': 'ChecksumType',
  'x-amz-server-side-encryption': 'ServerSideEncryption',
};

const shown = (headers: Headers, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[MEMBERS[name] ?? name, value]];
    }),
  );

/**
 * Calls whatever serves S3.
 *
 * @throws StateFailure as Step Functions names errors of S3
 */
export async function callBucket(
  endpoint: string,
  { action, parameters, signal }: ServiceCall,
): Promise<Json> {
  const known = own(ACTIONS, action);
  const { Bucket, Key, Body, ContentType } = isObject(parameters) ? parameters : {};
  if (!known)
    throw new StateFailure(
      'States.TaskFailed',
      `aws-sdk:s3:${action} is not served here, but ${Object.keys(ACTIONS).join(', ')} are: put a function in its place`,
    );
  const response = await fetch(`${endpoint.replace(/\/$/, '')}/${Bucket}/${pathOf(String(Key))}`, {
    method: known.method,
    signal,
    headers: {
      ...SIGNED,
      ...(known.method === 'PUT' && {
        'content-type': typeof ContentType === 'string' ? ContentType : 'text/plain; charset=UTF-8',
      }),
    },
    // Texts, too, are written as JSON.
    ...(known.method === 'PUT' && { body: Body === undefined ? '' : JSON.stringify(Body) }),
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new StateFailure('S3.SdkClientException', unanswered(endpoint, error));
  });
  const content = Buffer.from(await response.arrayBuffer());
  if (response.ok) return known.answer(response.headers, content);
  const told = (name: string): string => valueIn(content.toString(), name) || response.statusText;
  throw new StateFailure(
    `S3.${told('Code')}Exception`,
    `${told('Message')} (Service: S3, Status Code: ${response.status}, Request ID: ${randomUUID()}, Extended Request ID: ${randomUUID()})`,
  );
}

const unanswered = (url: string, error: unknown): string =>
  `Unable to execute HTTP request: ${new URL(url).host}: ${fetchFailure(error)}`;

const pathOf = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/** Reads an object, or the list of objects, from whatever serves S3. */
export async function readBucket(
  endpoint: string,
  { resource, bucket, key, prefix }: ItemSource,
): Promise<Buffer | Json> {
  const base = `${endpoint.replace(/\/$/, '')}/${bucket}`;
  if (!resource.endsWith(':listObjectsV2')) return contentOf(`${base}/${pathOf(key)}`);
  const found: Json[] = [];
  let from = '';
  do {
    const page = await contentOf(`${base}?list-type=2&prefix=${encodeURIComponent(prefix)}${from}`);
    const xml = page.toString();
    found.push(...listed(xml));
    const next = valueIn(xml, 'NextContinuationToken');
    from = next === '' ? '' : `&continuation-token=${encodeURIComponent(next)}`;
  } while (from !== '');
  return found;
}

async function contentOf(url: string): Promise<Buffer> {
  const response = await fetch(url, { headers: SIGNED }).catch((error: unknown) => {
    throw new StateFailure('States.ItemReaderFailed', unanswered(url, error));
  });
  const content = Buffer.from(await response.arrayBuffer());
  if (response.ok) return content;
  throw new StateFailure(
    'States.ItemReaderFailed',
    valueIn(content.toString(), 'Message') || response.statusText,
  );
}

const listed = (xml: string): Json[] =>
  [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].map(([, entry = '']) => ({
    Etag: valueIn(entry, 'ETag'),
    Key: valueIn(entry, 'Key'),
    LastModified: Math.floor(Date.parse(valueIn(entry, 'LastModified')) / 1000),
    Size: Number(valueIn(entry, 'Size')),
    StorageClass: valueIn(entry, 'StorageClass') || 'STANDARD',
  }));

/** What the first element of a name says; an empty text where there is none. */
const valueIn = (xml: string, name: string): string =>
  xmlUnescaped(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '');
