import type { IncomingMessage, ServerResponse } from 'node:http';

/** Azure block blobs, as far as the cache package uses them: whole or in blocks, and read in ranges. */
export interface AzureBlobs {
  /** Content by key, once it is complete. */
  readonly uploaded: Map<string, Buffer>;
  /** Where the blob of a key is. */
  address(base: string, key: string): string;
  serve(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): void;
}

const HEADERS = {
  'x-ms-version': '2025-01-05',
  'x-ms-request-id': '1',
  etag: '"1"',
  'last-modified': new Date(0).toUTCString(),
};

/** @param readable what may be read; what was uploaded may not, before the service says so */
export function azureBlobs(readable: ReadonlyMap<string, Buffer>): AzureBlobs {
  const blocks = new Map<string, Map<string, Buffer>>();
  const uploaded = new Map<string, Buffer>();

  const put = (key: string, url: URL, type: string | undefined, body: Buffer): number => {
    const own = blocks.get(key) ?? new Map<string, Buffer>();
    blocks.set(key, own);
    switch (url.searchParams.get('comp')) {
      case 'block':
        own.set(url.searchParams.get('blockid') ?? '', body);
        return 201;
      case 'blocklist': {
        const ids = [...body.toString().matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]*)</g)];
        const parts = ids.map(([, id = '']) => own.get(id));
        if (!parts.every((part) => part !== undefined)) return 400;
        uploaded.set(key, Buffer.concat(parts));
        return 201;
      }
      default:
        if (type !== 'BlockBlob') return 400;
        uploaded.set(key, body);
        return 201;
    }
  };

  const get = (content: Buffer, request: IncomingMessage, response: ServerResponse): void => {
    const range = String(request.headers['x-ms-range'] ?? request.headers.range ?? '');
    const [, from, to] = /bytes=(\d+)-(\d*)/.exec(range) ?? [];
    const start = Number(from ?? 0);
    const part = content.subarray(start, to ? Number(to) + 1 : undefined);
    response.writeHead(from === undefined ? 200 : 206, {
      ...HEADERS,
      'content-type': 'application/octet-stream',
      'content-length': String(part.length),
      'accept-ranges': 'bytes',
      'x-ms-blob-type': 'BlockBlob',
      ...(from !== undefined && {
        'content-range': `bytes ${start}-${start + part.length - 1}/${content.length}`,
      }),
    });
    response.end(request.method === 'HEAD' ? undefined : part);
  };

  return {
    uploaded,
    address: (base, key) => `${base}blob/${encodeURIComponent(key)}?sig=signature`,
    serve(request, url, body, response) {
      const key = decodeURIComponent(url.pathname.replace('/blob/', ''));
      if (url.searchParams.get('sig') !== 'signature') return void response.writeHead(403, HEADERS).end();
      if (request.method === 'PUT') {
        const type = request.headers['x-ms-blob-type'];
        return void response.writeHead(put(key, url, type ? String(type) : undefined, body), HEADERS).end();
      }
      const content = readable.get(key);
      if (content) get(content, request, response);
      else response.writeHead(404, HEADERS).end();
    },
  };
}
