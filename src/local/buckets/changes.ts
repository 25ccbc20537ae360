import type { IncomingMessage } from 'node:http';
import { xmlUnescaped } from '../aws-api/xml-text.ts';

/** An object that was written or deleted. */
export interface ObjectChange {
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  /** `ObjectCreated:Put` */
  readonly event: string;
  readonly size: number;
  readonly tag: string;
  /** Of a bucket that has versions. */
  readonly version?: string;
  /** Whether neither request nor answer said size and tag: the object has to be asked. */
  readonly unseen?: boolean;
}

/** A request that went well, and its answer. */
interface ObjectExchange {
  readonly target: URL;
  readonly incoming: Pick<IncomingMessage, 'method' | 'headers'>;
  readonly answer: Pick<IncomingMessage, 'headers'>;
  readonly body: string;
}

/** Parts of an object's own, which are not the object. */
const SUBRESOURCES = ['acl', 'tagging', 'retention', 'legal-hold', 'partNumber', 'torrent', 'restore'];

/** What a request that went well did to objects. Addresses have the bucket in their path. */
export function changesOf({ target, incoming, answer, body }: ObjectExchange): readonly ObjectChange[] {
  const [, bucket = '', ...rest] = target.pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  const query = target.searchParams;
  if (bucket === '' || SUBRESOURCES.some((name) => query.has(name))) return [];
  const version = answer.headers['x-amz-version-id'];
  const change = (event: string, name = key): ObjectChange => ({
    bucket,
    key: name,
    event,
    ...(typeof version === 'string' && { version }),
    size: Number(incoming.headers['x-amz-decoded-content-length'] ?? incoming.headers['content-length'] ?? 0),
    tag: String(answer.headers.etag ?? '').replaceAll('"', ''),
  });
  if (incoming.method === 'POST' && query.has('delete'))
    return [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name = '']) =>
      change('ObjectRemoved:Delete', xmlUnescaped(name)),
    );
  if (key === '') return [];
  switch (incoming.method) {
    case 'PUT':
      return incoming.headers['x-amz-copy-source']
        ? [{ ...change('ObjectCreated:Copy'), unseen: true }]
        : [change('ObjectCreated:Put')];
    case 'POST':
      return query.has('uploadId')
        ? [{ ...change('ObjectCreated:CompleteMultipartUpload'), unseen: true }]
        : [];
    case 'DELETE': {
      // Without naming a version, an object with versions is only marked.
      const marks = answer.headers['x-amz-delete-marker'] === 'true' && !query.has('versionId');
      return query.has('uploadId')
        ? []
        : [change(marks ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete')];
    }
    default:
      return [];
  }
}
