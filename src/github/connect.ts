import { once } from '../order/once.ts';
import type { GitHubApi } from './api.ts';
import { identity } from './identity.ts';
import { persist } from './patience.ts';

const PAGE_SIZE = 100;
/** Milliseconds after which a silent server counts as failed. */
const TIMEOUT = 15_000;

/**
 * The API of the repository's GitHub (also Enterprise Server, Gitea and Forgejo), through @actions/github's client.
 * Server errors and rate limits are tried again, as long as GitHub says (`Retry-After`) but no longer than a minute.
 */
export async function connectGitHub(
  token: string,
  apiUrl: string,
  signal: AbortSignal,
  { timeout = TIMEOUT }: { readonly timeout?: number } = {},
): Promise<GitHubApi> {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, { baseUrl: apiUrl, log: silent });
  // The client has no time limit of its own.
  const patient = () => ({ request: { signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) } });

  const request: GitHubApi['request'] = async <T>(
    method: string,
    path: string,
    body?: Readonly<Record<string, unknown>>,
    alreadyDone?: () => Promise<T | undefined>,
  ) =>
    persist(async () => (await octokit.request(`${method} ${path}`, { ...body, ...patient() })).data as T, {
      repeatable: method !== 'POST',
      signal,
      alreadyDone,
    });

  async function* pages<T>(path: string): AsyncIterable<readonly T[]> {
    for (let page = 1, more = true; more; page++) {
      const parameters = { per_page: PAGE_SIZE, page };
      const { data, headers } = await persist(
        () => octokit.request(`GET ${path}`, { ...parameters, ...patient() }),
        { repeatable: true, signal },
      );
      yield data as readonly T[];
      more = /rel="next"/.test(headers.link ?? '');
    }
  }

  const graphql = <T>(query: string): Promise<T> =>
    persist(() => octokit.graphql<T>(query, patient()), { repeatable: true, signal });
  return { request, pages, identity: once(() => identity({ request, graphql })) };
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
