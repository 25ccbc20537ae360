import type { IncomingMessage } from 'node:http';

/** An object that was written or deleted. */
export interface ObjectChange {
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  /** `ObjectCreated:Put` */
  readonly event: string;
  readonly size: number;
  readonly tag: string;
}

interface Exchange {
  readonly target: URL;
  readonly incoming: IncomingMessage;
  readonly answer: IncomingMessage;
  readonly body: string;
}

/** Parts of an object's own, which are not the object. */
const SUBRESOURCES = ['acl', 'tagging', 'retention', 'legal-hold', 'partNumber', 'torrent', 'restore'];

/** What a request that went well did to objects. Addresses have the bucket in their path. */
export function changesOf({ target, incoming, answer, body }: Exchange): readonly ObjectChange[] {
  const [, bucket = '', ...rest] = target.pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  const query = target.searchParams;
  if (bucket === '' || SUBRESOURCES.some((name) => query.has(name))) return [];
  const change = (event: string, name = key): ObjectChange => ({
    bucket,
    key: name,
    event,
    size: Number(incoming.headers['x-amz-decoded-content-length'] ?? incoming.headers['content-length'] ?? 0),
    tag: String(answer.headers.etag ?? '').replaceAll('"', ''),
  });
  if (incoming.method === 'POST' && query.has('delete'))
    return [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name = '']) =>
      change('ObjectRemoved:Delete', unescaped(name)),
    );
  if (key === '') return [];
  switch (incoming.method) {
    case 'PUT':
      return [change(incoming.headers['x-amz-copy-source'] ? 'ObjectCreated:Copy' : 'ObjectCreated:Put')];
    case 'POST':
      return query.has('uploadId') ? [change('ObjectCreated:CompleteMultipartUpload')] : [];
    case 'DELETE':
      return query.has('uploadId') ? [] : [change('ObjectRemoved:Delete')];
    default:
      return [];
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
