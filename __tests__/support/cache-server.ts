import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { azureBlobs } from './azure-blobs.ts';

/**
 * The GitHub Actions cache service, version 2: Twirp calls in JSON for entries, an Azure block blob for each one's
 * content. What the service and Azure answer follows the packages that call them.
 */
export interface CacheServer {
  readonly env: Readonly<Record<string, string>>;
  /** Content of finished entries by key. */
  readonly entries: Map<string, Buffer>;
  readonly calls: string[];
  /** What goes wrong from now on, with every call and blob request that matches. */
  readonly faults: CacheFault[];
  stop(): Promise<void>;
}

export interface CacheFault {
  /** Tested against names of calls and, for blobs, against `GET blob` or `PUT blob`. */
  readonly match: RegExp;
  readonly does: 'refuse' | 'fail' | 'reset' | 'silence' | 'nonsense' | 'truncate';
}

const TOKEN = 'cache-token-canary';
const SERVICE = '/twirp/github.actions.results.api.v1.CacheService/';

interface EntryRequest {
  readonly key: string;
  readonly restore_keys?: readonly string[];
  /** Hash of paths and compression: what was saved under another one is not found. */
  readonly version: string;
  readonly size_bytes?: string;
}

export async function startCache(): Promise<CacheServer> {
  const entries = new Map<string, Buffer>();
  const versions = new Map<string, string>();
  const blobs = azureBlobs(entries);
  const calls: string[] = [];
  const faults: CacheFault[] = [];

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', base);
    const body = await readAll(request);
    const call = url.pathname.startsWith(SERVICE) ? url.pathname.slice(SERVICE.length) : undefined;
    if (call) calls.push(call);
    const fault = faults.find(({ match }) => match.test(call ?? `${request.method} blob`));
    if (fault) return misbehave(fault, request, response);
    if (!call) return blobs.serve(request, url, body, response);
    const { status, value } =
      request.headers.authorization === `Bearer ${TOKEN}`
        ? answer(call, JSON.parse(body.toString()) as EntryRequest)
        : { status: 401, value: { code: 'unauthenticated', msg: 'bad token' } };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  /** The key itself, else the newest that begins with one of the others. */
  const find = ({ key, version, restore_keys = [] }: EntryRequest): string | undefined => {
    const newest = [...entries.keys()].filter((each) => versions.get(each) === version).reverse();
    if (newest.includes(key)) return key;
    return restore_keys.map((prefix) => newest.find((each) => each.startsWith(prefix))).find(Boolean);
  };

  const answer = (call: string, request: EntryRequest) => {
    const { key, version, size_bytes } = request;
    const blob = blobs.address(base, key);
    switch (call) {
      case 'CreateCacheEntry':
        return entries.has(key)
          ? { status: 409, value: { code: 'already_exists', msg: 'cache entry already exists' } }
          : { status: 200, value: { ok: true, signed_upload_url: blob } };
      case 'FinalizeCacheEntryUpload': {
        const content = blobs.uploaded.get(key);
        if (!content || content.length !== Number(size_bytes)) {
          return {
            status: 400,
            value: { code: 'invalid_argument', msg: 'size differs from what was uploaded' },
          };
        }
        entries.set(key, content);
        versions.set(key, version);
        return { status: 200, value: { ok: true, entry_id: '1' } };
      }
      case 'GetCacheEntryDownloadURL': {
        const found = find(request);
        const address = found === undefined ? '' : blobs.address(base, found);
        return {
          status: 200,
          value: { ok: found !== undefined, signed_download_url: address, matched_key: found ?? '' },
        };
      }
      default:
        return { status: 404, value: { code: 'bad_route', msg: call } };
    }
  };

  return {
    env: { ACTIONS_CACHE_SERVICE_V2: '1', ACTIONS_RESULTS_URL: base, ACTIONS_RUNTIME_TOKEN: TOKEN },
    entries,
    calls,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function misbehave({ does }: CacheFault, { socket }: IncomingMessage, response: ServerResponse): void {
  switch (does) {
    case 'refuse':
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"msg":"not yours"}');
      break;
    case 'fail':
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"msg":"internal"}');
      break;
    case 'nonsense':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
      break;
    case 'truncate':
      response.writeHead(200, { 'content-length': '1000' }).write('{');
      socket.end();
      break;
    case 'reset':
      socket.resetAndDestroy();
      break;
    case 'silence':
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
