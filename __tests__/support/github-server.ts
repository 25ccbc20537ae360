import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';

/** A stand-in for GitHub's REST API that keeps comments, and checks requests and answers against its OpenAPI. */
export interface GitHubServer {
  readonly url: string;
  /** Comments by pull request, in the order in which they were written. */
  readonly comments: Map<number, Comment[]>;
  /** Pull requests that commits came from. */
  readonly merged: Map<string, number>;
  /** `POST /repos/...`, in order. */
  readonly requests: string[];
  /** What did not match the OpenAPI description. */
  readonly violations: string[];
  /** Answers these statuses first, one for each request that matches. */
  readonly faults: { match: RegExp; status: number; headers?: Record<string, string>; message: string }[];
  stop(): Promise<void>;
}

export interface Comment {
  readonly id: number;
  body: string;
  readonly author: string;
  readonly authorType: string;
}

type Schema = Record<string, unknown>;
interface Operation {
  readonly requestBody?: { content: { 'application/json': { schema: Schema } } };
  readonly responses: Record<
    string,
    { content?: { 'application/json': { schema: Schema; examples?: Record<string, { value: unknown }> } } }
  >;
}

const require = createRequire(import.meta.url);
const description = JSON.parse(
  readFileSync(require.resolve('@octokit/openapi/generated/api.github.com.deref.json'), 'utf8'),
) as {
  paths: Record<string, Record<string, Operation>>;
};

const PATHS = {
  comments: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
  comment: '/repos/{owner}/{repo}/issues/comments/{comment_id}',
  pulls: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls',
};

export async function startGitHub(): Promise<GitHubServer> {
  const comments = new Map<number, Comment[]>();
  const merged = new Map<string, number>();
  const requests: string[] = [];
  const violations: string[] = [];
  const faults: GitHubServer['faults'] = [];
  const ajv = new Ajv({ strict: false, validateFormats: false });
  let nextId = 1000;

  const operation = (method: string, path: string): Operation => {
    const found = description.paths[path]?.[method.toLowerCase()];
    if (!found) throw new Error(`GitHub has no ${method} ${path}`);
    return found;
  };
  const conform = (what: string, schema: Schema | undefined, value: unknown) => {
    if (schema && !ajv.validate(schema, value)) violations.push(`${what}: ${ajv.errorsText()}`);
  };
  const example = (method: string, path: string, status: string): Record<string, unknown> => {
    const examples = operation(method, path).responses[status]?.content?.['application/json'].examples ?? {};
    const value = Object.values(examples)[0]?.value;
    return structuredClone(Array.isArray(value) ? value[0] : value) as Record<string, unknown>;
  };
  const asComment = (comment: Comment, url: string) => {
    const base = example('post', PATHS.comments, '201');
    const user = { ...(base.user as object), login: comment.author, type: comment.authorType };
    return {
      ...base,
      id: comment.id,
      body: comment.body,
      html_url: `${url}/acme/orders/pull/1#issuecomment-${comment.id}`,
      user,
    };
  };

  const handle = async (
    request: IncomingMessage,
    url: string,
  ): Promise<{ status: number; body: unknown; headers?: Record<string, string> }> => {
    const method = request.method ?? 'GET';
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    requests.push(`${method} ${pathname}${searchParams.size ? `?${searchParams}` : ''}`);
    const fault = faults.findIndex(({ match }) => match.test(`${method} ${pathname}`));
    const [failed] = fault >= 0 ? faults.splice(fault, 1) : [];
    if (failed)
      return { status: failed.status, body: { message: failed.message }, headers: failed.headers ?? {} };
    const body = method === 'GET' ? undefined : await readJson(request);

    if (pathname === '/user')
      return { status: 403, body: { message: 'Resource not accessible by integration' } };
    const list = /^\/repos\/[^/]+\/[^/]+\/issues\/(\d+)\/comments$/.exec(pathname);
    if (list) {
      const number = Number(list[1]);
      const all = comments.get(number) ?? [];
      if (method === 'GET') {
        const size = Number(searchParams.get('per_page') ?? 30);
        const page = Number(searchParams.get('page') ?? 1);
        const answer = all.slice((page - 1) * size, page * size).map((each) => asComment(each, url));
        conform(
          'list comments',
          operation('get', PATHS.comments).responses['200']?.content?.['application/json'].schema,
          answer,
        );
        return { status: 200, body: answer };
      }
      conform(
        'create comment',
        operation('post', PATHS.comments).requestBody?.content['application/json'].schema,
        body,
      );
      const created = {
        id: nextId++,
        body: String((body as { body: string }).body),
        author: 'github-actions[bot]',
        authorType: 'Bot',
      };
      comments.set(number, [...all, created]);
      const answer = asComment(created, url);
      conform(
        'created comment',
        operation('post', PATHS.comments).responses['201']?.content?.['application/json'].schema,
        answer,
      );
      return { status: 201, body: answer };
    }
    const one = /^\/repos\/[^/]+\/[^/]+\/issues\/comments\/(\d+)$/.exec(pathname);
    if (one && method === 'PATCH') {
      conform(
        'update comment',
        operation('patch', PATHS.comment).requestBody?.content['application/json'].schema,
        body,
      );
      const found = [...comments.values()].flat().find(({ id }) => id === Number(one[1]));
      if (!found) return { status: 404, body: { message: 'Not Found' } };
      found.body = String((body as { body: string }).body);
      return { status: 200, body: asComment(found, url) };
    }
    const pulls = /^\/repos\/[^/]+\/[^/]+\/commits\/([^/]+)\/pulls$/.exec(pathname);
    if (pulls) {
      const number = merged.get(pulls[1] ?? '');
      const answer =
        number === undefined
          ? []
          : [
              {
                ...example('get', PATHS.pulls, '200'),
                number,
                merged_at: '2026-01-01T00:00:00Z',
                requested_teams: [],
              },
            ];
      conform(
        'pulls of commit',
        operation('get', PATHS.pulls).responses['200']?.content?.['application/json'].schema,
        answer,
      );
      return { status: 200, body: answer };
    }
    violations.push(`unexpected request ${method} ${pathname}`);
    return { status: 404, body: { message: 'Not Found' } };
  };

  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    handle(request, `http://127.0.0.1:${port}`).then(
      ({ status, body, headers }) => {
        response
          .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
          .end(JSON.stringify(body));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    comments,
    merged,
    requests,
    violations,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
}

/** The payload of a pull request event, as far as it is read. */
export function pullRequestEvent(
  number: number,
  { headSha, baseSha, fork = false }: { headSha: string; baseSha: string; fork?: boolean },
) {
  return {
    name: 'pull_request',
    payload: {
      pull_request: {
        number,
        head: { sha: headSha, repo: { full_name: fork ? 'stranger/orders' : 'acme/orders' } },
        base: { sha: baseSha, repo: { full_name: 'acme/orders' } },
      },
    },
  };
}
