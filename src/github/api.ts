import { setTimeout as sleep } from 'node:timers/promises';

/** Calls of GitHub's REST API, as far as this action makes them. */
export interface GitHubApi {
  /** One page of a list, and whether there are more. */
  page<T>(path: string, page: number): Promise<readonly T[]>;
  request<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<T>;
}

/** A status other than success. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const PAGE_SIZE = 100;
const TRIES = 4;
/** Waiting longer for a comment would hold up a deployment that is done. */
const LONGEST_WAIT = 60_000;

/**
 * The API of the repository's GitHub (also Enterprise Server, Gitea and Forgejo), through @actions/github's client.
 * Server errors and rate limits are tried again, as long as GitHub says (`Retry-After`) but no longer than a minute.
 */
export async function connectGitHub(token: string, apiUrl: string, signal: AbortSignal): Promise<GitHubApi> {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, { baseUrl: apiUrl, log: silent, request: { signal, timeout: 20_000 } });

  const request = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    for (let tried = 1; ; tried++) {
      try {
        const { data } = await octokit.request(
          `${method} ${path}`,
          body as Record<string, unknown> | undefined,
        );
        return data as T;
      } catch (error) {
        const wait = tried < TRIES ? retryAfter(error, tried) : undefined;
        if (wait === undefined) throw asGitHubError(error);
        await sleep(wait, undefined, { signal });
      }
    }
  };
  return {
    request,
    page: (path, page) =>
      request('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=${PAGE_SIZE}&page=${page}`),
  };
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Milliseconds to wait before another try; `undefined` when it would not help. */
function retryAfter(error: unknown, tried: number): number | undefined {
  const { status, response } = error as {
    status?: number;
    response?: { headers?: Record<string, string | undefined> };
  };
  const headers = response?.headers ?? {};
  const limited =
    status === 429 ||
    (status === 403 && (headers['retry-after'] || headers['x-ratelimit-remaining'] === '0'));
  if (!limited && status !== undefined && status < 500) return undefined;
  const seconds = Number(headers['retry-after']);
  const wait =
    Number.isFinite(seconds) && headers['retry-after']
      ? seconds * 1000
      : 500 * 2 ** tried * (0.5 + Math.random() / 2);
  return wait <= LONGEST_WAIT ? wait : undefined;
}

function asGitHubError(error: unknown): GitHubError {
  const { status = 0, message = String(error) } = error as { status?: number; message?: string };
  return new GitHubError(status, message);
}
