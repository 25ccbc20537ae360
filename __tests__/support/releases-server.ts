import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadOpenApi, type OperationKey } from './openapi.ts';

/** A stand-in for GitHub's releases and tags, which checks requests and answers against GitHub's OpenAPI description. */
export interface ReleasesServer {
  readonly url: string;
  readonly releases: StoredRelease[];
  /** Tags with their commits. */
  readonly tags: Map<string, string>;
  /** What the repository's settings say. */
  immutable: boolean;
  /** `POST /repos/...`, in order. */
  readonly requests: string[];
  /** What did not match the OpenAPI description. */
  readonly violations: string[];
  stop(): Promise<void>;
}

export interface StoredRelease {
  readonly id: number;
  readonly tag_name: string;
  readonly body: string;
  draft: boolean;
  immutable: boolean;
  readonly assets: { readonly name: string; readonly digest: string }[];
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const openApi = loadOpenApi();
const RELEASES = '/repos/{owner}/{repo}/releases';
const REFS = '/repos/{owner}/{repo}/git/refs';
const refused = (message: string): Answer => ({ status: 422, body: { message, documentation_url: 'x' } });

/** Listens on a port of its own. */
export async function startReleases(): Promise<ReleasesServer> {
  let nextId = 1;
  const sockets = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => response.writeHead(status).end(body === undefined ? '' : JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => sockets.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(sockets.address() as AddressInfo).port}`;
  const server: ReleasesServer = {
    url,
    releases: [],
    tags: new Map(),
    immutable: true,
    requests: [],
    violations: [],
    stop: () =>
      new Promise((done) => {
        sockets.close(() => done());
        sockets.closeAllConnections();
      }),
  };

  const shown = (release: StoredRelease) => {
    const base = openApi.example(['post', RELEASES], 201);
    const asset = (base.assets as object[])[0];
    return {
      ...base,
      ...release,
      assets: release.assets.map((each) => ({ ...asset, ...each })),
      upload_url: `${url}/uploads/repos/acme/orders/releases/${release.id}/assets{?name,label}`,
    };
  };
  const checked = (operation: OperationKey, body: unknown, given: Answer): Answer => {
    server.violations.push(...openApi.requestProblems(operation, { query: new URLSearchParams(), body }));
    if (given.body !== undefined && given.status < 300)
      server.violations.push(...openApi.responseProblems(operation, given.status, given.body));
    return given;
  };
  const found = (path: string) =>
    server.releases.find(({ id }) => id === Number(/releases\/(\d+)/.exec(path)?.[1]));
  const shownRef = (name: string) => ({
    ...openApi.example(['post', REFS], 201),
    ref: `refs/tags/${name}`,
  });

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', url);
    const method = request.method ?? 'GET';
    server.requests.push(`${method} ${path}`);
    const bytes = await read(request);
    if (request.headers.authorization !== 'Bearer token-canary') return { status: 401, body: {} };
    if (path.startsWith('/uploads/')) return upload(path, searchParams.get('name') ?? '', bytes);
    const body = bytes.length > 0 ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : undefined;
    return path.includes('/git/') ? refs(method, path, body) : releases(method, path, body);
  }

  function releases(method: string, path: string, body: Record<string, unknown> | undefined): Answer {
    if (method === 'GET')
      return checked(['get', RELEASES], body, { status: 200, body: server.releases.map(shown) });
    if (method === 'POST') {
      const made = {
        id: nextId++,
        tag_name: String(body?.tag_name),
        body: String(body?.body),
        draft: body?.draft === true,
        immutable: false,
        assets: [],
      };
      server.releases.push(made);
      return checked(['post', RELEASES], body, { status: 201, body: shown(made) });
    }
    const release = found(path);
    if (!release) return { status: 404, body: { message: 'Not Found' } };
    if (method === 'DELETE') {
      server.releases.splice(server.releases.indexOf(release), 1);
      return { status: 204 };
    }
    release.draft = body?.draft === true;
    release.immutable = !release.draft && server.immutable;
    return checked(['patch', `${RELEASES}/{release_id}`], body, { status: 200, body: shown(release) });
  }

  function upload(path: string, name: string, bytes: Buffer): Answer {
    const release = found(path);
    if (!release?.draft) return refused('Cannot upload assets to an immutable release.');
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    release.assets.push({ name, digest });
    return { status: 201, body: {} };
  }

  function refs(method: string, path: string, body: Record<string, unknown> | undefined): Answer {
    const name = path.split('/tags/')[1] ?? String(body?.ref).replace('refs/tags/', '');
    if (method === 'GET') {
      const names = [...server.tags.keys()].filter((each) => each.startsWith(name));
      const operation = ['get', '/repos/{owner}/{repo}/git/matching-refs/{ref}'] as const;
      return checked(operation, body, { status: 200, body: names.map(shownRef) });
    }
    if (method === 'POST' && server.tags.has(name)) return refused('Reference already exists');
    if (method === 'PATCH' && !server.tags.has(name)) return refused('Reference does not exist');
    server.tags.set(name, String(body?.sha));
    return method === 'POST'
      ? checked(['post', REFS], body, { status: 201, body: shownRef(name) })
      : checked(['patch', `${REFS}/{ref}`], body, { status: 200, body: shownRef(name) });
  }
  return server;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
