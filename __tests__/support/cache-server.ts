import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The GitHub Actions cache service, version 2: Twirp calls in JSON for entries, an Azure block blob for each one's
 * content. What the service and Azure answer follows the packages that call them.
 */
export interface CacheServer {
  readonly env: Readonly<Record<string, string>>;
  /** Content of finished entries by key. */
  readonly entries: Map<string, Buffer>;
  readonly calls: string[];
  stop(): Promise<void>;
}

export async function startCache(): Promise<CacheServer> {
  const entries = new Map<string, Buffer>();
  const uploads = new Map<string, Map<string, Buffer>>();
  const blobs = new Map<string, Buffer>();
  const calls: string[] = [];

  const server = createServer(async (request, response) => {
    const { port } = server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}`;
    const url = new URL(request.url ?? '/', base);
    const body = await readAll(request);
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const method = /^\/twirp\/github\.actions\.results\.api\.v1\.CacheService\/(\w+)$/.exec(
      url.pathname,
    )?.[1];
    if (method) {
      calls.push(method);
      const { key = '' } = JSON.parse(body.toString()) as { key?: string };
      const blob = `${base}/blob/${encodeURIComponent(key)}`;
      if (method === 'CreateCacheEntry') {
        if (entries.has(key)) return json(409, { code: 'already_exists', msg: 'cache entry already exists' });
        return json(200, { ok: true, signed_upload_url: blob });
      }
      if (method === 'FinalizeCacheEntryUpload') {
        entries.set(key, blobs.get(key) ?? Buffer.alloc(0));
        return json(200, { ok: true, entry_id: '1' });
      }
      const found = entries.has(key);
      return json(200, { ok: found, signed_download_url: found ? blob : '', matched_key: found ? key : '' });
    }
    const key = decodeURIComponent(url.pathname.replace('/blob/', ''));
    const headers = {
      'x-ms-version': '2025-01-05',
      'x-ms-request-id': '1',
      etag: '"1"',
      'last-modified': new Date(0).toUTCString(),
    };
    if (request.method === 'PUT') {
      const blocks = uploads.get(key) ?? new Map<string, Buffer>();
      uploads.set(key, blocks);
      const comp = url.searchParams.get('comp');
      if (comp === 'block') blocks.set(url.searchParams.get('blockid') ?? '', body);
      else if (comp === 'blocklist') {
        const ids = [...body.toString().matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]*)</g)].map(
          ([, id = '']) => id,
        );
        blobs.set(key, Buffer.concat(ids.map((id) => blocks.get(id) ?? Buffer.alloc(0))));
      } else blobs.set(key, body);
      return response.writeHead(201, headers).end();
    }
    const content = entries.get(key);
    if (!content) return response.writeHead(404, headers).end();
    const [, from, to] =
      /bytes=(\d+)-(\d*)/.exec(String(request.headers['x-ms-range'] ?? request.headers.range ?? '')) ?? [];
    const start = Number(from ?? 0);
    const part = content.subarray(start, to ? Number(to) + 1 : undefined);
    const status = from === undefined ? 200 : 206;
    response.writeHead(status, {
      ...headers,
      'content-type': 'application/octet-stream',
      'content-length': String(part.length),
      'accept-ranges': 'bytes',
      'x-ms-blob-type': 'BlockBlob',
      ...(status === 206 && {
        'content-range': `bytes ${start}-${start + part.length - 1}/${content.length}`,
      }),
    });
    return request.method === 'HEAD' ? response.end() : response.end(part);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      ACTIONS_CACHE_SERVICE_V2: '1',
      ACTIONS_RESULTS_URL: `http://127.0.0.1:${port}/`,
      ACTIONS_RUNTIME_TOKEN: 'cache-token-canary',
    },
    entries,
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
