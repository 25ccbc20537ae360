import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttestationState, attestationRoutes, newAttestationState } from './github-attestations.ts';
import { type DeploymentState, deploymentRoutes, newDeploymentState } from './github-deployments.ts';
import { loadOpenApi, type OperationKey } from './openapi.ts';

/** A stand-in for GitHub's API that keeps comments, and checks requests and answers against its OpenAPI. */
export interface GitHubServer extends DeploymentState, AttestationState {
  readonly url: string;
  /** Comments by pull request, in the order in which they were written. */
  readonly comments: Map<number, Comment[]>;
  /** Pull requests that commits came from: its number, or all that the commit is in. */
  /** Open pull requests by the owner and the branch of their head. */
  readonly open: { number: number; owner: string; branch: string; sha: string }[];
  readonly merged: Map<string, number | readonly AssociatedPull[]>;
  /** `POST /repos/...`, in order. */
  readonly requests: string[];
  /** What did not match the OpenAPI description. */
  readonly violations: string[];
  /** What goes wrong, each once, with the first request that matches. */
  readonly faults: Fault[];
  /** Who the token speaks for. Apps may not ask `GET /user`. */
  author: { login: string; type: 'Bot' | 'User' };
  /** Gitea and Forgejo have no GraphQL. */
  hasGraphql: boolean;
  stop(): Promise<void>;
}

export interface Comment {
  readonly id: number;
  body: string;
  readonly author: string;
  readonly authorType: string;
}

export interface AssociatedPull {
  readonly number: number;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
}

export interface Fault {
  /** Tested against `POST /repos/...`. */
  readonly match: RegExp;
  readonly status: number;
  readonly message: string;
  readonly headers?: Record<string, string>;
  /** The work is done first: only the answer is lost. */
  readonly afterWork?: true;
  /** Cut the connection instead of answering, or never answer. */
  readonly instead?: 'reset' | 'silence';
  /** Milliseconds before it answers. */
  readonly delay?: number;
}

interface Request {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

interface Route {
  readonly operation: OperationKey;
  answer(request: Request): Answer;
}

const openApi = loadOpenApi();
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const PULLS = '/repos/{owner}/{repo}/commits/{commit_sha}/pulls';
const OPEN_PULLS = '/repos/{owner}/{repo}/pulls';
const LONGEST_BODY = 65_536;

const refuse = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) },
});

export async function startGitHub(): Promise<GitHubServer> {
  let nextId = 1000;
  const sockets = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => sockets.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(sockets.address() as AddressInfo).port}`;
  const server: GitHubServer = {
    url,
    comments: new Map(),
    merged: new Map(),
    open: [],
    requests: [],
    violations: [],
    faults: [],
    author: { login: 'github-actions[bot]', type: 'Bot' },
    hasGraphql: true,
    ...newDeploymentState(),
    ...newAttestationState(),
    stop: () =>
      new Promise((resolve) => {
        sockets.close(() => resolve());
        sockets.closeAllConnections();
      }),
  };

  const asComment = (comment: Comment) => {
    const base = openApi.example(['post', COMMENTS], 201);
    const user = { ...(base.user as object), login: comment.author, type: comment.authorType };
    const [number] =
      [...server.comments].find(([, known]) => known.some(({ id }) => id === comment.id)) ?? [];
    const html_url = `${url}/acme/orders/pull/${number}#issuecomment-${comment.id}`;
    return { ...base, id: comment.id, body: comment.body, html_url, user };
  };
  const bodyOf = (body: unknown): string => String((body as { body?: unknown } | undefined)?.body);

  const routes: readonly Route[] = [
    ...deploymentRoutes(openApi, server),
    ...attestationRoutes(openApi, server),
    {
      operation: ['get', COMMENTS],
      answer: ({ params, query }) =>
        page(
          `${url}/repos/${params.slice(0, 2).join('/')}/issues/${params[2]}/comments`,
          query,
          [...(server.comments.get(Number(params[2])) ?? [])].map(asComment),
        ),
    },
    {
      operation: ['post', COMMENTS],
      answer({ params, body }) {
        if (bodyOf(body).length > LONGEST_BODY) return refuse(422, 'Validation Failed');
        const { login: author, type: authorType } = server.author;
        const created = { id: nextId++, body: bodyOf(body), author, authorType };
        const number = Number(params[2]);
        server.comments.set(number, [...(server.comments.get(number) ?? []), created]);
        return { status: 201, body: asComment(created) };
      },
    },
    {
      operation: ['patch', COMMENT],
      answer({ params, body }) {
        const found = [...server.comments.values()].flat().find(({ id }) => id === Number(params[2]));
        if (!found) return refuse(404, 'Not Found');
        found.body = bodyOf(body);
        return { status: 200, body: asComment(found) };
      },
    },
    {
      operation: ['get', PULLS],
      answer({ params, query }) {
        const known = server.merged.get(params[2] ?? '') ?? [];
        const merged_at = '2026-01-01T00:00:00Z';
        const pulls =
          typeof known === 'number' ? [{ number: known, merged_at, merge_commit_sha: params[2] }] : known;
        const base = { ...openApi.example(['get', PULLS], 200), requested_teams: [] };
        return page(
          `${url}/repos/acme/orders/commits/${params[2]}/pulls`,
          query,
          pulls.map((pull) => ({ ...base, ...pull })),
        );
      },
    },
    {
      operation: ['get', OPEN_PULLS],
      answer({ query }) {
        const [headRepository, branch] = query.get('head')?.split(':') ?? [];
        const base = openApi.example(['get', OPEN_PULLS], 200) as { head: object };
        const pulls = server.open.filter((pull) => pull.owner === headRepository && pull.branch === branch);
        return page(
          `${url}/repos/acme/orders/pulls`,
          query,
          pulls.map(({ number, sha }) => ({
            ...base,
            requested_teams: [],
            number,
            head: { ...base.head, sha },
          })),
        );
      },
    },
    {
      operation: ['get', '/user'],
      answer() {
        if (server.author.type === 'Bot') return refuse(403, 'Resource not accessible by integration');
        return {
          status: 200,
          body: { ...openApi.example(['get', '/user'], 200), login: server.author.login },
        };
      },
    },
  ];

  const work = (method: string, path: string, request: Omit<Request, 'params'>): Answer => {
    if (path === '/graphql' && server.hasGraphql) {
      return { status: 200, body: { data: { viewer: { login: server.author.login } } } };
    }
    for (const { operation, answer } of routes) {
      const params = operation[0] === method.toLowerCase() ? paramsOf(operation[1], path) : undefined;
      if (!params) continue;
      server.violations.push(...openApi.requestProblems(operation, request));
      const answered = answer({ ...request, params });
      if (answered.status < 300) {
        server.violations.push(...openApi.responseProblems(operation, answered.status, answered.body));
      }
      return answered;
    }
    if (path !== '/graphql') server.violations.push(`unexpected request ${method} ${path}`);
    return refuse(404, 'Not Found');
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const { pathname, searchParams: query } = new URL(request.url ?? '/', url);
    server.requests.push(`${method} ${pathname}${query.size ? `?${query}` : ''}`);
    const body = await readJson(request);
    const at = server.faults.findIndex(({ match }) => match.test(`${method} ${pathname}`));
    const [fault] = at >= 0 ? server.faults.splice(at, 1) : [];
    const worked = fault && !fault.afterWork ? undefined : work(method, pathname, { query, body });
    const {
      status,
      body: answer,
      headers,
    } = fault ? { ...refuse(fault.status, fault.message), ...fault } : (worked ?? refuse(500, ''));
    if (fault?.instead === 'silence') return;
    if (fault?.instead === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.delay) await sleep(fault.delay, undefined, { ref: false });
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(answer));
  }
  return server;
}

/** One page of a list, with a link to the next as GitHub writes it. */
function page(url: string, query: URLSearchParams, all: readonly unknown[]): Answer {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const number = Number(query.get('page') ?? 1);
  const next = `<${url}?per_page=${size}&page=${number + 1}>; rel="next"`;
  return {
    status: 200,
    body: all.slice((number - 1) * size, number * size),
    headers: number * size < all.length ? { link: next } : {},
  };
}

/** What stands in the places of `{...}`; `undefined` when the path is another one. */
function paramsOf(template: string, path: string): string[] | undefined {
  const pattern = template.replaceAll(/\{\w+\}/g, '([^/]+)');
  return new RegExp(`^${pattern}$`).exec(path)?.slice(1);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
}

export { pullRequestEvent } from './github-event.ts';
